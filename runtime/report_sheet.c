/* Lines of values on the report: name, value, date of observation, remarks; and the worksheet of a dose. */
#include <string.h>

#include "runtime/course_view.h"
#include "runtime/report.h"
#include "runtime/report_parts.h"

enum {
    SHEET_NAME = 6,
    SHEET_VALUE = 42,
    SHEET_DATE = 66,
    SHEET_REMARK = 78,
    SHEET_STEP = 2,
    SHEET_DEEPEST = 6
};

static unsigned sheet_indent(unsigned depth)
{
    return SHEET_NAME + SHEET_STEP * (depth < SHEET_DEEPEST ? depth : SHEET_DEEPEST);
}

static struct report_line *line_begin(struct report *r)
{
    buffer_clear(&r->line.name);
    buffer_clear(&r->line.value);
    buffer_clear(&r->line.date);
    buffer_clear(&r->line.remark);
    return &r->line;
}

/* r->line; without a date the remark takes its place. */
static void line_end(struct report *r, unsigned depth)
{
    unsigned start = sheet_indent(depth), remark = r->line.date.length ? SHEET_REMARK : SHEET_DATE;
    struct page_column columns[] = {
        {start, SHEET_VALUE - start - 1, buffer_text(&r->line.name)},
        {SHEET_VALUE, SHEET_DATE - SHEET_VALUE - 1, buffer_text(&r->line.value)},
        {SHEET_DATE, (r->line.remark.length ? SHEET_REMARK - 1 : PAGE_WIDTH) - SHEET_DATE,
         buffer_text(&r->line.date)},
        {remark, PAGE_WIDTH - remark, buffer_text(&r->line.remark)},
    };
    page_columns(r->out, columns, 4);
}

/* ---- What was read -------------------------------------------------------------------------------- */

static void put_remark(struct report *r, const char *text)
{
    if (!*text) return;
    if (r->line.remark.length) buffer_put(&r->line.remark, "; ");
    buffer_put(&r->line.remark, text);
}

/* When it was observed, unless that is its value. */
static void put_date(struct report *r, const struct fact *fact)
{
    if (fact->node->kind == NODE_FIELD && fact->node->ref == NONE32) return;
    fact_date(r->v, fact, &r->line.date);
    char *between = r->line.date.length ? strchr(r->line.date.data, 'T') : NULL;
    if (between) *between = ' '; /* so that the time may stand below the date */
}

static bool begins_with(const struct buffer *text, const char *start)
{
    return strncmp(buffer_text(text), start, strlen(start)) == 0;
}

static void put_remarks(struct report *r, uint32_t node, const struct fact *fact)
{
    if (fact->written && !begins_with(&r->line.value, fact->written)) {
        buffer_clear(&r->side);
        buffer_printf(&r->side, "written %s", fact->written);
        put_remark(r, buffer_text(&r->side));
    }
    buffer_clear(&r->side);
    worksheet_origin(r->v, node, r->all, &r->side);
    put_remark(r, buffer_text(&r->side));
    buffer_clear(&r->side);
    worksheet_entries(r->v, node, &r->side);
    put_remark(r, buffer_text(&r->side));
    if (!r->line.remark.length && fact->node->kind != NODE_SELECT) put_remark(r, fact->label);
}

static void put_fact(struct report *r, const struct worksheet_line *line, const struct fact *fact)
{
    struct report_line *l = line_begin(r);
    if (line->sign) buffer_put(&l->name, line->sign == '*' ? "x " : "/ ");
    if (fact->node->kind == NODE_LITERAL)
        buffer_put(&l->name, "the protocol");
    else
        node_words(r->v, line->node, &l->name);
    if (fact->value || fact->text) fact_value(r->v, fact, VALUE_FACTOR, &l->value);
    if (line->converted != NONE32) {
        buffer_put(&l->value, " = ");
        node_value_text(r->v, line->converted, VALUE_FACTOR, &l->value);
    }
    put_date(r, fact);
    put_remarks(r, line->node, fact);
    line_end(r, line->depth);
}

/* Of cases the one that counts, where that is known. */
static uint32_t case_that_counts(const struct report *r, uint32_t node)
{
    const struct image_node *nodes = r->v->image->NODES;
    enum truth truth;
    while (nodes[node].kind == NODE_CASE && view_node_truth(r->v, nodes[node].child, &truth)) {
        uint32_t value = nodes[nodes[node].child].next, others = nodes[value].next;
        if (truth == TRUTH_YES) return value;
        if (truth != TRUTH_NO || others == NONE32) break;
        node = others;
    }
    return node;
}

