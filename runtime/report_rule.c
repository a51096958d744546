/* Rows, sources and missing values on the report, and the results that are no doses. */
#include <stdlib.h>
#include <string.h>

#include "runtime/report_parts.h"
#include "runtime/set_view.h"

static void put_row_result(struct report *r, uint32_t rule, const struct image_row *row, struct buffer *text)
{
    const struct image *image = r->v->image;
    if (rule_tells(&image->RULES[rule]))
        buffer_put(text, state_word(&image->RULES[rule], (int32_t)row->member));
    else if (row->type == ROWTYPE_VALUE && row->result == RESULT_VALUE)
        buffer_put(text, member_name(image, image->RULES[rule].enumeration, (int32_t)row->member));
    else if (row->type == ROWTYPE_VALUE)
        buffer_put(text,
                   outcome_word(row->result == RESULT_EQUIPOISE ? OUTCOME_EQUIPOISE : OUTCOME_NO_STATEMENT));
    else if (rule_fills_set(&image->RULES[rule]))
        set_row_words(r->v, rule, row, text);
    else {
        buffer_put(text, row_type_word(row->type));
        view_amount_words(r->v, row, text);
        if (row->value_node != NONE32) {
            buffer_put(text, " ");
            node_words(r->v, row->value_node, text);
        }
    }
}

void report_put_condition(const struct report *r, uint32_t row, struct buffer *text)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    if (ir->node != NONE32) {
        buffer_put(text, " when ");
        node_words(r->v, ir->node, text);
    } else if (ir->otherwise)
        buffer_put(text, " otherwise");
    if (view_truth(r->v, row) == TRUTH_UNKNOWN) buffer_put(text, " (open, but the result is the same)");
}

void report_row(struct report *r, uint32_t rule, uint32_t row, const char *label)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    struct buffer *text = report_begin(r);
    buffer_printf(text, "%s: ", view_text(r->v, ir->id));
    put_row_result(r, rule, ir, text);
    report_put_condition(r, row, text);
    report_end(r, label);
    if (ir->because.count) {
        view_because(r->v, row, report_begin(r));
        report_end(r, "  because");
    }
    report_reads_again(r);
    if (ir->node != NONE32) report_reads(r, ir->node);
}

/* "[1] Table 1" where the documents are listed at the end, else with the document's title. */
static void put_cite(struct report *r, const struct image_cite *cite, struct buffer *out)
{
    const struct result_view *v = r->v;
    if (!r->all)
        buffer_printf(out, "[%u]", report_source_number(r, cite->source));
    else
        buffer_put(out, view_text(v, cite->title ? cite->title : cite->source));
    if (r->all && cite->document) buffer_printf(out, " (%s)", view_text(v, cite->document));
    if (cite->at) buffer_printf(out, r->all ? ", %s" : " %s", view_text(v, cite->at));
}

/* Whether words stand in a list as a whole item: between two separators, or at an end. */
static bool is_listed(const struct buffer *list, const struct buffer *words, const char *separator)
{
    size_t between = strlen(separator), i = 0;
    while (i + words->length <= list->length) {
        size_t end = i + words->length;
        bool ends = end == list->length || strncmp(list->data + end, separator, between) == 0;
        if (ends && memcmp(list->data + i, words->data, words->length) == 0) return true;
        const char *next = strstr(list->data + i, separator);
        if (!next) return false;
        i = (size_t)(next - list->data) + between;
    }
    return false;
}

void report_put_once(struct buffer *out, const struct buffer *words, const char *separator)
{
    if (!words->length || out->failed) return;
    if (out->length && is_listed(out, words, separator)) return;
    if (out->length) buffer_put(out, separator);
    buffer_put(out, buffer_text(words));
}

static void put_sources(struct report *r, struct run items, bool cites)
{
    for (uint32_t i = items.first; i < items.first + items.count; i++) {
        buffer_clear(&r->side);
        if (cites)
            put_cite(r, &r->v->image->CITES[i], &r->side);
        else
            buffer_put(&r->side, view_text(r->v, r->v->image->INDEXES[i]));
        report_put_once(&r->text, &r->side, cites ? "; " : ", ");
    }
}

