/*
 * Why a result is what it is: its rows, those that fired and those that did not, each with its comparisons
 * and the values that decided them, as a tree.
 */
#ifndef REGIMEN_EXPLAIN_H
#define REGIMEN_EXPLAIN_H

#include "runtime/json_writer.h"
#include "runtime/result_view.h"

/* The tree of one rule as lines, drawn with bars. */
void explain_text(const struct result_view *v, uint32_t rule, struct buffer *out);
/* The same as one JSON value: {"text","is","why","children"}. */
void explain_json(const struct result_view *v, uint32_t rule, struct json_writer *w);

#endif
