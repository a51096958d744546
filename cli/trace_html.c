/* The trace as one page that needs nothing else: to read on a screen, and to print and sign. */
#include "cli/trace.h"

#include <string.h>

#include "cli/markup.h"

enum { NAMES_SHOWN = 3 };

static const char STYLE[] =
    ":root { --ink: #1a1a1a; --soft: #5c5c5c; --line: #d4d4d4 }\n"
    "body { font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: #fff }\n"
    "body { margin: 2rem auto; max-width: 76rem; padding: 0 1.5rem }\n"
    "h1 { font-size: 1.5rem; margin: 0 }\n"
    "h2 { font-size: 1.15rem; margin: 2.2rem 0 .4rem; border-bottom: 2px solid var(--ink) }\n"
    "h3 { font-size: 1rem; margin: 1.2rem 0 .2rem }\n"
    "h3 .soft { font-weight: 400 }\n"
    "p { margin: .3rem 0 }\n"
    "a { color: inherit; white-space: nowrap }\n"
    "ul { margin: .2rem 0 .6rem; padding-left: 1.2rem }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0 }\n"
    "thead th { font-size: .82rem; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--ink) "
    "}\n"
    "tbody tr { border-bottom: 1px solid var(--line) }\n"
    ".facts, .counts { width: auto }\n"
    ".facts tr { border: 0 }\n"
    ".facts th { font-weight: 400; color: var(--soft); padding: .05rem 1.2rem .05rem 0 }\n"
    ".facts td { padding: .05rem 0 }\n"
    ".counts { margin-top: 1rem }\n"
    ".counts td, .counts th { padding-right: 1.4rem }\n"
    ".counts td + td, .counts th + th { text-align: right }\n"
    ".counts tfoot td { font-weight: 600; border-top: 1px solid var(--ink) }\n"
    ".id { white-space: nowrap; font-weight: 600; width: 6.5rem }\n"
    ".state { width: 6rem }\n"
    ".sentence { width: 30% }\n"
    ".rows td:first-child { width: 26rem }\n"
    ".limits td:first-child { width: 34% }\n"
    ".limits td:nth-child(2) { width: 33% }\n"
    ".soft { color: var(--soft); font-size: .92em }\n"
    ".row { margin: 0 0 .7rem }\n"
    ".row:last-child { margin: 0 }\n"
    "code { font: .92em ui-monospace, monospace; overflow-wrap: anywhere }\n"
    ".mark { display: inline-block; padding: 0 .5rem; border: 1px solid; border-radius: .7rem }\n"
    ".mark { font-size: .82rem; white-space: nowrap }\n"
    ".covered { color: #1d5c2e; background: #e7f3e9 }\n"
    ".untested { color: #7a4a00; background: #fdf1d8 }\n"
    ".not_coded { color: #3d4a63; background: #e8ecf4 }\n"
    ".uncovered { color: #8c1515; background: #fbe5e5 }\n"
    ".lack { color: #8c1515; font-weight: 600 }\n"
    "@page { size: A4 landscape; margin: 14mm }\n"
    "@media print {\n"
    "  body { font-size: 9.5pt; margin: 0; max-width: none; padding: 0 }\n"
    "  thead { display: table-header-group }\n"
    "  .row { break-inside: avoid }\n"
    "  h2, h3 { break-after: avoid }\n"
    "  a { text-decoration: none }\n"
    "  .mark { print-color-adjust: exact }\n"
    "}\n";

/* ---- Words ------------------------------------------------------------------------------------------ */

