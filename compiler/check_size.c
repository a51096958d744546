/*
 * How large a declaration becomes when all definitions and functions are put in, worked out without doing
 * it.
 *
 * Definitions that use each other twice double at each step: forty of them would fill any memory.  So
 * sizes are summed from the definitions that are measured already.  Of a function it is counted how often
 * each parameter stands in its body; an argument counts that many times.  Sizes stop growing at a cap,
 * where they can no longer overflow and are reported anyway.
 */
#include "compiler/check_graph.h"

#include "compiler/expr_tree.h"

static const uint64_t SIZE_MAXIMUM = UINT64_C(1) << 40; /* sizes stop there, far above the limit */

static uint64_t size_capped(uint64_t size)
{
    return size < SIZE_MAXIMUM ? size : SIZE_MAXIMUM;
}

static uint64_t size_product(uint64_t a, uint64_t b)
{
    return a != 0 && b > SIZE_MAXIMUM / a ? SIZE_MAXIMUM : a * b;
}

/* The walk over one expression that stands `weight` times in what is measured. */
struct measure {
    struct graph *graph;
    struct node *node;
    uint64_t weight;
    unsigned deepest;
};

static void add_size(const struct measure *m, uint64_t size)
{
    m->node->size = size_capped(m->node->size + size_product(m->weight, size));
}

/* Counts one more use of a parameter, with the weight of the place. */
static void add_param(const struct measure *m, const struct param *param)
{
    size_t i = 0;
    for (const struct param *p = m->node->decl->params; p && p != param; p = p->next)
        i++;
    if (m->node->uses) m->node->uses[i] = size_capped(m->node->uses[i] + m->weight);
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

static void measure_part(void *data, struct expr **slot);

/* Each argument stands as often as its parameter does in the function. */
static unsigned measure_call(const struct measure *m, struct expr *e, const struct node *function)
{
    unsigned deepest = 0;
    size_t i = 0;
    for (struct expr *arg = e->args; arg; arg = arg->next, i++) {
        struct measure part = {m->graph, m->node,
                               size_product(m->weight, function->uses ? function->uses[i] : 1), 0};
        measure_part(&part, &arg);
        deepest = larger(deepest, part.deepest);
    }
    return function->depth + deepest;
}

static bool is_expanded(const struct decl *d)
{
    return d->kind == DECL_DEFINE || d->kind == DECL_FUNCTION || d->kind == DECL_PHASE;
}

static void measure_part(void *data, struct expr **slot)
{
    struct measure *m = data;
    struct expr *e = *slot;
    if (!e->type) return;
    const struct node *definition = e->decl && is_expanded(e->decl) ? graph_node(m->graph, e->decl) : NULL;
    struct measure parts = {m->graph, m->node, m->weight, 0};
    add_size(m, 1 + (definition ? definition->size : 0));
    if (e->param) add_param(m, e->param);
    if (definition && e->kind == EXPR_CALL)
        parts.deepest = measure_call(m, e, definition);
    else
        expr_each_part(e, measure_part, &parts);
    /* what is put in stands below the name that it replaces */
    if (definition) parts.deepest = larger(parts.deepest, definition->depth);
    m->deepest = larger(m->deepest, parts.deepest + 1);
}

/* The condition that says which elements count stands in each row, and what a monitor expects in each of its
   selections. */
static void measure_again(struct graph *graph, struct node *node)
{
    /* the rows and the selections that lower_monitor.c makes */
    enum { STATES = 6, SELECTIONS = 5 };
    struct decl *d = node->decl;
    uint64_t rows = d->kind == DECL_MONITOR ? STATES : 0;
    for (const struct row *row = d->rows; row; row = row->next)
        rows++;
    struct measure in_rows = {graph, node, rows, 0}, in_selections = {graph, node, SELECTIONS - 1, 0};
    if (d->each && d->each->a->where) measure_part(&in_rows, &d->each->a->where);
    if (d->watch) measure_part(&in_selections, &d->watch->select);
}

static void report_size(struct graph *graph, const struct node *node)
{
    const struct decl *d = node->decl;
    struct span span = d->name.text ? d->name.span : d->span;
    struct diag *message;
    if (node->size > EXPANDED_MAX)
        message = diag_report(&graph->c->sink, DIAG_EXPANSION_TOO_LARGE, span,
                              "with all definitions put in this has more than %d parts", EXPANDED_MAX);
    else
        message =
            diag_report(&graph->c->sink, DIAG_NESTED_TOO_DEEP, span,
                        "with all definitions put in this has more than %d levels", DEFINITIONS_DEPTH_MAX);
    diag_help(&graph->c->sink, message,
              "definitions that use each other several times multiply: let a classification "
              "decide a part of it, which is worked out once");
}

/* Reported at the first one: what reads it is silent, and so is what reads that. */
static bool reads_too_large(const struct graph *graph, struct node *node)
{
    for (size_t i = 0; i < node->count && !node->too_large; i++)
        node->too_large = graph_node(graph, node->edges[i].to)->too_large;
    return node->too_large;
}

void graph_measure(struct graph *graph, struct node *node)
{
    struct decl *d = node->decl;
    if (d->broken || d->kind == DECL_INPUT || reads_too_large(graph, node)) return;
    size_t params = 0;
    for (const struct param *p = d->params; p; p = p->next)
        params++;
    if (d->kind == DECL_FUNCTION)
        node->uses = arena_alloc(graph->c->arena, (params + 1) * sizeof(*node->uses));
    struct measure m = {graph, node, 1, 0};
    decl_each_expr(d, measure_part, &m);
    measure_again(graph, node);
    node->depth = m.deepest;
    if (node->size <= EXPANDED_MAX && node->depth <= DEFINITIONS_DEPTH_MAX) return;
    report_size(graph, node);
    node->too_large = true;
}
