/* Monitors on the report: what is overdue, late, missed or due, with its window and what was found. */
#include <string.h>

#include "runtime/alert_view.h"
#include "runtime/report_parts.h"

static void put_list(struct report *r, uint32_t rule, struct buffer *out)
{
    buffer_put(out, view_text(r->v, r->v->image->INPUTS[monitor_of(r->v, rule)->list].name));
}

/* "from 2026-01-16 to 2026-01-18", "on 2026-01-16" */
static void put_days(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct image_monitor *m = monitor_of(r->v, rule);
    struct buffer from = {0}, to = {0};
    monitor_moment(r->v, rule, m->from, &from);
    monitor_moment(r->v, rule, m->to, &to);
    if (from.length == to.length && strcmp(buffer_text(&from), buffer_text(&to)) == 0)
        buffer_printf(out, "on %s", buffer_text(&from));
    else
        buffer_printf(out, "from %s to %s", buffer_text(&from), buffer_text(&to));
    out->failed |= from.failed | to.failed;
    buffer_free(&from);
    buffer_free(&to);
}

/* "activity expected from 2026-01-16 to 2026-01-18" */
static void put_window(struct report *r, uint32_t rule, struct buffer *out)
{
    put_list(r, rule, out);
    buffer_put(out, " expected ");
    put_days(r, rule, out);
}

static void put_found(struct report *r, uint32_t rule, const struct element *found, struct buffer *out)
{
    if (found) element_words(r->v, monitor_of(r->v, rule)->list, found, out);
}

static const char *state_label(int32_t state)
{
    static const char *const LABELS[] = {
        [MONITOR_DONE] = "DONE", [MONITOR_LATE] = "LATE",     [MONITOR_NOT_DUE] = "NOT DUE",
        [MONITOR_DUE] = "DUE",   [MONITOR_MISSED] = "MISSED", [MONITOR_OVERDUE] = "OVERDUE"};
    return LABELS[state];
}

static void put_state(struct report *r, uint32_t rule, int32_t state, struct buffer *out)
{
    const struct image_monitor *m = monitor_of(r->v, rule);
    if (state == MONITOR_DONE || state == MONITOR_LATE) {
        put_found(r, rule, monitor_element(r->v, state == MONITOR_DONE ? m->done : m->late), out);
        buffer_put(out, state == MONITOR_DONE ? ": " : ", after the window: ");
    }
    if (state == MONITOR_OVERDUE) {
        buffer_put(out, "since ");
        monitor_since(r->v, rule, out);
        buffer_put(out, ": ");
    }
    put_window(r, rule, out);
    if (state != MONITOR_DUE && state != MONITOR_NOT_DUE) return;
    buffer_put(out, "; overdue after ");
    monitor_moment(r->v, rule, m->overdue, out);
}

static void write_early(struct report *r, uint32_t rule, int32_t state)
{
    const struct element *early = monitor_element(r->v, monitor_of(r->v, rule)->early);
    if (!early || state == MONITOR_DONE) return;
    put_found(r, rule, early, report_begin(r));
    buffer_put(&r->text, ": before the window, it does not count");
    report_end(r, "Early");
}

static void write_messages(struct report *r, uint32_t rule)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        bool says = alert_says(r->v, rule, row) || alert_advices(r->v, rule, row).count;
        if (says && alert_row_tells(r->v, rule, row)) report_message(r, rule, row, "Message", "");
    }
}

/* The rule, or the element in focus. */
static void write_state(struct report *r, uint32_t rule, uint32_t element)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    put_state(r, rule, result->member, report_begin(r));
    report_end(r, state_label(result->member));
    if (element != NONE32) report_of(r, rule, element);
    write_early(r, rule, result->member);
    write_messages(r, rule);
}

/* The latest element speaks for the monitor; of earlier ones what was missed is told, and where all is shown,
 * all. */
static bool is_told(const struct report *r, uint32_t rule, uint32_t element)
{
    const struct each_part *part = &eval_each(r->v->context, rule)[element];
    if (part->outcome != OUTCOME_DECIDED) return false;
    return r->all || part->last == TRUTH_YES || part->member == MONITOR_MISSED;
}

