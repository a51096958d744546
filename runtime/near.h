/*
 * What a result is near to: which single change would have made a row hold, and what a missing value would
 * decide.
 *
 * For explanations alone, after eval_run.  A subject's register is varied and the rule decided again; when a
 * function returns, registers, rows and results are as they were.
 */
#ifndef REGIMEN_NEAR_H
#define REGIMEN_NEAR_H

#include "runtime/eval.h"

enum near_measure {
    NEAR_UNMEASURED, /* yes and no, enumerations, and where the value is at the very edge */
    NEAR_AMOUNT,     /* in the unit of the subject */
    NEAR_DAYS,
    NEAR_MICROSECONDS,
};

struct near_miss {
    uint32_t subject;    /* SUBJECTS */
    struct value needed; /* the values next to the present one for which the row holds */
    bool example;        /* an enumeration: needed is one of several members that would do */
    bool below;          /* the present value is smaller, or earlier */
    enum near_measure measure;
    decimal by; /* how far the present value is from the nearest one needed; above zero */
};

/* The smallest change of one value by which the row (of ROWS; NONE32: `applies when`), which does not hold,
   would hold for certain while the rule applies no less.  Only a value that is known and whose inputs
   nothing else in the row reads is varied.  False where there is none. */
bool near_miss_find(struct eval_context *context, uint32_t rule, uint32_t row, struct near_miss *found);

/* Whether a reader can be told of it: its node has the value and the type of the subject, and a yes or no is
   read as it stands. */
bool near_is_shown(const struct image *image, const struct image_subject *subject);
/* Stretches a range over the region behind it. */
void near_extend(struct value *range, const struct value *next, enum kind kind);

/* Called for each region of a missing value, in order, while the result of the rule is what that region would
   give.  other: all members of an enumeration that the rule does not name. */
typedef void near_visit(void *user, const struct value *region, bool other);
/* False where the subject is not varied: it is known, has one region, or memory is short. */
bool near_outcomes(struct eval_context *context, uint32_t rule, uint32_t subject, near_visit *visit,
                   void *user);

#endif
