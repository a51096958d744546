/*
 * The report that a pharmacist reads, checks by hand, prints and signs: plain text, at most 100 columns.
 *
 * What needs action comes first.  Every number that a result was computed from is on the page, with the date
 * of its observation and what the record had written where it was converted.
 */
#ifndef REGIMEN_REPORT_H
#define REGIMEN_REPORT_H

#include "runtime/regimen.h"
#include "runtime/result_view.h"

/* all: each result with its rows and sources, and what does not apply by name; else only doses, and what must
   be repaired, are written out, and the rest has a line or two each. */
void report_text(const struct result_view *v, bool all, struct buffer *out);
/* How the amount of one step of a dose's plan was computed, as the report says it. */
void report_step_worksheet(const struct result_view *v, uint32_t rule, uint32_t step, struct buffer *out);
/* The few lines in the place of a record that was refused; where: "patients.ndjson, line 3", or "". */
void report_refused(const struct regimen_error *error, const char *where, struct buffer *out);

#endif
