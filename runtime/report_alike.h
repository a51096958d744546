/*
 * What a rule with `for each` says alike of several elements.  The report tells it once: a patient who takes
 * a drug every day has one alert of it, and not one for each day.
 */
#ifndef REGIMEN_REPORT_ALIKE_H
#define REGIMEN_REPORT_ALIKE_H

#include "runtime/report_parts.h"

/* What a row says of an element: its words begin there in report_alike.words, and end at a zero. */
struct report_told {
    uint32_t element, row;
    size_t words;
};

/* All that a rule says; zero before it is gathered. */
struct report_alike {
    struct report_told *told;
    uint32_t count;
    struct buffer words;
};

/* Fills alike, which report_alike_free empties; where memory is short r->out has failed.  No element is in
 * focus then. */
void report_alike_gather(struct report *r, uint32_t rule, struct report_alike *alike);
void report_alike_free(struct report_alike *alike);
/* Whether no later element has the row say the same; before: the first element of which it does, and how many
   do before this one. */
bool report_alike_last(const struct report_alike *alike, uint32_t row, uint32_t element, struct run *before);

#endif
