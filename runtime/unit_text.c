#include "runtime/unit_text.h"

#include <stdio.h>
#include <string.h>

enum { QUOTE_MAX = 40 };

void text_start(struct text *t, char *buffer, size_t room)
{
    *t = (struct text){.buffer = buffer, .room = room};
    buffer[0] = '\0';
}

/* Takes a character off the end that was cut through. */
static void text_mend(struct text *t)
{
    size_t i = t->length;
    while (i > 0 && ((unsigned char)t->buffer[i - 1] & 0xC0) == 0x80)
        i--;
    if (i > 0 && (unsigned char)t->buffer[i - 1] >= 0xC0) i--;
    t->buffer[i] = '\0';
    t->length = i;
}

void text_add_arguments(struct text *t, const char *format, va_list arguments)
{
    if (t->cut) return;
    int wanted = vsnprintf(t->buffer + t->length, t->room - t->length, format, arguments);
    if (wanted < 0 || (size_t)wanted >= t->room - t->length) {
        t->cut = true;
        t->length = strlen(t->buffer);
        text_mend(t);
    } else {
        t->length += (size_t)wanted;
    }
}

void text_add(struct text *t, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_arguments(t, format, arguments);
    va_end(arguments);
}

/* The bytes of the printable UTF-8 character that begins here, or 0. */
static size_t printable(const char *s, size_t length)
{
    unsigned char c = (unsigned char)s[0];
    if (c < 0x80) return c >= ' ' && c != 0x7F;
    size_t n = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE1 && c <= 0xEC ? 3 : 0;
    if (n == 0 || n > length || (c == 0xC2 && (unsigned char)s[1] < 0xA0)) return 0;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)s[i] & 0xC0) != 0x80) return 0;
    return n;
}

void text_quote(struct text *t, const char *written, size_t length)
{
    size_t i = 0;
    text_add(t, "'");
    while (i < length && i < QUOTE_MAX) {
        size_t n = printable(written + i, length - i);
        if (n == 0)
            text_add(t, "?");
        else
            text_add(t, "%.*s", (int)n, written + i);
        i += n == 0 ? 1 : n;
    }
    text_add(t, i < length ? "…'" : "'");
}
