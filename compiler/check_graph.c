/*
 * What reads what: collects it, then cycles and order, sizes, guarantees about it, unused declarations.
 *
 * The edges are taken from the checked trees and not while names are looked up: a tree that was replaced,
 * such as the cell of a table, is then there once, in its last form.
 */
#include "compiler/check_graph.h"

#include <string.h>

#include "compiler/expr_tree.h"
#include "compiler/types.h"

/* ---- Edges ------------------------------------------------------------------------------------------ */

struct collector {
    struct arena *arena;
    struct node *node;
};

static void add_edge(const struct collector *collector, struct decl *to, struct span at)
{
    struct node *node = collector->node;
    if (node->count == node->room) {
        node->room = node->room ? 2 * node->room : 8;
        struct edge *larger = arena_alloc(collector->arena, node->room * sizeof(*larger));
        if (node->count) memcpy(larger, node->edges, node->count * sizeof(*larger));
        node->edges = larger;
    }
    node->edges[node->count++] = (struct edge){to, at};
}

/* What has no type was not checked: it is cut off there, however deep it is. */
static void collect(void *data, struct expr **slot)
{
    struct expr *e = *slot;
    if (!e->type) return;
    if (e->decl) add_edge(data, e->decl, e->span);
    expr_each_part(e, collect, data);
}

static void collect_edges(struct graph *graph, struct node *node)
{
    struct collector collector = {graph->c->arena, node};
    struct decl *d = node->decl;
    if (d->broken) return;
    decl_each_expr(d, collect, &collector);
    /* a word of the header, which no expression holds */
    if (d->negative_below.decl) add_edge(&collector, d->negative_below.decl, d->negative_below.span);
}

/* ---- Who is read ------------------------------------------------------------------------------------ */

/* What reads itself alone is not read. */
static void mark_read(struct graph *graph)
{
    for (size_t i = 0; i < graph->count; i++)
        for (size_t j = 0; j < graph->nodes[i].count; j++) {
            struct node *to = graph_node(graph, graph->nodes[i].edges[j].to);
            if (to != &graph->nodes[i]) to->read = true;
        }
}

/* From the rules along all edges; each node is entered once. */
static void mark_reachable(struct graph *graph)
{
    struct node **todo = arena_alloc(graph->c->arena, (graph->count + 1) * sizeof(*todo));
    size_t count = 0;
    for (size_t i = 0; i < graph->count; i++) {
        if (!decl_is_rule(graph->nodes[i].decl)) continue;
        graph->nodes[i].reachable = true;
        todo[count++] = &graph->nodes[i];
    }
    while (count > 0) {
        const struct node *node = todo[--count];
        for (size_t i = 0; i < node->count; i++) {
            struct node *to = graph_node(graph, node->edges[i].to);
            if (to->reachable) continue;
            to->reachable = true;
            todo[count++] = to;
        }
    }
}

/* ---- Unused declarations ---------------------------------------------------------------------------- */

/* A protocol without rules is a library for others: what it declares need not be read here. */
static bool holds_rule(const struct protocol *p)
{
    for (const struct decl *d = p->decls; d; d = d->next)
        if (decl_is_rule(d) || d->kind == DECL_GUARANTEE) return true;
    return false;
}

static void warn_unused(struct graph *graph)
{
    const struct protocol *protocol = NULL;
    bool holds = false;
    for (size_t i = 0; i < graph->count; i++) {
        const struct decl *d = graph->nodes[i].decl;
        if (d->protocol != protocol) holds = holds_rule(protocol = d->protocol);
        bool may_be = d->kind == DECL_DEFINE || d->kind == DECL_FUNCTION || d->kind == DECL_PHASE ||
                      d->kind == DECL_PARAMETER;
        if (!holds || !may_be || graph->nodes[i].read) continue;
        struct diag *message =
            diag_report(&graph->c->sink, DIAG_UNUSED, d->name.span, "nothing reads `%s`", d->name.text);
        diag_help(&graph->c->sink, message, "leave it out, or correct the place that should read it");
    }
}

/* ---- All together ----------------------------------------------------------------------------------- */

static struct graph graph_new(struct compilation *c)
{
    struct graph graph = {.c = c};
    for (struct protocol *p = c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            graph.count++;
    graph.nodes = arena_alloc(c->arena, (graph.count + 1) * sizeof(*graph.nodes));
    int index = 0;
    for (struct protocol *p = c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next) {
            graph.nodes[index].decl = d;
            /* the marks of the check stage are done with */
            d->mark = index++;
        }
    return graph;
}

void check_graph(struct compilation *c)
{
    struct graph graph = graph_new(c);
    for (size_t i = 0; i < graph.count; i++)
        collect_edges(&graph, &graph.nodes[i]);
    mark_read(&graph);
    mark_reachable(&graph);
    graph_check_guarantees(&graph);
    graph_order(&graph, graph_measure);
    /* what an error kept from being read is no warning */
    if (c->sink.errors == 0) warn_unused(&graph);
}
