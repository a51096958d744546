/*
 * The order in which declarations can be worked out, and the circles that have none.
 *
 * A depth-first walk: a declaration is finished after all that it reads, and gets the next rank then.  So
 * the ranks are an order in which the machine can run the rules.  One that is met again while it is open
 * closes a circle, which is the part of the stack from it to the top.
 */
#include "compiler/check_graph.h"

static const char *cycle_words(struct graph *graph, struct node *const *path, size_t count)
{
    /* a circle as long as a file would fill the screen */
    enum { SHOWN_MAX = 12 };
    const char *words = path[0]->decl->name.text;
    for (size_t i = 1; i < count && i < SHOWN_MAX; i++)
        words = arena_printf(graph->c->arena, "%s -> %s", words, path[i]->decl->name.text);
    const char *gap = count > SHOWN_MAX ? "-> ... " : "";
    return arena_printf(graph->c->arena, "%s %s-> %s", words, gap, path[0]->decl->name.text);
}

/* path: each reads the next one, the last one the first; the edge taken is the one before `next`. */
static void report_cycle(struct graph *graph, struct node *const *path, size_t count)
{
    struct diag_sink *sink = &graph->c->sink;
    const struct edge *edge = &path[0]->edges[path[0]->next - 1];
    struct diag *d =
        diag_report(sink, DIAG_DEFINITION_CYCLE, edge->at, "`%s` would be worked out from itself: %s",
                    path[0]->decl->name.text, cycle_words(graph, path, count));
    for (size_t i = 1; i < count; i++)
        diag_note(sink, d, path[i]->edges[path[i]->next - 1].at, "`%s` reads `%s` here",
                  path[i]->decl->name.text, path[(i + 1) % count]->decl->name.text);
    diag_help(sink, d, "change one of them so that it does not need the next");
}

/* node has been met again on the way from itself; a circle that touches a reported one is silent. */
static void close_cycle(struct graph *graph, struct node *const *stack, size_t depth, const struct node *node)
{
    size_t first = depth;
    bool reported = false;
    while (stack[--first] != node)
        reported = reported || stack[first]->in_cycle;
    if (!reported && !node->in_cycle) report_cycle(graph, stack + first, depth - first);
    for (; first < depth; first++)
        stack[first]->in_cycle = true;
}

/* Depth first, with a stack of its own: a chain of definitions may be as long as a file. */
static void visit(struct graph *graph, struct node *start, struct node **stack, int *rank,
                  void (*finish)(struct graph *graph, struct node *node))
{
    size_t depth = 0;
    stack[depth++] = start;
    start->state = NODE_OPEN;
    while (depth > 0) {
        struct node *node = stack[depth - 1];
        if (node->next == node->count) {
            node->state = NODE_DONE;
            finish(graph, node);
            node->rank = ++*rank;
            depth--;
            continue;
        }
        struct node *to = graph_node(graph, node->edges[node->next++].to);
        if (to->state == NODE_OPEN) close_cycle(graph, stack, depth, to);
        if (to->state != NODE_NEW) continue;
        to->state = NODE_OPEN;
        stack[depth++] = to;
    }
}

void graph_order(struct graph *graph, void (*finish)(struct graph *graph, struct node *node))
{
    struct node **stack = arena_alloc(graph->c->arena, (graph->count + 1) * sizeof(*stack));
    int rank = 0;
    for (size_t i = 0; i < graph->count; i++)
        if (graph->nodes[i].state == NODE_NEW) visit(graph, &graph->nodes[i], stack, &rank, finish);
    for (size_t i = 0; i < graph->count; i++)
        graph->nodes[i].decl->mark = graph->nodes[i].rank;
}
