/* Rules with `for each`, element by element: used by the trials. */
#ifndef ORACLE_TRIAL_EACH_H
#define ORACLE_TRIAL_EACH_H

#include "tests/oracle/specimen.h"

/* Whether no other element can lie at the same moments: then it stands in one place of the order for the
   machine and the oracle. */
bool part_is_alone(const struct verdict *v, int i);
/* Whether what the oracle is sure of, of the conditions of an alert or the states of a monitor, is so in the
   rows that the machine shows now. */
bool states_agree(struct specimen *s, const struct decl *rule, const enum truth *rows, int count,
                  FILE *report);
/* Whether each element counts, and comes to what the oracle says; not for a rule that does not apply. */
bool parts_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report);

#endif
