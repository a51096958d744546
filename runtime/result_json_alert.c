/* Alerts and monitors in JSON: their messages, what a monitor found, and the elements that they run for. */
#include "runtime/alert_view.h"
#include "runtime/fact.h"
#include "runtime/result_json.h"

/* ---- Elements of a list --------------------------------------------------------------------------- */

static void json_field(struct json_writer *w, const struct result_view *v, const struct image_type *type,
                       const struct value *value, const char *note)
{
    bool other = type->kind == KIND_ENUM && note;
    if (other) json_open_object(w);
    if (other)
        json_key_text(w, "other", note);
    else
        json_value(w, v, type, value, note);
    if (other) json_close_object(w);
}

/* As a record has it, with the fields that it gives. */
static void json_element(struct json_writer *w, const struct result_view *v, uint32_t list,
                         const struct element *e)
{
    const struct image_input *input = &v->image->INPUTS[list];
    struct buffer date = {0};
    json_open_object(w);
    element_date(e, &date);
    json_key_buffer(w, "at", &date);
    buffer_free(&date);
    for (uint32_t i = 0; i < input->fields.count; i++) {
        const struct image_field *field = &v->image->FIELDS[input->fields.first + i];
        if (e->fields[i].tag != TAG_KNOWN && e->fields[i].tag != TAG_RANGE) continue;
        json_key(w, view_text(v, field->name));
        json_field(w, v, &field->type, &e->fields[i], e->notes[i]);
    }
    json_close_object(w);
}

static void json_of(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t element)
{
    json_key(w, "of");
    json_element(w, v, v->image->EACHES[v->image->RULES[rule].each].list, each_element(v, rule, element));
}

/* ---- Messages ------------------------------------------------------------------------------------- */

static void json_advices(struct json_writer *w, const struct result_view *v, struct run advices)
{
    if (!advices.count) return;
    json_key(w, "advice");
    json_open_array(w);
    for (uint32_t i = advices.first; i < advices.first + advices.count; i++) {
        const struct image_advice *advice = &v->image->ADVICES[i];
        struct buffer text = {0};
        json_open_object(w);
        view_parts(v, advice->text, &text);
        json_key_buffer(w, "text", &text);
        if (advice->strength) json_key_text(w, "strength", strength_word((enum strength)advice->strength));
        json_close_object(w);
        buffer_free(&text);
    }
    json_close_array(w);
}

/* element: NONE32 of a rule without `for each`. */
static void json_message(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row,
                         uint32_t element)
{
    const struct image_row *r = &v->image->ROWS[row];
    struct buffer text = {0};
    json_open_object(w);
    if (element != NONE32) json_of(w, v, rule, element);
    json_key_text(w, "row", view_text(v, r->id));
    alert_message(v, rule, row, &text);
    json_key_buffer(w, "text", &text);
    buffer_clear(&text);
    if (r->because.count) view_because(v, row, &text);
    json_key_buffer(w, "because", &text);
    buffer_free(&text);
    json_advices(w, v, alert_advices(v, rule, row));
    json_row_sources(w, v, rule, row);
    json_close_object(w);
}

/* Those of the rule, or of the element in focus; *any: the array is open. */
static void json_messages_here(struct json_writer *w, const struct result_view *v, uint32_t rule,
                               uint32_t element, bool *any)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!alert_row_tells(v, rule, row)) continue;
        if (!*any) json_key(w, "messages");
        if (!*any) json_open_array(w);
        *any = true;
        json_message(w, v, rule, row, element);
    }
}

static void json_messages(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    bool any = false;
    if (v->image->RULES[rule].each == NONE32) json_messages_here(w, v, rule, NONE32, &any);
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        if (!each_is_shown(v, rule, i)) continue;
        eval_focus(v->context, rule, i);
        json_messages_here(w, v, rule, i, &any);
    }
    eval_unfocus(v->context);
    if (any) json_close_array(w);
}

/* Rows that are open beside one that holds: each with what is missing. */
static void json_unchecked(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    struct run rows = v->image->RULES[rule].rows;
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!alert_row_unchecked(v, rule, row)) continue;
        if (!any) json_key(w, "unchecked");
        if (!any) json_open_array(w);
        any = true;
        const char *fault = view_row_fault(v, row);
        json_open_object(w);
        json_key_text(w, "row", view_text(v, v->image->ROWS[row].id));
        if (fault)
            json_key_text(w, "reason", fault);
        else
            json_row_missing(w, v, rule, row);
        json_close_object(w);
    }
    if (any) json_close_array(w);
}

