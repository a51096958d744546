/*
 * What stands on top of a report: who the patient is, in the words of `report shows`.
 */
#ifndef REGIMEN_SHOWN_H
#define REGIMEN_SHOWN_H

#include "runtime/fact.h"

struct shown {
    uint32_t node;            /* NODES */
    const char *name, *label; /* as declared; label "" where there is none */
    struct fact fact;
};

/* index below SHOWN_count of the image. */
const char *shown_name(const struct image *image, uint32_t index);
struct shown shown_at(const struct result_view *v, uint32_t index);
/* Whether there is a value, or a range, to be shown. */
bool shown_has_value(const struct shown *s);
/* Why there is none, or only a range: "absent"; of a definition what it reads: "birth_date: absent".  Nothing
   where the value is known. */
void shown_why(const struct result_view *v, const struct shown *s, struct buffer *out);

#endif
