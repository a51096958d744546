/* The trace for reading: what needs attention, by sections. */
#include "cli/trace.h"

#include <string.h>

#include "runtime/page.h"

enum { ID = 2, WORDS = 14, INSIDE = 16, NAMES_SHOWN = 3 };

static const char *place_words(const struct trace *trace, struct regimen_place place)
{
    if (!*place.file) return "";
    return arena_printf(trace->arena, "%s%s:%u", trace->folder, place.file, place.line);
}

/* ---- Head ------------------------------------------------------------------------------------------- */

static void put_rows_summary(const struct trace *trace, struct buffer *out)
{
    page_field(out, ID, "Rows", WORDS, trace_rows_words(trace));
    if (trace->whole && trace->traced_rows < trace->rows)
        page_field(out, ID, "Others", WORDS, trace_others_words(trace));
    page_field(out, ID, "Conditions", WORDS, trace_conditions_words(trace));
    if (trace->computing_rows) page_field(out, ID, "Amounts", WORDS, trace_amounts_words(trace));
    page_field(out, ID, "Limits", WORDS, trace_limits_words(trace));
}

static void put_head(const struct trace *trace, struct buffer *out)
{
    const struct regimen_program_info *info = &trace->info;
    buffer_printf(out, "%s %s%s%s\n", info->name, info->version, *info->status ? ", " : "", info->status);
    if (*info->title) page_text(out, ID, info->title);
    if (*info->site_name)
        page_field(out, ID, "Site", WORDS, *info->site_title ? info->site_title : info->site_name);
    page_field(out, ID, "Digest", WORDS, arena_printf(trace->arena, "%.16s", info->digest));
    page_field(out, ID, "Tests", WORDS,
               arena_printf(trace->arena, "%zu passed, %zu failed", trace->test_count - trace->failed,
                            trace->failed));
    put_rows_summary(trace, out);
    if (trace->requirement_count == 0)
        page_text(out, ID, "The program declares no requirements, and its rules name none.");
    else if (!trace->declared)
        page_text(out, ID, "The program declares no requirements: these are the ids that its rules name.");
}

/* ---- Table ------------------------------------------------------------------------------------------ */

static void put_counts(const char *name, size_t total, const size_t *counts, struct buffer *out)
{
    buffer_printf(out, "  %-10s%14zu", name, total);
    for (int status = 0; status < TRACE_STATUS_COUNT; status++)
        if (counts[status])
            buffer_printf(out, "%12zu", counts[status]);
        else
            buffer_printf(out, "%12s", "-");
    buffer_put(out, "\n");
}

static void put_table(const struct trace *trace, struct buffer *out)
{
    buffer_printf(out, "\n  %-10s%14s", "section", "requirements");
    for (int status = 0; status < TRACE_STATUS_COUNT; status++)
        buffer_printf(out, "%12s", trace_status_words[status]);
    buffer_put(out, "\n");
    for (size_t i = 0; i < trace->section_count; i++)
        put_counts(trace->sections[i].name, trace->sections[i].total, trace->sections[i].counts, out);
    if (trace->section_count != 1) put_counts("all", trace->total, trace->counts, out);
}

/* ---- Requirements ----------------------------------------------------------------------------------- */

static void put_names(const struct trace *trace, const struct trace_item *item, struct buffer *words)
{
    const struct trace_list *tests = trace_item_tests(item);
    for (size_t i = 0; i < tests->count && i < NAMES_SHOWN; i++)
        buffer_printf(words, "%s\"%s\"", i ? ", " : ": ", trace->tests[tests->items[i]].name);
    if (tests->count > NAMES_SHOWN) buffer_printf(words, " and %zu more", tests->count - NAMES_SHOWN);
}

static void put_tests(const struct trace *trace, const struct trace_item *item, struct buffer *words)
{
    buffer_put(words, trace_item_tested(trace, item));
    if (trace_item_tests(item)->count == 0) return;
    put_names(trace, item, words);
    if (item->conditional)
        buffer_printf(words, "; it holds in %zu, not in %zu, %s", item->shown, item->not_held,
                      trace_item_unknown(trace, item));
}

static void put_item(const struct trace *trace, const struct trace_item *item, struct buffer *out)
{
    struct buffer words = {0};
    buffer_printf(&words, "%s  %s", item->name, place_words(trace, item->place));
    page_text(out, WORDS, buffer_text(&words));
    buffer_clear(&words);
    buffer_printf(&words, "%s%s%s", item->gives, *item->gives && *item->condition ? " when " : "",
                  item->condition);
    if (words.length) page_text(out, INSIDE, buffer_text(&words));
    buffer_clear(&words);
    put_tests(trace, item, &words);
    page_text(out, INSIDE, buffer_text(&words));
    out->failed |= words.failed;
    buffer_free(&words);
}

