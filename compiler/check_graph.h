/*
 * What reads what, after all declarations are checked.
 *
 * Until graph_order has run, decl->mark is the place of a declaration in the nodes; afterwards it is its
 * rank, and graph_node means nothing any more.
 */
#ifndef REGIMEN_CHECK_GRAPH_H
#define REGIMEN_CHECK_GRAPH_H

#include "compiler/check.h"

struct edge {
    struct decl *to;
    struct span at; /* the word that reads it */
};

struct node {
    struct decl *decl;
    struct edge *edges; /* in the order of the source */
    size_t count, room;
    size_t next; /* the edge that the walk takes next */
    enum { NODE_NEW, NODE_OPEN, NODE_DONE } state;
    bool in_cycle;  /* reported */
    bool read;      /* something else reads it */
    bool reachable; /* a rule reads it, perhaps through others, or it is one */
    bool too_large; /* it or what it reads was reported */
    uint64_t size;  /* parts with all definitions put in; of a function without its arguments */
    uint64_t *uses; /* of a function: how often each parameter stands in it then */
    unsigned depth; /* levels, likewise */
    int rank;       /* greater than that of all that it reads */
};

/* One for a compilation; in its arena. */
struct graph {
    struct compilation *c;
    struct node *nodes; /* those of all protocols; decl->mark is the index until the ranks are given */
    size_t count;
};

/* check_order.c: reports circles; calls finish for each declaration after all that it reads, and ranks it. */
void graph_order(struct graph *graph, void (*finish)(struct graph *graph, struct node *node));
/* check_size.c: the size and depth of a declaration whose definitions are measured already; reports what is
 * too large. */
void graph_measure(struct graph *graph, struct node *node);

/* check_reads.c: reports where `nothing reads X` or `A does not read B` is broken. */
void graph_check_guarantees(struct graph *graph);

static inline struct node *graph_node(const struct graph *graph, const struct decl *d)
{
    return &graph->nodes[d->mark];
}

#endif
