/* What may have been meant by a symbol that is no unit.  Known mistakes (Mg for mg) come first, with what
   each would mean; then everything that is one or two letters away, names and codes with and without
   prefixes.  Prefixes that are not in daily use are left out: a suggestion of yottagrams helps nobody. */
#include "runtime/unit_suggest.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "runtime/edit_distance.h"
#include "runtime/unit_symbol.h"
#include "runtime/unit_table.h"
#include "runtime/unit_text.h"
#include "runtime/unit_words.h"

/* One edit outweighs any difference of case, and that a missing bracket. */
enum { NAME_ROOM = 96, EDIT_COST = 512, CASE_COST = 2, BRACKET_COST = 1 };

/* The search for the symbol that is nearest to a word. */
struct search {
    const char *word;
    size_t length;
    size_t cost; /* of the nearest so far, or one more than is allowed */
    struct unit unit;
    bool found;
};

enum unit_status unit_fail(struct unit_error *err, enum unit_status status, size_t at, size_t length,
                           const char *format, ...)
{
    if (!err) return status;
    *err = (struct unit_error){.status = status, .at = at, .length = length};
    struct text t;
    text_start(&t, err->message, sizeof err->message);
    va_list arguments;
    va_start(arguments, format);
    text_add_arguments(&t, format, arguments);
    va_end(arguments);
    return status;
}

/* How many letters both ends share. */
static size_t shared_ends(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t shorter = a_length < b_length ? a_length : b_length, front = 0, back = 0;
    while (front < shorter && a[front] == b[front])
        front++;
    while (back < shorter && a[a_length - 1 - back] == b[b_length - 1 - back])
        back++;
    return front + back;
}

/* Fewest edits first, case aside; then the most letters that are the same, case and all. */
static size_t word_cost(const struct search *s, const char *candidate, size_t length)
{
    if (length > s->length + 2 || s->length > length + 2) return SIZE_MAX;
    size_t edits = edit_distance(s->word, s->length, candidate, length);
    if (edits > 2) return SIZE_MAX;
    size_t cost = edits * EDIT_COST;
    if (edits > 0) return cost + EDIT_COST / 2 - shared_ends(s->word, s->length, candidate, length);
    for (size_t i = 0; i < length; i++)
        cost += candidate[i] != s->word[i] ? CASE_COST : 0;
    return cost;
}

/* Brackets are what people leave out: they do not count as a difference. */
static size_t without_brackets(const char *name, char *out)
{
    size_t n = 0;
    for (; *name != '\0' && n < NAME_ROOM; name++)
        if (*name != '[' && *name != ']') out[n++] = *name;
    return n;
}

/* Weighs one candidate: a name that is compared with the word, and the symbol that it stands for. */
static void weigh(struct search *s, const char *name, const char *symbol)
{
    char bare[NAME_ROOM];
    size_t length = without_brackets(name, bare), cost = word_cost(s, bare, length);
    if (name[length] != '\0' && cost < s->cost) cost += BRACKET_COST;
    if (cost >= s->cost) return;
    struct unit unit;
    if (unit_parse(symbol, strlen(symbol), UNIT_FRIENDLY, &unit, NULL) != UNIT_OK) return;
    s->cost = cost;
    s->unit = unit;
    s->found = true;
}

static void weigh_prefixed(struct search *s, const char *prefix_name, const char *name, const char *prefix,
                           const char *code)
{
    char full_name[NAME_ROOM], symbol[NAME_ROOM];
    snprintf(full_name, sizeof full_name, "%s%s", prefix_name, name);
    snprintf(symbol, sizeof symbol, "%s%s", prefix, code);
    weigh(s, full_name, symbol);
}

static void weigh_atom(struct search *s, const struct unit_atom *atom)
{
    weigh(s, atom->code, atom->code);
    weigh(s, atom->one, atom->code);
    weigh(s, atom->many, atom->code);
    if (!(atom->kind & ATOM_METRIC)) return;
    for (int i = 0; i < (int)unit_prefix_count(); i++) {
        const struct unit_prefix *p = unit_prefix_at(i);
        if (!p->clinical) continue;
        weigh_prefixed(s, p->code, atom->code, p->code, atom->code);
        weigh_prefixed(s, p->name, atom->one, p->code, atom->code);
        weigh_prefixed(s, p->name, atom->many, p->code, atom->code);
    }
}

/* The unit whose code or name is nearest to the word; false where none is near. */
static bool nearest_unit(const char *word, size_t length, struct unit *out)
{
    size_t edits = length >= 6 ? 2 : length >= 3 ? 1 : 0;
    char bare[NAME_ROOM], copy[NAME_ROOM];
    if (length >= sizeof copy) return false;
    memcpy(copy, word, length);
    copy[length] = '\0';
    struct search s = {.word = bare, .length = without_brackets(copy, bare), .cost = (edits + 1) * EDIT_COST};
    struct unit_pairs spellings = unit_spellings();
    for (size_t i = 0; i < spellings.count; i++)
        weigh(&s, spellings.first[i].from, spellings.first[i].from);
    for (int i = 0; i < (int)unit_atom_count(); i++) {
        struct unit_atom atom = unit_atom_at(i);
        weigh_atom(&s, &atom);
    }
    *out = s.unit;
    return s.found;
}

