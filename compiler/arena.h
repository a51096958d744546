/*
 * One arena a compilation: everything the compiler makes lives until the compilation ends.
 */
#ifndef REGIMEN_ARENA_H
#define REGIMEN_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* NULL where memory is short. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Says that memory is short and ends the process with status 70. */
_Noreturn void arena_exhausted(void);
/* Zeroed and aligned for any type; never NULL: see arena_exhausted. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t length); /* terminated */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

#endif
