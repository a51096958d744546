#include "compiler/source.h"

#include <string.h>

static size_t characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

struct source_position source_locate(const struct source_file *file, uint32_t offset)
{
    size_t at = offset < file->length ? offset : file->length;
    struct source_position p = {.line = 1};
    const char *newline;
    while ((newline = memchr(file->text + p.line_start, '\n', at - p.line_start))) {
        p.line_start = (size_t)(newline - file->text) + 1;
        p.line++;
    }
    newline = memchr(file->text + at, '\n', file->length - at);
    p.line_end = newline ? (size_t)(newline - file->text) : file->length;
    if (p.line_end > p.line_start && file->text[p.line_end - 1] == '\r') p.line_end--;
    p.column = characters(file->text + p.line_start, at - p.line_start) + 1;
    return p;
}
