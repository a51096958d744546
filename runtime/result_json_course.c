/* When a dose is given, in JSON: its schedule, its dates, and what is due today. */
#include "runtime/course_view.h"
#include "runtime/result_json.h"

static void json_date(struct json_writer *w, cal_day date)
{
    char text[CAL_TEXT_MAX];
    cal_format_day(date, text);
    json_text(w, text);
}

static void json_key_date(struct json_writer *w, const char *key, cal_day date)
{
    json_key(w, key);
    json_date(w, date);
}

/* ---- Dates of a step ------------------------------------------------------------------------------ */

static void json_run(struct json_writer *w, const struct course *c, uint32_t day, uint32_t last)
{
    json_open_object(w);
    json_key_date(w, "from", course_date(c, day));
    json_key_date(w, "to", course_date(c, last));
    json_close_object(w);
}

void json_step_dates(struct json_writer *w, const struct course *c, uint32_t step)
{
    bool runs = course_is_continuous(c);
    if (!course_has_dates(c)) return;
    json_key(w, runs ? "runs" : "dates");
    json_open_array(w);
    for (uint32_t day = course_next(c, step, 0), last; day != 0; day = course_next(c, step, last)) {
        last = runs ? course_run_end(c, step, day) : day;
        if (runs)
            json_run(w, c, day, last);
        else
            json_date(w, course_date(c, day));
    }
    json_close_array(w);
}

void json_course_days(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    struct course c = view_course(v, rule);
    if (c.days == COURSE_UNTOLD) return;
    json_key(w, "days");
    json_open_array(w);
    for (uint32_t day = course_next(&c, 0, 0); day != 0; day = course_next(&c, 0, day))
        json_whole(w, day);
    json_close_array(w);
    json_step_dates(w, &c, 0);
    if (!result->has_total) return;
    json_key(w, "total");
    json_amount(w, result->total_lo, result->total_hi, view_text(v, v->image->RULES[rule].total_unit));
}

/* ---- The schedule --------------------------------------------------------------------------------- */

static void json_undated(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    struct buffer scratch = {0};
    const uint32_t *reads = NULL;
    uint32_t count = view_schedule_missing(v, row, &scratch, &reads);
    json_missing(w, v, rule, reads, count);
    w->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

/* What is due on the day of the evaluation; where no days are told, only which day of the phase it is. */
static void json_today(struct json_writer *w, const struct result_view *v, uint32_t rule,
                       const struct course *c)
{
    cal_day today = view_today(v);
    uint32_t step = course_step_on(c, course_day(c, today));
    if (!c->dated) return;
    json_key(w, "today");
    json_open_object(w);
    json_key_date(w, "date", today);
    json_key_whole(w, "day", course_day(c, today));
    if (course_has_dates(c)) json_key_bool(w, "due", step != NONE32);
    if (step != NONE32) {
        json_key(w, "amount");
        json_plan_amount(w, v, rule, &c->steps[step]);
    }
    json_close_object(w);
}

void json_schedule(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    struct course c = view_course(v, rule);
    struct buffer words = {0};
    if (!c.schedule) return;
    json_key(w, "schedule");
    json_open_object(w);
    json_key_text(w, "row", view_text(v, v->image->ROWS[c.row].id));
    json_key_text(w, "form", schedule_form_word((enum schedule_form)c.schedule->form));
    view_schedule_words(v, c.schedule, &words);
    json_key_buffer(w, "text", &words);
    if (c.schedule->phase != NONE32)
        json_key_text(w, "phase", view_text(v, v->image->PHASES[c.schedule->phase].name));
    if (c.dated) {
        json_key_date(w, "start", c.start);
        json_key_date(w, "end", c.end);
    } else if (c.schedule->phase != NONE32)
        json_undated(w, v, rule, c.row);
    json_close_object(w);
    json_today(w, v, rule, &c);
    buffer_free(&words);
}
