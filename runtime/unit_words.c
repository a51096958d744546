/* Units in words, from the names that units.def gives to atoms and prefixes.  What a unit measures is
   that of its only noun, else it is looked for among a list of compound quantities by dimension. */
#include "runtime/unit_words.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/unit_reduce.h"
#include "runtime/unit_table.h"

/* Numbers and powers of ten are said as they are written. */
static bool is_figure(const struct unit_term *t)
{
    return t->atom == UNIT_ATOM_NUMBER || (unit_atom_at(t->atom).kind & ATOM_TEN);
}

static bool is_noun_above(const struct unit_term *t)
{
    return t->exponent > 0 && !is_figure(t);
}

static void say_figure(struct text *t, const struct unit_term *term)
{
    if (term->atom == UNIT_ATOM_NUMBER)
        text_add(t, "%lld", (long long)term->number);
    else if (term->exponent == 1)
        text_add(t, "10");
    else
        text_add(t, "10*%d", term->exponent);
}

/* "milligram", but "kilo-international unit". */
static void say_name(struct text *t, const struct unit_term *term, const char *name)
{
    if (term->prefix != UNIT_NO_PREFIX) {
        const char *prefix = unit_prefix_at(term->prefix)->name;
        bool hyphen =
            (unit_atom_at(term->atom).kind & ATOM_ARBITRARY) || prefix[strlen(prefix) - 1] == name[0];
        text_add(t, "%s%s", prefix, hyphen ? "-" : "");
    }
    text_add(t, "%s", name);
}

static void say_noun(struct text *t, const struct unit_term *term, bool plural)
{
    struct unit_atom atom = unit_atom_at(term->atom);
    int power = abs(term->exponent);
    bool length = strcmp(atom.property, "length") == 0;
    if (length && power == 2) text_add(t, "square ");
    if (length && power == 3) text_add(t, "cubic ");
    say_name(t, term, plural ? atom.many : atom.one);
    if (!length && power == 2) text_add(t, " squared");
    if (!length && power == 3) text_add(t, " cubed");
    if (power > 3) text_add(t, " to the power %d", power);
}

/* 10*9 international unit metres: only the last noun is in the plural. */
static void say_above(struct text *t, const struct unit *u, bool plural)
{
    size_t start = t->length, last = u->count;
    for (size_t i = 0; i < u->count; i++)
        if (is_noun_above(&u->terms[i])) last = i;
    for (size_t i = 0; i < u->count; i++) {
        const struct unit_term *term = &u->terms[i];
        bool number = term->atom == UNIT_ATOM_NUMBER;
        if (term->exponent < 0 && (number || !is_figure(term))) continue;
        if (t->length > start) text_add(t, " ");
        if (is_figure(term))
            say_figure(t, term);
        else
            say_noun(t, term, plural && i == last);
    }
}

/* per 24 hours per kilogram: the number stands before the first noun, where there is one. */
static void say_below(struct text *t, const struct unit *u)
{
    const struct unit_term *number = NULL;
    for (size_t i = 0; i < u->count; i++)
        if (u->terms[i].atom == UNIT_ATOM_NUMBER && u->terms[i].exponent < 0) number = &u->terms[i];
    for (size_t i = 0; i < u->count; i++) {
        const struct unit_term *term = &u->terms[i];
        if (term->exponent > 0 || is_figure(term)) continue;
        text_add(t, t->length > 0 ? " per " : "per ");
        if (number) text_add(t, "%lld ", (long long)number->number);
        say_noun(t, term, number != NULL);
        number = NULL;
    }
    if (number) text_add(t, t->length > 0 ? " per %lld" : "per %lld", (long long)number->number);
}

void unit_say(struct text *t, const struct unit *u, bool plural)
{
    if (u->count == 0) text_add(t, "plain number");
    say_above(t, u, plural);
    say_below(t, u);
}

static size_t noun_count(const struct unit *u)
{
    size_t nouns = 0;
    for (size_t i = 0; i < u->count; i++)
        nouns += !is_figure(&u->terms[i]);
    return nouns;
}

/* The only noun of a unit like mg or 24.h, or NULL. */
static const struct unit_term *only_noun(const struct unit *u)
{
    for (size_t i = 0; i < u->count; i++)
        if (is_noun_above(&u->terms[i]))
            return noun_count(u) == 1 && u->terms[i].exponent == 1 ? &u->terms[i] : NULL;
    return NULL;
}

/* As many nouns too: mg/kg/d is no frequency. */
static bool measures(const struct unit *u, const char *quantity)
{
    struct unit known;
    struct unit_axes ratio;
    if (unit_parse(quantity, strlen(quantity), UNIT_SUBSTANCE, &known, NULL) != UNIT_OK) return false;
    unit_dimension_with_substance(u, &known, &ratio);
    return ratio.count == 0 && noun_count(u) == noun_count(&known) && !unit_is_special(u);
}

const char *unit_quantity(const struct unit *u)
{
    const struct unit_term *noun = only_noun(u);
    if (noun) {
        const char *property = unit_atom_at(noun->atom).property;
        return property[0] != '\0' ? property : NULL;
    }
    struct unit_pairs quantities = unit_quantities();
    for (size_t i = 0; i < quantities.count; i++)
        if (measures(u, quantities.first[i].to)) return quantities.first[i].from;
    return NULL;
}

size_t unit_describe(const struct unit *u, char *buffer)
{
    struct text t;
    text_start(&t, buffer, UNIT_TEXT_MAX);
    unit_say(&t, u, true);
    const char *quantity = unit_quantity(u);
    if (quantity) text_add(&t, " (%s)", quantity);
    return t.cut ? unit_format(u, buffer) : t.length;
}