/* mg (milligram) */
static void add_unit(struct text *t, const struct unit *u)
{
    char code[UNIT_TEXT_MAX];
    unit_format(u, code);
    text_add(t, "%s (", code);
    unit_say(t, u, false);
    text_add(t, ")");
}

/* The units that a mistake may have meant: "mL (millilitre) or ...". */
static void add_meanings(struct text *t, const char *meant)
{
    const char *start = meant;
    while (*meant != '\0') {
        size_t length = strcspn(meant, " ");
        struct unit unit;
        text_add(t, meant == start ? "" : " or ");
        if (unit_parse(meant, length, UNIT_UCUM, &unit, NULL) == UNIT_OK) add_unit(t, &unit);
        meant += length + (meant[length] == ' ');
    }
}

static void add_mistake(struct text *t, const struct unit_pair *mistake)
{
    struct unit literal;
    size_t length = strlen(mistake->from);
    text_quote(t, mistake->from, length);
    if (unit_parse(mistake->from, length, UNIT_UCUM, &literal, NULL) == UNIT_OK) {
        text_add(t, " would mean ");
        unit_say(t, &literal, true);
    } else {
        text_add(t, " is not a unit");
    }
    text_add(t, ": did you mean ");
    add_meanings(t, mistake->to);
    text_add(t, "?");
}

/* The atom that takes no prefix, where the symbol is a prefix before one; or -1. */
static int prefixed_plain_atom(const char *symbol, size_t length)
{
    for (int i = 0; i < (int)unit_prefix_count(); i++) {
        const char *prefix = unit_prefix_at(i)->code;
        size_t n = strlen(prefix);
        int atom = n < length && memcmp(prefix, symbol, n) == 0 ? unit_atom_find(symbol + n, length - n) : -1;
        if (atom >= 0) return atom;
    }
    return -1;
}

static bool is_word(const char *symbol, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((symbol[i] | ' ') < 'a' || (symbol[i] | ' ') > 'z') return false;
    return length >= 4;
}

static void add_unknown(struct text *t, const char *symbol, size_t length)
{
    struct unit nearest;
    int plain = prefixed_plain_atom(symbol, length);
    text_quote(t, symbol, length);
    text_add(t, " is not a unit");
    if (symbol[length - 1] == '^') {
        text_add(t, ": a power is written without a sign, as in m2");
    } else if (unit_symbol(symbol, length, UNIT_FRIENDLY, &nearest) ||
               nearest_unit(symbol, length, &nearest)) {
        text_add(t, ": did you mean ");
        add_unit(t, &nearest);
        text_add(t, "?");
    } else if (plain >= 0) {
        text_add(t, ": %s (%s) takes no prefix", unit_atom_at(plain).code, unit_atom_at(plain).one);
    } else if (is_word(symbol, length)) {
        text_add(t, "; what is counted stands in braces: {%.*s}", (int)length, symbol);
    }
}

/* G/DL: written in capitals throughout, as old machines print it. */
static bool in_capitals(const char *text, size_t length, struct unit *meant)
{
    char small[UNIT_TEXT_MAX];
    bool letter = false;
    for (size_t i = 0; i < length; i++) {
        bool capital = text[i] >= 'A' && text[i] <= 'Z';
        if (text[i] >= 'a' && text[i] <= 'z') return false;
        letter = letter || capital;
        small[i] = capital ? (char)(text[i] - 'A' + 'a') : text[i];
    }
    return letter && unit_parse(small, length, UNIT_FRIENDLY, meant, NULL) == UNIT_OK;
}

enum unit_status unit_fail_symbol(struct unit_error *err, const char *text, size_t text_length, size_t at,
                                  size_t length)
{
    if (!err) return UNIT_UNKNOWN_ATOM;
    *err = (struct unit_error){.status = UNIT_UNKNOWN_ATOM, .at = at, .length = length};
    struct text t;
    struct unit meant;
    text_start(&t, err->message, sizeof err->message);
    const struct unit_pair *mistake = unit_pair_find(unit_mistakes(), text + at, length);
    if (length < text_length && in_capitals(text, text_length, &meant)) {
        err->at = 0;
        err->length = text_length;
        text_quote(&t, text, text_length);
        text_add(&t, " is not a unit: did you mean ");
        add_unit(&t, &meant);
        text_add(&t, "?");
    } else if (mistake) {
        add_mistake(&t, mistake);
    } else {
        add_unknown(&t, text + at, length);
    }
    return UNIT_UNKNOWN_ATOM;
}
