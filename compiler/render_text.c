/* Diagnostics for a reader: header, place, the line with its carets, further places, advice. */
#include "compiler/render.h"
#include "runtime/utf8.h"

#include <string.h>

enum {
    TAB_COLUMNS = 4,
    LINE_COLUMNS_MAX = 120,
    COLUMNS_BEFORE_MARK = 40,
    LINE_BYTES_MAX = 2000,
    BYTES_BEFORE_MARK = 800
};

struct palette {
    const char *error, *warning, *place, *second, *help, *strong, *off;
};

static const struct palette plain = {"", "", "", "", "", "", ""};
static const struct palette coloured = {"\033[1;31m", "\033[1;33m", "\033[34m", "\033[36m",
                                        "\033[32m",   "\033[1m",    "\033[0m"};

static size_t digits(size_t number)
{
    size_t count = 1;
    while (number /= 10)
        count++;
    return count;
}

/* The next character, its bytes and the columns that it takes when it starts in column. */
struct glyph {
    const char *text;
    size_t length; /* of what is written */
    size_t bytes;  /* in the source */
    size_t columns;
};

static struct glyph glyph_at(const char *text, size_t left, size_t column)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    uint32_t point;
    size_t bytes = utf8_decode(text, left, &point);
    if (bytes && point == '\t')
        return (struct glyph){"    ", TAB_COLUMNS - column % TAB_COLUMNS, 1,
                              TAB_COLUMNS - column % TAB_COLUMNS};
    if (!bytes || utf8_is_control(point) || utf8_is_reordering(point))
        return (struct glyph){replacement, 3, bytes ? bytes : 1, 1};
    return (struct glyph){text, bytes, bytes, (size_t)utf8_columns(point)};
}

/* Text that may come from a file or its name, without what would disturb a terminal. */
static void put_clean(struct buffer *out, const char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        struct glyph g = glyph_at(text, left, 0);
        if (*text == '\t')
            buffer_put(out, " ");
        else
            buffer_bytes(out, g.text, g.length);
        text += g.bytes;
        left -= g.bytes;
    }
}

static size_t columns_until(const char *text, size_t end, size_t length)
{
    size_t column = 0;
    for (size_t i = 0; i < end && i < length;) {
        struct glyph g = glyph_at(text + i, length - i, column);
        column += g.columns;
        i += g.bytes;
    }
    return column;
}

/* One line of source and the part of it that is marked, in screen columns; a long line is cut to a window. */
struct excerpt {
    const char *text;
    size_t length;
    bool cut_before, cut_after; /* of a very long line only a part is looked at */
    size_t mark, mark_end;      /* at least one column */
    size_t window, window_end;  /* what is shown */
    size_t columns;
};

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The part of the line, in bytes from its start, that is near the mark and ends between characters. */
static void excerpt_cut(struct excerpt *e, const char *line, size_t length, size_t mark)
{
    size_t start = mark > BYTES_BEFORE_MARK ? mark - BYTES_BEFORE_MARK : 0;
    size_t end = length - start > LINE_BYTES_MAX ? start + LINE_BYTES_MAX : length;
    while (start < end && start > 0 && is_continuation(line[start]))
        start++;
    while (end > start && end < length && is_continuation(line[end]))
        end--;
    e->text = line + start;
    e->length = end - start;
    e->cut_before = start > 0;
    e->cut_after = end < length;
}

static void excerpt_window(struct excerpt *e)
{
    e->window_end = e->columns;
    if (e->columns <= LINE_COLUMNS_MAX) return;
    e->window = e->mark > COLUMNS_BEFORE_MARK ? e->mark - COLUMNS_BEFORE_MARK : 0;
    if (e->window + LINE_COLUMNS_MAX < e->columns) e->window_end = e->window + LINE_COLUMNS_MAX;
    if (e->mark_end > e->window_end && e->window_end > e->mark) e->mark_end = e->window_end;
}

static struct excerpt excerpt_of(const struct render_place *place, struct span span)
{
    const struct source_position *p = &place->start;
    struct excerpt e = {0};
    excerpt_cut(&e, place->file->text + p->line_start, p->line_end - p->line_start,
                span.start - p->line_start);
    size_t before = (size_t)(e.text - place->file->text);
    e.columns = columns_until(e.text, e.length, e.length);
    e.mark = columns_until(e.text, span.start - before, e.length);
    e.mark_end = span.end > span.start ? columns_until(e.text, span.end - before, e.length) : e.mark;
    if (e.mark_end <= e.mark) e.mark_end = e.mark + 1;
    excerpt_window(&e);
    return e;
}

