/*
 * A list of names, found by text: a hash table that is made once and then only read.
 */
#ifndef REGIMEN_NAMES_H
#define REGIMEN_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct names {
    const char **texts; /* in the order of adding; not owned */
    uint32_t count;
    uint32_t *buckets; /* index + 1, 0 where empty */
    uint32_t mask;
};

/* Room for count names.  False where memory is short; names_free is then allowed. */
bool names_init(struct names *names, uint32_t count);
void names_free(struct names *names);
/* The next name; text must stay.  Of two equal names the first is found. */
void names_add(struct names *names, const char *text);
/* Its index, or -1. */
int64_t names_find(const struct names *names, const char *text, size_t length);
/* The name that was probably meant, or NULL. */
const char *names_nearest(const struct names *names, const char *text, size_t length);

#endif
