/*
 * Amounts by day: `on day 1`, `on days 8, 15`, `1 to 28`.
 *
 * Days are written out, whole numbers that count from the first day of the plan.  So everything about them
 * can be checked here: that a range ends after it begins, and that no day stands twice in one plan.
 */
#include "compiler/check_dose.h"

enum { DAY_MAX = 3660 }; /* ten years of treatment */

static void report_day(struct checker *ck, const struct expr *e)
{
    struct diag *d = diag_report(ck->sink, DIAG_DAY_FORM, e->span,
                                 "a day of a plan is a whole number from 1 to %d", DAY_MAX);
    diag_help(ck->sink, d,
              "days are counted from the first one: `on day 1`, `on days 8, 15`, `on days 1 to 28`");
}

static bool check_day(struct checker *ck, struct expr *e)
{
    int64_t day;
    e->type = type_whole(ck->arena);
    bool good = e->kind == EXPR_NUMBER && !e->has_unit && decimal_to_int(e->number, &day) && day >= 1 &&
                day <= DAY_MAX;
    if (!good && e->kind != EXPR_ERROR) report_day(ck, e);
    return good;
}

/* The first and last day of a part of the list; only after check_day of both. */
static void day_ends(const struct expr *e, int64_t *first, int64_t *last)
{
    const struct expr *a = e->kind == EXPR_TO ? e->a : e, *b = e->kind == EXPR_TO ? e->b : e;
    if (!decimal_to_int(a->number, first) || !decimal_to_int(b->number, last)) *first = *last = 0;
}

static bool check_day_part(struct checker *ck, struct expr *e)
{
    if (e->kind != EXPR_TO) return check_day(ck, e);
    e->type = type_whole(ck->arena);
    bool good = check_day(ck, e->a);
    if (!check_day(ck, e->b) || !good) return false;
    int64_t first, last;
    day_ends(e, &first, &last);
    if (first <= last) return true;
    struct diag *d =
        diag_report(ck->sink, DIAG_RANGE_REVERSED, e->b->span, "the range ends before it begins");
    diag_note(ck->sink, d, e->a->span, "it begins here");
    return false;
}

bool check_days(struct checker *ck, struct expr *days)
{
    bool good = true;
    if (days->kind != EXPR_LIST) {
        good = check_day_part(ck, days);
    } else {
        days->type = type_whole(ck->arena);
        for (struct expr *part = days->args; part; part = part->next)
            good = check_day_part(ck, part) && good;
    }
    if (!good) days->type = type_new(ck->arena, TYPE_ERROR);
    return good;
}

const struct expr *check_last_day(const struct expr *days)
{
    const struct expr *latest = NULL;
    int64_t first, last, found = 0;
    for (const struct expr *part = days->kind == EXPR_LIST ? days->args : days; part; part = part->next) {
        day_ends(part, &first, &last);
        if (last > found) {
            found = last;
            latest = part->kind == EXPR_TO ? part->b : part;
        }
        if (days->kind != EXPR_LIST) break;
    }
    return latest;
}

/* ---- No day twice ----------------------------------------------------------------------------------- */

/* The parts of all steps in turn: begin with step NULL; false at the end. */
struct day_walk {
    const struct step *step;
    const struct expr *part;
};

static bool next_days(const struct step *steps, struct day_walk *walk)
{
    /* only the parts of a list are linked to each other; a single day may have a `next` of another list */
    if (walk->step && walk->part->next && walk->step->days->kind == EXPR_LIST) {
        walk->part = walk->part->next;
        return true;
    }
    walk->step = walk->step ? walk->step->next : steps;
    while (walk->step && (!walk->step->days || walk->step->days->type->kind == TYPE_ERROR))
        walk->step = walk->step->next;
    if (!walk->step) return false;
    walk->part = walk->step->days->kind == EXPR_LIST ? walk->step->days->args : walk->step->days;
    return true;
}

static const struct expr *first_with(const struct step *steps, int64_t day)
{
    int64_t first, last;
    for (struct day_walk walk = {0}; next_days(steps, &walk);) {
        day_ends(walk.part, &first, &last);
        if (first <= day && day <= last) return walk.part;
    }
    return NULL;
}

static void report_day_twice(struct checker *ck, const struct step *steps, const struct expr *part,
                             int64_t day)
{
    bool amounts = steps->amount || steps->no_statement;
    struct diag *d = diag_report(ck->sink, DIAG_DAYS_OVERLAP, part->span, "day %d %s", (int)day,
                                 amounts ? "has two amounts" : "stands here twice");
    diag_note(ck->sink, d, first_with(steps, day)->span, "the first one");
    diag_help(ck->sink, d, "let each day of the plan stand %s", amounts ? "in one step only" : "there once");
}

void check_days_apart(struct checker *ck, const struct step *steps)
{
    /* one bit a day: check_day has let none above DAY_MAX through, and a step that it reported is passed
       over */
    uint64_t taken[DAY_MAX / 64 + 1] = {0};
    int64_t first, last;
    for (struct day_walk walk = {0}; next_days(steps, &walk);) {
        day_ends(walk.part, &first, &last);
        for (int64_t day = first; day <= last; day++) {
            if (taken[day / 64] >> day % 64 & 1) {
                report_day_twice(ck, steps, walk.part, day);
                return;
            }
            taken[day / 64] |= UINT64_C(1) << day % 64;
        }
    }
}
