/*
 * Limits, and whether tests show them: a dose that changes at 10 kg is shown by a child of exactly 10 kg and
 * by one across, not by children of 8 and of 15 whose dose another condition decides.
 *
 * A limit is a comparison of numbers, days or times, other than `is`, in what decides a traced row, and each
 * end of its interval.  A test is *at* it where both sides are exactly the same, and *across* it where the
 * comparison comes out otherwise than there; each time the row must hang on it: with the other answer of the
 * comparison it would come out otherwise.  What stands in a definition is one limit, whatever reads it, and
 * what `applies` and the `where` of `for each` ask is one of the rule.  Where only a number depends on the
 * comparison, a test at it is enough.  Not seen are the states of monitors, which the language sets, and what
 * a selection asks of its entries: its window and its `where`.
 */
#ifndef REGIMEN_CLI_TRACE_LIMITS_H
#define REGIMEN_CLI_TRACE_LIMITS_H

#include "cli/trace.h"
#include "runtime/result_view.h"

/* Fills trace->limits and trace->comparisons; trace->items are there. */
void limits_gather(struct trace *trace, const struct result_view *v);
/* Looks at the limits of a rule as the last record has left them, in a test that expects something of the
   rule or of one that reads it. */
void limits_see(struct trace *trace, const struct result_view *v, uint32_t rule, size_t test);

#endif
