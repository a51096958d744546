/*
 * What an entry of a list leaves open, as one part of a sentence: "grade of the entry: not asked, entry of
 * 2026-01-03".  For result_why.c, which has the reasons of all that can be missing.
 */
#ifndef REGIMEN_ENTRY_WHY_H
#define REGIMEN_ENTRY_WHY_H

#include "runtime/fact.h"

/* Of a selection that took an element, or several at one moment: why what was read of it is not exactly
 * known. */
void taken_why(const struct result_view *v, const struct fact *r, struct buffer *out);
/* Of a selection whose members are open: the first entry that may be one, and what of it leaves that open; or
   the entry that a total or an average lacks.  False, and nothing written, where no entry is to blame. */
bool entries_why(const struct result_view *v, const struct image_node *selection, struct buffer *out);
/* That it is open whether the entry lies after `now`; false, and nothing written, where it is not. */
bool later_why(const struct result_view *v, const struct element *element, struct buffer *out);
/* "only known as from 5 to 10 mg", or as the record has written it where that is not NULL (result_why.c). */
void known_only_as(const struct result_view *v, const struct image_type *type, const struct value *value,
                   const char *written, struct buffer *out);

#endif