/* A name for another name: in brief the formula of that one stands in its place.  NONE32 where it is none. */
static uint32_t alias_of(const struct report *r, const struct worksheet_line *line)
{
    if (r->all || line->formula == NONE32) return NONE32;
    uint32_t counts = case_that_counts(r, line->formula);
    return r->v->image->NODES[counts].kind == NODE_DEFINE ? counts : NONE32;
}

/* A formula that is the number itself: in brief it stands there already. */
static bool is_said(const struct report *r, const struct worksheet_line *line)
{
    return !r->all && r->v->image->NODES[case_that_counts(r, line->formula)].kind == NODE_LITERAL;
}

static void sheet_formula(struct report *r, const struct worksheet_line *line)
{
    struct buffer *text = report_begin(r);
    buffer_put(text, "= ");
    node_words(r->v, case_that_counts(r, line->formula), text);
    page_text(r->out, sheet_indent(line->depth + 1u), buffer_text(text));
}

/* The lines of r->sheet from first on; brief: what is compared, and the values of the record behind it. */
static void sheet_lines(struct report *r, uint32_t first, bool brief)
{
    uint32_t alias = NONE32;
    for (uint32_t i = first; i < worksheet_count(&r->sheet); i++) {
        const struct worksheet_line line = *worksheet_line(&r->sheet, i);
        struct fact fact = fact_of(r->v, line.node);
        if (brief && line.depth > 0 && !fact_is_of_record(&fact)) continue;
        if (line.node != alias) put_fact(r, &line, &fact);
        uint32_t other = alias_of(r, &line);
        if (other != NONE32) alias = other;
        if (line.formula != NONE32 && other == NONE32 && !brief && !is_said(r, &line))
            sheet_formula(r, &line);
    }
}

void report_reads_again(struct report *r)
{
    if (r->all) worksheet_begin(&r->sheet, r->v);
}

void report_reads(struct report *r, uint32_t node)
{
    uint32_t first = worksheet_count(&r->sheet);
    if (node != NONE32) worksheet_reads(&r->sheet, node);
    sheet_lines(r, first, !r->all);
}

/* ---- The amount ----------------------------------------------------------------------------------- */

static const char *dose_unit(const struct report *r, uint32_t rule)
{
    return view_text(r->v, r->v->image->RULES[rule].unit);
}

static void sheet_amount(struct report *r, const char *name, decimal lo, decimal hi, const char *unit)
{
    struct report_line *l = line_begin(r);
    buffer_put(&l->name, name);
    amount_text(&l->value, lo, hi, unit, VALUE_SHORT);
    line_end(r, 0);
}

/* The words of a clause's value: a number that the rule prints has none beside itself. */
static void put_clause_words(struct report *r, const struct image_row *row, struct buffer *out)
{
    if (row->value_node == NONE32 || r->v->image->NODES[row->value_node].kind == NODE_LITERAL) return;
    buffer_put(out, " ");
    node_words(r->v, row->value_node, out);
}

static const char *limit_remark(enum row_type type, const struct value *value, bool applied)
{
    if (value->tag == TAG_OFF) return "switched off";
    if (type == ROWTYPE_CHOOSE) return "the point in the range";
    if (!applied) return "not reached";
    return type == ROWTYPE_MOST ? "REACHED: amount cut to it" : "REACHED: amount raised to it";
}

/* Ends the line of a clause: where its value is a fact, with the date and origin of that; else what it was
   computed from stands below. */
static void clause_end(struct report *r, const struct image_row *row)
{
    bool fact = row->value_node != NONE32 && node_is_fact(&r->v->image->NODES[row->value_node]);
    if (fact) {
        struct fact f = fact_of(r->v, row->value_node);
        put_date(r, &f);
        put_remarks(r, row->value_node, &f);
    }
    line_end(r, 0);
    if (!fact) report_reads(r, row->value_node);
}

/* Limits that hold: each with its value and whether it changed the amount. */
static void sheet_limits(struct report *r, uint32_t rule, enum row_type type, uint32_t applied)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct image_type quantity = {.kind = KIND_NUM, .enumeration = NONE32, .unit = ir->unit};
    for (uint32_t row = ir->rows.first; row < ir->rows.first + ir->rows.count; row++) {
        const struct image_row *limit = &r->v->image->ROWS[row];
        if (limit->type != type || view_truth(r->v, row) != TRUTH_YES) continue;
        const struct value *value = eval_register(r->v->context, limit->value);
        struct report_line *l = line_begin(r);
        buffer_put(&l->name, row_type_word(type));
        put_clause_words(r, limit, &l->name);
        value_text(&l->value, r->v->image, &quantity, value, VALUE_SHORT);
        buffer_put(&l->remark, limit_remark(type, value, row == applied));
        clause_end(r, limit);
    }
}

