/*
 * Rules in a Markdown file: the text of its blocks that are fenced with ```regimen.
 *
 * What a reader of the page sees as a block of rules, and nothing else, is read; where the two could differ -
 * a fence that is not closed, that stands inside of a list or a comment, or whose word is misspelt - the file
 * is refused.
 */
#ifndef REGIMEN_MARKDOWN_H
#define REGIMEN_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler/arena.h"
#include "compiler/diag.h"

struct markdown {
    const char *rules; /* of the arena, terminated, as long as the text: blanks outside of the blocks; line
                          ends stay */
    bool holds_rules;  /* a block of rules begins somewhere, be it wrongly */
    bool fine;         /* every block is what it seems to be */
};

/* sink: NULL where only the rules are wanted; file: its number in the compilation, for the spans. */
struct markdown markdown_read(struct arena *arena, const char *text, size_t length, struct diag_sink *sink,
                              uint32_t file);

/* Whether a path is that of a Markdown file: it ends in .md. */
bool markdown_is_path(const char *path);

#endif
