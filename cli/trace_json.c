/* The trace as JSON: every requirement, and the other way round every row. */
#include "cli/trace.h"

#include "runtime/json_writer.h"

static void key_words(struct json_writer *w, const char *name, const char *text)
{
    if (*text) json_key_text(w, name, text);
}

static void place(struct json_writer *w, const struct trace *trace, struct regimen_place place)
{
    if (!*place.file) return;
    json_key_text(w, "file", arena_printf(trace->arena, "%s%s", trace->folder, place.file));
    json_key_whole(w, "line", place.line);
}

/* "not_coded" */
static void key_status(struct json_writer *w, const struct trace *trace, enum trace_status status, size_t n)
{
    char *name = arena_printf(trace->arena, "%s", trace_status_words[status]);
    for (char *c = name; *c; c++)
        if (*c == ' ') *c = '_';
    json_key_whole(w, name, (int64_t)n);
}

static void counts(struct json_writer *w, const struct trace *trace, size_t total, const size_t *of)
{
    json_key_whole(w, "requirements", (int64_t)total);
    for (int status = 0; status < TRACE_STATUS_COUNT; status++)
        key_status(w, trace, (enum trace_status)status, of[status]);
}

static void head(struct json_writer *w, const struct trace *trace)
{
    json_key_text(w, "program", trace->info.name);
    json_key_text(w, "version", trace->info.version);
    json_key_text(w, "digest", trace->info.digest);
    key_words(w, "site", trace->info.site_name);
    json_key_bool(w, "declared", trace->declared);
    json_key(w, "counts");
    json_open_object(w);
    counts(w, trace, trace->total, trace->counts);
    json_close_object(w);
    json_key(w, "findings");
    json_open_object(w);
#define FINDING(name, word, denied, meaning)                                                                 \
    json_key_whole(w, word, (int64_t)trace->findings[FINDING_##name]);
#include "cli/trace_findings.def"
#undef FINDING
    json_close_object(w);
    json_key(w, "rows");
    json_open_object(w);
    if (trace->whole) json_key_whole(w, "all", (int64_t)trace->rows);
    json_key_whole(w, "traced", (int64_t)trace->traced_rows);
    json_key_whole(w, "amounts", (int64_t)trace->computing_rows);
    json_key_whole(w, "conditional", (int64_t)trace->conditional_rows);
    json_key_whole(w, "cannot_be_unknown", (int64_t)trace->certain_rows);
    json_close_object(w);
}

static void sections(struct json_writer *w, const struct trace *trace)
{
    json_key(w, "sections");
    json_open_array(w);
    for (size_t i = 0; i < trace->section_count; i++) {
        const struct trace_section *section = &trace->sections[i];
        json_open_object(w);
        json_key_text(w, "section", section->name);
        counts(w, trace, section->total, section->counts);
        json_close_object(w);
    }
    json_close_array(w);
}

/* ---- Requirements ----------------------------------------------------------------------------------- */

static void cites(struct json_writer *w, const struct trace_requirement *r)
{
    if (!r->cite_count) return;
    json_key(w, "cite");
    json_open_array(w);
    for (size_t i = 0; i < r->cite_count; i++) {
        json_open_object(w);
        json_key_text(w, "source", r->cites[i].source);
        key_words(w, "document", r->cites[i].document);
        key_words(w, "at", r->cites[i].at);
        json_close_object(w);
    }
    json_close_array(w);
}

static void requirement(struct json_writer *w, const struct trace *trace, const struct trace_requirement *r)
{
    json_open_object(w);
    json_key_text(w, "id", r->id);
    json_key_text(w, "section", trace->sections[r->section].name);
    json_key_text(w, "status", trace_status_words[r->status]);
    key_words(w, "text", r->sentence);
    key_words(w, "because", r->because);
    cites(w, r);
    place(w, trace, r->place);
    if (r->reason) json_key_text(w, "reason", r->reason);
    json_key(w, "rules");
    json_open_array(w);
    for (size_t i = 0; i < r->items.count; i++)
        json_text(w, trace->items[r->items.items[i]].name);
    json_close_array(w);
    json_close_object(w);
}

/* ---- Rows and tests --------------------------------------------------------------------------------- */

static void item_traces(struct json_writer *w, const struct trace *trace, const struct trace_item *item)
{
    json_key(w, "trace");
    json_open_array(w);
    for (size_t i = 0; i < item->requirements.count; i++)
        json_text(w, trace->requirements[item->requirements.items[i]].id);
    json_close_array(w);
}

static void tests(struct json_writer *w, const struct trace *trace, const char *key,
                  const struct trace_list *list)
{
    json_key(w, key);
    json_open_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_text(w, trace->tests[list->items[i]].name);
    json_close_array(w);
}

static void item_tests(struct json_writer *w, const struct trace *trace, const struct trace_item *item)
{
    if (item->kind == ITEM_STATED || item->kind == ITEM_PROVEN) return;
    json_key_whole(w, "holds", (int64_t)item->shown);
    json_key_whole(w, "does_not_hold", (int64_t)item->not_held);
    json_key_whole(w, "unknown", (int64_t)item->open);
    if (item->computes) json_key_whole(w, "amount_unknown", (int64_t)item->blank);
    if (item->conditional && item->certain) json_key_bool(w, "cannot_be_unknown", true);
    tests(w, trace, "tests", &item->tests);
    if (item->of_readers.count) tests(w, trace, "tests_of_readers", &item->of_readers);
}

static void item(struct json_writer *w, const struct trace *trace, const struct trace_item *item)
{
    static const char *const keys[] = {[ITEM_ROW] = "row",
                                       [ITEM_RULE] = "rule",
                                       [ITEM_GUARANTEE] = "guarantee",
                                       [ITEM_PROVEN] = "guarantee",
                                       [ITEM_STATED] = "declaration"};
    json_open_object(w);
    json_key_text(w, keys[item->kind], item->name);
    json_key_text(w, "kind", item->of);
    key_words(w, "gives", item->gives);
    key_words(w, "when", item->condition);
    place(w, trace, item->place);
    item_traces(w, trace, item);
    if (item->kind == ITEM_ROW && !item->requirements.count)
        json_key_text(w, "untraced", untraced_words[item->untraced]);
    if (item->kind == ITEM_PROVEN) json_key_bool(w, "proven", true);
    item_tests(w, trace, item);
    json_close_object(w);
}

/* A limit with the tests at it; across it there are many. */
static void limit(struct json_writer *w, const struct trace *trace, const struct trace_limit *limit)
{
    json_open_object(w);
    json_key_text(w, "limit", limit->words);
    if (limit->of) json_key_text(w, "row", limit->of);
    place(w, trace, limit->place);
    tests(w, trace, "tests_at", &limit->at);
    if (limit->decides) json_key_whole(w, "across", (int64_t)limit->across.count);
    json_close_object(w);
}

static void failing(struct json_writer *w, const struct trace *trace)
{
    json_key(w, "failing");
    json_open_array(w);
    for (size_t i = 0; i < trace->test_count; i++) {
        if (trace->tests[i].passed) continue;
        json_open_object(w);
        json_key_text(w, "test", trace->tests[i].name);
        place(w, trace, trace->tests[i].place);
        json_close_object(w);
    }
    json_close_array(w);
}

void trace_json(const struct trace *trace, bool all, struct buffer *out)
{
    struct json_writer w = {.out = out};
    (void)all;
    json_open_object(&w);
    head(&w, trace);
    sections(&w, trace);
    json_key(&w, "requirements");
    json_open_array(&w);
    for (size_t i = 0; i < trace->requirement_count; i++)
        requirement(&w, trace, &trace->requirements[i]);
    json_close_array(&w);
    json_key(&w, "rules");
    json_open_array(&w);
    for (size_t i = 0; i < trace->item_count; i++)
        if (trace->whole || trace->items[i].requirements.count) item(&w, trace, &trace->items[i]);
    json_close_array(&w);
    json_key(&w, "limits");
    json_open_array(&w);
    for (size_t i = 0; i < trace->limit_count; i++)
        limit(&w, trace, &trace->limits[i]);
    json_close_array(&w);
    json_key_whole(&w, "tests", (int64_t)trace->test_count);
    failing(&w, trace);
    json_close_object(&w);
    buffer_put(out, "\n");
}
