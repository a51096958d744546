/*
 * Parameters from text, as an institution writes them: "2 mg", "by_age", "none", "yes", "2026-01-01", "[a,
 * b]", "key: value, key: value".
 */
#ifndef REGIMEN_PARAMETER_TEXT_H
#define REGIMEN_PARAMETER_TEXT_H

#include "runtime/image.h"

/*
 * The value of a parameter.  A quantity comes with its unit, be it a friendly spelling ("6 days"), and is
 * converted to the declared one; a bare number stands for a pure number only.  `none` is TAG_OFF and stands
 * only where the parameter allows it.
 *
 * Of a table cells gets a value for each member of its key's enumeration, TAG_UNKNOWN where text has none;
 * cells may be NULL for any other parameter.  Of a TEXT the value says only that there is one.
 *
 * False with a sentence in reason; *out and cells are then not to be used.
 */
bool parameter_parse(const struct image *image, uint32_t param, const char *text, struct value *out,
                     struct value *cells, char *reason, size_t reason_size);
/* The index of a parameter by its name; false with a sentence that names the nearest. */
bool parameter_find(const struct image *image, const char *name, uint32_t *param, char *reason,
                    size_t reason_size);

#endif
