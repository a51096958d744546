/* One list, units.def, read by each table for the lines that it knows; all other macros are empty there.
   The atoms stand in the order of their codes, so they are found by halves; everything else is short and
   walked through.  A variant is an atom that means something else under a flag: its index lies behind
   those of the atoms. */
#include "runtime/unit_table.h"

#include <string.h>

static const struct unit_atom ATOMS[] = {
#define UNIT_ATOM(code, kind, one, many, property, factor, definition)                                       \
    {code, kind, one, many, property, factor, definition, UNIT_UCUM},
#include "runtime/units.def"
};

static const struct variant {
    const char *code;
    unsigned flag;
    const char *factor, *definition;
} VARIANTS[] = {
#define UNIT_VARIANT(code, flag, factor, definition) {code, flag, factor, definition},
#include "runtime/units.def"
};

static const struct unit_prefix PREFIXES[] = {
#define UNIT_PREFIX(code, name, factor, clinical) {code, name, factor, clinical},
#include "runtime/units.def"
};

static const struct unit_pair SPELLINGS[] = {
#define UNIT_SPELLING(written, ucum, kind) {written, ucum, kind},
#include "runtime/units.def"
};

static const struct unit_pair PREFIX_SPELLINGS[] = {
#define UNIT_PREFIX_SPELLING(written, ucum) {written, ucum, 0},
#include "runtime/units.def"
};

static const struct unit_pair MISTAKES[] = {
#define UNIT_MISTAKE(written, meant) {written, meant, 0},
#include "runtime/units.def"
};

static const struct unit_pair QUANTITIES[] = {
#define UNIT_QUANTITY(name, unit) {name, unit, 0},
#include "runtime/units.def"
};

static const struct unit_pair OFFSETS[] = {
#define UNIT_AFFINE(code, offset) {code, offset, 0},
#include "runtime/units.def"
};

enum {
    ATOM_COUNT = sizeof ATOMS / sizeof ATOMS[0],
    VARIANT_COUNT = sizeof VARIANTS / sizeof VARIANTS[0],
    PREFIX_COUNT = sizeof PREFIXES / sizeof PREFIXES[0],
};

struct unit_pairs unit_spellings(void)
{
    return (struct unit_pairs){SPELLINGS, sizeof SPELLINGS / sizeof SPELLINGS[0]};
}

struct unit_pairs unit_prefix_spellings(void)
{
    return (struct unit_pairs){PREFIX_SPELLINGS, sizeof PREFIX_SPELLINGS / sizeof PREFIX_SPELLINGS[0]};
}

struct unit_pairs unit_mistakes(void)
{
    return (struct unit_pairs){MISTAKES, sizeof MISTAKES / sizeof MISTAKES[0]};
}

struct unit_pairs unit_quantities(void)
{
    return (struct unit_pairs){QUANTITIES, sizeof QUANTITIES / sizeof QUANTITIES[0]};
}

struct unit_pairs unit_offsets(void)
{
    return (struct unit_pairs){OFFSETS, sizeof OFFSETS / sizeof OFFSETS[0]};
}

/* Like strcmp of the code with the word. */
static int code_compare(const char *code, const char *word, size_t length)
{
    int order = strncmp(code, word, length);
    return order != 0 ? order : code[length] != '\0';
}

const struct unit_pair *unit_pair_find(struct unit_pairs pairs, const char *from, size_t length)
{
    for (size_t i = 0; i < pairs.count; i++)
        if (pairs.first[i].from[0] == from[0] && code_compare(pairs.first[i].from, from, length) == 0)
            return &pairs.first[i];
    return NULL;
}

size_t unit_atom_count(void)
{
    return ATOM_COUNT + VARIANT_COUNT;
}

struct unit_atom unit_atom_at(int index)
{
    if (index < ATOM_COUNT) return ATOMS[index];
    const struct variant *v = &VARIANTS[index - ATOM_COUNT];
    struct unit_atom atom = ATOMS[unit_atom_find(v->code, strlen(v->code))];
    atom.factor = v->factor;
    atom.definition = v->definition;
    atom.flags = v->flag;
    return atom;
}

size_t unit_prefix_count(void)
{
    return PREFIX_COUNT;
}

const struct unit_prefix *unit_prefix_at(int index)
{
    return &PREFIXES[index];
}

int unit_prefix_find(const char *code)
{
    for (int i = 0; i < PREFIX_COUNT; i++)
        if (strcmp(PREFIXES[i].code, code) == 0) return i;
    return UNIT_NO_PREFIX;
}

int unit_atom_find(const char *code, size_t length)
{
    int low = 0, high = ATOM_COUNT - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int order = code_compare(ATOMS[middle].code, code, length);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

int unit_atom_variant(int index, unsigned flags)
{
    for (int i = 0; i < VARIANT_COUNT; i++)
        if ((flags & VARIANTS[i].flag) && index < ATOM_COUNT &&
            strcmp(VARIANTS[i].code, ATOMS[index].code) == 0)
            return ATOM_COUNT + i;
    return index;
}
