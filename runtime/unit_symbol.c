/* A symbol is looked up whole before it is taken apart into prefix and atom: a code that could be read
   as both is the atom.  Friendly spellings go before UCUM's own codes where they are allowed. */
#include "runtime/unit_symbol.h"

#include <string.h>

#include "runtime/unit_table.h"

struct word {
    const char *text;
    size_t length;
    unsigned flags;
};

static bool one_term(int atom, int prefix, unsigned flags, struct unit *out)
{
    struct unit_term term = {
        .atom = (int16_t)unit_atom_variant(atom, flags), .prefix = (int8_t)prefix, .exponent = 1};
    *out = (struct unit){.count = 1, .terms = {term}};
    return true;
}

/* The atom that takes prefixes and has this name, or -1. */
static int metric_atom(struct word w)
{
    if (w.flags & UNIT_FRIENDLY) {
        const struct unit_pair *spelling = unit_pair_find(unit_spellings(), w.text, w.length);
        if (spelling && (spelling->kind & ATOM_METRIC))
            return unit_atom_find(spelling->to, strlen(spelling->to));
    }
    int atom = unit_atom_find(w.text, w.length);
    return atom >= 0 && (unit_atom_at(atom).kind & ATOM_METRIC) ? atom : -1;
}

static bool with_prefix(const char *code, int prefix, struct word w, struct unit *out)
{
    size_t n = strlen(code);
    if (n >= w.length || memcmp(code, w.text, n) != 0) return false;
    int atom = metric_atom((struct word){w.text + n, w.length - n, w.flags});
    return atom >= 0 && one_term(atom, prefix, w.flags, out);
}

static bool any_prefix(struct word w, struct unit *out)
{
    for (int i = 0; i < (int)unit_prefix_count(); i++)
        if (with_prefix(unit_prefix_at(i)->code, i, w, out)) return true;
    return false;
}

static bool any_prefix_spelling(struct word w, struct unit *out)
{
    struct unit_pairs spellings = unit_prefix_spellings();
    for (size_t i = 0; i < spellings.count; i++) {
        const struct unit_pair *s = &spellings.first[i];
        if (with_prefix(s->from, unit_prefix_find(s->to), w, out)) return true;
    }
    return false;
}

static bool friendly_symbol(struct word w, struct unit *out)
{
    const struct unit_pair *spelling = unit_pair_find(unit_spellings(), w.text, w.length);
    if (!spelling) return any_prefix_spelling(w, out);
    return unit_parse(spelling->to, strlen(spelling->to), w.flags & ~(unsigned)UNIT_FRIENDLY, out, NULL) ==
           UNIT_OK;
}

bool unit_symbol(const char *symbol, size_t length, unsigned flags, struct unit *out)
{
    struct word w = {symbol, length, flags};
    if (flags & UNIT_FRIENDLY) {
        if (unit_pair_find(unit_mistakes(), symbol, length)) return false;
        if (friendly_symbol(w, out)) return true;
    }
    int atom = unit_atom_find(symbol, length);
    if (atom >= 0) return one_term(atom, UNIT_NO_PREFIX, flags, out);
    return any_prefix(w, out);
}
