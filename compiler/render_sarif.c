/* Diagnostics as SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS. */
#include "compiler/render.h"
#include "runtime/json_writer.h"

#include <ctype.h>
#include <string.h>

/* A file's name as a relative reference or a file URI (RFC 3986). */
static void put_uri(struct json_writer *w, const char *path)
{
    struct buffer uri = {0};
    buffer_put(&uri, *path == '/' ? "file://" : "");
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        if (isalnum(c) || strchr("-._~/", c))
            buffer_bytes(&uri, path, 1);
        else
            buffer_printf(&uri, "%%%02X", c);
    }
    json_key_text(w, "uri", buffer_text(&uri));
    w->out->failed |= uri.failed;
    buffer_free(&uri);
}

static void put_text(struct json_writer *w, const char *key, const char *text)
{
    json_key(w, key);
    json_open_object(w);
    json_key_text(w, "text", text);
    json_close_object(w);
}

static bool is_reported(const struct rendering *r, int number)
{
    for (size_t i = 0; i < r->count; i++)
        if ((int)r->diags[i]->code == number) return true;
    return false;
}

static void put_rule(struct json_writer *w, const struct diag_info *info)
{
    char code[RENDER_CODE_MAX];
    json_open_object(w);
    json_key_text(w, "id", render_code((enum diag_code)info->number, code));
    put_text(w, "shortDescription", info->title);
    put_text(w, "fullDescription", info->meaning);
    json_key(w, "defaultConfiguration");
    json_open_object(w);
    json_key_text(w, "level", render_severity(info->severity));
    json_close_object(w);
    json_close_object(w);
}

static void put_tool(struct json_writer *w, const struct rendering *r)
{
    size_t count;
    const struct diag_info *info = diag_list(&count);
    json_key(w, "tool");
    json_open_object(w);
    json_key(w, "driver");
    json_open_object(w);
    json_key_text(w, "name", "regimen");
    json_key_text(w, "version", REGIMEN_VERSION);
    json_key(w, "rules");
    json_open_array(w);
    for (; count > 0; count--, info++)
        if (is_reported(r, info->number)) put_rule(w, info);
    json_close_array(w);
    json_close_object(w);
    json_close_object(w);
}

/* An object with the place, and with the text of a further one. */
static void put_location(struct json_writer *w, const struct rendering *r, struct span span, const char *text)
{
    struct render_place place = render_place(r, span);
    json_open_object(w);
    json_key(w, "physicalLocation");
    json_open_object(w);
    json_key(w, "artifactLocation");
    json_open_object(w);
    put_uri(w, place.file->path);
    json_close_object(w);
    json_key(w, "region");
    json_open_object(w);
    json_key_whole(w, "startLine", (int64_t)place.start.line);
    json_key_whole(w, "startColumn", (int64_t)place.start.column);
    json_key_whole(w, "endLine", (int64_t)place.end.line);
    json_key_whole(w, "endColumn", (int64_t)place.end.column);
    json_close_object(w);
    json_close_object(w);
    if (text) put_text(w, "message", text);
    json_close_object(w);
}

static void put_message(struct json_writer *w, const struct diag *d)
{
    struct buffer text = {0};
    buffer_put(&text, d->message);
    buffer_put(&text, d->help ? "\nhelp: " : "");
    buffer_put(&text, d->help ? d->help : "");
    put_text(w, "message", buffer_text(&text));
    w->out->failed |= text.failed;
    buffer_free(&text);
}

static void put_result(struct json_writer *w, const struct rendering *r, const struct diag *d)
{
    char code[RENDER_CODE_MAX];
    json_open_object(w);
    json_key_text(w, "ruleId", render_code(d->code, code));
    json_key_text(w, "level", render_severity(d->severity));
    put_message(w, d);
    json_key(w, "locations");
    json_open_array(w);
    put_location(w, r, d->span, NULL);
    json_close_array(w);
    if (d->notes) {
        json_key(w, "relatedLocations");
        json_open_array(w);
        for (const struct diag_note *note = d->notes; note; note = note->next)
            put_location(w, r, note->span, note->text);
        json_close_array(w);
    }
    json_close_object(w);
}

void render_sarif(const struct rendering *r)
{
    struct json_writer w = {.out = r->out};
    json_open_object(&w);
    json_key_text(&w, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_key_text(&w, "version", "2.1.0");
    json_key(&w, "runs");
    json_open_array(&w);
    json_open_object(&w);
    put_tool(&w, r);
    json_key_text(&w, "columnKind", "unicodeCodePoints");
    json_key(&w, "results");
    json_open_array(&w);
    for (size_t i = 0; i < r->count; i++)
        put_result(&w, r, r->diags[i]);
    json_close_array(&w);
    json_close_object(&w);
    json_close_array(&w);
    json_close_object(&w);
    buffer_put(r->out, "\n");
}
