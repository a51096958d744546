/* Questions about one evaluated record: plans, routes and intervals of doses. */
#include "runtime/course.h"
#include "runtime/fact.h"

bool view_plan_by_day(const struct result_view *v, uint32_t rule)
{
    const struct plan_step *plan = eval_plan(v->context, rule);
    for (uint32_t i = 0; i < eval_result(v->context, rule)->step_count; i++)
        if (plan[i].days.count) return true;
    return false;
}

uint32_t view_step_row(const struct result_view *v, uint32_t rule, uint32_t step)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (step - v->image->ROWS[row].steps.first < v->image->ROWS[row].steps.count) return row;
    return NONE32;
}

bool view_plan_is_amount(const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    return result->outcome == OUTCOME_DECIDED && result->action != ACTION_WITHHOLD && result->step_count;
}

bool view_plan_would_be(const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    bool open = result->outcome == OUTCOME_UNKNOWN || result->outcome == OUTCOME_CONFLICT ||
                result->outcome == OUTCOME_FAULT;
    return open && result->step_count;
}

static void duration_text(const struct result_view *v, const struct image_route *route, struct buffer *out)
{
    const struct value *from = eval_register(v->context, route->over);
    const char *unit = view_text(v, route->unit);
    buffer_put(out, " over ");
    number_text(out, from->n.lo, route->over_to == NONE32 ? unit : "1", VALUE_EXACT);
    if (route->over_to == NONE32) return;
    buffer_put(out, " to ");
    number_text(out, eval_register(v->context, route->over_to)->n.hi, unit, VALUE_EXACT);
}

static bool same_duration(const struct result_view *v, uint32_t a, uint32_t b)
{
    if (a == NONE32 || b == NONE32) return a == b;
    return decimal_equal(eval_register(v->context, a)->n.lo, eval_register(v->context, b)->n.lo);
}

static bool same_route(const struct result_view *v, const struct image_route *a, const struct image_route *b)
{
    return a->name == b->name && a->unit == b->unit && same_duration(v, a->over, b->over) &&
           same_duration(v, a->over_to, b->over_to);
}

static bool names_routes(const struct result_view *v, uint32_t row)
{
    return v->image->ROWS[row].type == ROWTYPE_ROUTE && view_truth(v, row) == TRUTH_YES;
}

/* Rows of a table may name one route each. */
static bool named_before(const struct result_view *v, uint32_t first_row, uint32_t row, uint32_t route)
{
    for (uint32_t at = first_row; at <= row; at++) {
        struct run routes = v->image->ROWS[at].routes;
        for (uint32_t i = routes.first; i < routes.first + routes.count && names_routes(v, at); i++)
            if (i != route && (at < row || i < route) &&
                same_route(v, &v->image->ROUTES[i], &v->image->ROUTES[route]))
                return true;
    }
    return false;
}

void view_route(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    struct run rows = v->image->RULES[rule].rows;
    size_t start = out->length;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        const struct image_row *r = &v->image->ROWS[row];
        if (!names_routes(v, row)) continue;
        for (uint32_t i = r->routes.first; i < r->routes.first + r->routes.count; i++) {
            if (named_before(v, rows.first, row, i)) continue;
            if (out->length > start) buffer_put(out, " or ");
            buffer_put(out, view_text(v, v->image->ROUTES[i].name));
            if (v->image->ROUTES[i].over != NONE32) duration_text(v, &v->image->ROUTES[i], out);
        }
    }
}

void view_row_routes(const struct result_view *v, const struct image_row *row, struct buffer *out)
{
    for (uint32_t i = row->routes.first; i < row->routes.first + row->routes.count; i++) {
        buffer_put(out, i > row->routes.first ? " or " : " ");
        buffer_put(out, view_text(v, v->image->ROUTES[i].name));
        if (v->image->ROUTES[i].over != NONE32) duration_text(v, &v->image->ROUTES[i], out);
    }
}