static void put_cites(const struct trace_requirement *r, struct buffer *out)
{
    struct buffer words = {0};
    for (size_t i = 0; i < r->cite_count; i++) {
        const struct regimen_citation *cite = &r->cites[i];
        buffer_printf(&words, "%s%s", i ? "; " : "", cite->source);
        if (*cite->at) buffer_printf(&words, " at \"%s\"", cite->at);
    }
    if (words.length) page_text(out, WORDS, buffer_text(&words));
    out->failed |= words.failed;
    buffer_free(&words);
}

static void put_requirement(const struct trace *trace, const struct trace_requirement *r, bool all,
                            struct buffer *out)
{
    const char *words = arena_printf(trace->arena, "%s%s%s", trace_status_words[r->status],
                                     *r->sentence ? ": " : "", r->sentence);
    page_field(out, ID, r->id, WORDS, words);
    if (all || r->items.count) put_cites(r, out);
    if (r->reason) page_text(out, WORDS, arena_printf(trace->arena, "because %s", r->reason));
    for (size_t i = 0; i < r->items.count; i++) {
        const struct trace_item *item = &trace->items[r->items.items[i]];
        if (all || trace_item_untested(item) || item->kind == ITEM_STATED) put_item(trace, item, out);
    }
}

static void put_section(const struct trace *trace, size_t section, bool all, struct buffer *out)
{
    bool begun = false;
    for (size_t i = 0; i < trace->requirement_count; i++) {
        const struct trace_requirement *r = &trace->requirements[i];
        if (r->section != section || !(all || trace_needs_attention(r))) continue;
        if (!begun) buffer_printf(out, "\n%s\n", trace->sections[section].name);
        begun = true;
        put_requirement(trace, r, all, out);
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------- */

/* The rows that have been found to be so. */
static void put_found(const struct trace *trace, enum trace_finding finding,
                      bool found(const struct trace_item *item), const char *title, struct buffer *out)
{
    if (!trace->findings[finding]) return;
    buffer_printf(out, "\n%s\n", title);
    for (size_t i = 0; i < trace->item_count; i++) {
        const struct trace_item *item = &trace->items[i];
        if (!found(item)) continue;
        page_text(out, ID,
                  arena_printf(trace->arena, "%s  %s  %s%s%s", item->name, place_words(trace, item->place),
                               item->gives, *item->gives && *item->condition ? " when " : "",
                               item->condition));
    }
}

static void put_limits(const struct trace *trace, struct buffer *out)
{
    if (!trace->findings[FINDING_LIMIT]) return;
    buffer_put(out, "\nLimits that tests do not show\n");
    for (size_t i = 0; i < trace->limit_count; i++) {
        const struct trace_limit *limit = &trace->limits[i];
        if (!trace_limit_missing(limit)) continue;
        page_text(out, ID,
                  arena_printf(trace->arena, "%s  %s", limit->words, place_words(trace, limit->place)));
        page_text(out, WORDS, trace_limit_tested(trace, limit));
    }
}

static void put_failing(const struct trace *trace, struct buffer *out)
{
    if (trace->failed) buffer_put(out, "\nTests that fail, and count for nothing\n");
    for (size_t i = 0; i < trace->test_count; i++)
        if (!trace->tests[i].passed)
            page_text(out, ID,
                      arena_printf(trace->arena, "\"%s\"  %s", trace->tests[i].name,
                                   place_words(trace, trace->tests[i].place)));
}

void trace_text(const struct trace *trace, bool all, struct buffer *out)
{
    put_head(trace, out);
    if (trace->requirement_count) put_table(trace, out);
    for (size_t i = 0; i < trace->section_count; i++)
        put_section(trace, i, all, out);
    put_found(trace, FINDING_UNTRACED, trace_item_bare, "Rows that trace nothing", out);
    put_found(trace, FINDING_ALWAYS, trace_item_always, "Rows that no test shows not to hold", out);
    put_found(trace, FINDING_KNOWN, trace_item_known, "Rows that no test shows unknown", out);
    put_found(trace, FINDING_AMOUNT, trace_item_computed, "Amounts that no test shows unknown", out);
    put_limits(trace, out);
    put_failing(trace, out);
}
