/* Lines of values on the report: name, value, date of observation, remarks; and the worksheet of a dose. */
#include <string.h>

#include "runtime/report_parts.h"

enum {
    SHEET_NAME = 6,
    SHEET_VALUE = 42,
    SHEET_DATE = 66,
    SHEET_REMARK = 78,
    SHEET_STEP = 2,
    SHEET_DEEPEST = 6
};

/* One line; an empty date leaves its place to the remark. */
static void sheet_line(struct report *r, unsigned depth, const char *name, const char *value,
                       const char *date, const char *remark)
{
    unsigned start = SHEET_NAME + SHEET_STEP * (depth < SHEET_DEEPEST ? depth : SHEET_DEEPEST);
    unsigned at = *date ? SHEET_REMARK : SHEET_DATE;
    struct page_column columns[] = {
        {start, SHEET_VALUE - start - 1, name},
        {SHEET_VALUE, SHEET_DATE - SHEET_VALUE - 1, value},
        {SHEET_DATE, SHEET_REMARK - SHEET_DATE - 1, date},
        {at, PAGE_WIDTH - at, remark},
    };
    page_columns(r->out, columns, 4);
}

static void put_remark(struct buffer *out, size_t start, const char *text)
{
    if (!*text) return;
    if (out->length > start) buffer_put(out, "; ");
    buffer_put(out, text);
}

/* Date, a zero, remarks: what stands beside the value. */
static const char *sheet_side(struct report *r, const struct worksheet_line *line,
                              const struct reading *reading)
{
    struct buffer *side = &r->side;
    buffer_clear(side);
    reading_date(r->v, reading, side);
    buffer_bytes(side, "", 1);
    size_t start = side->length;
    if (reading->written) buffer_printf(side, "written %s", reading->written);
    struct buffer more = {0};
    worksheet_origin(r->v, line->node, &more);
    put_remark(side, start, buffer_text(&more));
    buffer_clear(&more);
    worksheet_entries(r->v, line->node, &more);
    put_remark(side, start, buffer_text(&more));
    if (strcmp(reading->label, reading->name) != 0) put_remark(side, start, reading->label);
    side->failed |= more.failed;
    buffer_free(&more);
    return side->failed ? "" : side->data + start;
}

/* The value; beside it the same in the unit that the rule asks for. */
static void sheet_value(struct report *r, const struct worksheet_line *line, const struct reading *reading)
{
    struct buffer *text = report_begin(r);
    if (reading->value || reading->text) reading_value(r->v, reading, VALUE_SHORT, text);
    if (line->converted == NONE32) return;
    buffer_put(text, " = ");
    node_value_text(r->v, line->converted, VALUE_SHORT, text);
}

static const char *sheet_name(struct report *r, const struct worksheet_line *line,
                              const struct reading *reading, struct buffer *name)
{
    (void)r;
    buffer_clear(name);
    if (line->sign) buffer_put(name, line->sign == '*' ? "x " : "/ ");
    buffer_put(name, reading->node->kind == NODE_LITERAL ? "the protocol" : reading->name);
    return buffer_text(name);
}

/* The lines of r->sheet from first on. */
static void sheet_lines(struct report *r, uint32_t first)
{
    struct buffer name = {0};
    for (uint32_t i = first; i < worksheet_count(&r->sheet); i++) {
        const struct worksheet_line *line = worksheet_line(&r->sheet, i);
        struct reading reading = reading_of(r->v, line->node);
        const char *words = sheet_name(r, line, &reading, &name);
        sheet_value(r, line, &reading);
        const char *remark = sheet_side(r, line, &reading);
        sheet_line(r, line->depth, words, buffer_text(&r->text), buffer_text(&r->side), remark);
        if (line->formula == NONE32) continue;
        struct buffer *text = report_begin(r);
        buffer_printf(text, "= %s", view_text(r->v, r->v->image->NODES[line->formula].text));
        page_text(r->out,
                  SHEET_NAME + SHEET_STEP * (line->depth < SHEET_DEEPEST ? line->depth + 1u : SHEET_DEEPEST),
                  buffer_text(text));
    }
    r->out->failed |= name.failed;
    buffer_free(&name);
}

void report_reads(struct report *r, uint32_t node)
{
    uint32_t first = worksheet_count(&r->sheet);
    worksheet_reads(&r->sheet, node);
    sheet_lines(r, first);
}

static const char *dose_unit(const struct report *r, uint32_t rule)
{
    return view_text(r->v, r->v->image->RULES[rule].unit);
}

static void sheet_amount(struct report *r, const char *name, decimal lo, decimal hi, const char *unit,
                         const char *remark)
{
    amount_text(report_begin(r), lo, hi, unit, VALUE_SHORT);
    sheet_line(r, 0, name, buffer_text(&r->text), "", remark);
}

/* The words of a clause's value: a number that the rule prints has none beside itself. */
static const char *clause_words(const struct report *r, const struct image_row *row)
{
    if (row->value_node == NONE32) return "";
    const struct image_node *n = &r->v->image->NODES[row->value_node];
    return n->kind == NODE_LITERAL ? "" : view_text(r->v, n->text);
}

