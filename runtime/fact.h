/*
 * What an expression read from the record: its value, the date of its observation, and what the record has
 * written where that differs.  Registers keep their values after a run, so a fact is taken from a tree of
 * NODES at any time until the next record.
 */
#ifndef REGIMEN_FACT_H
#define REGIMEN_FACT_H

#include "runtime/result_view.h"
#include "runtime/value_text.h"

struct fact {
    const struct image_node *node;
    const char *label;             /* "" where it has none */
    const struct value *value;     /* NULL: inside a walk over a list, or a list itself */
    const char *text;              /* of a text, and of `other`; or NULL */
    const char *written;           /* as the record has it, where it was converted or is censored; or NULL */
    const struct element *element; /* of a selection that took one: the element; or NULL */
    uint32_t element_count;        /* more than one: all at the same moment */
};

/* A value of the record, or of one of its entries. */
bool fact_is_of_record(const struct fact *r);
struct fact fact_of(const struct result_view *v, uint32_t node);
/* Its value, "unknown" with the reason where it is missing ("unknown (absent)"), "" where it has none to
 * show. */
void fact_value(const struct result_view *v, const struct fact *r, enum value_style style,
                struct buffer *out);
/* The date or time of the observation; nothing where there is none. */
void fact_date(const struct result_view *v, const struct fact *r, struct buffer *out);
/* Why its value is missing or known only as a range; nothing where it is known. */
void fact_why(const struct result_view *v, const struct fact *r, struct buffer *out);
/* The value of an expression, for messages. */
void node_value_text(const struct result_view *v, uint32_t node, enum value_style style, struct buffer *out);
/* The words of an expression, as a rule would write them. */
void node_words(const struct result_view *v, uint32_t node, struct buffer *out);
/* What a row gives where it holds, without its condition: "high", "include hsct strength option", "at most
 * top". */
void row_words(const struct result_view *v, uint32_t rule, const struct image_row *row, struct buffer *out);
/* When an element happened. */
void element_date(const struct element *element, struct buffer *out);
/* The walk whose result a node shows: of a total, an average, a count and their like, which take no single
   element; NULL for others. */
const struct image_fold *fact_fold(const struct result_view *v, uint32_t node);
/* INPUTS of the list that a selection is from; NONE32 where the node is none. */
uint32_t selection_list(const struct result_view *v, uint32_t node);

#endif
