/*
 * The guarantees about what reads what: `nothing reads X`, `A does not read B`.
 *
 * They hold for every patient or for none, so they are decided here and the image has nothing of them.
 * Only what a result depends on counts: what rules reach, not what a test looks at.
 */
#include "compiler/check_graph.h"

/* ---- `nothing reads` -------------------------------------------------------------------------------- */

/* The first place where node itself reads it, or NULL. */
static const struct edge *reader_of(const struct node *node, const struct decl *input)
{
    for (size_t i = 0; i < node->count; i++)
        if (node->edges[i].to == input) return &node->edges[i];
    return NULL;
}

static void check_not_read(struct graph *graph, const struct name *name)
{
    if (!name->decl || !graph_node(graph, name->decl)->reachable) return;
    for (size_t i = 0; i < graph->count; i++) {
        const struct edge *edge = graph->nodes[i].reachable ? reader_of(&graph->nodes[i], name->decl) : NULL;
        if (!edge) continue;
        struct diag *d =
            diag_report(&graph->c->sink, DIAG_READ_ANYWAY, name->span, "`%s` is read after all", name->text);
        diag_note(&graph->c->sink, d, edge->at, "`%s` reads it here", graph->nodes[i].decl->name.text);
        return;
    }
}

/* ---- `A does not read B` ---------------------------------------------------------------------------- */

/* How the walk from A came to a declaration: by this edge of another one. */
struct way {
    const struct node *from;
    const struct edge *edge;
};

/* The shortest ways from start to everything that it reads, by the index of the declaration. */
static struct way *walk_from(struct graph *graph, const struct node *start)
{
    struct way *steps = arena_alloc(graph->c->arena, graph->count * sizeof(*steps));
    const struct node **queue = arena_alloc(graph->c->arena, (graph->count + 1) * sizeof(*queue));
    size_t first = 0, count = 0;
    queue[count++] = start;
    while (first < count) {
        const struct node *node = queue[first++];
        for (size_t i = 0; i < node->count; i++) {
            const struct node *to = graph_node(graph, node->edges[i].to);
            /* the first way that is found is a shortest one, as in every walk in breadth */
            if (to == start || steps[to->decl->mark].edge) continue;
            steps[to->decl->mark] = (struct way){node, &node->edges[i]};
            queue[count++] = to;
        }
    }
    return steps;
}

/* The steps of the way to a declaration, from its beginning. */
static const struct way **path_to(struct graph *graph, const struct way *steps, const struct node *start,
                                  const struct decl *end, size_t *count)
{
    *count = 0;
    for (const struct decl *d = end; d != start->decl; d = steps[d->mark].from->decl)
        ++*count;
    const struct way **path = arena_alloc(graph->c->arena, *count * sizeof(*path));
    const struct decl *d = end;
    for (size_t i = *count; i-- > 0; d = steps[d->mark].from->decl)
        path[i] = &steps[d->mark];
    return path;
}

static void report_path(struct graph *graph, const struct name *reader, const struct name *read,
                        const struct way *const *path, size_t count)
{
    enum { SHOWN_MAX = 20 };
    struct diag_sink *sink = &graph->c->sink;
    const char *words = reader->text;
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        words = arena_printf(graph->c->arena, "%s -> %s", words, path[i]->edge->to->name.text);
    if (count > SHOWN_MAX) words = arena_printf(graph->c->arena, "%s -> ... -> %s", words, read->text);
    struct diag *d = diag_report(sink, DIAG_READS_ANYWAY, read->span, "`%s` reads `%s` after all: %s",
                                 reader->text, read->text, words);
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        diag_note(sink, d, path[i]->edge->at, "`%s` reads `%s` here", path[i]->from->decl->name.text,
                  path[i]->edge->to->name.text);
    diag_help(sink, d, "change what reads it, or this guarantee");
}

static void check_reader(struct graph *graph, const struct decl *guarantee)
{
    const struct name *reader = &guarantee->reader;
    if (!reader->decl) return;
    const struct node *start = graph_node(graph, reader->decl);
    const struct way *steps = walk_from(graph, start);
    for (const struct name *read = guarantee->not_reading; read; read = read->next) {
        size_t count;
        if (!read->decl || !steps[read->decl->mark].edge) continue;
        const struct way **path = path_to(graph, steps, start, read->decl, &count);
        report_path(graph, reader, read, path, count);
    }
}

/* ---- All of them ------------------------------------------------------------------------------------ */

void graph_check_guarantees(struct graph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        const struct decl *d = graph->nodes[i].decl;
        if (d->reader.text)
            check_reader(graph, d);
        else
            for (const struct name *name = d->not_reading; name; name = name->next)
                check_not_read(graph, name);
    }
}
