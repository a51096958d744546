/* What may fulfil requirements: the rows and guarantees of an image, and the declarations that it does not
 * have. */
#ifndef REGIMEN_CLI_TRACE_ITEMS_H
#define REGIMEN_CLI_TRACE_ITEMS_H

#include "cli/trace.h"
#include "runtime/api.h"

/* called for each id that an item traces */
typedef void trace_link(struct trace *trace, size_t item, const char *id);

/* Fills trace->items and links each to what it traces.  False where memory is short, as below. */
bool trace_items(struct trace *trace, struct regimen_compiler *compiler,
                 const struct regimen_program *program, trace_link *link);
/* Runs the tests, fills trace->tests, and counts for each item in which of the passing ones it holds. */
bool trace_tests(struct trace *trace, const struct regimen_program *program);

/* A place of the source; file "" where it is not known. */
struct regimen_place span_place(const struct image *image, const struct image_span *span);

void trace_list_add(struct arena *arena, struct trace_list *list, size_t number);
bool trace_list_has(const struct trace_list *list, size_t number);

#endif
