/*
 * The facts of units.def as tables.  Internal to the unit module.
 */
#ifndef REGIMEN_UNIT_TABLE_H
#define REGIMEN_UNIT_TABLE_H

#include "runtime/units.h"

/* What units.def says of an atom: bits.  ARBITRARY: defined by an assay ([IU]), a dimension of its own.
   SPECIAL: no ratio scale (Cel, pH).  TEN: 10* and 10^.  DAYS: d and wk. */
enum atom_kind {
    ATOM_BASE = 1,
    ATOM_METRIC = 2,
    ATOM_ARBITRARY = 4,
    ATOM_SPECIAL = 8,
    ATOM_TEN = 16,
    ATOM_PI = 32,
    ATOM_DAYS = 64,
};

struct unit_atom {
    const char *code;
    unsigned kind;
    const char *one, *many, *property; /* see units.def */
    const char *factor, *definition;   /* what the code stands for: exact decimal text, and UCUM text */
    unsigned flags;                    /* those of unit_parse under which it is read so */
};

struct unit_prefix {
    const char *code, *name, *factor;
    bool clinical; /* in daily use */
};

/* Two texts of units.def that belong together; what they are is said at each list below. */
struct unit_pair {
    const char *from, *to;
    unsigned kind; /* of a spelling: ATOM_METRIC where it takes prefixes */
};

struct unit_pairs {
    const struct unit_pair *first;
    size_t count;
};

/* The atoms of UCUM in the order of units.def, then the variants. */
size_t unit_atom_count(void);
struct unit_atom unit_atom_at(int index);
size_t unit_prefix_count(void);
/* index is one of the table: not looked at; so for unit_atom_at. */
const struct unit_prefix *unit_prefix_at(int index);
int unit_prefix_find(const char *code); /* UNIT_NO_PREFIX where there is none */
/* The index of the atom with this code as UCUM reads it, or -1. */
int unit_atom_find(const char *code, size_t length);
/* The atom that its code means under these flags of unit_parse. */
int unit_atom_variant(int index, unsigned flags);

struct unit_pairs unit_spellings(void); /* written, UCUM */
struct unit_pairs unit_prefix_spellings(void);
struct unit_pairs unit_mistakes(void);   /* written, meant: UCUM texts with spaces between */
struct unit_pairs unit_quantities(void); /* name, UCUM */
struct unit_pairs unit_offsets(void);    /* the affine special units: code, offset */
/* The second of the pair with this first, or NULL. */
const struct unit_pair *unit_pair_find(struct unit_pairs pairs, const char *from, size_t length);

#endif
