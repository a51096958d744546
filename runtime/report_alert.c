/* Alerts on the report: the most severe first, each message with its advice, its values and their dates. */
#include <string.h>

#include "runtime/alert_view.h"
#include "runtime/report_alike.h"

static bool is_raised(const struct report *r, uint32_t rule)
{
    return r->v->image->RULES[rule].kind == RULE_ALERT && view_shows(r->v, rule) && alert_tells(r->v, rule);
}

static bool is_open_alert(const struct report *r, uint32_t rule)
{
    return r->v->image->RULES[rule].kind == RULE_ALERT && view_shows(r->v, rule) &&
           eval_result(r->v->context, rule)->outcome == OUTCOME_UNKNOWN;
}

typedef bool alert_filter(const struct report *r, uint32_t rule);

static uint32_t count_of(const struct report *r, alert_filter *filter, enum alert_severity severity)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < r->v->order_count; i++)
        count += filter(r, r->v->order[i]) && alert_severity(r->v, r->v->order[i]) == severity;
    return count;
}

/* ---- What an alert says --------------------------------------------------------------------------- */

static const char *severity_label(enum alert_severity severity)
{
    static const char *const LABELS[] = {[ALERT_SEVERITY_NONE] = "ALERT",
                                         [ALERT_SEVERITY_INFO] = "INFO",
                                         [ALERT_SEVERITY_WARNING] = "WARNING",
                                         [ALERT_SEVERITY_CRITICAL] = "CRITICAL"};
    return LABELS[severity];
}

void report_message(struct report *r, uint32_t rule, uint32_t row, const char *label, const char *name)
{
    struct run advices = alert_advices(r->v, rule, row);
    struct buffer *message = report_begin(r);
    alert_message(r->v, rule, row, message);
    if (*name) buffer_printf(message, " (%s)", name);
    report_end(r, label);
    for (uint32_t i = advices.first; i < advices.first + advices.count; i++) {
        const struct image_advice *advice = &r->v->image->ADVICES[i];
        struct buffer *text = report_begin(r);
        view_parts(r->v, advice->text, text);
        if (advice->strength) buffer_printf(text, "   (%s)", strength_word((enum strength)advice->strength));
        report_end(r, "Advice");
    }
}

void report_of(struct report *r, uint32_t rule, uint32_t element)
{
    each_words(r->v, rule, element, report_begin(r));
    if (eval_each(r->v->context, rule)[element].counts != TRUTH_YES)
        buffer_put(&r->text, ": not known whether it counts");
    report_end(r, "Of");
}