void report_monitor(struct report *r, uint32_t rule)
{
    report_name(r, rule);
    if (!r->all) report_title_sources(r, rule, NULL);
    if (r->v->image->RULES[rule].each == NONE32) write_state(r, rule, NONE32);
    for (uint32_t i = eval_each_count(r->v->context, rule); i-- > 0;) {
        if (!is_told(r, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        write_state(r, rule, i);
    }
    eval_unfocus(r->v->context);
    report_each_open(r, rule);
    if (r->all) report_header_sources(r, rule);
}

/* ---- What has nothing to say ---------------------------------------------------------------------- */

typedef bool quiet_filter(const struct rule_result *result, int32_t state);

static bool is_state(const struct rule_result *result, int32_t state)
{
    bool missed = result->in_parts >> MONITOR_MISSED & 1;
    return result->outcome == OUTCOME_DECIDED && result->member == state && !missed;
}

static bool is_not_raised(const struct rule_result *result, int32_t state)
{
    return result->outcome == OUTCOME_DECIDED && result->member == state;
}

/* When a monitor that is not due yet will be: of the elements the latest that is not. */
static void put_ahead(struct report *r, uint32_t rule, struct buffer *out)
{
    bool each = r->v->image->RULES[rule].each != NONE32;
    buffer_put(out, view_text(r->v, r->v->image->RULES[rule].name));
    if (!each) buffer_put(out, " ");
    if (!each) put_days(r, rule, out);
    for (uint32_t i = each ? eval_each_count(r->v->context, rule) : 0; i-- > 0;) {
        const struct each_part *part = &eval_each(r->v->context, rule)[i];
        if (part->outcome != OUTCOME_DECIDED || part->member != MONITOR_NOT_DUE) continue;
        eval_focus(r->v->context, rule, i);
        buffer_put(out, " ");
        put_days(r, rule, out);
        break;
    }
    eval_unfocus(r->v->context);
}

/* "1 monitor not due: mrd_week_5 from 2026-02-14 to 2026-02-26" */
static void write_ahead(struct report *r)
{
    uint32_t count = 0;
    struct buffer *names = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        bool ahead = r->v->image->RULES[rule].kind == RULE_MONITOR && view_shows(r->v, rule) &&
                     is_state(eval_result(r->v->context, rule), MONITOR_NOT_DUE);
        if (!ahead) continue;
        if (count++) buffer_put(names, ", ");
        put_ahead(r, rule, names);
    }
    if (!count) return;
    buffer_clear(&r->side);
    buffer_printf(&r->side, "%u %s not due: %s", count, count == 1 ? "monitor" : "monitors",
                  buffer_text(names));
    report_count(r, buffer_text(&r->side));
}

/* "2 monitors done": by name where everything is written out. */
static void write_count(struct report *r, enum rule_kind kind, int32_t state, quiet_filter *filter,
                        const char *one, const char *many)
{
    uint32_t count = 0;
    struct buffer *names = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        const struct image_rule *rule = &r->v->image->RULES[r->v->order[i]];
        if (rule->kind != (uint32_t)kind || !view_shows(r->v, r->v->order[i]) ||
            !filter(eval_result(r->v->context, r->v->order[i]), state))
            continue;
        buffer_printf(names, "%s%s", count++ ? ", " : "", view_text(r->v, rule->name));
    }
    if (!count) return;
    buffer_clear(&r->side);
    buffer_printf(&r->side, "%u %s%s%s", count, count == 1 ? one : many, r->all ? ": " : "",
                  r->all ? buffer_text(names) : "");
    report_count(r, buffer_text(&r->side));
}

static bool is_quiet(const struct rule_result *result)
{
    return is_state(result, MONITOR_NOT_DUE) || is_state(result, MONITOR_DONE);
}

/* Elements before the latest one of which it is not known what came of them. */
static void write_open_before(struct report *r)
{
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        bool quiet = view_shows(r->v, rule) && r->v->image->RULES[rule].kind == RULE_MONITOR &&
                     is_quiet(eval_result(r->v->context, rule));
        for (uint32_t k = 0; quiet && k < eval_each_count(r->v->context, rule); k++) {
            if (!each_is_open(r->v, rule, k)) continue;
            buffer_printf(text, "%s%s after ", text->length ? ", " : "Not known: ",
                          view_text(r->v, r->v->image->RULES[rule].name));
            each_words(r->v, rule, k, text);
        }
    }
    page_text(r->out, 0, buffer_text(text));
}

void report_quiet(struct report *r)
{
    write_count(r, RULE_ALERT, ALERT_NOT_RAISED, is_not_raised, "alert not raised", "alerts not raised");
    write_ahead(r);
    write_count(r, RULE_MONITOR, MONITOR_DONE, is_state, "monitor done", "monitors done");
    write_open_before(r);
}
