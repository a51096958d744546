/* The claims that are tried: each about one program and one patient, or two. */
#ifndef ORACLE_TRIALS_H
#define ORACLE_TRIALS_H

#include "tests/oracle/specimen.h"

enum trial_kind {
    /* What the oracle is sure of, the machine says too: outcomes, values, amounts, rows; elements with their
       messages, items with their strengths. */
    TRIAL_AGREE,
    /* What is decided of a patient with gaps stays so whatever fills them, and what then comes out was
       possible. */
    TRIAL_LASTING,
    /* Where everything that fills the gaps gives one result, it is decided; what is possible is what is
       reached. */
    TRIAL_COMPLETE,
    /* The order of keys, elements and members changes no byte; other units change no result; nor does what
       ran before. */
    TRIAL_SPELLING,
    /* The order of declarations, and of rows that are read by agreement, changes no result. */
    TRIAL_ORDER,
    /* A program whose expressions were put into words and read again gives the same results. */
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
/* The text without one of its rules, definitions and phases, or without a line of one; NULL where there is no
 * n-th of these. */
char *rewrite_without(const char *text, int n);

#endif
