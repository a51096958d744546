/*
 * Plain text in columns, wrapped at words, at most PAGE_WIDTH characters a line: what is printed and signed.
 */
#ifndef REGIMEN_PAGE_H
#define REGIMEN_PAGE_H

#include "runtime/buffer.h"

enum { PAGE_WIDTH = 100, PAGE_LINES = 80 };

/* A blank at which no line ends. */
#define PAGE_TIE "\x1F"

struct page_column {
    unsigned start, width; /* in characters; columns stand from left to right and do not overlap */
    const char *text;      /* may be empty; line ends count as blanks */
};

/* The text from s to end as a screen may show it: a line end is a blank, and what would move the cursor or
   turn the order of reading is a question mark. */
void page_put(struct buffer *out, const char *s, const char *end);
/* The columns side by side, each wrapped within its width; as many lines as the longest needs. */
void page_columns(struct buffer *out, const struct page_column *columns, unsigned count);
/* One text from column start to the right margin. */
void page_text(struct buffer *out, unsigned start, const char *text);
/* The same, and its further lines begin at column hang. */
void page_hanging(struct buffer *out, unsigned start, unsigned hang, const char *text);
/* What belongs to the text before it, at the right margin: on its last line where there is room, else below
 * it. */
void page_aside(struct buffer *out, const char *text);
/* A label, and a text beside it from column start on. */
void page_field(struct buffer *out, unsigned indent, const char *label, unsigned start, const char *text);
/* A heading in a line across the page. */
void page_heading(struct buffer *out, const char *text);
/* How many characters a text has. */
unsigned page_width(const char *text);
/* How many lines a text has. */
unsigned page_lines(const struct buffer *text);
/* A line across the page. */
void page_rule(struct buffer *out, char c);

#endif
