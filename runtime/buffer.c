/* A text that grows. */
#include "runtime/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_FIRST = 1024 };
static const size_t BUFFER_MOST = (size_t)1 << 32; /* beyond it nothing is asked for */

void buffer_clear(struct buffer *b)
{
    b->length = 0;
    b->failed = false;
    if (b->data) b->data[0] = 0;
}

void buffer_free(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){0};
}

const char *buffer_text(const struct buffer *b)
{
    return b->data ? b->data : "";
}

/* Room for length more bytes and the terminating zero. */
static bool buffer_reserve(struct buffer *b, size_t length)
{
    if (b->failed) return false;
    if (length < b->capacity - b->length) return true;
    size_t capacity = b->capacity ? b->capacity : BUFFER_FIRST;
    while (capacity - b->length <= length && capacity <= BUFFER_MOST)
        capacity *= 2;
    char *data = capacity <= BUFFER_MOST ? realloc(b->data, capacity) : NULL;
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->capacity = capacity;
    return true;
}

void buffer_bytes(struct buffer *b, const char *bytes, size_t length)
{
    if (!buffer_reserve(b, length)) return;
    if (length) memcpy(b->data + b->length, bytes, length);
    b->length += length;
    b->data[b->length] = 0;
}

void buffer_put(struct buffer *b, const char *text)
{
    buffer_bytes(b, text, strlen(text));
}

void buffer_repeat(struct buffer *b, char c, size_t count)
{
    if (!buffer_reserve(b, count)) return;
    memset(b->data + b->length, c, count);
    b->length += count;
    b->data[b->length] = 0;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list arguments, again;
    if (!buffer_reserve(b, 0)) return;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(b->data + b->length, b->capacity - b->length, format, arguments);
    va_end(arguments);
    if (length < 0) b->failed = true;
    /* a second time only where there was no room */
    if (length >= 0 && (size_t)length >= b->capacity - b->length && buffer_reserve(b, (size_t)length))
        vsnprintf(b->data + b->length, (size_t)length + 1, format, again);
    va_end(again);
    if (!b->failed) b->length += (size_t)length;
    b->data[b->length] = 0;
}

void buffer_cut(struct buffer *b, size_t length)
{
    if (b->failed || length >= b->length) return;
    b->length = length;
    b->data[length] = 0;
}
