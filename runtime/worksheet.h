/*
 * The worksheet of an amount: every number that went into it, in the order of a hand calculation.
 *
 * A factor stands at depth 0; what a factor was computed from follows it, one deeper.  What stands on the
 * sheet already is not repeated.
 */
#ifndef REGIMEN_WORKSHEET_H
#define REGIMEN_WORKSHEET_H

#include "runtime/fact.h"

struct worksheet_line {
    uint32_t node;      /* what is read: see fact_of */
    uint32_t converted; /* NODES: the same in the unit that the rule asks for; NONE32 */
    uint32_t formula;   /* NODES: how it is computed, where the words of node do not say it; NONE32 */
    uint16_t depth;
    char sign; /* depth 0: how the factor joins: '*', '/' or 0 for the first */
};

struct worksheet {
    const struct result_view *view;
    struct buffer lines; /* of struct worksheet_line */
};

/* Empties it; its memory is freed with buffer_free(&w->lines). */
void worksheet_begin(struct worksheet *w, const struct result_view *v);
/* Whether an expression is a product or a quotient. */
bool worksheet_is_product(const struct result_view *v, uint32_t node);
/* The factors of a product, each with what it was computed from. */
void worksheet_factors(struct worksheet *w, uint32_t node);
/* What a condition or a clause reads, at depth 0. */
void worksheet_reads(struct worksheet *w, uint32_t node);
uint32_t worksheet_count(const struct worksheet *w);
const struct worksheet_line *worksheet_line(const struct worksheet *w, uint32_t index);

/* The entries behind a total, an average or a count: "entries: 2026-01-01 3 mg, 2026-01-08 2 mg", or "of
   these entries: ..." where a window or a `where` chooses among them; nothing for other nodes. */
void worksheet_entries(const struct result_view *v, uint32_t node, struct buffer *out);
/* What is read as it stands, and not computed. */
bool node_is_fact(const struct image_node *node);
/* Where the value of a parameter comes from: "set for this run", `site: "local policy 12"`; nothing for other
 * nodes. */
void worksheet_origin(const struct result_view *v, uint32_t node, bool reasons, struct buffer *out);

#endif
