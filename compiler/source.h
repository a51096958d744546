/*
 * The text of the rule files of one compilation, and positions in it.
 */
#ifndef REGIMEN_SOURCE_H
#define REGIMEN_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two byte offsets in one file; line and column are made only when a message is printed. */
struct span {
    uint32_t file;
    uint32_t start, end;
};

struct source_file {
    const char *path; /* as the user gave it: for messages */
    const char *name; /* relative to the program's folder: goes into images */
    const char *text; /* terminated; checked to be UTF-8 */
    size_t length;
    const char *rules; /* what is parsed: the text, or the blocks of a Markdown file at their offsets */
};

struct source_position {
    size_t line, column; /* from 1; a column is a character, not a byte */
    size_t line_start, line_end;
};

/* Takes time in the length of the text before it: for messages only.  offset may be that of the text's
   end. */
struct source_position source_locate(const struct source_file *file, uint32_t offset);

#endif