/* "[1] Table 1; [2] Answer   DOSE-18" at the margin of the line before: of rows, or without a filter of the
 * rule. */
void report_title_sources(struct report *r, uint32_t rule, report_filter *filter)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    struct buffer traces = {0};
    struct buffer *text = report_begin(r);
    if (!filter) put_sources(r, ir->cites, true);
    if (!filter) report_put_traces(r, rule, NONE32, &traces);
    for (uint32_t row = ir->rows.first; filter && row < ir->rows.first + ir->rows.count; row++) {
        if (!filter(r->v, rule, row)) continue;
        put_sources(r, view_cites(r->v, rule, row), true);
        report_put_traces(r, rule, row, &traces);
    }
    if (traces.length) buffer_printf(text, "%s%s", text->length ? "   " : "", buffer_text(&traces));
    if (page_width(buffer_text(text)) <= PAGE_WIDTH - REPORT_FIELD)
        page_aside(r->out, buffer_text(text));
    else
        report_end(r, "Source");
    r->out->failed |= traces.failed;
    buffer_free(&traces);
}

void report_sources(struct report *r, uint32_t rule, report_filter *filter)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (unsigned cites = 0; cites < 2; cites++) {
        report_begin(r);
        for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
            if (filter(r->v, rule, row))
                put_sources(r, cites == 0 ? view_cites(r->v, rule, row) : view_traces(r->v, rule, row),
                            cites == 0);
        report_end(r, cites == 0 ? "Source" : "Trace");
    }
}

void report_header_sources(struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    for (unsigned cites = 0; cites < 2; cites++) {
        report_begin(r);
        put_sources(r, cites == 0 ? ir->cites : ir->traces, cites == 0);
        report_end(r, cites == 0 ? "Source" : "Trace");
    }
}

/* Of a parameter that chooses between readings, which these are: "; one of completed_years, exact_age". */
static void put_readings(const struct report *r, uint32_t read, struct buffer *text)
{
    uint32_t readings = read_readings(r->v, read);
    if (readings == NONE32) return;
    uint32_t count = r->v->image->ENUMS[readings].members.count;
    for (uint32_t code = 0; code < count; code++)
        buffer_printf(text, "%s%s", code ? ", " : "; one of ",
                      member_name(r->v->image, readings, (int32_t)code));
}

void report_missing(struct report *r, uint32_t rule, const uint32_t *reads, uint32_t count, const char *label)
{
    for (uint32_t i = 0; i < count; i++) {
        struct buffer *text = report_begin(r);
        const char *words = read_label(r->v, reads[i]);
        if (read_kind_of(reads[i]) == READ_PARAM) buffer_put(text, "parameter ");
        if (read_kind_of(reads[i]) == READ_RULE) buffer_put(text, "result ");
        buffer_put(text, read_name(r->v, reads[i]));
        if (*words) buffer_printf(text, " (%s)", words);
        buffer_put(text, ": ");
        read_why(r->v, rule, reads[i], text);
        put_readings(r, reads[i], text);
        report_end(r, i ? "" : label);
    }
}

enum { ROOTS_SHOWN = 3 };

/* What an unknown result waits for in the end: values of the record, parameters, results that no value can
   bring.  seen: a mark for each rule, since many ways may lead to one. */
static void put_roots(struct report *r, uint32_t rule, bool *seen, struct buffer *out)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(r->v, rule, &reads);
    struct buffer name = {0};
    seen[rule] = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = read_index_of(reads[i]);
        bool waits = read_kind_of(reads[i]) == READ_RULE &&
                     eval_result(r->v->context, other)->outcome == OUTCOME_UNKNOWN;
        if (waits && !seen[other]) put_roots(r, other, seen, out);
        if (waits) continue;
        buffer_clear(&name);
        buffer_put(&name, read_name(r->v, reads[i]));
        report_put_once(out, &name, ", ");
    }
    out->failed |= name.failed;
    buffer_free(&name);
}

