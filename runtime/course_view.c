/* When doses are given, in words. */
#include "runtime/course_view.h"

#include "runtime/fact.h"

struct course view_course(const struct result_view *v, uint32_t rule)
{
    return course_of(v->context, v->image, rule);
}

bool course_has_dates(const struct course *course)
{
    return course->dated && course->days != COURSE_UNTOLD;
}

cal_day view_today(const struct result_view *v)
{
    return cal_day_of(v->record->now.t.lo);
}

/* ---- Words ---------------------------------------------------------------------------------------- */

const char *schedule_form_word(enum schedule_form form)
{
    static const char *const WORDS[] = {
#define SCHEDULE_FORM(name, word, meaning) word,
#include "runtime/schedule_forms.def"
#undef SCHEDULE_FORM
    };
    return WORDS[form];
}

/* A length that this record leaves open is said in the words of the rule. */
static void put_length(const struct result_view *v, uint32_t reg, uint32_t node, const char *unit,
                       struct buffer *out)
{
    const struct value *length = eval_register(v->context, reg);
    if (length->tag == TAG_KNOWN)
        number_text(out, length->n.lo, unit, VALUE_EXACT);
    else if (node != NONE32)
        node_words(v, node, out);
}

static void put_lengths(const struct result_view *v, const struct image_schedule *s, struct buffer *out)
{
    const char *unit = view_text(v, s->unit);
    buffer_put(out, "every ");
    put_length(v, s->every, s->every_node, s->every_to == NONE32 ? unit : "1", out);
    if (s->every_to == NONE32) return;
    buffer_put(out, " to ");
    put_length(v, s->every_to, s->every_to_node, unit, out);
}

void view_schedule_form(const struct result_view *v, const struct image_schedule *s, struct buffer *out)
{
    switch ((enum schedule_form)s->form) {
    case SCHEDULE_OF: break;
    case SCHEDULE_CONTINUOUS: buffer_put(out, "continuous"); break;
    case SCHEDULE_DAYS: view_day_numbers(v, s->days, out); break;
    case SCHEDULE_EVERY: put_lengths(v, s, out); break;
    case SCHEDULE_TIMES:
        buffer_printf(out, s->times == 1 ? "%u time a " : "%u times a ", s->times);
        unit_spelling(out, view_text(v, s->unit), true);
        break;
    case SCHEDULE_ONCE: buffer_put(out, "once"); break;
    }
}

void view_schedule_words(const struct result_view *v, const struct image_schedule *schedule,
                         struct buffer *out)
{
    size_t begin = out->length;
    view_schedule_form(v, schedule, out);
    if (schedule->phase == NONE32) return;
    buffer_put(out, out->length > begin ? " of " : "of ");
    buffer_put(out, view_text(v, v->image->PHASES[schedule->phase].name));
}

uint32_t view_schedule_missing(const struct result_view *v, uint32_t row, struct buffer *scratch,
                               const uint32_t **out)
{
    struct run reads = v->image->ROWS[row].value_reads;
    buffer_clear(scratch);
    buffer_repeat(scratch, 0, reads.count * sizeof(uint32_t));
    if (scratch->failed || reads.count == 0) return 0;
    *out = (const uint32_t *)(const void *)scratch->data;
    return eval_missing_of(v->context, reads, (uint32_t *)(void *)scratch->data);
}

void date_text(struct buffer *out, cal_day date)
{
    char text[CAL_TEXT_MAX];
    buffer_bytes(out, text, cal_format_day(date, text));
}

void weekday_text(struct buffer *out, cal_day date)
{
    static const char *const DAYS[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    buffer_printf(out, "%s ", DAYS[cal_weekday(date)]);
    date_text(out, date);
}

void view_step_amount(const struct result_view *v, uint32_t rule, const struct plan_step *step,
                      enum value_style style, struct buffer *out)
{
    if (step->no_statement)
        buffer_put(out, UNPRINTED_AMOUNT);
    else
        amount_text(out, step->lo, step->hi, view_text(v, v->image->RULES[rule].unit), style);
}
