/*
 * When a dose is given, and what is asked of its plan: `inotuzumab on day 8`.
 *
 * A dose has its days either from its amounts or from its schedule.  `of PHASE` and `continuous of PHASE`
 * give dates to days that the amounts have; the other forms bring days themselves, so amounts beside them
 * have none.
 */
#include "compiler/check_dose.h"

/* ---- One schedule ----------------------------------------------------------------------------------- */

static void check_listed_days(struct checker *ck, const struct schedule *s)
{
    const struct step listed = {.span = s->span, .days = s->days};
    if (!check_days(ck, s->days)) return;
    check_days_apart(ck, &listed);
    if (s->phase && s->phase->type->kind != TYPE_ERROR)
        check_day_inside(ck, s->phase->decl, check_last_day(s->days));
}

static void check_above_zero(struct checker *ck, const struct expr *e)
{
    decimal length;
    if (!e || !literal_value(e, &length) || decimal_sign(length) > 0) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_SCHEDULE_LENGTH, e->span, "from one dose to the next some time passes");
    diag_help(ck->sink, d,
              "write for example `every 7 days`; several doses a day are `3 times a day` or `every 8 h`");
}

static bool is_length(const struct expr *e)
{
    return e->type->kind == TYPE_QUANTITY &&
           (unit_is_time(&e->type->unit) || unit_is_calendar(&e->type->unit));
}

/* Both ends are printed with one unit: days and months, or dates and hours, cannot be. */
static void check_every(struct checker *ck, const struct schedule *s)
{
    check_lengths(ck, s->every, s->every_to);
    if (!is_length(s->every) || (s->every_to && !is_length(s->every_to))) return;
    bool dates = s->every_to && unit_counts_dates(&s->every->type->unit) &&
                 unit_counts_dates(&s->every_to->type->unit);
    if (dates && !check_one_scale(ck, s->every, s->every_to)) return;
    check_above_zero(ck, s->every);
    check_above_zero(ck, s->every_to);
}

static void check_times(struct checker *ck, const struct schedule *s)
{
    int64_t times;
    bool counted =
        !s->times || (decimal_to_int(s->times->number, &times) && times >= 1 && times <= UINT16_MAX);
    if (s->times) s->times->type = type_whole(ck->arena);
    bool period = unit_is_time(&s->unit) || unit_is_calendar(&s->unit);
    if (s->broken || (counted && period)) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_SCHEDULE_TIMES, counted ? s->unit_span : s->times->span,
                    counted ? "this is no length of time" : "a dose is given a whole number of times");
    diag_help(ck->sink, d, "write for example `2 times a week`; a dose every other day is `every 2 days`");
}

void check_schedule(struct checker *ck, const struct schedule *s)
{
    /* every later look at the phase asks this type first */
    if (s->phase && !check_phase_name(ck, s->phase)) s->phase->type = type_new(ck->arena, TYPE_ERROR);
    switch (s->form) {
    case SCHEDULE_DAYS: check_listed_days(ck, s); break;
    case SCHEDULE_EVERY: check_every(ck, s); break;
    case SCHEDULE_TIMES: check_times(ck, s); break;
    case SCHEDULE_OF:
    case SCHEDULE_CONTINUOUS:
    case SCHEDULE_ONCE: break;
    }
}

/* ---- Schedules and amounts -------------------------------------------------------------------------- */

/* A single length that counts dates. */
static bool every_has_days(const struct schedule *s)
{
    const struct type *type = s->every->type;
    return !s->every_to && type && type->kind == TYPE_QUANTITY && unit_counts_dates(&type->unit);
}

/* dated: asks for dates, which need a phase. */
static bool gives_days(const struct schedule *s, bool dated)
{
    switch (s->form) {
    case SCHEDULE_OF:
    case SCHEDULE_CONTINUOUS:
    case SCHEDULE_DAYS: return true;
    case SCHEDULE_EVERY: return s->phase ? every_has_days(s) : !dated && every_has_days(s);
    case SCHEDULE_TIMES:
    case SCHEDULE_ONCE: break;
    }
    return false;
}

static bool any_gives_days(const struct decl *d, bool dated)
{
    for (const struct clause *c = d->clauses; c; c = c->next)
        if (c->schedule && gives_days(c->schedule, dated)) return true;
    return false;
}

bool check_schedule_gives_days(const struct decl *d)
{
    return any_gives_days(d, false);
}