/* "ae, pregnant, lactating and 2 more" */
static void put_first_roots(const struct buffer *roots, struct buffer *out)
{
    const char *rest = buffer_text(roots);
    unsigned left = 0;
    for (unsigned shown = 0; *rest; shown++) {
        size_t length = strcspn(rest, ",");
        if (shown < ROOTS_SHOWN) {
            buffer_put(out, shown ? ", " : "");
            buffer_bytes(out, rest, length);
        } else
            left++;
        rest += length + strspn(rest + length, ", ");
    }
    if (left) buffer_printf(out, " and %u more", left);
}

static void put_waits(struct report *r, uint32_t rule, struct buffer *out)
{
    struct buffer roots = {0};
    bool *seen = calloc(r->v->image->RULES_count, sizeof *seen);
    if (seen) put_roots(r, rule, seen, &roots);
    if (roots.length) buffer_put(out, "waits for ");
    put_first_roots(&roots, out);
    out->failed |= roots.failed || !seen;
    buffer_free(&roots);
    free(seen);
}

void report_put_missing(struct report *r, uint32_t rule, const uint32_t *reads, uint32_t count,
                        struct buffer *out)
{
    struct buffer why = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = read_index_of(reads[i]);
        bool waits = read_kind_of(reads[i]) == READ_RULE &&
                     eval_result(r->v->context, other)->outcome == OUTCOME_UNKNOWN;
        buffer_clear(&why);
        if (waits)
            put_waits(r, other, &why);
        else
            read_why(r->v, rule, reads[i], &why);
        buffer_printf(out, "%s%s", i ? ", " : "", read_name(r->v, reads[i]));
        if (why.length) buffer_printf(out, " (%s)", buffer_text(&why));
    }
    out->failed |= why.failed;
    buffer_free(&why);
}

static void report_rows(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (view_row_made(r->v, rule, row) && !view_row_withholds(r->v, rule, row))
            report_row(r, rule, row, "Row");
}

void report_classify(struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct rule_result *result = eval_result(r->v->context, rule);
    report_name(r, rule);
    if (result->outcome == OUTCOME_DECIDED)
        report_field(r, "RESULT", member_name(r->v->image, ir->enumeration, result->member));
    else if (result->outcome == OUTCOME_EQUIPOISE)
        report_field(r, "RESULT", "equipoise: the source leaves the question open");
    else
        report_field(r, "RESULT", "no statement: the source is silent");
    report_rows(r, rule);
    report_sources(r, rule, view_row_made);
}

void report_conflict(struct report *r, uint32_t rule)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    report_name(r, rule);
    if (result->conflict_with == NONE32)
        report_field(r, "CONFLICT", "rows that hold at the same time disagree");
    else {
        buffer_printf(report_begin(r), "this dose and %s are of one drug and disagree",
                      view_text(r->v, r->v->image->RULES[result->conflict_with].name));
        report_end(r, "CONFLICT");
    }
    report_reasons(r, rule);
    report_rows(r, rule);
    report_sources(r, rule, view_row_made);
    report_would_be(r, rule);
}

/* What the amounts and the value of a row read. */
static void report_amount_reads(struct report *r, uint32_t row)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    report_reads(r, ir->value_node);
    for (uint32_t i = ir->steps.first; i < ir->steps.first + ir->steps.count; i++) {
        report_reads(r, r->v->image->STEPS[i].lo_node);
        report_reads(r, r->v->image->STEPS[i].hi_node);
    }
}

/* The clauses whose values meet in an amount: a fault may lie between two of them. */
static bool limits_amount(const struct report *r, uint32_t row)
{
    uint32_t type = r->v->image->ROWS[row].type;
    bool limit =
        type == ROWTYPE_CHOOSE || type == ROWTYPE_LEAST || type == ROWTYPE_MOST || type == ROWTYPE_ROUND;
    return limit && view_truth(r->v, row) == TRUTH_YES;
}

