/* The fixed words of results: in JSON, reports and explanations the same. */
#ifndef REGIMEN_WORDS_H
#define REGIMEN_WORDS_H

#include "runtime/eval.h"

/* A step of a plan for which the source is silent: no reader may take it for no dose. */
#define UNPRINTED_AMOUNT "an amount that the source does not print"
const char *outcome_word(enum outcome outcome);
const char *action_word(enum action action); /* give, ask, withhold; "" for ACTION_NONE */
const char *truth_word(enum truth truth);    /* no, yes, unknown, fault */
const char *fault_sentence(enum fault fault);
const char *status_word(enum program_status status);     /* draft, approved, retired; "" for STATUS_NONE */
const char *strength_word(enum strength strength);       /* "" for STRENGTH_NONE */
const char *severity_word(enum alert_severity severity); /* "" for ALERT_SEVERITY_NONE */
/* As results show it: "not raised", "not due". */
const char *alert_word(enum alert_state state);
const char *monitor_word(enum monitor_state state);
const char *state_word(const struct image_rule *rule, int32_t member); /* of an alert, of a monitor */
const char *rule_kind_word(enum rule_kind kind);
/* The clause of a dose, the beginning of a set's row, as rule files write it: "at most", "include one of". */
const char *row_type_word(enum row_type type);

#endif
