#include "runtime/pool.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 << 10 };

struct pool_block {
    struct pool_block *next;
    size_t size;
    alignas(max_align_t) unsigned char data[];
};

void pool_free(struct pool *pool)
{
    for (struct pool_block *block = pool->first, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    *pool = (struct pool){0};
}

void pool_reset(struct pool *pool)
{
    pool->current = pool->first;
    pool->used = 0;
}

/* Goes on to the next block with room for size, or puts a new one behind the current. */
static unsigned char *next_block(struct pool *pool, size_t size)
{
    while (pool->current && pool->current->next) {
        pool->current = pool->current->next;
        pool->used = 0;
        if (pool->current->size >= size) return pool->current->data;
    }
    size_t room = pool->current ? 2 * pool->current->size : BLOCK_SIZE;
    if (room < size) room = size;
    struct pool_block *block = malloc(sizeof *block + room);
    if (!block) return NULL;
    *block = (struct pool_block){.size = room};
    if (pool->current)
        pool->current->next = block;
    else
        pool->first = block;
    pool->current = block;
    pool->used = 0;
    return block->data;
}

void *pool_alloc(struct pool *pool, size_t size)
{
    enum { ALIGN = alignof(max_align_t) };
    if (size > SIZE_MAX / 4) return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    bool fits = pool->current && pool->current->size - pool->used >= size;
    unsigned char *piece = fits ? pool->current->data + pool->used : next_block(pool, size);
    if (!piece) return NULL;
    pool->used += size;
    memset(piece, 0, size);
    return piece;
}

char *pool_copy(struct pool *pool, const char *text, size_t length)
{
    char *copy = pool_alloc(pool, length + 1);
    if (copy && length) memcpy(copy, text, length);
    return copy;
}

char *pool_printf(struct pool *pool, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : pool_alloc(pool, (size_t)length + 1);
    if (text) (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}
