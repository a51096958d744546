/* Answers in a line or two each: findings, groups; values and documents in a line. */
#include <string.h>

#include "runtime/report_parts.h"
#include "runtime/set_view.h"

enum { WRAPPED_COLUMN = 4, TITLE_SHOWN = 80 };

/* ---- Sources: numbered in the order in which they are named --------------------------------------- */

unsigned report_source_number(struct report *r, uint32_t source)
{
    for (unsigned i = 0; i < r->source_count; i++)
        if (r->sources[i] == source) return i + 1;
    if (r->source_count == REPORT_SOURCES) return 0;
    r->sources[r->source_count++] = source;
    return r->source_count;
}

void report_put_traces(struct report *r, uint32_t rule, uint32_t row, struct buffer *out)
{
    const struct image *image = r->v->image;
    struct run traces = row == NONE32 ? image->RULES[rule].traces : view_traces(r->v, rule, row);
    struct buffer one = {0};
    for (uint32_t i = traces.first; i < traces.first + traces.count; i++) {
        buffer_clear(&one);
        buffer_put(&one, view_text(r->v, image->INDEXES[i]));
        report_put_once(out, &one, ", ");
    }
    out->failed |= one.failed;
    buffer_free(&one);
}

void report_put_numbers(struct report *r, uint32_t rule, uint32_t row, struct buffer *out)
{
    const struct image *image = r->v->image;
    struct run cites = row == NONE32 ? image->RULES[rule].cites : view_cites(r->v, rule, row);
    struct buffer one = {0};
    for (uint32_t i = cites.first; i < cites.first + cites.count; i++) {
        buffer_clear(&one);
        buffer_printf(&one, "[%u]", report_source_number(r, image->CITES[i].source));
        report_put_once(out, &one, " ");
    }
    out->failed |= one.failed;
    buffer_free(&one);
}

void report_join(struct buffer *out, const struct buffer *traces, const struct buffer *numbers)
{
    buffer_put(out, buffer_text(traces));
    if (traces->length && numbers->length) buffer_put(out, " ");
    buffer_put(out, buffer_text(numbers));
    out->failed |= traces->failed | numbers->failed;
}

/* The rows that the filter lets pass; the rule where it lets none. */
void report_put_origins(struct report *r, uint32_t rule, report_filter *filter, struct buffer *out)
{
    struct run rows = r->v->image->RULES[rule].rows;
    struct buffer traces = {0}, numbers = {0};
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!filter(r->v, rule, row)) continue;
        any = true;
        report_put_traces(r, rule, row, &traces);
        report_put_numbers(r, rule, row, &numbers);
    }
    if (!any) report_put_traces(r, rule, NONE32, &traces);
    if (!any) report_put_numbers(r, rule, NONE32, &numbers);
    report_join(out, &traces, &numbers);
    buffer_free(&traces);
    buffer_free(&numbers);
}

/* A cite of that source: they all have its title and document. */
static const struct image_cite *cite_of(const struct image *image, uint32_t source)
{
    uint32_t i = 0;
    while (image->CITES[i].source != source)
        i++;
    return &image->CITES[i];
}

/* As much of a title as tells it from others. */
static void put_title(const struct report *r, const char *title, struct buffer *out)
{
    size_t length = strlen(title), end = TITLE_SHOWN;
    if (r->all || length <= TITLE_SHOWN) {
        buffer_put(out, title);
        return;
    }
    while (end > 0 && title[end] != ' ')
        end--;
    buffer_bytes(out, title, end);
    buffer_put(out, " \u2026");
}

void report_numbered_sources(struct report *r)
{
    struct buffer *text = report_begin(r);
    for (unsigned i = 0; i < r->source_count; i++) {
        const struct image_cite *cite = cite_of(r->v->image, r->sources[i]);
        buffer_printf(text, "%s[%u] ", text->length ? "; " : "", i + 1);
        put_title(r, view_text(r->v, cite->title ? cite->title : cite->source), text);
    }
    page_text(r->out, 0, buffer_text(text));
}

const char *report_title(const struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const char *label = view_text(r->v, ir->label);
    return *label ? label : view_text(r->v, ir->name);
}

/* ---- Findings and groups -------------------------------------------------------------------------- */

static void put_findings(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), undecided = report_undecided_count(r, rule);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].state != ITEM_INCLUDED) continue;
        buffer_printf(out, "%s%s", any ? ", " : "", set_item_name(r->v, rule, i));
        any = true;
    }
    if (undecided) buffer_printf(out, " (%u undecided)", undecided);
}

