/* Products of units, as they are written.  A unit is kept in the terms of its text and not in base
   units, because a dose is printed in the unit in which the rule has it: mg/m2 times m2 is mg.  Terms
   merge where atom and prefix are the same; mg and g stay apart, and only conversion brings them
   together. */
#include "runtime/units.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/unit_text.h"
#include "runtime/unit_table.h"

enum { EXPONENT_MAX = 127 };

static bool is_number(const struct unit_term *t)
{
    return t->atom == UNIT_ATOM_NUMBER;
}

static bool same_factor(const struct unit_term *a, const struct unit_term *b)
{
    return a->atom == b->atom && a->prefix == b->prefix && a->number == b->number;
}

static void term_remove(struct unit *u, size_t i)
{
    u->count--;
    memmove(&u->terms[i], &u->terms[i + 1], (u->count - i) * sizeof u->terms[0]);
    u->terms[u->count] = (struct unit_term){0};
}

static bool term_append(struct unit *u, struct unit_term t)
{
    if (u->count == UNIT_TERMS_MAX) return false;
    u->terms[u->count++] = t;
    return true;
}

/* The place of the whole number above (1) or below (-1) the line, or count. */
static size_t number_place(const struct unit *u, int side)
{
    size_t i = 0;
    while (i < u->count && !(is_number(&u->terms[i]) && u->terms[i].exponent == side))
        i++;
    return i;
}

static bool number_set(struct unit *u, int side, int64_t number)
{
    size_t i = number_place(u, side);
    struct unit_term t = {
        .atom = UNIT_ATOM_NUMBER, .prefix = UNIT_NO_PREFIX, .exponent = (int8_t)side, .number = number};
    if (i == u->count) return number == 1 || term_append(u, t);
    if (number == 1)
        term_remove(u, i);
    else
        u->terms[i] = t;
    return true;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Multiplies by a whole number (side 1) or divides by it (-1), in lowest terms. */
static bool number_merge(struct unit *u, int side, int64_t number)
{
    size_t same = number_place(u, side), other = number_place(u, -side);
    int64_t mine = same < u->count ? u->terms[same].number : 1;
    int64_t theirs = other < u->count ? u->terms[other].number : 1;
    int64_t common = common_divisor(theirs, number);
    if (__builtin_mul_overflow(mine, number / common, &mine)) return false;
    return number_set(u, -side, theirs / common) && number_set(u, side, mine);
}

/* Step by step: each is checked for overflow. */
static bool number_power(struct unit *u, int side, int64_t number, int power)
{
    for (int i = 0; i < power; i++)
        if (!number_merge(u, side, number)) return false;
    return true;
}

/* Multiplies u by term^power. */
static bool term_merge(struct unit *u, struct unit_term term, int power)
{
    int exponent = term.exponent * power;
    if (is_number(&term)) return number_power(u, exponent < 0 ? -1 : 1, term.number, abs(exponent));
    for (size_t i = 0; i < u->count; i++) {
        if (!same_factor(&u->terms[i], &term)) continue;
        exponent += u->terms[i].exponent;
        if (abs(exponent) > EXPONENT_MAX) return false;
        u->terms[i].exponent = (int8_t)exponent;
        if (exponent == 0) term_remove(u, i);
        return true;
    }
    if (abs(exponent) > EXPONENT_MAX) return false;
    term.exponent = (int8_t)exponent;
    return exponent == 0 || term_append(u, term);
}

static void term_format(struct text *t, const struct unit_term *term, int exponent)
{
    if (is_number(term)) {
        text_add(t, "%lld", (long long)term->number);
        return;
    }
    if (term->prefix != UNIT_NO_PREFIX) text_add(t, "%s", unit_prefix_at(term->prefix)->code);
    text_add(t, "%s", unit_atom_at(term->atom).code);
    if (exponent != 1) text_add(t, "%d", exponent);
}

/* Powers of ten keep their sign (10*-3), everything else below the line follows a slash. */
static bool above_line(const struct unit_term *t)
{
    return t->exponent > 0 || (!is_number(t) && (unit_atom_at(t->atom).kind & ATOM_TEN));
}

static void unit_write(struct text *t, const struct unit *u)
{
    if (u->count == 0) text_add(t, "1");
    for (size_t i = 0; i < u->count; i++) {
        if (!above_line(&u->terms[i])) continue;
        if (t->length > 0) text_add(t, ".");
        term_format(t, &u->terms[i], u->terms[i].exponent);
    }
    for (size_t i = 0; i < u->count; i++) {
        if (above_line(&u->terms[i])) continue;
        text_add(t, "/");
        term_format(t, &u->terms[i], -u->terms[i].exponent);
    }
}

size_t unit_format(const struct unit *u, char *buffer)
{
    struct text t;
    text_start(&t, buffer, UNIT_TEXT_MAX);
    unit_write(&t, u);
    return t.length;
}

/* Whether the term merges with one of u; a number always does. */
static bool has_partner(const struct unit *u, const struct unit_term *term)
{
    size_t i = 0;
    while (i < u->count && !same_factor(&u->terms[i], term))
        i++;
    return is_number(term) || i < u->count;
}

/* a * b^power.  What merges comes first, so that no room is needed for what cancels. */
static bool unit_merge(const struct unit *a, const struct unit *b, int power, struct unit *out)
{
    struct unit product = *a;
    for (size_t i = 0; i < b->count; i++)
        if (has_partner(a, &b->terms[i]) && !term_merge(&product, b->terms[i], power)) return false;
    for (size_t i = 0; i < b->count; i++)
        if (!has_partner(a, &b->terms[i]) && !term_merge(&product, b->terms[i], power)) return false;
    *out = product;
    return true;
}

bool unit_multiply(const struct unit *a, const struct unit *b, struct unit *out)
{
    return unit_merge(a, b, 1, out);
}

bool unit_divide(const struct unit *a, const struct unit *b, struct unit *out)
{
    return unit_merge(a, b, -1, out);
}

bool unit_power(const struct unit *u, int exponent, struct unit *out)
{
    const struct unit one = {0};
    return exponent >= -EXPONENT_MAX && exponent <= EXPONENT_MAX && unit_merge(&one, u, exponent, out);
}

bool unit_equal(const struct unit *a, const struct unit *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        size_t j = 0;
        while (j < b->count &&
               !(same_factor(&a->terms[i], &b->terms[j]) && a->terms[i].exponent == b->terms[j].exponent))
            j++;
        if (j == b->count) return false;
    }
    return true;
}

bool unit_is_days(const struct unit *u)
{
    return u->count == 1 && u->terms[0].exponent == 1 && !is_number(&u->terms[0]) &&
           (unit_atom_at(u->terms[0].atom).kind & ATOM_DAYS);
}

bool unit_is_special(const struct unit *u)
{
    for (size_t i = 0; i < u->count; i++)
        if (!is_number(&u->terms[i]) && (unit_atom_at(u->terms[i].atom).kind & ATOM_SPECIAL)) return true;
    return false;
}
