/*
 * Patients by chance, for a checked program: values on, just below and just above the thresholds that it has,
 * dates a length of it apart; and the patients that one with gaps could turn out to be.
 */
#ifndef ORACLE_MAKE_PATIENT_H
#define ORACLE_MAKE_PATIENT_H

#include "tests/oracle/oracle.h"
#include "tests/oracle/random.h"

/* How much of a patient is not known: each value is missing once in `missing` times, and so on; 0: never. */
struct gaps {
    int missing, censored, partial, lists, unset;
};

enum { LITERALS_MAX = 400, DAYS_KEPT = 3 };

struct patient_maker {
    struct compilation *program;
    struct chance chance;
    struct gaps gaps;
    struct rationals numbers;
    const struct expr *literals[LITERALS_MAX];
    int literal_count;
    int64_t today, days[DAYS_KEPT]; /* 0: not chosen yet */
    bool zoned;                     /* times carry offsets */
};

/* Collects what the program compares with. */
struct patient_maker *patient_maker_new(struct compilation *program, uint64_t seed);
void patient_maker_free(struct patient_maker *maker);
/* Lives in the program's arena. */
struct patient *patient_make(struct patient_maker *maker, struct gaps gaps);
struct patient *patient_copy(struct patient_maker *maker, const struct patient *patient);
/* A patient that is known in every respect and of whom all that this one's record says is true; NULL where
   chance found none (a partial date that can only repeat a moment). */
struct patient *patient_complete(struct patient_maker *maker, const struct patient *patient);
/* A known value of an input or a parameter. */
struct datum datum_make(struct patient_maker *maker, const struct decl *d);
/* All values that differ for the program: on the thresholds and between them; into out, at most max; their
 * number. */
int datum_representatives(struct patient_maker *maker, const struct decl *d, struct datum *out, int max);

/* ---- patient_text.c --------------------------------------------------------------------------------- */

struct writing {
    uint64_t order; /* 0: as declared; else a seed for the order of keys, of elements and of members */
    bool units;     /* numbers in other units of the same worth */
};

/* The record as JSON; malloc'ed. */
char *patient_json(const struct compilation *program, const struct patient *patient, struct writing how);
/* What the institution sets: NAME and TEXT of a parameter, malloc'ed; NULL where it is unset. */
char *datum_setting(const struct decl *parameter, const struct datum *datum);

#endif
