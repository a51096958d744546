/* Doses on the report. */
#include <string.h>

#include "runtime/course_view.h"
#include "runtime/report_parts.h"

/* The name by which --explain and messages know a row; in brief the reason alone stands there. */
static void put_row_id(struct report *r, uint32_t row)
{
    if (r->all) buffer_printf(&r->text, "   [%s]", view_text(r->v, r->v->image->ROWS[row].id));
}

static bool is_open(enum truth truth)
{
    return truth == TRUTH_UNKNOWN || truth == TRUTH_FAULT;
}

/* An interval says the day first; the words of its limit follow. */
static void put_interval(struct report *r, uint32_t row, struct buffer *text)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    buffer_put(text, ir->type == ROWTYPE_TOO_EARLY ? "too early: not before " : "late: the last day was ");
    view_row_limit(r->v, row, text);
    if (ir->value_node != NONE32) {
        buffer_put(text, " (");
        node_words(r->v, ir->value_node, text);
        buffer_put(text, ")");
    }
    if (!ir->because.count) return;
    buffer_put(text, "; ");
    view_because(r->v, row, text);
}

/* The day of an interval may be known while it is open whether the interval counts. */
static void put_reason(struct report *r, uint32_t row, struct buffer *text)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    bool interval = ir->type == ROWTYPE_TOO_EARLY || ir->type == ROWTYPE_TOO_LATE;
    if (interval && eval_register(r->v->context, ir->value)->tag == TAG_KNOWN)
        put_interval(r, row, text);
    else
        view_because(r->v, row, text);
    put_row_id(r, row);
}

/* A field with the values that a row read: in brief behind it, else below it. */
static void end_with_values(struct report *r, uint32_t row, const char *label)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    if (r->all) {
        report_end(r, label);
        report_reads_again(r);
        report_reads(r, ir->node);
        return;
    }
    buffer_clear(&r->side);
    report_put_values(r, ir->node, true, &r->side);
    report_put_aside(&r->text, &r->side);
    report_end(r, label);
}

static void write_reason(struct report *r, uint32_t row, const char *label)
{
    put_reason(r, row, report_begin(r));
    end_with_values(r, row, label);
}

static void end_with_missing(struct report *r, uint32_t rule, uint32_t row, const char *label)
{
    struct buffer scratch = {0};
    const uint32_t *reads = NULL;
    const char *fault = view_row_fault(r->v, row);
    uint32_t count = fault ? 0 : view_row_missing(r->v, row, &scratch, &reads);
    if (!r->all && count) {
        buffer_put(&r->text, "; missing: ");
        report_put_missing(r, rule, reads, count, &r->text);
    }
    report_end(r, label);
    if (fault) report_field(r, "  fault", fault);
    if (r->all) report_missing(r, rule, reads, count, "  missing");
    r->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

static void write_open(struct report *r, uint32_t rule, uint32_t row, const char *label)
{
    struct buffer *text = report_begin(r);
    if (r->v->image->ROWS[row].type == ROWTYPE_WARN) buffer_put(text, "whether ");
    put_reason(r, row, text);
    end_with_missing(r, rule, row, label);
}

void report_reasons(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!view_row_withholds(r->v, rule, row)) continue;
        if (is_open(view_truth(r->v, row)))
            write_open(r, rule, row, "One of");
        else
            write_reason(r, row, "Because");
    }
}

void report_withheld(struct report *r, uint32_t rule)
{
    report_name(r, rule);
    if (!r->all) report_title_sources(r, rule, view_row_withholds);
    report_field(r, "WITHHOLD", "do not give");
    report_reasons(r, rule);
    if (r->all) report_sources(r, rule, view_row_withholds);
}

static void write_asks(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (r->v->image->ROWS[row].type != ROWTYPE_ASK) continue;
        enum truth truth = view_truth(r->v, row);
        if (truth == TRUTH_YES) write_reason(r, row, "Ask");
        if (is_open(truth)) write_open(r, rule, row, "Ask whether");
    }
}

