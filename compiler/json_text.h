/*
 * JSON, a piece at a time.
 */
#ifndef REGIMEN_JSON_TEXT_H
#define REGIMEN_JSON_TEXT_H

#include <stdio.h>

/* The text in quotes; bytes that are not UTF-8 (a file's name may hold any) become U+FFFD. */
void json_put_string(FILE *out, const char *text);
/* The same without the quotes, for a string of several parts. */
void json_put_text(FILE *out, const char *text);

#endif
