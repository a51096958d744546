/*
 * UTF-8, one character at a time.
 */
#ifndef REGIMEN_UTF8_H
#define REGIMEN_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bytes of the character at the start of text and its code point; 0 where it is malformed (overlong, a
   surrogate, above U+10FFFF, cut off).  length is what is left of the text, at least 1. */
size_t utf8_decode(const char *text, size_t length, uint32_t *point);
/* How many bytes at the start of text are ASCII for certain: what is left out are less than eight of them. */
size_t utf8_ascii(const char *text, size_t length);
/* The columns that it takes on a screen: 0 for a mark that combines, 2 for a wide letter, else 1. */
int utf8_columns(uint32_t point);
/* C0 and C1 controls, the line end and the tab among them. */
bool utf8_is_control(uint32_t point);
/* Embeddings, overrides and isolates: with them a screen shows another order than the one that is read. */
bool utf8_is_reordering(uint32_t point);

#endif