static void sheet_clause_reads(struct report *r, const struct image_row *row)
{
    uint32_t first = worksheet_count(&r->sheet);
    if (row->value_node != NONE32) worksheet_reads(&r->sheet, row->value_node);
    sheet_lines(r, first);
}

/* Limits that hold: each with its value and whether it changed the amount. */
static void sheet_limits(struct report *r, uint32_t rule, enum row_type type, uint32_t applied)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct image_type quantity = {.kind = KIND_NUM, .enumeration = NONE32, .unit = ir->unit};
    struct buffer name = {0};
    for (uint32_t row = ir->rows.first; row < ir->rows.first + ir->rows.count; row++) {
        const struct image_row *limit = &r->v->image->ROWS[row];
        if (limit->type != type || view_truth(r->v, row) != TRUTH_YES) continue;
        const struct value *value = eval_register(r->v->context, limit->value);
        buffer_clear(&name);
        buffer_printf(&name, "%s %s", row_type_word(type), clause_words(r, limit));
        value_text(report_begin(r), r->v->image, &quantity, value, VALUE_SHORT);
        const char *remark = type == ROWTYPE_CHOOSE  ? "the point in the range"
                             : value->tag == TAG_OFF ? "switched off by the institution"
                             : row != applied        ? "not reached"
                             : type == ROWTYPE_MOST  ? "REACHED: the amount is cut to it"
                                                     : "REACHED: the amount is raised to it";
        sheet_line(r, 0, buffer_text(&name), buffer_text(&r->text), "", remark);
        sheet_clause_reads(r, limit);
    }
    r->out->failed |= name.failed;
    buffer_free(&name);
}

static void sheet_round_row(struct report *r, uint32_t rule, const struct image_row *row, bool changed,
                            const struct plan_step *step)
{
    static const char *const HOW[] = {"round to nearest", "round down to", "round up to"};
    const struct value *to = eval_register(r->v->context, row->value);
    struct buffer name = {0};
    buffer_put(&name, HOW[row->rounding]);
    if (to->tag == TAG_OFF)
        sheet_line(r, 0, buffer_text(&name), "none", "", "switched off by the institution");
    else {
        buffer_put(&name, " ");
        number_text(&name, to->n.lo, dose_unit(r, rule), VALUE_EXACT);
        sheet_amount(r, buffer_text(&name), step->lo, step->hi, dose_unit(r, rule),
                     changed ? clause_words(r, row) : "unchanged");
    }
    r->out->failed |= name.failed;
    buffer_free(&name);
    sheet_clause_reads(r, row);
}

static void sheet_rounding(struct report *r, uint32_t rule, const struct plan_step *step)
{
    struct run rows = r->v->image->RULES[rule].rows;
    if (!decimal_equal(step->lo, step->hi)) return; /* a range is never rounded */
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (r->v->image->ROWS[row].type == ROWTYPE_ROUND && view_truth(r->v, row) == TRUTH_YES)
            sheet_round_row(r, rule, &r->v->image->ROWS[row], row == step->round, step);
}

static void sheet_factors(struct report *r, uint32_t node)
{
    uint32_t first = worksheet_count(&r->sheet);
    worksheet_factors(&r->sheet, node);
    sheet_lines(r, first);
}

static void sheet_product(struct report *r, uint32_t rule, const struct plan_step *step)
{
    const struct image_step *from = &r->v->image->STEPS[step->step];
    sheet_factors(r, from->lo_node);
    if (from->hi_node != from->lo_node) {
        page_text(r->out, SHEET_NAME, "upper end of the range:");
        sheet_factors(r, from->hi_node);
    }
    sheet_amount(r, "= product", step->raw_lo, step->raw_hi, dose_unit(r, rule), "");
}

static void sheet_step(struct report *r, uint32_t rule, const struct plan_step *step)
{
    uint32_t row = view_step_row(r->v, rule, step->step);
    struct buffer *text = report_begin(r);
    if (step->days.count) view_days(r->v, step->days, text);
    if (row != NONE32)
        buffer_printf(text, "%srow %s", text->length ? "   " : "",
                      view_text(r->v, r->v->image->ROWS[row].id));
    report_end(r, "Worksheet");
    if (step->no_statement) {
        page_text(r->out, SHEET_NAME, "the source prints no dose");
        return;
    }
    sheet_product(r, rule, step);
    if (step->chosen) sheet_limits(r, rule, ROWTYPE_CHOOSE, NONE32);
    sheet_limits(r, rule, ROWTYPE_LEAST, step->least);
    sheet_limits(r, rule, ROWTYPE_MOST, step->most);
    sheet_rounding(r, rule, step);
    sheet_amount(r, "= AMOUNT", step->lo, step->hi, dose_unit(r, rule), "");
}

void report_worksheet(struct report *r, uint32_t rule)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    const struct plan_step *plan = eval_plan(r->v->context, rule);
    worksheet_begin(&r->sheet, r->v);
    for (uint32_t i = 0; i < result->step_count; i++)
        sheet_step(r, rule, &plan[i]);
    if (!result->has_total || !view_plan_by_day(r->v, rule)) return;
    sheet_amount(r, "= TOTAL over these days", result->total_lo, result->total_hi,
                 view_text(r->v, r->v->image->RULES[rule].total_unit), "");
}