static void element(struct buffer *out, const char *tag, const char *text)
{
    buffer_printf(out, "<%s>", tag);
    markup_put(out, text);
    buffer_printf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

static void put_place(const struct trace *trace, struct regimen_place place, struct buffer *out)
{
    if (!*place.file) return;
    buffer_put(out, " <span class=\"soft\">");
    markup_put(out, trace->folder);
    markup_put(out, place.file);
    buffer_printf(out, ":%u</span>", place.line);
}

/* The class of a status is its word with a low line for the blank. */
static void put_mark(enum trace_status status, struct buffer *out)
{
    buffer_put(out, "<span class=\"mark ");
    for (const char *c = trace_status_words[status]; *c; c++)
        buffer_bytes(out, *c == ' ' ? "_" : c, 1);
    buffer_printf(out, "\">%s</span>", trace_status_words[status]);
}

/* ---- Head ------------------------------------------------------------------------------------------- */

static void fact(struct buffer *out, const char *name, const char *value)
{
    if (!*value) return;
    buffer_put(out, "<tr>");
    element(out, "th scope=\"row\"", name);
    element(out, "td", value);
    buffer_put(out, "</tr>\n");
}

static void put_head(const struct trace *trace, struct buffer *out)
{
    const struct regimen_program_info *info = &trace->info;
    const char *title = *info->title ? info->title : info->name;
    buffer_put(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width\">\n");
    element(out, "title", arena_printf(trace->arena, "%s: requirements and tests", title));
    buffer_printf(out, "\n<style>\n%s</style>\n</head>\n<body>\n", STYLE);
    element(out, "h1", title);
    element(out, "p", "Requirements, the rules that fulfil them, and the tests that show it");
    buffer_put(out, "\n<table class=\"facts\">\n");
    fact(out, "Program",
         arena_printf(trace->arena, "%s %s%s%s", info->name, info->version, *info->status ? ", " : "",
                      info->status));
    fact(out, "Approved",
         *info->approved_by ? arena_printf(trace->arena, "by %s on %s", info->approved_by, info->approved_on)
                            : "");
    fact(out, "Digest", info->digest);
    fact(out, "Site", *info->site_title ? info->site_title : info->site_name);
    fact(out, "Tests",
         arena_printf(trace->arena, "%zu passed, %zu failed", trace->test_count - trace->failed,
                      trace->failed));
    fact(out, "Rows", trace_rows_words(trace));
    if (trace->whole && trace->traced_rows < trace->rows) fact(out, "Others", trace_others_words(trace));
    fact(out, "Conditions", trace_conditions_words(trace));
    if (trace->computing_rows) fact(out, "Amounts", trace_amounts_words(trace));
    fact(out, "Limits", trace_limits_words(trace));
    buffer_put(out, "</table>\n");
    if (!trace->declared)
        element(out, "p",
                trace->requirement_count
                    ? "The program declares no requirements: these are the ids that its rules name."
                    : "The program declares no requirements, and its rules name none.");
}

/* ---- Sums ------------------------------------------------------------------------------------------- */

static void put_counts(size_t total, const size_t *counts, struct buffer *out)
{
    buffer_printf(out, "<td>%zu</td>", total);
    for (int status = 0; status < TRACE_STATUS_COUNT; status++)
        if (counts[status])
            buffer_printf(out, "<td>%zu</td>", counts[status]);
        else
            buffer_put(out, "<td>–</td>");
    buffer_put(out, "</tr>\n");
}

static void put_sums(const struct trace *trace, struct buffer *out)
{
    buffer_put(out, "<table class=\"counts\">\n<thead><tr><th>Section</th><th>Requirements</th>");
    for (int status = 0; status < TRACE_STATUS_COUNT; status++) {
        buffer_put(out, "<th>");
        put_mark((enum trace_status)status, out);
        buffer_put(out, "</th>");
    }
    buffer_put(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < trace->section_count; i++) {
        const struct trace_section *section = &trace->sections[i];
        buffer_printf(out, "<tr><td><a href=\"#%s\">%s</a></td>", section->name, section->name);
        put_counts(section->total, section->counts, out);
    }
    buffer_put(out, "</tbody>\n<tfoot><tr><td>All</td>");
    put_counts(trace->total, trace->counts, out);
    buffer_put(out, "</tfoot>\n</table>\n");
}

/* The ids of a section that stand so, or all of them in a word. */
static void put_of_section(const struct trace *trace, size_t index, enum trace_status status,
                           struct buffer *out)
{
    const struct trace_section *section = &trace->sections[index];
    buffer_put(out, "<li>");
    if (section->counts[status] == section->total)
        buffer_printf(out, "<a href=\"#%s\">%s</a>, all %zu", section->name, section->name, section->total);
    for (size_t i = 0; i < trace->requirement_count && section->counts[status] < section->total; i++) {
        const struct trace_requirement *r = &trace->requirements[i];
        if (r->section == index && r->status == status)
            buffer_printf(out, "<a href=\"#%s\">%s</a> ", r->id, r->id);
    }
    buffer_put(out, "</li>\n");
}

static void put_attention(const struct trace *trace, enum trace_status status, const char *words,
                          struct buffer *out)
{
    if (!trace->counts[status]) return;
    buffer_put(out, "<p>");
    put_mark(status, out);
    buffer_printf(out, " %s:</p>\n<ul>\n", words);
    for (size_t i = 0; i < trace->section_count; i++)
        if (trace->sections[i].counts[status]) put_of_section(trace, i, status, out);
    buffer_put(out, "</ul>\n");
}

/* The rows that have been found to be so. */
static void put_found(const struct trace *trace, enum trace_finding finding,
                      bool found(const struct trace_item *item), const char *title, struct buffer *out)
{
    if (!trace->findings[finding]) return;
    element(out, "p class=\"lack\"", title);
    buffer_put(out, "\n<ul>\n");
    for (size_t i = 0; i < trace->item_count; i++) {
        if (!found(&trace->items[i])) continue;
        buffer_put(out, "<li>");
        markup_put(out, trace->items[i].name);
        put_place(trace, trace->items[i].place, out);
        buffer_put(out, "</li>\n");
    }
    buffer_put(out, "</ul>\n");
}

static void put_missing_limits(const struct trace *trace, struct buffer *out)
{
    if (!trace->findings[FINDING_LIMIT]) return;
    buffer_put(out, "<p class=\"lack\">Limits that tests do not show</p>\n<ul>\n");
    for (size_t i = 0; i < trace->limit_count; i++) {
        if (!trace_limit_missing(&trace->limits[i])) continue;
        buffer_put(out, "<li>");
        element(out, "code", trace->limits[i].words);
        put_place(trace, trace->limits[i].place, out);
        buffer_put(out, "<br>");
        markup_put(out, trace_limit_tested(trace, &trace->limits[i]));
        buffer_put(out, "</li>\n");
    }
    buffer_put(out, "</ul>\n");
}

static void put_needs(const struct trace *trace, struct buffer *out)
{
    buffer_put(out, "<h2>What needs attention</h2>\n");
    put_attention(trace, TRACE_UNCOVERED, "neither a rule nor a reason", out);
    put_attention(trace, TRACE_UNTESTED, "a row that traces it holds in no passing test", out);
    if (trace->total && !trace->counts[TRACE_UNCOVERED] && !trace->counts[TRACE_UNTESTED])
        buffer_put(out, "<p>Every requirement has a rule whose rows hold in tests, or a reason.</p>\n");
    put_found(trace, FINDING_ALWAYS, trace_item_always, "Rows that no test shows not to hold", out);
    put_found(trace, FINDING_KNOWN, trace_item_known, "Rows that no test shows unknown", out);
    put_found(trace, FINDING_AMOUNT, trace_item_computed, "Amounts that no test shows unknown", out);
    put_missing_limits(trace, out);
    if (trace->failed)
        buffer_put(out, "<p class=\"lack\">Tests fail: they count for nothing here.</p>\n<ul>\n");
    for (size_t i = 0; i < trace->test_count; i++) {
        if (trace->tests[i].passed) continue;
        buffer_put(out, "<li>");
        markup_put(out, trace->tests[i].name);
        put_place(trace, trace->tests[i].place, out);
        buffer_put(out, "</li>\n");
    }
    if (trace->failed) buffer_put(out, "</ul>\n");
}

/* ---- Requirements ----------------------------------------------------------------------------------- */

static void put_names(const struct trace *trace, const struct trace_item *item, struct buffer *out)
{
    const struct trace_list *tests = trace_item_tests(item);
    for (size_t i = 0; i < tests->count && i < NAMES_SHOWN; i++) {
        buffer_put(out, i ? "; " : ": ");
        markup_put(out, trace->tests[tests->items[i]].name);
    }
    if (tests->count > NAMES_SHOWN) buffer_printf(out, "; and %zu more", tests->count - NAMES_SHOWN);
}

static void put_tests(const struct trace *trace, const struct trace_item *item, struct buffer *out)
{
    element(out, trace_item_untested(item) ? "span class=\"lack\"" : "span", trace_item_tested(trace, item));
    if (trace_item_tests(item)->count == 0) return;
    buffer_put(out, "<span class=\"soft\">");
    put_names(trace, item, out);
    if (item->conditional)
        buffer_printf(out, " (it holds in %zu, not in %zu, %s)", item->shown, item->not_held,
                      trace_item_unknown(trace, item));
    buffer_put(out, "</span>");
}

static void put_code(const struct trace_item *item, struct buffer *out)
{
    if (!*item->gives && !*item->condition) return;
    buffer_put(out, "<code>");
    markup_put(out, item->gives);
    if (*item->gives && *item->condition) buffer_put(out, " when ");
    markup_put(out, item->condition);
    buffer_put(out, "</code>");
}

static void put_item(const struct trace *trace, const struct trace_item *item, struct buffer *out)
{
    buffer_put(out, "<div class=\"row\">");
    element(out, "strong", item->name);
    put_place(trace, item->place, out);
    if (*item->gives || *item->condition) buffer_put(out, "<br>");
    put_code(item, out);
    buffer_put(out, "<br>");
    put_tests(trace, item, out);
    buffer_put(out, "</div>\n");
}

static void put_cites(const struct trace_requirement *r, struct buffer *out)
{
    if (!r->cite_count) return;
    buffer_put(out, "<div class=\"soft\">");
    for (size_t i = 0; i < r->cite_count; i++) {
        const struct regimen_citation *cite = &r->cites[i];
        if (i) buffer_put(out, "; ");
        markup_put(out, cite->source);
        if (!*cite->at) continue;
        buffer_put(out, ", ");
        markup_put(out, cite->at);
    }
    buffer_put(out, "</div>");
}

static void put_requirement(const struct trace *trace, const struct trace_requirement *r, struct buffer *out)
{
    buffer_printf(out, "<tr id=\"%s\"><td class=\"id\">%s</td><td class=\"state\">", r->id, r->id);
    put_mark(r->status, out);
    buffer_put(out, "</td><td class=\"sentence\">");
    markup_put(out, r->sentence);
    if (*r->because) {
        buffer_put(out, " <span class=\"soft\">Because ");
        markup_put(out, r->because);
        buffer_put(out, ".</span>");
    }
    put_cites(r, out);
    buffer_put(out, "</td><td>\n");
    if (r->reason) {
        buffer_put(out, "because ");
        markup_put(out, r->reason);
    } else if (!r->items.count) {
        element(out, "span class=\"lack\"", "nothing covers it");
    }
    for (size_t i = 0; i < r->items.count; i++)
        put_item(trace, &trace->items[r->items.items[i]], out);
    buffer_put(out, "</td></tr>\n");
}

static void put_section(const struct trace *trace, size_t section, struct buffer *out)
{
    const char *name = trace->sections[section].name;
    buffer_printf(out, "<h2 id=\"%s\">%s</h2>\n", name, name);
    buffer_put(out, "<table>\n<thead><tr><th>Id</th><th>Status</th><th>Requirement and source</th>"
                    "<th>Rules and tests</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < trace->requirement_count; i++)
        if (trace->requirements[i].section == section) put_requirement(trace, &trace->requirements[i], out);
    buffer_put(out, "</tbody>\n</table>\n");
}

/* ---- What belongs to no requirement ------------------------------------------------------------------ */

static const char *const untraced_meanings[UNTRACED_COUNT] = {
#define UNTRACED(name, word, meaning) meaning,
#include "cli/trace_untraced.def"
#undef UNTRACED
};

static void put_row(const struct trace *trace, const struct trace_item *item, struct buffer *out)
{
    buffer_put(out, "<tr><td><strong>");
    markup_put(out, item->name);
    buffer_put(out, "</strong>");
    put_place(trace, item->place, out);
    buffer_put(out, "</td><td>");
    put_code(item, out);
    buffer_put(out, "</td></tr>\n");
}

static void put_untraced_as(const struct trace *trace, int untraced, struct buffer *out)
{
    if (!trace->untraced_rows[untraced]) return;
    buffer_put(out, "<h3>");
    markup_put(out, untraced_words[untraced]);
    buffer_put(out, " <span class=\"soft\">");
    markup_put(out, untraced_meanings[untraced]);
    buffer_put(out, "</span></h3>\n<table class=\"rows\">\n<tbody>\n");
    for (size_t i = 0; i < trace->item_count; i++) {
        const struct trace_item *item = &trace->items[i];
        if (item->kind == ITEM_ROW && !item->requirements.count &&
            item->untraced == (enum trace_untraced)untraced)
            put_row(trace, item, out);
    }
    buffer_put(out, "</tbody>\n</table>\n");
}

/* What somebody should look at first. */
static void put_untraced(const struct trace *trace, struct buffer *out)
{
    if (!trace->whole || trace->traced_rows == trace->rows) return;
    buffer_put(out, "<h2 id=\"untraced\">Rows that trace no requirement</h2>\n");
    for (int untraced = UNTRACED_COUNT; untraced-- > 0;)
        put_untraced_as(trace, untraced, out);
}

/* ---- Limits ----------------------------------------------------------------------------------------- */

static void put_shown(const struct trace *trace, const struct trace_list *tests, struct buffer *out)
{
    if (!tests->count) element(out, "span class=\"lack\"", "no test");
    for (size_t i = 0; i < tests->count && i < NAMES_SHOWN; i++) {
        if (i) buffer_put(out, "; ");
        markup_put(out, trace->tests[tests->items[i]].name);
    }
    if (tests->count > NAMES_SHOWN) buffer_printf(out, "; and %zu more", tests->count - NAMES_SHOWN);
}

static void put_limit(const struct trace *trace, const struct trace_limit *limit, struct buffer *out)
{
    buffer_put(out, "<tr><td>");
    element(out, "code", limit->words);
    buffer_put(out, "<br>");
    if (limit->of) markup_put(out, limit->of);
    put_place(trace, limit->place, out);
    buffer_put(out, "</td><td class=\"soft\">");
    put_shown(trace, &limit->at, out);
    buffer_put(out, "</td><td class=\"soft\">");
    if (limit->decides) put_shown(trace, &limit->across, out);
    buffer_put(out, "</td></tr>\n");
}

static void put_limits(const struct trace *trace, struct buffer *out)
{
    if (!trace->limit_count) return;
    buffer_put(out, "<h2 id=\"limits\">Limits</h2>\n<table class=\"limits\">\n<thead><tr><th>Limit</th>"
                    "<th>Tests exactly at it</th><th>Tests across it</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < trace->limit_count; i++)
        put_limit(trace, &trace->limits[i], out);
    buffer_put(out, "</tbody>\n</table>\n");
}

/* ---- Sources ---------------------------------------------------------------------------------------- */

static bool cited_before(const struct trace *trace, size_t requirement, size_t cite)
{
    const char *source = trace->requirements[requirement].cites[cite].source;
    for (size_t i = 0; i <= requirement; i++)
        for (size_t k = 0; k < (i < requirement ? trace->requirements[i].cite_count : cite); k++)
            if (strcmp(trace->requirements[i].cites[k].source, source) == 0) return true;
    return false;
}

static void put_sources(const struct trace *trace, struct buffer *out)
{
    buffer_put(out, "<h2>Sources</h2>\n<table class=\"facts\">\n");
    for (size_t i = 0; i < trace->requirement_count; i++)
        for (size_t k = 0; k < trace->requirements[i].cite_count; k++) {
            const struct regimen_citation *cite = &trace->requirements[i].cites[k];
            if (cited_before(trace, i, k)) continue;
            const char *in = *cite->document ? arena_printf(trace->arena, " (%s)", cite->document) : "";
            fact(out, cite->source, arena_printf(trace->arena, "%s%s", cite->title, in));
        }
    buffer_put(out, "</table>\n");
}

void trace_html(const struct trace *trace, bool all, struct buffer *out)
{
    (void)all;
    put_head(trace, out);
    if (trace->requirement_count) put_sums(trace, out);
    put_needs(trace, out);
    for (size_t i = 0; i < trace->section_count; i++)
        put_section(trace, i, out);
    put_limits(trace, out);
    put_untraced(trace, out);
    if (trace->declared) put_sources(trace, out);
    buffer_put(out, "</body>\n</html>\n");
}