/* Amounts by day have their days already; others need them from the schedule. */
static void check_days_agree(const struct dose_check *dose, const struct schedule *s)
{
    struct checker *ck = dose->ck;
    struct diag *d;
    bool reported = (dose->days && dose->plain) || (s->phase && s->phase->type->kind == TYPE_ERROR);
    if (reported) return;
    if (s->form == SCHEDULE_OF && !dose->days && dose->plain && !ck->decl->incomplete) {
        d = diag_report(ck->sink, DIAG_SCHEDULE_DAYS, s->span,
                        "the amounts have no days that could be dated");
        diag_note(ck->sink, d, dose->plain->span, "this one has none");
        diag_help(ck->sink, d,
                  "write `schedule days 1, 8 of %s`, or give the amount its days: `amount 5 mg on days 1, 8`",
                  s->phase->name.text);
    }
    if (s->form != SCHEDULE_OF && s->form != SCHEDULE_CONTINUOUS && dose->days) {
        d = diag_report(ck->sink, DIAG_SCHEDULE_DAYS, s->span, "the amounts have their days already");
        diag_note(ck->sink, d, dose->days->span, "here");
        diag_help(ck->sink, d, "write `schedule of %s`, or leave out the days of the amounts",
                  s->phase ? s->phase->name.text : "PHASE");
    }
}

/* Rows of a table that hold together are told by their condition. */
static bool may_hold_together(const struct clause *schedule, const struct clause *amount)
{
    return !schedule->when || !amount->when || schedule->when == amount->when;
}

static void check_plan_inside(const struct dose_check *dose, const struct decl *d,
                              const struct clause *schedule)
{
    const struct schedule *s = schedule->schedule;
    bool dates_steps = s->form == SCHEDULE_OF || s->form == SCHEDULE_CONTINUOUS;
    if (!dates_steps || s->phase->type->kind == TYPE_ERROR) return;
    for (const struct clause *c = d->clauses; c; c = c->next)
        for (const struct step *step = c->steps; step && may_hold_together(schedule, c); step = step->next) {
            const bool known = step->days && step->days->type->kind != TYPE_ERROR;
            if (known && !check_day_inside(dose->ck, s->phase->decl, check_last_day(step->days))) return;
        }
}

/* Two that always hold would always disagree, or say the same twice. */
static void check_twice(struct checker *ck, const struct clause *first, const struct clause *again)
{
    if (!first || first->when || again->when) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_SCHEDULE_TWICE, again->span, "the dose has a schedule already");
    diag_note(ck->sink, d, first->span, "the first one");
    diag_help(ck->sink, d, "write one of them, or say with `when` for whom each is");
}

void check_dose_schedules(const struct dose_check *dose, const struct decl *d)
{
    const struct clause *always = NULL;
    for (const struct clause *c = d->clauses; c; c = c->next) {
        if (!c->schedule) continue;
        check_days_agree(dose, c->schedule);
        check_plan_inside(dose, d, c);
        check_twice(dose->ck, always, c);
        if (!c->when) always = c;
    }
}

/* ---- What is asked of a plan ------------------------------------------------------------------------ */

static struct type *report_on(struct checker *ck, const struct expr *e, const char *what, const char *help)
{
    struct diag *d = diag_report(ck->sink, DIAG_PLAN_ON, e->span, "%s", what);
    if (e->a->decl) diag_note(ck->sink, d, e->a->decl->name.span, "declared here");
    diag_help(ck->sink, d, "%s", help);
    return type_new(ck->arena, TYPE_ERROR);
}

static bool has_days(const struct decl *dose)
{
    for (const struct clause *c = dose->clauses; c; c = c->next)
        for (const struct step *step = c->steps; step; step = step->next)
            if (step->days) return true;
    return check_schedule_gives_days(dose);
}

static struct type *asked_dose(struct checker *ck, struct expr *e)
{
    const struct expr *dose = e->a;
    if (ck->place == CHECK_RULE)
        return report_on(ck, e, "the amount of one day of a plan cannot stand here",
                         "`DOSE on day 8` and `DOSE on 2026-03-08` belong to a guarantee or a test");
    if (dose->type->kind == TYPE_ERROR) return dose->type;
    const char *name = dose->name.text;
    if (!dose->decl || dose->decl->kind != DECL_DOSE)
        return report_on(ck, e, arena_printf(ck->arena, "`%s` is no dose, so that it has no plan", name),
                         "write the name of a dose before `on`");
    if (!has_days(dose->decl))
        return report_on(ck, e, arena_printf(ck->arena, "`%s` has no days", name),
                         "give its amounts days, as in `amount 5 mg on days 1, 8`, or the dose a `schedule`");
    if (e->kind == EXPR_ON_DATE && !any_gives_days(dose->decl, true))
        return report_on(ck, e, arena_printf(ck->arena, "`%s` has no dates", name),
                         "its days have dates where it has a schedule in a phase, as in `schedule of cycle`");
    return type_quantity(ck->arena, &dose->type->unit);
}

struct type *check_on(struct checker *ck, struct expr *e)
{
    bool good = true;
    check_expr(ck, e->a, NULL);
    if (e->kind == EXPR_ON_DAY)
        good = check_day_number(ck, e->b, DIAG_DAY_FORM, "a plan");
    else
        check_moment(ck, &e->b);
    struct type *type = asked_dose(ck, e);
    return good && e->b->type->kind != TYPE_ERROR ? type : type_new(ck->arena, TYPE_ERROR);
}

struct type *check_none_on(struct checker *ck, struct expr *e)
{
    check_expr(ck, e->a, NULL);
    return type_new(ck->arena, TYPE_BOOL);
}
