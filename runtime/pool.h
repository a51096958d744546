/*
 * Memory for one record: taken piece by piece, given back at once, kept for the next record.
 */
#ifndef REGIMEN_POOL_H
#define REGIMEN_POOL_H

#include <stddef.h>

struct pool_block;

struct pool {
    struct pool_block *first, *current;
    size_t used; /* of current */
};

/* A pool begins as {0}. */
void pool_free(struct pool *pool);
/* All pieces are gone; the memory stays. */
void pool_reset(struct pool *pool);
/* Zeroed, aligned for any type; NULL where memory is short. */
void *pool_alloc(struct pool *pool, size_t size);
/* Terminated; NULL where memory is short. */
char *pool_copy(struct pool *pool, const char *text, size_t length);
char *pool_printf(struct pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
