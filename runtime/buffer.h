/*
 * A text that grows: where results, reports and explanations are written.
 *
 * Nothing here fails at the place of writing: where memory is short the buffer notes it, drops what follows,
 * and whoever hands the text on asks once, at the end.
 */
#ifndef REGIMEN_BUFFER_H
#define REGIMEN_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data;    /* terminated; NULL while nothing was written */
    size_t length; /* without the terminating zero */
    size_t capacity;
    bool failed; /* memory was short: the text is incomplete and must not be used */
};

/* Empties it and keeps its memory. */
void buffer_clear(struct buffer *b);
void buffer_free(struct buffer *b);
/* The text, terminated; "" where nothing was written. */
const char *buffer_text(const struct buffer *b);

void buffer_bytes(struct buffer *b, const char *bytes, size_t length);
void buffer_put(struct buffer *b, const char *text);
void buffer_repeat(struct buffer *b, char c, size_t count);
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes back what was written after length. */
void buffer_cut(struct buffer *b, size_t length);

#endif
