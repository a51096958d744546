/* The result of a dose in JSON: action, plan, and what speaks against it. */
#include "runtime/result_json.h"

void json_row_missing(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    struct buffer scratch = {0};
    const uint32_t *reads = NULL;
    uint32_t count = view_row_missing(v, row, &scratch, &reads);
    json_missing(w, v, rule, reads, count);
    w->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

/* The first or last day of an interval. */
static void json_day_limit(struct json_writer *w, const struct result_view *v, uint32_t row)
{
    const struct image_row *r = &v->image->ROWS[row];
    bool early = r->type == ROWTYPE_TOO_EARLY;
    struct buffer day = {0};
    if ((!early && r->type != ROWTYPE_TOO_LATE) || view_row_is_first(v, row)) return;
    view_row_limit(v, row, &day);
    json_key_buffer(w, early ? "first_allowed" : "last_allowed", &day);
    buffer_free(&day);
}

static void json_row_entry(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    struct buffer because = {0};
    json_open_object(w);
    json_key_text(w, "row", view_text(v, v->image->ROWS[row].id));
    view_because(v, row, &because);
    json_key_buffer(w, "because", &because);
    json_day_limit(w, v, row);
    const char *fault = view_row_fault(v, row);
    if (fault)
        json_key_text(w, "reason", fault);
    else if (view_truth(v, row) != TRUTH_YES)
        json_row_missing(w, v, rule, row);
    json_row_sources(w, v, rule, row);
    json_close_object(w);
    buffer_free(&because);
}

static bool is_open(enum truth truth)
{
    return truth == TRUTH_UNKNOWN || truth == TRUTH_FAULT;
}

/* The rows that ask: those that are open too. */
static bool asks(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    return v->image->ROWS[row].type == ROWTYPE_ASK && view_truth(v, row) != TRUTH_NO;
}

static bool warns(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    uint32_t type = v->image->ROWS[row].type;
    return (type == ROWTYPE_WARN || type == ROWTYPE_TOO_LATE) && view_truth(v, row) == TRUTH_YES;
}

static bool unchecked(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    uint32_t type = v->image->ROWS[row].type;
    return (type == ROWTYPE_WARN || type == ROWTYPE_TOO_LATE) && is_open(view_truth(v, row));
}

static bool is_interval(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    uint32_t type = v->image->ROWS[row].type;
    return type == ROWTYPE_TOO_EARLY || type == ROWTYPE_TOO_LATE;
}

typedef void row_writer(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row);

/* "key":[...] with an entry for each row that passes; nothing where none does. */
static void json_row_list(struct json_writer *w, const struct result_view *v, uint32_t rule, const char *key,
                          row_filter *filter, row_writer *entry)
{
    struct run rows = v->image->RULES[rule].rows;
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!filter(v, rule, row)) continue;
        if (!any) {
            json_key(w, key);
            json_open_array(w);
        }
        any = true;
        entry(w, v, rule, row);
    }
    if (any) json_close_array(w);
}

static void json_interval(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    json_open_object(w);
    json_key_text(w, "row", view_text(v, v->image->ROWS[row].id));
    json_day_limit(w, v, row);
    if (view_truth(v, row) == TRUTH_YES || view_truth(v, row) == TRUTH_NO)
        json_key_bool(w, "kept", view_truth(v, row) == TRUTH_NO);
    json_close_object(w);
}

/* What stands around the amount of a dose that is decided or asked about. */
static void json_clauses(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    struct buffer route = {0};
    view_route(v, rule, &route);
    json_key_buffer(w, "route", &route);
    buffer_free(&route);
    json_row_list(w, v, rule, "interval", is_interval, json_interval);
    json_row_list(w, v, rule, "ask", asks, json_row_entry);
    json_row_list(w, v, rule, "warn", warns, json_row_entry);
    json_row_list(w, v, rule, "unchecked", unchecked, json_row_entry);
}

static void json_made_by(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    json_rows(w, v, rule);
    json_sources(w, v, rule, view_row_made);
}

void json_dose(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    bool withheld = result->outcome == OUTCOME_DECIDED && result->action == ACTION_WITHHOLD;
    if (result->outcome == OUTCOME_DECIDED) json_key_text(w, "action", action_word(result->action));
    json_row_list(w, v, rule, "withheld", view_row_withholds, json_row_entry);
    if (view_plan_is_amount(v, rule)) {
        json_plan(w, v, rule);
        json_schedule(w, v, rule);
    }
    if (view_plan_would_be(v, rule)) json_would_be(w, v, rule);
    if (result->outcome == OUTCOME_DECIDED && !withheld) json_clauses(w, v, rule);
    if (result->outcome == OUTCOME_DECIDED || result->outcome == OUTCOME_NO_STATEMENT)
        json_made_by(w, v, rule);
    if (view_plan_is_amount(v, rule) || view_plan_would_be(v, rule)) json_worksheet(w, v, rule);
}
