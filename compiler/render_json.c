/* Diagnostics for programs: our own JSON, and the annotations of GitHub Actions. */
#include "compiler/json_text.h"
#include "compiler/render.h"

static void put_span(const struct rendering *r, struct span span)
{
    struct render_place place = render_place(r, span);
    fputs("\"file\":", r->out);
    json_put_string(r->out, place.file->path);
    fprintf(r->out, ",\"line\":%zu,\"column\":%zu,\"end_line\":%zu,\"end_column\":%zu", place.start.line,
            place.start.column, place.end.line, place.end.column);
}

static void put_optional(const struct rendering *r, const char *key, const char *text)
{
    if (!text) return;
    fprintf(r->out, ",\"%s\":", key);
    json_put_string(r->out, text);
}

static void put_notes(const struct rendering *r, const struct diag_note *note)
{
    if (!note) return;
    fputs(",\"notes\":[", r->out);
    for (const struct diag_note *n = note; n; n = n->next) {
        fputs(n == note ? "{" : ",{", r->out);
        put_span(r, n->span);
        put_optional(r, "message", n->text);
        fputc('}', r->out);
    }
    fputc(']', r->out);
}

void render_json(const struct rendering *r)
{
    fputs("{\"diagnostics\":[", r->out);
    for (size_t i = 0; i < r->count; i++) {
        const struct diag *d = r->diags[i];
        fprintf(r->out, "%s\n{\"code\":\"R%04d\",\"severity\":\"%s\",", i ? "," : "", (int)d->code,
                render_severity(d->severity));
        put_span(r, d->span);
        put_optional(r, "message", d->message);
        put_optional(r, "label", d->label);
        put_optional(r, "help", d->help);
        put_notes(r, d->notes);
        fputc('}', r->out);
    }
    fprintf(r->out, "],\n\"files\":%u,\"errors\":%zu,\"warnings\":%zu}\n", (unsigned)r->file_count,
            r->sink->errors, r->sink->warnings);
}

/* In a message the line end and the percent sign are escaped, in a property the separators too. */
static void put_github(FILE *out, const char *text, bool is_property)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == '%' || (is_property && (c == ':' || c == ',')))
            fprintf(out, "%%%02X", c);
        else
            fputc(c, out);
    }
}

static void put_github_part(FILE *out, const char *before, const char *text)
{
    if (!text) return;
    fputs(before, out);
    put_github(out, text, false);
}

void render_github(const struct rendering *r)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct diag *d = r->diags[i];
        struct render_place place = render_place(r, d->span);
        fprintf(r->out, "::%s file=", render_severity(d->severity));
        put_github(r->out, place.file->path, true);
        fprintf(r->out, ",line=%zu,endLine=%zu,col=%zu,endColumn=%zu,title=R%04d::", place.start.line,
                place.end.line, place.start.column, place.end.column, (int)d->code);
        put_github(r->out, d->message, false);
        put_github_part(r->out, "%0A", d->label);
        for (const struct diag_note *note = d->notes; note; note = note->next) {
            struct render_place other = render_place(r, note->span);
            fputs("%0A", r->out);
            put_github(r->out, other.file->path, false);
            fprintf(r->out, ":%zu:%zu", other.start.line, other.start.column);
            put_github_part(r->out, " ", note->text);
        }
        put_github_part(r->out, "%0Ahelp: ", d->help);
        fputc('\n', r->out);
    }
}