/* A condition that asks what a set includes: its words say more than the whole set. */
struct set_tests {
    uint32_t rule;
    struct buffer *out;
};

static bool put_set_test(void *user, const struct result_view *v, uint32_t node)
{
    struct set_tests *tests = user;
    const struct image_node *n = &v->image->NODES[node];
    enum truth truth;
    if (n->kind != NODE_TEST || n->child == NONE32 ||
        set_of_node(v, &v->image->NODES[n->child]) != tests->rule)
        return true;
    struct buffer one = {0};
    node_words(v, node, &one);
    if (view_node_truth(v, node, &truth) && truth != TRUTH_YES)
        buffer_printf(&one, ": %s", truth_word(truth));
    report_put_once(tests->out, &one, ", ");
    tests->out->failed |= one.failed;
    buffer_free(&one);
    return false;
}

/* "latest weight 18 kg on 2026-02-02" */
static void put_value(struct report *r, uint32_t node, const struct fact *fact, struct buffer *out)
{
    size_t dated;
    node_words(r->v, node, out);
    buffer_put(out, " ");
    fact_value(r->v, fact, VALUE_SHORT, out);
    if (fact->node->kind == NODE_FIELD && fact->node->ref == NONE32) return; /* the date is its value */
    buffer_put(out, " on ");
    dated = out->length;
    fact_date(r->v, fact, out);
    if (out->length == dated) buffer_cut(out, dated - strlen(" on "));
}

static void put_line(struct report *r, uint32_t root, const struct worksheet_line *line, struct buffer *out)
{
    struct fact fact = fact_of(r->v, line->node);
    uint32_t set = set_of_node(r->v, fact.node);
    if (!(fact.value || fact.text) || (r->named && fact.element == r->named)) return;
    if (set != NONE32) {
        struct set_tests tests = {set, out};
        view_walk(r->v, root, put_set_test, &tests);
        return;
    }
    struct buffer one = {0};
    put_value(r, line->node, &fact, &one);
    report_put_once(out, &one, ", ");
    out->failed |= one.failed;
    buffer_free(&one);
}

void report_put_values(struct report *r, uint32_t node, bool record, struct buffer *out)
{
    uint32_t first = worksheet_count(&r->read);
    if (node == NONE32) return;
    worksheet_reads(&r->read, node);
    for (uint32_t i = first; i < worksheet_count(&r->read); i++) {
        const struct worksheet_line line = *worksheet_line(&r->read, i);
        struct fact fact = fact_of(r->v, line.node);
        if (line.depth == 0 || (record && fact_is_of_record(&fact))) put_line(r, node, &line, out);
    }
}

void report_put_aside(struct buffer *text, const struct buffer *values)
{
    if (!values->length || text->failed) return;
    bool open = text->length && text->data[text->length - 1] == ')';
    if (open) buffer_cut(text, text->length - 1);
    buffer_printf(text, "%s%s)", open ? "; " : " (", buffer_text(values));
}

static void put_class(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    if (result->outcome == OUTCOME_DECIDED)
        buffer_put(out, member_name(r->v->image, r->v->image->RULES[rule].enumeration, result->member));
    else
        buffer_put(out, outcome_word((enum outcome)result->outcome));
}

/* " (wbc_at_diagnosis 60 10*9/L)": what the rows compared that made it. */
static void put_compared(struct report *r, uint32_t rule, struct buffer *out)
{
    struct run rows = r->v->image->RULES[rule].rows;
    struct buffer compared = {0};
    worksheet_begin(&r->read, r->v);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (view_row_made(r->v, rule, row))
            report_put_values(r, r->v->image->ROWS[row].node, false, &compared);
    report_put_aside(out, &compared);
    out->failed |= compared.failed;
    buffer_free(&compared);
}

void report_put_answer(struct report *r, uint32_t rule, struct buffer *out)
{
    buffer_printf(out, "%s: ", report_title(r, rule));
    if (rule_fills_set(&r->v->image->RULES[rule]))
        put_findings(r, rule, out);
    else
        put_class(r, rule, out);
}

void report_brief_answer(struct report *r, uint32_t rule)
{
    struct buffer *text = report_begin(r);
    report_put_answer(r, rule, text);
    if (!rule_fills_set(&r->v->image->RULES[rule])) put_compared(r, rule, text);
    buffer_clear(&r->side);
    report_put_origins(r, rule, view_row_made, &r->side);
    page_hanging(r->out, REPORT_LABEL, WRAPPED_COLUMN, buffer_text(text));
    page_aside(r->out, buffer_text(&r->side));
}
