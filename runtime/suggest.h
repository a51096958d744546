/*
 * "Did you mean": the word that was probably meant.
 */
#ifndef REGIMEN_SUGGEST_H
#define REGIMEN_SUGGEST_H

#include <stddef.h>

/* The candidate nearest to word (edit distance, at most a third of its letters), or NULL. */
const char *suggest(const char *word, const char *const *candidates, size_t count);

#endif