static void sheet_round_row(struct report *r, uint32_t rule, const struct image_row *row, bool changed,
                            const struct plan_step *step)
{
    static const char *const HOW[] = {"round to nearest", "round down to", "round up to"};
    const struct value *to = eval_register(r->v->context, row->value);
    struct report_line *l = line_begin(r);
    buffer_put(&l->name, HOW[row->rounding]);
    put_clause_words(r, row, &l->name);
    if (to->tag == TAG_OFF)
        buffer_put(&l->value, "none");
    else
        number_text(&l->value, to->n.lo, dose_unit(r, rule), VALUE_EXACT);
    if (to->tag == TAG_OFF)
        buffer_put(&l->remark, "switched off");
    else if (!changed)
        buffer_put(&l->remark, "unchanged");
    else {
        buffer_put(&l->remark, "rounded to ");
        number_text(&l->remark, step->lo, dose_unit(r, rule), VALUE_EXACT);
    }
    clause_end(r, row);
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
    sheet_lines(r, first, false);
}

/* The ends of a range are products of one number each with the same factors. */
static bool ends_alike(const struct report *r, uint32_t lo, uint32_t hi)
{
    const struct image_node *nodes = r->v->image->NODES;
    struct buffer a = {0}, b = {0};
    bool alike = worksheet_is_product(r->v, lo) && worksheet_is_product(r->v, hi) &&
                 nodes[lo].text == nodes[hi].text && nodes[nodes[lo].child].kind == NODE_LITERAL &&
                 nodes[nodes[hi].child].kind == NODE_LITERAL;
    uint32_t x = alike ? nodes[nodes[lo].child].next : NONE32,
             y = alike ? nodes[nodes[hi].child].next : NONE32;
    for (; alike && x != NONE32 && y != NONE32; x = nodes[x].next, y = nodes[y].next) {
        buffer_clear(&a);
        buffer_clear(&b);
        node_words(r->v, x, &a);
        node_words(r->v, y, &b);
        alike = strcmp(buffer_text(&a), buffer_text(&b)) == 0;
    }
    buffer_free(&a);
    buffer_free(&b);
    return alike && x == y;
}

/* "the protocol   1.5 mg/m2 to 2 mg/m2", then the factors of both. */
static void sheet_ends(struct report *r, uint32_t lo, uint32_t hi)
{
    const struct image_node *nodes = r->v->image->NODES;
    struct report_line *l = line_begin(r);
    buffer_put(&l->name, "the protocol");
    node_words(r->v, nodes[lo].child, &l->value);
    buffer_put(&l->value, " to ");
    node_words(r->v, nodes[hi].child, &l->value);
    line_end(r, 0);
    uint32_t first = worksheet_count(&r->sheet);
    worksheet_factors(&r->sheet, lo);
    sheet_lines(r, first + 1, false);
}

static void sheet_range(struct report *r, uint32_t lo, uint32_t hi)
{
    if (!r->all && ends_alike(r, lo, hi)) {
        sheet_ends(r, lo, hi);
        return;
    }
    page_text(r->out, SHEET_NAME, "lower end of the range:");
    sheet_factors(r, lo);
    page_text(r->out, SHEET_NAME, "upper end of the range:");
    sheet_factors(r, hi);
}

static void sheet_product(struct report *r, const struct plan_step *step)
{
    const struct image_step *from = &r->v->image->STEPS[step->step];
    if (from->hi_node != from->lo_node)
        sheet_range(r, from->lo_node, from->hi_node);
    else
        sheet_factors(r, from->lo_node);
}

/* Whether a clause stands between the product and the amount. */
static bool is_limited(const struct report *r, uint32_t rule, const struct plan_step *step)
{
    struct run rows = r->v->image->RULES[rule].rows;
    bool point = decimal_equal(step->lo, step->hi);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        uint32_t type = r->v->image->ROWS[row].type;
        bool limit = type == ROWTYPE_CHOOSE || type == ROWTYPE_LEAST || type == ROWTYPE_MOST;
        if ((limit || (type == ROWTYPE_ROUND && point)) && view_truth(r->v, row) == TRUTH_YES) return true;
    }
    return false;
}

