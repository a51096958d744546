/* Diagnostics as SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS. */
#include "compiler/json_text.h"
#include "compiler/render.h"

#include <ctype.h>
#include <string.h>

/* A file's name as a relative reference or a file URI (RFC 3986). */
static void put_uri(FILE *out, const char *path)
{
    fputs(*path == '/' ? "\"file://" : "\"", out);
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (isalnum(c) || strchr("-._~/", c))
            fputc(c, out);
        else
            fprintf(out, "%%%02X", c);
    }
    fputc('"', out);
}

static void put_text(FILE *out, const char *key, const char *text)
{
    fprintf(out, "\"%s\":{\"text\":", key);
    json_put_string(out, text);
    fputc('}', out);
}

static bool is_reported(const struct rendering *r, int number)
{
    for (size_t i = 0; i < r->count; i++)
        if ((int)r->diags[i]->code == number) return true;
    return false;
}

static void put_rules(const struct rendering *r)
{
    size_t count;
    const struct diag_info *info = diag_list(&count);
    const char *separator = "\n";
    for (; count > 0; count--, info++) {
        if (!is_reported(r, info->number)) continue;
        fprintf(r->out, "%s{\"id\":\"R%04d\",", separator, info->number);
        put_text(r->out, "shortDescription", info->title);
        fputc(',', r->out);
        put_text(r->out, "fullDescription", info->meaning);
        fprintf(r->out, ",\"defaultConfiguration\":{\"level\":\"%s\"}}", render_severity(info->severity));
        separator = ",\n";
    }
}

static void put_location(const struct rendering *r, struct span span)
{
    struct render_place place = render_place(r, span);
    fputs("\"physicalLocation\":{\"artifactLocation\":{\"uri\":", r->out);
    put_uri(r->out, place.file->path);
    fprintf(r->out, "},\"region\":{\"startLine\":%zu,\"startColumn\":%zu,\"endLine\":%zu,\"endColumn\":%zu}}",
            place.start.line, place.start.column, place.end.line, place.end.column);
}

static void put_message(FILE *out, const struct diag *d)
{
    fputs("\"message\":{\"text\":\"", out);
    json_put_text(out, d->message);
    if (d->help) {
        fputs("\\nhelp: ", out);
        json_put_text(out, d->help);
    }
    fputs("\"}", out);
}

static void put_result(const struct rendering *r, const struct diag *d)
{
    fprintf(r->out, "{\"ruleId\":\"R%04d\",\"level\":\"%s\",", (int)d->code, render_severity(d->severity));
    put_message(r->out, d);
    fputs(",\"locations\":[{", r->out);
    put_location(r, d->span);
    fputs("}]", r->out);
    if (d->notes) fputs(",\"relatedLocations\":[", r->out);
    for (const struct diag_note *note = d->notes; note; note = note->next) {
        fputs(note == d->notes ? "{" : ",{", r->out);
        put_location(r, note->span);
        fputc(',', r->out);
        put_text(r->out, "message", note->text);
        fputc('}', r->out);
    }
    fputs(d->notes ? "]}" : "}", r->out);
}

void render_sarif(const struct rendering *r)
{
    fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\n"
          "\"tool\":{\"driver\":{\"name\":\"regimen\",\"version\":\"" REGIMEN_VERSION "\",\"rules\":[",
          r->out);
    put_rules(r);
    fputs("]}},\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[", r->out);
    for (size_t i = 0; i < r->count; i++) {
        fputs(i ? ",\n" : "\n", r->out);
        put_result(r, r->diags[i]);
    }
    fputs("]}]}\n", r->out);
}