static void write_unchecked(struct report *r, uint32_t rule, uint32_t row)
{
    struct buffer scratch = {0};
    const uint32_t *reads = NULL;
    struct buffer *text = report_begin(r);
    if (r->v->image->ROWS[row].node != NONE32) node_words(r->v, r->v->image->ROWS[row].node, text);
    buffer_printf(text, "   [%s]", view_text(r->v, r->v->image->ROWS[row].id));
    report_end(r, "NOT CHECKED");
    const char *fault = view_row_fault(r->v, row);
    uint32_t count = fault ? 0 : view_row_missing(r->v, row, &scratch, &reads);
    if (fault) report_field(r, "  fault", fault);
    report_missing(r, rule, reads, count, "  missing");
    r->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

static bool is_brief(const struct report *r, uint32_t rule)
{
    return !r->all && alert_severity(r->v, rule) != ALERT_SEVERITY_CRITICAL;
}

void report_put_reasons(struct report *r, uint32_t row, struct buffer *out)
{
    if (r->v->image->ROWS[row].because.count)
        view_because(r->v, row, out);
    else
        report_put_values(r, r->v->image->ROWS[row].node, false, out);
}

/* Of which elements the same is told: "doses_given of 2026-02-02 (drug imatinib), and 3 before it from
 * 2026-01-30 on". */
static void put_elements(struct report *r, uint32_t rule, uint32_t element, struct run before,
                         struct buffer *text)
{
    each_words(r->v, rule, element, text);
    if (before.count == 0) return;
    buffer_printf(text, ", and %u before it from ", before.count);
    element_date(each_element(r->v, rule, before.first), text);
    buffer_put(text, " on");
}

/* Its elements and its values in a line, where a critical alert has each on a line of its own. */
static void write_values(struct report *r, uint32_t rule, uint32_t row, uint32_t element, struct run before)
{
    struct buffer *text = report_begin(r);
    if (element != NONE32) put_elements(r, rule, element, before, text);
    if (element != NONE32) r->named = each_element(r->v, rule, element);
    buffer_clear(&r->side);
    report_put_reasons(r, row, &r->side);
    r->named = NULL;
    if (r->side.length) buffer_printf(text, "%s%s", text->length ? ": " : "", buffer_text(&r->side));
    report_end(r, element == NONE32 ? "Because" : "Of");
}

/* "POP-01 to POP-35, 17 of them": those between which many requirements of a row lie. */
static void put_ends_of_traces(const struct report *r, struct run traces, struct buffer *out)
{
    const uint32_t *texts = r->v->image->INDEXES + traces.first;
    const char *first = view_text(r->v, texts[0]), *last = first;
    for (uint32_t i = 1; i < traces.count; i++) {
        const char *id = view_text(r->v, texts[i]);
        if (strcmp(id, first) < 0) first = id;
        if (strcmp(id, last) > 0) last = id;
    }
    buffer_printf(out, "%s to %s, %u of them", first, last, traces.count);
}

static void write_origin(struct report *r, uint32_t rule, uint32_t row)
{
    enum { TRACES_NAMED = 6 };
    struct buffer traces = {0}, numbers = {0};
    struct run many = view_traces(r->v, rule, row);
    if (many.count > TRACES_NAMED)
        put_ends_of_traces(r, many, &traces);
    else
        report_put_traces(r, rule, row, &traces);
    report_put_numbers(r, rule, row, &numbers);
    buffer_clear(&r->side);
    report_join(&r->side, &traces, &numbers);
    page_aside(r->out, buffer_text(&r->side));
    buffer_free(&traces);
    buffer_free(&numbers);
}

/* A message without words of its own is the label of the rule, which then needs no title. */
static const char *name_of_label(const struct report *r, uint32_t rule, uint32_t row)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    return alert_says(r->v, rule, row) || !ir->label ? "" : view_text(r->v, ir->name);
}

/* What is for information needs no more than a message of its own. */
static void write_brief_row(struct report *r, uint32_t rule, uint32_t row, uint32_t element,
                            struct run before)
{
    enum alert_severity severity = alert_severity(r->v, rule);
    report_message(r, rule, row, severity_label(severity), name_of_label(r, rule, row));
    worksheet_begin(&r->read, r->v); /* the values of another element are others */
    if (severity != ALERT_SEVERITY_INFO || !alert_says(r->v, rule, row))
        write_values(r, rule, row, element, before);
    write_origin(r, rule, row);
}

static void write_full_row(struct report *r, uint32_t rule, uint32_t row, uint32_t element)
{
    report_message(r, rule, row, severity_label(alert_severity(r->v, rule)), "");
    if (element != NONE32) report_of(r, rule, element);
    worksheet_begin(&r->sheet, r->v);
    report_row(r, rule, row, "Row");
}

/* Of the rule, or of the element in focus. */
static void write_rows(struct report *r, uint32_t rule, uint32_t element, const struct report_alike *alike)
{
    struct run rows = r->v->image->RULES[rule].rows, before;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!alert_row_tells(r->v, rule, row) || !report_alike_last(alike, row, element, &before)) continue;
        if (is_brief(r, rule))
            write_brief_row(r, rule, row, element, before);
        else
            write_full_row(r, rule, row, element);
    }
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (alert_row_unchecked(r->v, rule, row)) write_unchecked(r, rule, row);
}

/* ---- Elements ------------------------------------------------------------------------------------- */

