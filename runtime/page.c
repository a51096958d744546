/* Plain text in columns. */
#include "runtime/page.h"

#include <stddef.h>
#include <string.h>

#include "runtime/utf8.h"

enum { PAGE_COLUMNS = 6, ASIDE_GAP = 1, ASIDE_LEAST = 14, ASIDE_COLUMN = 50 };

/* The bytes of the character at s; at least 1. */
static size_t character_length(const char *s)
{
    size_t length = 1;
    while (((unsigned char)s[length] & 0xC0) == 0x80)
        length++;
    return length;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Printed as a blank. */
static bool is_space(char c)
{
    return is_blank(c) || c == PAGE_TIE[0];
}

/* Where what stands from s to end has its last word. */
static const char *without_blanks(const char *s, const char *end)
{
    while (end > s && is_space(end[-1]))
        end--;
    return end;
}

static const char *skip_blanks(const char *s)
{
    while (is_space(*s))
        s++;
    return s;
}

static bool begins(const char *s, const char *sign)
{
    return strncmp(s, sign, strlen(sign)) == 0;
}

/* A blank that stands behind "\u2248": the sign goes with its number. */
static bool is_tied(const char *s, const char *start)
{
    static const char SIGN[] = "\u2248";
    return s - start >= (ptrdiff_t)strlen(SIGN) && begins(s - strlen(SIGN), SIGN);
}

/* The end of what fits in width characters: after a whole word where one fits, else in the middle of it. */
static const char *line_end(const char *s, unsigned width)
{
    const char *end = s, *word = NULL;
    for (unsigned used = 0; *end && used < width; used++) {
        if (is_blank(*end) && !is_tied(end, s)) word = end;
        end += character_length(end);
    }
    if (!*end || (is_blank(*end) && !is_tied(end, s))) return end;
    return word && word > s ? word : end;
}

static unsigned width_of(const char *s, const char *end)
{
    unsigned width = 0;
    for (; s < end; s += character_length(s))
        width++;
    return width;
}

void page_put(struct buffer *out, const char *s, const char *end)
{
    for (size_t length; s < end; s += length) {
        uint32_t point;
        length = utf8_decode(s, (size_t)(end - s), &point);
        if (length == 0) length = 1, point = 0;
        if (is_space(*s))
            buffer_put(out, " ");
        else if (utf8_is_control(point) || utf8_is_reordering(point))
            buffer_put(out, "?");
        else
            buffer_bytes(out, s, length);
    }
}

static bool any_left(const char *const *rest, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (*rest[i]) return true;
    return false;
}

static void put_columns_line(struct buffer *out, const struct page_column *columns, const char **rest,
                             unsigned count)
{
    unsigned at = 0;
    for (unsigned i = 0; i < count; i++) {
        if (!*rest[i]) continue;
        const char *end = line_end(rest[i], columns[i].width);
        if (columns[i].start > at) buffer_repeat(out, ' ', columns[i].start - at);
        at = columns[i].start > at ? columns[i].start : at;
        page_put(out, rest[i], without_blanks(rest[i], end));
        at += width_of(rest[i], without_blanks(rest[i], end));
        rest[i] = skip_blanks(end);
    }
    buffer_put(out, "\n");
}

void page_columns(struct buffer *out, const struct page_column *columns, unsigned count)
{
    const char *rest[PAGE_COLUMNS];
    for (unsigned i = 0; i < count; i++)
        rest[i] = skip_blanks(columns[i].text);
    while (any_left(rest, count))
        put_columns_line(out, columns, rest, count);
}

void page_text(struct buffer *out, unsigned start, const char *text)
{
    page_columns(out, &(struct page_column){start, PAGE_WIDTH - start, text}, 1);
}

void page_hanging(struct buffer *out, unsigned start, unsigned hang, const char *text)
{
    const char *rest = skip_blanks(text);
    if (!*rest) return;
    put_columns_line(out, &(struct page_column){start, PAGE_WIDTH - start, text}, &rest, 1);
    page_text(out, hang, rest);
}

/* How many characters the last line has, which ends the text. */
static unsigned last_width(const struct buffer *out)
{
    size_t start = out->length - 1;
    while (start > 0 && out->data[start - 1] != '\n')
        start--;
    return width_of(out->data + start, out->data + out->length - 1);
}

void page_aside(struct buffer *out, const char *text)
{
    unsigned width = page_width(text);
    if (width == 0 || out->length == 0 || out->failed) return;
    unsigned used = last_width(out), start = PAGE_WIDTH - width;
    if (width > PAGE_WIDTH - ASIDE_LEAST)
        start = ASIDE_COLUMN;
    else if (used + ASIDE_GAP <= start) {
        buffer_cut(out, out->length - 1);
        start -= used;
    }
    page_text(out, start, text);
}

void page_field(struct buffer *out, unsigned indent, const char *label, unsigned start, const char *text)
{
    struct page_column columns[] = {{indent, start - indent - 1, label}, {start, PAGE_WIDTH - start, text}};
    page_columns(out, columns, 2);
}

unsigned page_width(const char *text)
{
    return width_of(text, text + strlen(text));
}

unsigned page_lines(const struct buffer *text)
{
    unsigned lines = 0;
    for (size_t i = 0; i < text->length; i++)
        lines += text->data[i] == '\n';
    return lines;
}

void page_rule(struct buffer *out, char c)
{
    buffer_repeat(out, c, PAGE_WIDTH);
    buffer_put(out, "\n");
}

void page_heading(struct buffer *out, const char *text)
{
    size_t start = out->length;
    buffer_printf(out, "-- %s ", text);
    if (out->failed) return;
    unsigned used = width_of(out->data + start, out->data + out->length);
    if (used < PAGE_WIDTH) buffer_repeat(out, '-', PAGE_WIDTH - used);
    buffer_put(out, "\n");
}