static void write_warnings(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        uint32_t type = r->v->image->ROWS[row].type;
        if (type != ROWTYPE_WARN && type != ROWTYPE_TOO_LATE) continue;
        enum truth truth = view_truth(r->v, row);
        if (truth == TRUTH_YES) write_reason(r, row, "WARNING");
        if (is_open(truth)) write_open(r, rule, row, "NOT CHECKED");
    }
}

/* The test of an interval; what stands before it in an `and` is the clause's `when`. */
static bool when_is_no(const struct report *r, const struct image_row *row)
{
    enum truth truth;
    if (row->node == NONE32 || r->v->image->NODES[row->node].kind != NODE_AND) return false;
    return view_node_truth(r->v, r->v->image->NODES[row->node].child, &truth) && truth == TRUTH_NO;
}

/* An interval that is kept. */
static bool is_kept(const struct report *r, uint32_t row)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    return ir->type == ROWTYPE_TOO_EARLY && view_truth(r->v, row) == TRUTH_NO && !when_is_no(r, ir);
}

/* A dose may be looked for in several lists: it is the first where none of them has one. */
static bool is_in_another_list(const struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (is_kept(r, row) && !view_row_is_first(r->v, row)) return true;
    return false;
}

/* From when the dose is allowed, and the one before it. */
static void write_interval(struct report *r, uint32_t row)
{
    struct buffer *text = report_begin(r);
    buffer_put(text, "kept: not before ");
    view_row_limit(r->v, row, text);
    put_row_id(r, row);
    end_with_values(r, row, "Interval");
}

static void write_first(struct report *r, uint32_t row)
{
    buffer_put(report_begin(r), "kept: this is the first");
    put_row_id(r, row);
    if (r->all)
        end_with_values(r, row, "Interval");
    else
        report_end(r, "Interval");
}

static void write_intervals(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    bool another = !r->all && is_in_another_list(r, rule), said = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!is_kept(r, row)) continue;
        if (!view_row_is_first(r->v, row))
            write_interval(r, row);
        else if (!another && !said)
            write_first(r, row);
        said |= !r->all && view_row_is_first(r->v, row);
    }
}

static void write_amount_rows(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        uint32_t type = r->v->image->ROWS[row].type;
        bool amount = type == ROWTYPE_AMOUNT || type == ROWTYPE_STEP;
        if (amount && view_row_made(r->v, rule, row)) report_row(r, rule, row, "Row");
    }
}

/* How often, where the plan tells no days: a weekly dose must not read as a daily one. */
static void put_frequency(struct report *r, uint32_t rule, struct buffer *text)
{
    struct course course = view_course(r->v, rule);
    if (!course.schedule || view_plan_by_day(r->v, rule)) return;
    struct buffer words = {0};
    view_schedule_form(r->v, course.schedule, &words);
    if (words.length) buffer_printf(text, ", %s", buffer_text(&words));
    text->failed |= words.failed;
    buffer_free(&words);
}

/* In brief the route stands beside the amount, as on a prescription. */
static void put_route(struct report *r, uint32_t rule, struct buffer *text)
{
    size_t before = text->length;
    buffer_put(text, ", ");
    size_t start = text->length;
    view_route(r->v, rule, text);
    if (text->length == start) buffer_cut(text, before);
}

static void write_route(struct report *r, uint32_t rule)
{
    view_route(r->v, rule, report_begin(r));
    report_end(r, "Route");
}