static void put_line(struct buffer *out, const struct excerpt *e)
{
    if (e->window > 0) buffer_put(out, "…");
    size_t column = 0;
    for (size_t i = 0; i < e->length;) {
        struct glyph g = glyph_at(e->text + i, e->length - i, column);
        if (column >= e->window && column + g.columns <= e->window_end) buffer_bytes(out, g.text, g.length);
        column += g.columns;
        i += g.bytes;
    }
    if (e->window_end < e->columns) buffer_put(out, "…");
    buffer_put(out, "\n");
}

/* What is written of one diagnostic: its places in order. */
struct writer {
    const struct rendering *r;
    const struct palette *palette;
    size_t gutter;
    const struct source_file *file; /* of the place before, whose line need not be repeated */
    size_t line;
};

static void put_gutter(const struct writer *w, size_t line)
{
    if (line)
        buffer_printf(w->r->out, "%s%*zu |%s ", w->palette->place, (int)w->gutter, line, w->palette->off);
    else
        buffer_printf(w->r->out, "%s%*s |%s ", w->palette->place, (int)w->gutter, "", w->palette->off);
}

static void put_file(const struct writer *w, const struct render_place *place)
{
    struct buffer *out = w->r->out;
    buffer_printf(out, "  %s", w->palette->place);
    put_clean(out, place->file->path);
    if (place->file->length) buffer_printf(out, ":%zu:%zu", place->start.line, place->start.column);
    buffer_printf(out, "%s\n", w->palette->off);
}

static void put_marks(const struct writer *w, const struct excerpt *e, char mark, const char *colour,
                      const char *label)
{
    struct buffer *out = w->r->out;
    put_gutter(w, 0);
    buffer_repeat(out, ' ', e->mark - e->window + (e->window > 0 || e->cut_before));
    buffer_put(out, colour);
    buffer_repeat(out, mark, e->mark_end - e->mark);
    if (label) {
        buffer_put(out, " ");
        put_clean(out, label);
    }
    buffer_printf(out, "%s\n", w->palette->off);
}

static void put_place(struct writer *w, struct span span, char mark, const char *colour, const char *label)
{
    struct render_place place = render_place(w->r, span);
    if (place.file != w->file) put_file(w, &place);
    if (place.file->length == 0) return;
    struct excerpt e = excerpt_of(&place, span);
    if (place.file != w->file || place.start.line != w->line) {
        put_gutter(w, place.start.line);
        put_line(w->r->out, &e);
    }
    put_marks(w, &e, mark, colour, label);
    w->file = place.file;
    w->line = place.start.line;
}

static size_t gutter_of(const struct rendering *r, const struct diag *d)
{
    size_t width = digits(render_place(r, d->span).start.line);
    for (const struct diag_note *note = d->notes; note; note = note->next) {
        size_t other = digits(render_place(r, note->span).start.line);
        width = other > width ? other : width;
    }
    return width;
}

static void put_diag(const struct rendering *r, const struct palette *palette, const struct diag *d)
{
    const char *colour = d->severity == SEVERITY_ERROR ? palette->error : palette->warning;
    struct writer w = {.r = r, .palette = palette, .gutter = gutter_of(r, d)};
    buffer_printf(r->out, "%s%s R%04d%s: %s", colour, render_severity(d->severity), (int)d->code,
                  palette->off, palette->strong);
    put_clean(r->out, d->message);
    buffer_printf(r->out, "%s\n", palette->off);
    put_place(&w, d->span, '^', colour, d->label);
    for (const struct diag_note *note = d->notes; note; note = note->next)
        put_place(&w, note->span, '-', palette->second, note->text);
    if (d->help) {
        buffer_printf(r->out, "%*s %s= help:%s ", (int)w.gutter, "", palette->help, palette->off);
        put_clean(r->out, d->help);
        buffer_put(r->out, "\n");
    }
    buffer_put(r->out, "\n");
}

static void put_count(struct buffer *out, size_t count, const char *noun)
{
    if (count == 0)
        buffer_printf(out, "no %ss", noun);
    else
        buffer_printf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void put_summary(const struct rendering *r)
{
    put_count(r->out, r->file_count, "file");
    buffer_put(r->out, ": ");
    put_count(r->out, r->sink->errors, "error");
    buffer_put(r->out, ", ");
    put_count(r->out, r->sink->warnings, "warning");
    if (r->sink->errors + r->sink->warnings > r->count)
        buffer_printf(r->out, "; only %zu are shown", r->count);
    buffer_put(r->out, "\n");
}

void render_text(const struct rendering *r)
{
    for (size_t i = 0; i < r->count; i++)
        put_diag(r, r->colour ? &coloured : &plain, r->diags[i]);
    put_summary(r);
}