void report_fault(struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct rule_result *result = eval_result(r->v->context, rule);
    report_name(r, rule);
    if (result->outcome != OUTCOME_FAULT) {
        report_field(r, "FAULT", "this guarantee of the protocol does not hold");
        worksheet_begin(&r->sheet, r->v);
        report_reads(r, ir->condition_node);
        return;
    }
    report_field(r, "FAULT", fault_sentence(result->fault));
    if (result->fault_rule != NONE32 && result->fault_rule != rule) {
        const struct image_rule *other = &r->v->image->RULES[result->fault_rule];
        report_field(r, "By", view_text(r->v, other->name ? other->name : other->label));
    }
    report_reasons(r, rule);
    report_focus_on_fault(r, rule);
    for (uint32_t row = ir->rows.first; row < ir->rows.first + ir->rows.count; row++) {
        if (row != result->fault_row && !limits_amount(r, row)) continue;
        report_row(r, rule, row, "Row");
        report_amount_reads(r, row);
    }
    eval_unfocus(r->v->context);
    view_position(r->v, result->fault_at, report_begin(r));
    report_end(r, "Position");
    report_would_be(r, rule);
}

/* "standard, high or not covered" */
static void put_possible(struct report *r, uint32_t rule, struct buffer *text)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct rule_result *result = eval_result(r->v->context, rule);
    const char *between = "";
    for (int32_t i = 0; i < 64 && rule_is_classified(ir); i++) {
        if (!(result->possible >> i & 1)) continue;
        buffer_printf(text, "%s%s", between,
                      rule_tells(ir) ? state_word(ir, i) : member_name(r->v->image, ir->enumeration, i));
        between = ", ";
    }
    for (unsigned i = ACTION_GIVE; i <= ACTION_WITHHOLD && ir->kind == RULE_DOSE; i++) {
        if (!(result->possible_outcomes >> (OUTCOME_COUNT + i) & 1)) continue;
        buffer_printf(text, "%s%s", between, action_word(i));
        between = ", ";
    }
    for (unsigned i = OUTCOME_DECIDED + 1; i < OUTCOME_COUNT; i++) {
        if (!(result->possible_outcomes >> i & 1)) continue;
        buffer_printf(text, "%s%s", between, outcome_word(i));
        between = ", ";
    }
    if (!result->exact) buffer_put(text, " (counted row by row: some of these may be out of the question)");
}

void report_unknown(struct report *r, uint32_t rule)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(r->v, rule, &reads);
    report_name(r, rule);
    if (!r->all && r->v->image->RULES[rule].kind == RULE_DOSE) {
        buffer_put(report_begin(r), "missing: ");
        report_put_missing(r, rule, reads, count, &r->text);
        report_end(r, "NOT DECIDED");
        report_would_be(r, rule);
        return;
    }
    if (rule_tells(&r->v->image->RULES[rule])) report_alert_severity(r, rule);
    report_missing(r, rule, reads, count, "Missing");
    put_possible(r, rule, report_begin(r));
    report_end(r, "It can be");
    report_each_open(r, rule);
    report_would_be(r, rule);
}

void report_unanswered(struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    report_name(r, rule);
    if (eval_result(r->v->context, rule)->outcome == OUTCOME_NO_STATEMENT) {
        if (!r->all) report_title_sources(r, rule, view_row_made);
        report_field(r, "RESULT", "no statement: the source names the drug and prints no dose");
        if (!r->all) return;
        report_rows(r, rule);
        report_sources(r, rule, view_row_made);
        return;
    }
    report_field(r, "RESULT", "not covered: no row of the protocol is for this patient");
    worksheet_begin(&r->sheet, r->v);
    for (uint32_t row = ir->rows.first; row < ir->rows.first + ir->rows.count; row++)
        if (r->v->image->ROWS[row].node != NONE32) report_reads(r, r->v->image->ROWS[row].node);
    report_header_sources(r, rule);
}
