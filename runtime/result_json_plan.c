/* The plan of a dose in JSON, and its worksheet. */
#include "runtime/course_view.h"
#include "runtime/result_json.h"
#include "runtime/worksheet.h"

static void json_days(struct json_writer *w, const struct result_view *v, struct run days)
{
    json_key(w, "days");
    json_open_array(w);
    for (uint32_t i = days.first; i < days.first + days.count; i++)
        for (uint32_t day = v->image->DAYS[i].from; day <= v->image->DAYS[i].to; day++)
            json_whole(w, day);
    json_close_array(w);
}

/* Without those on which a step before gives the same. */
static void json_step_days(struct json_writer *w, const struct result_view *v, const struct plan_step *plan,
                           uint32_t step)
{
    json_key(w, "days");
    json_open_array(w);
    for (uint32_t day = course_step_next(v->image, plan, step, 0); day;
         day = course_step_next(v->image, plan, step, day))
        json_whole(w, day);
    json_close_array(w);
}

void json_plan_amount(struct json_writer *w, const struct result_view *v, uint32_t rule,
                      const struct plan_step *step)
{
    if (step->no_statement)
        json_text(w, outcome_word(OUTCOME_NO_STATEMENT));
    else
        json_amount(w, step->lo, step->hi, view_text(v, v->image->RULES[rule].unit));
}

static void json_steps(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    const struct plan_step *plan = eval_plan(v->context, rule);
    struct course course = view_course(v, rule);
    json_key(w, "steps");
    json_open_array(w);
    for (uint32_t i = 0; i < result->step_count; i++) {
        if (!view_step_is_new(v, plan, i)) continue;
        json_open_object(w);
        json_step_days(w, v, plan, i);
        json_step_dates(w, &course, i);
        json_key(w, "amount");
        json_plan_amount(w, v, rule, &plan[i]);
        json_close_object(w);
    }
    json_close_array(w);
    if (!result->has_total) return;
    json_key(w, "total");
    json_amount(w, result->total_lo, result->total_hi, view_text(v, v->image->RULES[rule].total_unit));
}

void json_plan(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    if (view_plan_by_day(v, rule)) {
        json_steps(w, v, rule);
        return;
    }
    json_key(w, "amount");
    json_plan_amount(w, v, rule, eval_plan(v->context, rule));
    json_course_days(w, v, rule);
}

void json_would_be(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    json_key(w, "would_be");
    if (!view_plan_by_day(v, rule)) {
        json_plan_amount(w, v, rule, eval_plan(v->context, rule));
        return;
    }
    json_open_object(w);
    json_steps(w, v, rule);
    json_close_object(w);
}

static void json_fact(struct json_writer *w, const struct result_view *v, const struct worksheet_line *line,
                      struct buffer *scratch)
{
    struct fact r = fact_of(v, line->node);
    buffer_clear(scratch);
    node_words(v, line->node, scratch);
    json_key_buffer(w, "text", scratch);
    if (*r.label) json_key_text(w, "label", r.label);
    if (r.value || r.text) {
        static const struct value NOTHING = {.tag = TAG_UNKNOWN};
        json_key(w, "value");
        json_value(w, v, &r.node->type, r.value ? r.value : &NOTHING, r.text);
    }
    if (line->converted != NONE32) {
        struct fact c = fact_of(v, line->converted);
        json_key(w, "converted");
        json_value(w, v, &c.node->type, c.value, NULL);
    }
    buffer_clear(scratch);
    fact_date(v, &r, scratch);
    json_key_buffer(w, "at", scratch);
    buffer_clear(scratch);
    if (r.value && !value_is_exact(r.value)) fact_why(v, &r, scratch);
    json_key_buffer(w, "why", scratch);
    if (r.written) json_key_text(w, "written", r.written);
}

static void json_line_rest(struct json_writer *w, const struct result_view *v,
                           const struct worksheet_line *line, struct buffer *scratch)
{
    buffer_clear(scratch);
    if (line->formula != NONE32) node_words(v, line->formula, scratch);
    json_key_buffer(w, "formula", scratch);
    buffer_clear(scratch);
    worksheet_entries(v, line->node, scratch);
    json_key_buffer(w, "entries", scratch);
    buffer_clear(scratch);
    worksheet_origin(v, line->node, true, scratch);
    json_key_buffer(w, "origin", scratch);
}

/* One line, and whether it stays open for what it was computed from. */
static void json_line(struct json_writer *w, const struct result_view *v, const struct worksheet_line *line,
                      struct buffer *scratch)
{
    json_open_object(w);
    if (line->sign) json_key_text(w, "operation", line->sign == '*' ? "times" : "divided by");
    json_fact(w, v, line, scratch);
    json_line_rest(w, v, line, scratch);
}

