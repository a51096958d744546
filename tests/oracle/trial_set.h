/* Collections and recommendations, item by item: used by the trials. */
#ifndef ORACLE_TRIAL_SET_H
#define ORACLE_TRIAL_SET_H

#include "tests/oracle/specimen.h"

/* " included/3 absent ...": what each item comes to, by the machine and by the oracle. */
void put_machine_items(FILE *out, const struct specimen *s, const struct decl *rule);
void put_oracle_items(FILE *out, const struct verdict *v);

/* Whether each item that the oracle is sure of comes to that. */
bool items_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report);

/* Of each item what it may come to, a bit a rank; open: nothing is claimed of it. */
struct kept_items {
    bool open[SET_ITEMS_MAX];
    uint32_t standings[SET_ITEMS_MAX];
};

/* What the items of the machine's patient may come to, and whether those of one whose gaps are filled come to
   some of that. */
struct kept_items *items_keep(struct specimen *s, const struct decl *rule);
bool items_last(struct specimen *s, const struct decl *rule, const struct kept_items *before, FILE *report);
/* Adds what the oracle says of the items of the patient that it has met; so_far: NULL before the first one.
 */
struct kept_items *items_reach(struct specimen *s, const struct decl *rule, struct kept_items *so_far);
/* Whether just that is possible, by the machine, which the fillings of its patient have reached. */
bool items_complete(struct specimen *s, const struct decl *rule, const struct kept_items *reached,
                    FILE *report);

#endif
