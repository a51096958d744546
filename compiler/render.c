#include "compiler/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    void (*render)(const struct rendering *r);
} formats[] = {
#define FORMAT(name, word, function, purpose) {word, function},
#include "compiler/formats.def"
#undef FORMAT
};

bool render_format_find(const char *word, enum render_format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].word, word) == 0) {
            *format = (enum render_format)i;
            return true;
        }
    return false;
}

struct render_place render_place(const struct rendering *r, struct span span)
{
    const struct source_file *file = &r->files[span.file];
    uint32_t end = span.end > span.start ? span.end : span.start;
    return (struct render_place){file, source_locate(file, span.start), source_locate(file, end)};
}

const char *render_code(enum diag_code code, char *buffer)
{
    snprintf(buffer, RENDER_CODE_MAX, "R%04d", (int)code);
    return buffer;
}

const char *render_severity(enum diag_severity severity)
{
    return severity == SEVERITY_ERROR ? "error" : "warning";
}

struct entry {
    const struct diag *diag;
    size_t index; /* keeps the order of the report where two stand at one place */
};

static int by_place(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->diag->span.file != b->diag->span.file) return a->diag->span.file < b->diag->span.file ? -1 : 1;
    if (a->diag->span.start != b->diag->span.start) return a->diag->span.start < b->diag->span.start ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static const struct diag **sorted(const struct compilation *c, size_t count)
{
    struct entry *entries = arena_alloc(c->arena, count * sizeof *entries);
    const struct diag **diags = arena_alloc(c->arena, count * sizeof *diags);
    size_t i = 0;
    for (const struct diag *d = c->sink.first; d; d = d->next, i++)
        entries[i] = (struct entry){d, i};
    qsort(entries, count, sizeof *entries, by_place);
    for (i = 0; i < count; i++)
        diags[i] = entries[i].diag;
    return diags;
}

void render_diagnostics(struct buffer *out, const struct compilation *c, enum render_format format,
                        bool colour)
{
    size_t count = 0;
    for (const struct diag *d = c->sink.first; d; d = d->next)
        count++;
    struct rendering r = {.out = out,
                          .diags = sorted(c, count),
                          .count = count,
                          .sink = &c->sink,
                          .files = c->files,
                          .file_count = c->file_count,
                          .colour = colour};
    formats[format].render(&r);
}
