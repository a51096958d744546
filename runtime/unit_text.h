/*
 * Text built in a buffer of fixed size, for the unit module: what does not fit is left out, and known.
 */
#ifndef REGIMEN_UNIT_TEXT_H
#define REGIMEN_UNIT_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *buffer; /* terminated after each call */
    size_t room;  /* bytes of the buffer, at least 1 */
    size_t length;
    bool cut; /* something was left out */
};

/* Once something did not fit, nothing more is added: a text that lacks a middle would say something
   else. */
void text_start(struct text *t, char *buffer, size_t room);
void text_add(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_arguments(struct text *t, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* What a person wrote, in quotes: at most 40 bytes of it, and nothing that is not printable UTF-8. */
void text_quote(struct text *t, const char *written, size_t length);

#endif