void report_dose(struct report *r, uint32_t rule)
{
    bool ask = eval_result(r->v->context, rule)->action == ACTION_ASK;
    report_name(r, rule);
    if (!r->all) report_title_sources(r, rule, view_row_made);
    struct buffer *text = report_begin(r);
    if (ask) buffer_put(text, "whether to give ");
    view_plan(r->v, rule, VALUE_SHORT, text);
    put_frequency(r, rule, text);
    if (!r->all) put_route(r, rule, text);
    report_end(r, ask ? "ASK FIRST" : "GIVE");
    if (ask) write_asks(r, rule);
    if (r->all) write_route(r, rule);
    report_course(r, rule);
    write_warnings(r, rule);
    write_intervals(r, rule);
    if (r->all) write_amount_rows(r, rule);
    report_worksheet(r, rule);
    if (r->all) report_sources(r, rule, view_row_made);
}

void report_would_be(struct report *r, uint32_t rule)
{
    if (r->v->image->RULES[rule].kind != RULE_DOSE || !view_plan_would_be(r->v, rule)) return;
    struct buffer *text = report_begin(r);
    buffer_put(text, "not decided; the amount would be ");
    view_plan(r->v, rule, VALUE_SHORT, text);
    put_frequency(r, rule, text);
    if (!r->all) put_route(r, rule, text);
    report_end(r, "Would be");
    if (r->all) write_route(r, rule);
    report_worksheet(r, rule);
}

/* ---- Doses that may be for this patient ----------------------------------------------------------- */

enum { GROUPS_SHOWN = 6, NAMES_SHOWN = 6 };

static void put_why_open(struct report *r, uint32_t rule, struct buffer *out)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(r->v, rule, &reads);
    buffer_clear(out);
    report_put_missing(r, rule, reads, count, out);
}

/* The names of the dose at place and of those behind it that wait for the same; how many. */
static unsigned put_group(struct report *r, report_holds *holds, uint32_t place, const struct buffer *why,
                          struct buffer *names)
{
    struct buffer other = {0};
    unsigned count = 0;
    for (uint32_t i = place; i < r->v->order_count; i++) {
        if (!report_shows(r, r->v->order[i], holds)) continue;
        put_why_open(r, r->v->order[i], &other);
        if (strcmp(buffer_text(&other), buffer_text(why)) != 0) continue;
        if (count++ >= NAMES_SHOWN) continue;
        buffer_printf(names, "%s%s", count > 1 ? ", " : "",
                      view_text(r->v, r->v->image->RULES[r->v->order[i]].name));
    }
    if (count > NAMES_SHOWN) buffer_printf(names, " and %u more", count - NAMES_SHOWN);
    names->failed |= other.failed;
    buffer_free(&other);
    return count;
}

static bool is_first_of_group(struct report *r, report_holds *holds, uint32_t place, const struct buffer *why)
{
    struct buffer other = {0};
    bool first = true;
    for (uint32_t i = 0; i < place && first; i++) {
        if (!report_shows(r, r->v->order[i], holds)) continue;
        put_why_open(r, r->v->order[i], &other);
        first = strcmp(buffer_text(&other), buffer_text(why)) != 0;
    }
    buffer_free(&other);
    return first;
}

/* "vincristine, liposomal_vincristine; missing: planned_product (absent)" */
void report_brief_possible_doses(struct report *r, report_holds *holds)
{
    struct buffer why = {0}, names = {0};
    unsigned shown = 0, left = 0;
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        if (!report_shows(r, r->v->order[i], holds)) continue;
        put_why_open(r, r->v->order[i], &why);
        if (!is_first_of_group(r, holds, i, &why)) continue;
        buffer_clear(&names);
        unsigned count = put_group(r, holds, i, &why, &names);
        if (shown++ >= GROUPS_SHOWN) {
            left += count;
            continue;
        }
        buffer_printf(&names, "; missing: %s", buffer_text(&why));
        report_field(r, "NOT DECIDED", buffer_text(&names));
    }
    buffer_clear(&names);
    if (left) buffer_printf(&names, "and %u more, which --all lists", left);
    page_text(r->out, REPORT_FIELD, buffer_text(&names));
    r->out->failed |= why.failed | names.failed;
    buffer_free(&why);
    buffer_free(&names);
}