void view_day_numbers(const struct result_view *v, struct run days, struct buffer *out)
{
    const struct image_days *first = &v->image->DAYS[days.first];
    bool several = days.count > 1 || first->from != first->to;
    buffer_put(out, several ? "days " : "day ");
    for (uint32_t i = days.first; i < days.first + days.count; i++) {
        const struct image_days *run = &v->image->DAYS[i];
        if (i > days.first) buffer_put(out, ", ");
        buffer_printf(out, "%u", run->from);
        if (run->to != run->from) buffer_printf(out, " to %u", run->to);
    }
}

void view_days(const struct result_view *v, struct run days, struct buffer *out)
{
    buffer_put(out, "on ");
    view_day_numbers(v, days, out);
}

bool view_step_is_new(const struct result_view *v, const struct plan_step *plan, uint32_t step)
{
    return plan[step].days.count == 0 || course_step_next(v->image, plan, step, 0) != 0;
}

static bool keeps_its_days(const struct result_view *v, const struct plan_step *plan, uint32_t step)
{
    const struct plan_step *alone = &plan[step];
    for (uint32_t day = 0, next; (next = course_step_next(v->image, alone, 0, day)) != 0; day = next)
        if (course_step_next(v->image, plan, step, day) != next) return false;
    return true;
}

/* Of a step that shares days with those before it, the others; else as the rule writes them. */
static void put_step_days(const struct result_view *v, const struct plan_step *plan, uint32_t step,
                          struct buffer *out)
{
    uint32_t day = course_step_next(v->image, plan, step, 0), last = day;
    if (keeps_its_days(v, plan, step)) {
        view_days(v, plan[step].days, out);
        return;
    }
    buffer_put(out, course_step_next(v->image, plan, step, day) ? "on days " : "on day ");
    for (; day != 0; day = course_step_next(v->image, plan, step, last)) {
        if (last != day) buffer_put(out, ", ");
        for (last = day; course_step_next(v->image, plan, step, last) == last + 1;)
            last++;
        buffer_printf(out, "%u", day);
        if (last != day) buffer_printf(out, " to %u", last);
    }
}

void view_plan(const struct result_view *v, uint32_t rule, enum value_style style, struct buffer *out)
{
    const struct plan_step *plan = eval_plan(v->context, rule);
    const char *unit = view_text(v, v->image->RULES[rule].unit);
    for (uint32_t i = 0; i < eval_result(v->context, rule)->step_count; i++) {
        if (!view_step_is_new(v, plan, i)) continue;
        if (i) buffer_put(out, ", then ");
        if (plan[i].no_statement)
            buffer_put(out, UNPRINTED_AMOUNT);
        else
            amount_text(out, plan[i].lo, plan[i].hi, unit, style);
        if (!plan[i].days.count) continue;
        buffer_put(out, " ");
        put_step_days(v, plan, i, out);
    }
}

void view_amount_words(const struct result_view *v, const struct image_row *row, struct buffer *out)
{
    if (!row->steps.count) return;
    const struct image_step *step = &v->image->STEPS[row->steps.first];
    if (step->lo == NONE32) buffer_printf(out, " %s", outcome_word(OUTCOME_NO_STATEMENT));
    if (step->lo_node == NONE32) return;
    buffer_put(out, " ");
    node_words(v, step->lo_node, out);
    if (step->hi_node == step->lo_node) return;
    buffer_put(out, " to ");
    node_words(v, step->hi_node, out);
}

bool view_row_is_first(const struct result_view *v, uint32_t row)
{
    const struct value *limit = eval_register(v->context, v->image->ROWS[row].value);
    return limit->tag == TAG_UNKNOWN && limit->why == WHY_NONE_RECORDED;
}

void view_row_limit(const struct result_view *v, uint32_t row, struct buffer *out)
{
    const struct image_row *r = &v->image->ROWS[row];
    if (r->value_node == NONE32) return;
    value_text(out, v->image, &v->image->NODES[r->value_node].type, eval_register(v->context, r->value),
               VALUE_EXACT);
}