/* The element in focus, which is open or a fault. */
static void write_open_element(struct report *r, uint32_t rule, uint32_t element, const char *label)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    const uint32_t *reads;
    bool fault = result->outcome == OUTCOME_FAULT;
    uint32_t count = fault ? 0 : view_rule_missing(r->v, rule, &reads);
    each_words(r->v, rule, element, report_begin(r));
    if (!r->all && count) {
        buffer_put(&r->text, "; missing: ");
        report_put_missing(r, rule, reads, count, &r->text);
    }
    report_end(r, label);
    if (fault) report_field(r, "  fault", fault_sentence((enum fault)result->fault));
    if (r->all) report_missing(r, rule, reads, count, "  missing");
}

/* The element in focus waits for something of itself, or for the institution: not for what else the record
 * lacks. */
static bool is_incomplete(const struct report *r, uint32_t rule)
{
    const struct image *image = r->v->image;
    const uint32_t *reads;
    uint32_t count = view_rule_missing(r->v, rule, &reads);
    for (uint32_t i = 0; i < count; i++) {
        enum read_kind kind = read_kind_of(reads[i]);
        bool own =
            kind == READ_INPUT && read_index_of(reads[i]) == image->EACHES[image->RULES[rule].each].list;
        if (own || kind == READ_PARAM) return true;
    }
    return eval_result(r->v->context, rule)->outcome == OUTCOME_FAULT;
}

static void write_open_elements(struct report *r, uint32_t rule, const char *label)
{
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule); i++) {
        if (!each_is_open(r->v, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        write_open_element(r, rule, i, label);
    }
    eval_unfocus(r->v->context);
}

void report_each_open(struct report *r, uint32_t rule)
{
    write_open_elements(r, rule, "Open");
}

void report_focus_on_fault(struct report *r, uint32_t rule)
{
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule); i++) {
        if (eval_each(r->v->context, rule)[i].outcome != OUTCOME_FAULT) continue;
        eval_focus(r->v->context, rule, i);
        report_of(r, rule, i);
        return;
    }
}

/* ---- Alerts --------------------------------------------------------------------------------------- */

/* In brief there is no title above messages that are the label of the rule, nor above what is for
 * information. */
static bool has_title(const struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    if (!is_brief(r, rule) || !ir->label) return true;
    for (uint32_t row = ir->rows.first; row < ir->rows.first + ir->rows.count; row++)
        if (alert_says(r->v, rule, row)) return alert_severity(r->v, rule) != ALERT_SEVERITY_INFO;
    return false;
}

static void write_alert(struct report *r, uint32_t rule)
{
    if (is_brief(r, rule)) r->headed = r->out->length; /* one stands below the other */
    if (has_title(r, rule)) report_name(r, rule);
    struct report_alike alike = {0};
    if (is_brief(r, rule)) report_alike_gather(r, rule, &alike);
    if (r->v->image->RULES[rule].each == NONE32) write_rows(r, rule, NONE32, &alike);
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule); i++) {
        if (!each_is_shown(r->v, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        write_rows(r, rule, i, &alike);
    }
    eval_unfocus(r->v->context);
    report_alike_free(&alike);
    write_open_elements(r, rule, "NOT CHECKED");
    if (!is_brief(r, rule)) report_sources(r, rule, alert_row_tells);
}

void report_alert_severity(struct report *r, uint32_t rule)
{
    enum alert_severity severity = alert_severity(r->v, rule);
    if (severity) report_field(r, "Severity", severity_word(severity));
}

/* One that may be raised: what it waits for. */
static void write_open_alert(struct report *r, uint32_t rule)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(r->v, rule, &reads);
    report_name(r, rule);
    report_missing(r, rule, reads, count, "Missing");
}