/* ---- Monitors ------------------------------------------------------------------------------------- */

static void json_moment(struct json_writer *w, const struct result_view *v, uint32_t rule, const char *key,
                        uint32_t reg)
{
    struct buffer text = {0};
    monitor_moment(v, rule, reg, &text);
    json_key_buffer(w, key, &text);
    buffer_free(&text);
}

static void json_found(struct json_writer *w, const struct result_view *v, uint32_t rule, const char *key,
                       uint32_t reg)
{
    const struct element *found = monitor_element(v, reg);
    if (!found) return;
    json_key(w, key);
    json_element(w, v, monitor_of(v, rule)->list, found);
}

/* The window, and what was found: of the rule, or of the element in focus. */
static void json_window(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct image_monitor *m = monitor_of(v, rule);
    const struct rule_result *result = eval_result(v->context, rule);
    int32_t state = result->outcome == OUTCOME_DECIDED ? result->member : -1;
    json_moment(w, v, rule, "from", m->from);
    json_moment(w, v, rule, "to", m->to);
    if (state == MONITOR_OVERDUE) {
        struct buffer since = {0};
        monitor_since(v, rule, &since);
        json_key_buffer(w, "since", &since);
        buffer_free(&since);
    }
    if (state == MONITOR_DONE) json_found(w, v, rule, "done", m->done);
    if (state == MONITOR_LATE) json_found(w, v, rule, "late", m->late);
    if (state != MONITOR_DONE) json_found(w, v, rule, "early", m->early);
}

/* ---- Rules ---------------------------------------------------------------------------------------- */

static void json_state(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    if (result->outcome != OUTCOME_DECIDED) return;
    if (r->kind == RULE_ALERT)
        json_key_bool(w, "raised", result->member == ALERT_RAISED);
    else
        json_key_text(w, "state", state_word(r, result->member));
}

/* The element in focus. */
static void json_each_entry(struct json_writer *w, const struct result_view *v, uint32_t rule,
                            uint32_t element)
{
    const struct rule_result *result = eval_result(v->context, rule);
    json_open_object(w);
    json_of(w, v, rule, element);
    if (eval_each(v->context, rule)[element].counts != TRUTH_YES) json_key_text(w, "counts", "unknown");
    json_key_text(w, "outcome", outcome_word(result->outcome));
    json_state(w, v, rule);
    if (v->image->RULES[rule].kind == RULE_MONITOR && result->outcome != OUTCOME_FAULT)
        json_window(w, v, rule);
    if (alert_tells(v, rule)) json_rows(w, v, rule);
    json_unchecked(w, v, rule);
    if (result->outcome == OUTCOME_UNKNOWN) json_unknown(w, v, rule);
    if (result->outcome == OUTCOME_FAULT) json_fault(w, v, rule);
    json_close_object(w);
}

void json_each(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    if (eval_result(v->context, rule)->outcome == OUTCOME_NOT_APPLICABLE) return;
    json_key(w, "each");
    json_open_array(w);
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        if (!each_is_shown(v, rule, i)) continue;
        eval_focus(v->context, rule, i);
        json_each_entry(w, v, rule, i);
    }
    eval_unfocus(v->context);
    json_close_array(w);
}

/* Of a monitor with `for each` what is said of the latest element. */
static void json_latest_window(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    bool each = v->image->RULES[rule].each != NONE32;
    uint32_t latest = eval_each_latest(v->context, rule);
    if (each && latest == NONE32) return;
    if (each) eval_focus(v->context, rule, latest);
    json_window(w, v, rule);
    eval_unfocus(v->context);
}

void json_alert(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    bool each = v->image->RULES[rule].each != NONE32;
    enum alert_severity severity = alert_severity(v, rule);
    json_state(w, v, rule);
    if (severity) json_key_text(w, "severity", severity_word(severity));
    if (result->outcome == OUTCOME_NOT_APPLICABLE) return;
    if (v->image->RULES[rule].kind == RULE_MONITOR && result->outcome != OUTCOME_FAULT)
        json_latest_window(w, v, rule);
    json_messages(w, v, rule);
    if (!each) json_unchecked(w, v, rule);
    if (alert_tells(v, rule)) {
        json_rows(w, v, rule);
        json_sources(w, v, rule, alert_row_tells);
    }
}