/* The lines of a worksheet from first on as nested objects: what a line was computed from is its "from". */
static void json_lines(struct json_writer *w, const struct result_view *v, const struct worksheet *sheet,
                       uint32_t first)
{
    struct buffer scratch = {0};
    uint32_t count = worksheet_count(sheet);
    json_open_array(w);
    for (uint32_t i = first; i < count; i++) {
        const struct worksheet_line *line = worksheet_line(sheet, i);
        unsigned next = i + 1 < count ? worksheet_line(sheet, i + 1)->depth : 0;
        json_line(w, v, line, &scratch);
        if (next > line->depth) {
            json_key(w, "from");
            json_open_array(w);
            continue;
        }
        json_close_object(w);
        for (unsigned depth = line->depth; depth > next; depth--) {
            json_close_array(w);
            json_close_object(w);
        }
    }
    json_close_array(w);
    w->out->failed |= scratch.failed | sheet->lines.failed;
    buffer_free(&scratch);
}

static void json_factors(struct json_writer *w, struct worksheet *sheet, const char *key, uint32_t node)
{
    uint32_t first = worksheet_count(sheet);
    if (node == NONE32) return;
    worksheet_factors(sheet, node);
    json_key(w, key);
    json_lines(w, sheet->view, sheet, first);
}

/* The limits of one kind that hold, each with whether it changed the amount. */
static void json_limits(struct json_writer *w, struct worksheet *sheet, uint32_t rule, const char *key,
                        enum row_type type, uint32_t applied)
{
    const struct result_view *v = sheet->view;
    const struct image_rule *r = &v->image->RULES[rule];
    bool any = false;
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++) {
        const struct image_row *limit = &v->image->ROWS[row];
        if (limit->type != type || view_truth(v, row) != TRUTH_YES) continue;
        if (!any) {
            json_key(w, key);
            json_open_array(w);
        }
        any = true;
        const struct image_type type_of = {.kind = KIND_NUM, .enumeration = NONE32, .unit = r->unit};
        json_open_object(w);
        json_key_text(w, "row", view_text(v, limit->id));
        json_key(w, "value");
        json_value(w, v, &type_of, eval_register(v->context, limit->value), NULL);
        if (type != ROWTYPE_CHOOSE) json_key_bool(w, "applied", row == applied);
        json_factors(w, sheet, "factors", limit->value_node);
        json_close_object(w);
    }
    if (any) json_close_array(w);
}

static void json_rounding(struct json_writer *w, const struct result_view *v, uint32_t rule,
                          const struct plan_step *step)
{
    static const char *const HOW[] = {"nearest", "down", "up"};
    if (step->round == NONE32) return;
    const struct image_row *row = &v->image->ROWS[step->round];
    const char *unit = view_text(v, v->image->RULES[rule].unit);
    const struct value *to = eval_register(v->context, row->value);
    json_key(w, "round");
    json_open_object(w);
    json_key_text(w, "row", view_text(v, row->id));
    json_key_text(w, "how", HOW[row->rounding]);
    json_key(w, "step");
    json_amount(w, to->n.lo, to->n.hi, unit);
    json_key(w, "before");
    json_amount(w, step->before_round, step->before_round, unit);
    json_close_object(w);
}

static void json_worksheet_step(struct json_writer *w, struct worksheet *sheet, uint32_t rule,
                                const struct plan_step *step)
{
    const struct result_view *v = sheet->view;
    const struct image_step *from = &v->image->STEPS[step->step];
    uint32_t row = view_step_row(v, rule, step->step);
    json_open_object(w);
    if (row != NONE32) json_key_text(w, "row", view_text(v, v->image->ROWS[row].id));
    if (step->days.count) json_days(w, v, step->days);
    json_factors(w, sheet, "factors", from->lo_node);
    if (from->hi_node != from->lo_node) json_factors(w, sheet, "factors_to", from->hi_node);
    json_key(w, "product");
    json_amount(w, step->raw_lo, step->raw_hi, view_text(v, v->image->RULES[rule].unit));
    if (step->chosen) json_limits(w, sheet, rule, "choose", ROWTYPE_CHOOSE, NONE32);
    json_limits(w, sheet, rule, "at_least", ROWTYPE_LEAST, step->least);
    json_limits(w, sheet, rule, "at_most", ROWTYPE_MOST, step->most);
    json_rounding(w, v, rule, step);
    json_key(w, "amount");
    json_plan_amount(w, v, rule, step);
    json_close_object(w);
}

void json_worksheet(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct plan_step *plan = eval_plan(v->context, rule);
    struct worksheet sheet = {0};
    worksheet_begin(&sheet, v);
    json_key(w, "worksheet");
    json_open_array(w);
    for (uint32_t i = 0; i < eval_result(v->context, rule)->step_count; i++)
        if (!plan[i].no_statement) json_worksheet_step(w, &sheet, rule, &plan[i]);
    json_close_array(w);
    w->out->failed |= sheet.lines.failed;
    buffer_free(&sheet.lines);
}
