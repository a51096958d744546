#include "compiler/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 64 << 10, BLOCK_LARGEST = 1 << 20, EXIT_OUR_BUG = 70 };

struct block {
    struct block *next;
    size_t size, used;
    max_align_t data[];
};

struct arena {
    struct block *blocks; /* the first one is being filled */
    size_t next_size;
};

static struct block *block_new(size_t size)
{
    struct block *block = size < SIZE_MAX / 2 ? calloc(1, sizeof *block + size) : NULL;
    if (block) block->size = size;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena) arena->next_size = BLOCK_FIRST;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena) return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

_Noreturn void arena_exhausted(void)
{
    fputs("regimen: the memory is not sufficient\n", stderr);
    exit(EXIT_OUR_BUG);
}

static void arena_grow(struct arena *arena, size_t size)
{
    struct block *block = block_new(size > arena->next_size ? size : arena->next_size);
    if (!block) arena_exhausted();
    block->next = arena->blocks;
    arena->blocks = block;
    if (arena->next_size < BLOCK_LARGEST) arena->next_size *= 2;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) arena_exhausted();
    size = (size + _Alignof(max_align_t) - 1) / _Alignof(max_align_t) * _Alignof(max_align_t);
    if (!arena->blocks || arena->blocks->size - arena->blocks->used < size) arena_grow(arena, size);
    struct block *block = arena->blocks;
    void *piece = (char *)block->data + block->used;
    block->used += size;
    return piece;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length) memcpy(copy, text, length);
    return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0) arena_exhausted();
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
