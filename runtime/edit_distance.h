/*
 * How far two words are apart, for "did you mean".
 */
#ifndef REGIMEN_EDIT_DISTANCE_H
#define REGIMEN_EDIT_DISTANCE_H

#include <stddef.h>

enum { EDIT_WORD_MAX = 64 };

/*
 * Insertions, deletions, replacements and swaps of neighbours that turn a into b, ASCII case aside.  Lengths
 * in bytes; SIZE_MAX where a word is longer than EDIT_WORD_MAX.
 */
size_t edit_distance(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