static void sheet_computed(struct report *r, uint32_t rule, const struct plan_step *step)
{
    const struct image_step *from = &r->v->image->STEPS[step->step];
    bool literal = r->v->image->NODES[from->lo_node].kind == NODE_LITERAL;
    if (!literal && (r->all || is_limited(r, rule, step)))
        sheet_amount(r, "= computed", step->raw_lo, step->raw_hi, dose_unit(r, rule));
}

static void put_step_amount(const struct report *r, const struct image_step *step, struct buffer *text)
{
    if (step->lo_node == NONE32) {
        buffer_put(text, outcome_word(OUTCOME_NO_STATEMENT));
        return;
    }
    node_words(r->v, step->lo_node, text);
    if (step->hi_node == step->lo_node) return;
    buffer_put(text, " to ");
    node_words(r->v, step->hi_node, text);
}

/* Why the row counts: where it gives several steps, beside the first. */
static void put_step_condition(struct report *r, uint32_t row, struct buffer *text)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    report_put_condition(r, row, text);
    buffer_clear(&r->side);
    report_put_values(r, ir->node, true, &r->side);
    report_put_aside(text, &r->side);
    if (ir->because.count) buffer_put(text, ": ");
    if (ir->because.count) view_because(r->v, row, text);
}

/* "amount#6: 28 ug/d when adult (adult yes, birth_date 1990-02-03)" */
static void put_step_row(struct report *r, uint32_t row, const struct plan_step *step, struct buffer *text)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    const char *id = view_text(r->v, ir->id), *dot = strchr(id, '.');
    buffer_printf(text, "%s: ", dot ? dot + 1 : id);
    put_step_amount(r, &r->v->image->STEPS[step->step], text);
    if (step->step == ir->steps.first) put_step_condition(r, row, text);
}

/* Where everything is written out the rows stand above the worksheet. */
static void sheet_title(struct report *r, uint32_t rule, const struct plan_step *step)
{
    uint32_t row = view_step_row(r->v, rule, step->step);
    struct buffer *text = report_begin(r);
    bool several = eval_result(r->v->context, rule)->step_count > 1;
    if (step->days.count) view_days(r->v, step->days, text);
    if (row != NONE32 && (several || !r->all)) buffer_put(text, text->length ? "   " : "");
    if (row != NONE32 && !r->all)
        put_step_row(r, row, step, text);
    else if (row != NONE32 && several)
        buffer_printf(text, "row %s", view_text(r->v, r->v->image->ROWS[row].id));
    report_field(r, "Worksheet", buffer_text(text));
}

static void sheet_step(struct report *r, uint32_t rule, const struct plan_step *step)
{
    sheet_title(r, rule, step);
    if (step->no_statement) {
        page_text(r->out, SHEET_NAME, "the source prints no dose");
        return;
    }
    sheet_product(r, step);
    sheet_computed(r, rule, step);
    if (step->chosen) sheet_limits(r, rule, ROWTYPE_CHOOSE, NONE32);
    sheet_limits(r, rule, ROWTYPE_LEAST, step->least);
    sheet_limits(r, rule, ROWTYPE_MOST, step->most);
    sheet_rounding(r, rule, step);
    sheet_amount(r, "= AMOUNT", step->lo, step->hi, dose_unit(r, rule));
}

void report_worksheet(struct report *r, uint32_t rule)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    const struct plan_step *plan = eval_plan(r->v->context, rule);
    worksheet_begin(&r->sheet, r->v);
    for (uint32_t i = 0; i < result->step_count; i++)
        sheet_step(r, rule, &plan[i]);
    struct course course = view_course(r->v, rule);
    if (!result->has_total || (!view_plan_by_day(r->v, rule) && course.days == COURSE_UNTOLD)) return;
    bool once = result->step_count == 1 && decimal_equal(plan->lo, result->total_lo) &&
                decimal_equal(plan->hi, result->total_hi);
    if (once && !r->all) return;
    sheet_amount(r, "= TOTAL over these days", result->total_lo, result->total_hi,
                 view_text(r->v, r->v->image->RULES[rule].total_unit));
}

void report_step_worksheet(const struct result_view *v, uint32_t rule, uint32_t step, struct buffer *out)
{
    struct report r = {.v = v, .out = out, .all = true};
    worksheet_begin(&r.sheet, v);
    sheet_step(&r, rule, &eval_plan(v->context, rule)[step]);
    report_free(&r);
}