/* Something that happened is recorded, and whether it calls for the alert cannot be told. */
static void write_open_events(struct report *r, uint32_t rule)
{
    r->headed = r->out->length;
    report_name(r, rule);
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule); i++) {
        if (!each_is_open(r->v, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        if (is_incomplete(r, rule)) write_open_element(r, rule, i, "NOT CHECKED");
    }
    eval_unfocus(r->v->context);
}

static bool has_open_events(const struct report *r, uint32_t rule)
{
    bool found = false;
    if (!is_open_alert(r, rule)) return false;
    for (uint32_t i = 0; i < eval_each_count(r->v->context, rule) && !found; i++) {
        if (!each_is_open(r->v, rule, i)) continue;
        eval_focus(r->v->context, rule, i);
        found = is_incomplete(r, rule);
    }
    eval_unfocus(r->v->context);
    return found;
}

/* may: which of those that are open stand here too. */
struct alert_section {
    enum alert_severity severity;
    const char *raised, *open, *one, *many, *one_open, *many_open;
    alert_filter *may;
    void (*write_open)(struct report *r, uint32_t rule);
};

/* An alert whose source gives no severity may be grave: it stands before what is for information only.  Of
   these it is told which events are not checked; what waits for lists that nobody has begun stands among all
   that is unknown. */
static const struct alert_section SECTIONS[] = {
    {ALERT_SEVERITY_CRITICAL, "CRITICAL ALERTS: act on these first",
     "CRITICAL ALERTS THAT MAY BE RAISED: something is missing", "CRITICAL ALERT", "CRITICAL ALERTS",
     "critical alert that may be raised", "critical alerts that may be raised", is_open_alert,
     write_open_alert},
    {ALERT_SEVERITY_WARNING, "WARNINGS", "WARNINGS THAT MAY BE RAISED: something is missing", "warning",
     "warnings", "warning that may be raised", "warnings that may be raised", is_open_alert,
     write_open_alert},
    {ALERT_SEVERITY_NONE, "ALERTS: the source grades none of them",
     "ALERTS THAT MAY BE RAISED: something is missing", "alert", "alerts", "alert that may be raised",
     "alerts that may be raised", has_open_events, write_open_events},
    {ALERT_SEVERITY_INFO, "FOR INFORMATION", NULL, "for information", "for information", NULL, NULL, NULL,
     NULL},
};

enum { SECTIONS_COUNT = sizeof SECTIONS / sizeof *SECTIONS };

/* A loud one cannot be overlooked. */
static void write_heading(struct report *r, const char *title, bool loud)
{
    if (!loud) {
        report_heading(r, title);
        return;
    }
    report_apart(r);
    page_rule(r->out, '!');
    page_text(r->out, 0, title);
    page_rule(r->out, '!');
    r->headed = r->out->length;
}

static void write_section(struct report *r, const struct alert_section *s, const char *title,
                          alert_filter *filter, void (*write)(struct report *r, uint32_t rule))
{
    if (!title || !count_of(r, filter, s->severity)) return;
    bool loud = s->severity == ALERT_SEVERITY_CRITICAL && title == s->raised;
    write_heading(r, title, loud);
    for (unsigned force = STRENGTH_NONE; force <= STRENGTH_COUNT; force++)
        for (uint32_t i = 0; i < r->v->order_count; i++) {
            uint32_t rule = r->v->order[i];
            bool here = filter(r, rule) && alert_severity(r->v, rule) == s->severity;
            if (here && alert_force(r->v, rule) == force) write(r, rule);
        }
}

/* What may be an alert goes before what is for information, the last of the sections. */
void report_alerts(struct report *r)
{
    const unsigned info = SECTIONS_COUNT - 1;
    for (unsigned i = 0; i < info; i++)
        write_section(r, &SECTIONS[i], SECTIONS[i].raised, is_raised, write_alert);
    for (unsigned i = 0; i < info && !r->all; i++)
        write_section(r, &SECTIONS[i], SECTIONS[i].open, SECTIONS[i].may, SECTIONS[i].write_open);
    write_section(r, &SECTIONS[info], SECTIONS[info].raised, is_raised, write_alert);
}

void report_alerts_in_short(struct report *r, struct buffer *out)
{
    for (unsigned i = 0; i < SECTIONS_COUNT; i++) {
        const struct alert_section *s = &SECTIONS[i];
        uint32_t raised = count_of(r, is_raised, s->severity);
        uint32_t open = s->may ? count_of(r, s->may, s->severity) : 0;
        if (raised)
            buffer_printf(out, "%s%u %s", out->length ? ", " : "", raised, raised == 1 ? s->one : s->many);
        if (open)
            buffer_printf(out, "%s%u %s", out->length ? ", " : "", open,
                          open == 1 ? s->one_open : s->many_open);
    }
}
