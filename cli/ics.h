/*
 * The dated doses of one evaluated record as iCalendar (RFC 5545).
 *
 * An event for each dose and each run of an infusion, on whole days; a journal entry on the day of the
 * evaluation that says which protocol made the calendar and which scheduled doses have no place in it.  The
 * same record and time give the same bytes; an event of one record, rule and date has the same UID whatever
 * its amount is.
 */
#ifndef REGIMEN_CLI_ICS_H
#define REGIMEN_CLI_ICS_H

#include "runtime/buffer.h"
#include "runtime/regimen.h"

/* After regimen_evaluate has returned REGIMEN_OK.  False where the memory is not sufficient. */
bool ics_calendar(const struct regimen_program *program, struct regimen_evaluator *evaluator,
                  struct buffer *out);

#endif
