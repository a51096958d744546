/*
 * A set of names that remembers where each stood first.
 */
#ifndef REGIMEN_NAME_SET_H
#define REGIMEN_NAME_SET_H

#include "compiler/arena.h"
#include "compiler/ast.h"

struct name_set {
    struct arena *arena;
    struct name *slots; /* text NULL: free */
    size_t room, count;
};

/* Starts from {.arena = ...}.  The name as it stood first, where it is in the set already; else NULL, and it
 * is added. */
const struct name *name_set_add(struct name_set *set, const char *text, struct span span);
const struct name *name_set_find(const struct name_set *set, const char *text);

#endif
