/* Diagnostics for programs: our own JSON, and the annotations of GitHub Actions. */
#include "compiler/render.h"
#include "runtime/json_writer.h"

static void put_span(struct json_writer *w, const struct rendering *r, struct span span)
{
    struct render_place place = render_place(r, span);
    json_key_text(w, "file", place.file->path);
    json_key_whole(w, "line", (int64_t)place.start.line);
    json_key_whole(w, "column", (int64_t)place.start.column);
    json_key_whole(w, "end_line", (int64_t)place.end.line);
    json_key_whole(w, "end_column", (int64_t)place.end.column);
}

static void put_optional(struct json_writer *w, const char *key, const char *text)
{
    if (text) json_key_text(w, key, text);
}

static void put_notes(struct json_writer *w, const struct rendering *r, const struct diag_note *notes)
{
    if (!notes) return;
    json_key(w, "notes");
    json_open_array(w);
    for (const struct diag_note *note = notes; note; note = note->next) {
        json_open_object(w);
        put_span(w, r, note->span);
        json_key_text(w, "message", note->text);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_diag(struct json_writer *w, const struct rendering *r, const struct diag *d)
{
    char code[RENDER_CODE_MAX];
    json_open_object(w);
    json_key_text(w, "code", render_code(d->code, code));
    json_key_text(w, "severity", render_severity(d->severity));
    put_span(w, r, d->span);
    json_key_text(w, "message", d->message);
    put_optional(w, "label", d->label);
    put_optional(w, "help", d->help);
    put_notes(w, r, d->notes);
    json_close_object(w);
}

void render_json(const struct rendering *r)
{
    struct json_writer w = {.out = r->out};
    json_open_object(&w);
    json_key(&w, "diagnostics");
    json_open_array(&w);
    for (size_t i = 0; i < r->count; i++) {
        buffer_put(r->out, i ? "" : "\n");
        put_diag(&w, r, r->diags[i]);
        buffer_put(r->out, "\n");
    }
    json_close_array(&w);
    json_key_whole(&w, "files", r->file_count);
    json_key_whole(&w, "errors", (int64_t)r->sink->errors);
    json_key_whole(&w, "warnings", (int64_t)r->sink->warnings);
    json_close_object(&w);
    buffer_put(r->out, "\n");
}

/* In a message the line end and the percent sign are escaped, in a property the separators too. */
static void put_github(struct buffer *out, const char *text, bool is_property)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == '%' || (is_property && (c == ':' || c == ',')))
            buffer_printf(out, "%%%02X", c);
        else
            buffer_bytes(out, text, 1);
    }
}

static void put_github_part(struct buffer *out, const char *before, const char *text)
{
    if (!text) return;
    buffer_put(out, before);
    put_github(out, text, false);
}

static void put_github_note(const struct rendering *r, const struct diag_note *note)
{
    struct render_place place = render_place(r, note->span);
    put_github_part(r->out, "%0A", place.file->path);
    buffer_printf(r->out, ":%zu:%zu", place.start.line, place.start.column);
    put_github_part(r->out, " ", note->text);
}

static void put_github_diag(const struct rendering *r, const struct diag *d)
{
    char code[RENDER_CODE_MAX];
    struct render_place place = render_place(r, d->span);
    buffer_printf(r->out, "::%s file=", render_severity(d->severity));
    put_github(r->out, place.file->path, true);
    buffer_printf(r->out, ",line=%zu,endLine=%zu,col=%zu,endColumn=%zu,title=%s", place.start.line,
                  place.end.line, place.start.column, place.end.column, render_code(d->code, code));
    put_github_part(r->out, "::", d->message);
    put_github_part(r->out, "%0A", d->label);
    for (const struct diag_note *note = d->notes; note; note = note->next)
        put_github_note(r, note);
    put_github_part(r->out, "%0Ahelp: ", d->help);
    buffer_put(r->out, "\n");
}

void render_github(const struct rendering *r)
{
    for (size_t i = 0; i < r->count; i++)
        put_github_diag(r, r->diags[i]);
}
