/*
 * The claims that are tried: each about one program and one patient, or two.
 *
 *   agree      what the oracle is sure of, the machine says too: outcomes, values, amounts, rows
 *   lasting    what is decided of a patient with gaps stays so whatever fills them, and what then comes out
 * was possible complete   where everything that fills the gaps gives one result, it is decided; what is
 * possible is what is reached spelling   the order of keys, elements and members changes no byte; other units
 * change no result; nor does what ran before order      the order of declarations and of rows that are read
 * by agreement changes no result words      a program whose expressions were put into words and read again
 * gives the same results
 */
#ifndef ORACLE_TRIALS_H
#define ORACLE_TRIALS_H

#include "tests/oracle/specimen.h"

enum trial_kind {
    TRIAL_AGREE,
    TRIAL_LASTING,
    TRIAL_COMPLETE,
    TRIAL_SPELLING,
    TRIAL_ORDER,
    TRIAL_WORDS,
    TRIAL_KINDS
};

struct trial {
    enum trial_kind kind;
    const struct patient *patient;
    const struct patient
        *other; /* LASTING: the patient without gaps; SPELLING: one that is evaluated in between */
    uint64_t seed;
};

const char *trial_name(enum trial_kind kind);
/* Whether the claim holds; where not, how goes to report. */
bool trial_holds(struct specimen *s, const char *text, const struct trial *trial, FILE *report);

/* ---- rewrite.c: programs that mean the same --------------------------------------------------------- */

/* Declarations, and rows read by agreement, in another order; malloc'ed. */
char *rewrite_order(const char *text, uint64_t seed);
/* Each expression parsed and put into words again; malloc'ed. */
char *rewrite_words(const char *text);
/* The text without one of its rules, definitions and phases, or without a line of one; NULL where there is no n-th of
 * these. */
char *rewrite_without(const char *text, int n);

#endif
