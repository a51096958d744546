/* Rules with `for each`, element by element: used by the trials. */
#ifndef ORACLE_TRIAL_EACH_H
#define ORACLE_TRIAL_EACH_H

#include "tests/oracle/specimen.h"

/* Whether what the oracle is sure of, of the conditions of an alert or the states of a monitor, is so in the
   rows that the machine shows now. */
bool states_agree(struct specimen *s, const struct decl *rule, const enum truth *rows, int count,
                  FILE *report);
/* Whether each element counts, and comes to what the oracle says; not for a rule that does not apply. */
bool parts_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report);

struct kept_parts;

/* What each element has come to of the patient that the machine has just evaluated and the oracle met; lives
   in the program's arena. */
struct kept_parts *parts_keep(struct specimen *s, const struct decl *rule);
/* Whether each element comes to something that was possible before, of a patient whose gaps are filled and to
   whom the rule applies. */
bool parts_last(struct specimen *s, const struct decl *rule, const struct kept_parts *before, FILE *report);

struct reached_parts;

/* Adds what the oracle says of each element for the patient that it has met; so_far: NULL before the first
 * one. */
struct reached_parts *parts_reach(struct specimen *s, const struct decl *rule, struct reached_parts *so_far);
/* Whether of each element just that is possible, by the machine, which the fillings of its patient have
 * reached. */
bool parts_complete(struct specimen *s, const struct decl *rule, const struct reached_parts *reached,
                    FILE *report);

#endif
