/*
 * Doses: amounts, limits, rounding, routes, intervals, conditions.
 *
 * A dose has one unit, that of its first amount in the source, and everything that cuts or rounds it must
 * convert to that.  What is asked of the whole, such as that a range is not rounded, is gathered in struct
 * dose_check while the clauses are read, and said at the end.
 */
#include "compiler/check_dose.h"

#include "compiler/name_set.h"

#include <string.h>

/* ---- Units ------------------------------------------------------------------------------------------ */

/* Whether two terms measure the same, whatever their powers: kg and g do. */
static bool same_kind_of_unit(const struct unit_term *a, const struct unit_term *b)
{
    const struct unit one = {.count = 1, .terms = {{a->atom, a->prefix, 1, a->number}}};
    const struct unit other = {.count = 1, .terms = {{b->atom, b->prefix, 1, b->number}}};
    return unit_same_dimension(&one, &other);
}

/* mg/kg times a weight in g would be printed in mg.g/kg. */
static bool unit_cancels(const struct unit *unit)
{
    for (int i = 0; i < unit->count; i++)
        for (int j = 0; j < i; j++)
            if (same_kind_of_unit(&unit->terms[i], &unit->terms[j])) return false;
    return true;
}

/* Whether the amount is one for each unit of this size; m2 may be written as a power of m. */
static bool divides_by(const struct unit_term *term, const char *size)
{
    struct unit of_size, one = {.count = 1, .terms = {{term->atom, term->prefix, 1, term->number}}}, power;
    return term->exponent < 0 && unit_power(&one, -term->exponent, &power) &&
           unit_parse(size, strlen(size), UNIT_RULES, &of_size, NULL) == UNIT_OK &&
           unit_same_dimension(&power, &of_size);
}

/* 1.5 mg/m2 is no dose for a patient until it is multiplied by the surface. */
static void check_amount_is_whole(struct checker *ck, const struct expr *amount)
{
    const struct unit *unit = &amount->type->unit;
    /* what is left of mg/m2 after multiplying by m2 has no area below the line any more */
    for (int i = 0; i < unit->count; i++) {
        bool area = divides_by(&unit->terms[i], "m2");
        if (!area && !divides_by(&unit->terms[i], "kg")) continue;
        struct diag *d = diag_report(ck->sink, DIAG_AMOUNT_PER_SIZE, amount->span, "this amount is per %s",
                                     area ? "body surface" : "body weight");
        diag_help(ck->sink, d, "multiply it by the patient's %s, as in `%s`",
                  area ? "body surface" : "weight", area ? "1.5 mg/m2 * bsa" : "50 IU/kg * (weight in kg)");
        return;
    }
}

static void check_amount_unit(struct checker *ck, const struct expr *amount)
{
    if (unit_cancels(&amount->type->unit)) {
        check_amount_is_whole(ck, amount);
        return;
    }
    struct diag *d = diag_report(ck->sink, DIAG_AMOUNT_UNIT, amount->span, "this amount would come out in %s",
                                 unit_text(ck->arena, &amount->type->unit));
    diag_help(
        ck->sink, d,
        "bring the factors to one unit, as in `3 mg/kg * (weight in kg)`, so that the dose can be read");
}

static void check_same_unit(struct dose_check *dose, struct expr *e)
{
    struct checker *ck = dose->ck;
    if (e->type->kind != TYPE_QUANTITY) return;
    if (!dose->amount)
        dose->amount = e;
    else
        check_units(ck, dose->amount, e);
}

/* ---- Amounts ---------------------------------------------------------------------------------------- */

/* The 60 of `60 mg/m2 * bsa`, or NULL. */
static const struct expr *leftmost_number(const struct expr *e)
{
    while (e->kind == EXPR_MUL || e->kind == EXPR_DIV)
        e = e->a;
    return e->kind == EXPR_NUMBER ? e : NULL;
}

/* The product e with another number in front: the left end of `60 to 75 mg/m2 * bsa`. */
static struct expr *with_number(struct checker *ck, const struct expr *e, const struct expr *number)
{
    struct expr *copy = arena_alloc(ck->arena, sizeof *copy);
    *copy = *e;
    copy->span = number->span;
    copy->next = NULL;
    if (e->kind == EXPR_NUMBER)
        copy->number = number->number;
    else
        copy->a = with_number(ck, e->a, number);
    return copy;
}

static void check_range_ends(struct checker *ck, const struct expr *low, const struct expr *high)
{
    const struct expr *a = leftmost_number(low), *b = leftmost_number(high);
    /* only where everything but the number is the same can the ends be compared here */
    if (low->kind != high->kind || !a || !b || decimal_compare(a->number, b->number) <= 0) return;
    if (!unit_equal(&a->unit, &b->unit) || (low->kind != EXPR_NUMBER && low->b != high->b)) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_RANGE_REVERSED, high->span, "the range ends before it begins");
    diag_note(ck->sink, d, low->span, "it begins here");
}

static bool check_range(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->b)) return false;
    if (!check_quantity(ck, e->a)) return false;
    const struct expr *number = leftmost_number(e->b);
    if (number && !check_percent_written(ck, number, e->a)) return false;
    /* `60 to 75 mg/m2 * bsa` means that both ends are multiplied */
    if (number && e->a->kind == EXPR_NUMBER && !e->a->has_unit) e->a = with_number(ck, e->b, e->a);
    e->type = type_quantity(ck->arena, &e->b->type->unit);
    if (!check_units(ck, e->b, e->a)) return false;
    check_range_ends(ck, e->a, e->b);
    return true;
}

static void check_step(struct dose_check *dose, struct step *step)
{
    if (step->days) check_days(dose->ck, step->days);
    if (step->days && !dose->days) dose->days = step;
    if (!step->days) dose->plain = dose->plain ? dose->plain : step;
    if (!step->amount) return;
    bool is_range = step->amount->kind == EXPR_TO;
    if (is_range && !dose->range) dose->range = step->amount;
    if (!is_range) dose->has_point = true;
    bool good = is_range ? check_range(dose->ck, step->amount) : check_quantity(dose->ck, step->amount);
    if (!good) {
        step->amount->type = type_new(dose->ck->arena, TYPE_ERROR);
        dose->broken = true;
        return;
    }
    check_amount_unit(dose->ck, step->amount);
    check_same_unit(dose, step->amount);
}

static void check_amount(struct dose_check *dose, struct clause *clause)
{
    dose->amounts++;
    for (struct step *step = clause->steps; step; step = step->next)
        check_step(dose, step);
    check_days_apart(dose->ck, clause->steps);
}

/* ---- Limits, rounding, the point in a range --------------------------------------------------------- */

static void check_positive(struct checker *ck, const struct expr *e)
{
    decimal value;
    if (!literal_value(e, &value) || decimal_sign(value) > 0) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_ROUND_STEP, e->span, "a dose is rounded to a step above zero");
    diag_help(ck->sink, d, "write the smallest amount that can be measured, as in `round to nearest 5 mg`");
}

static void check_clause_value(struct dose_check *dose, struct clause *clause)
{
    if (!clause->value) return;
    /* a cap may be a parameter that is `none`: then there is no cap */
    dose->ck->whole_value = true;
    if (!check_quantity(dose->ck, clause->value)) return;
    if (clause->kind == CLAUSE_ROUND) {
        check_positive(dose->ck, clause->value);
        if (!dose->round) dose->round = clause;
    }
    if (clause->kind == CLAUSE_CHOOSE && !dose->choose) dose->choose = clause;
    /* without an amount there is nothing that it could disagree with, and that is reported already */
    if (dose->amount) check_units(dose->ck, dose->amount, clause->value);
}

/* ---- Routes and intervals --------------------------------------------------------------------------- */

static void check_duration(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e) || unit_is_time(&e->type->unit)) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_DURATION, e->span, "how long an infusion runs is a time, and this is %s",
                    type_words(ck->arena, e->type));
    note_origin(ck, d, e);
    if (e->kind == EXPR_NUMBER && !e->has_unit)
        advise_unit_behind(ck, d, e, "h");
    else
        diag_help(ck->sink, d, "write minutes, hours or days, as in `over 1 h to 2 h`");
}

static void check_routes(struct checker *ck, const struct clause *clause)
{
    for (const struct route *route = clause->routes; route; route = route->next) {
        if (route->over) check_duration(ck, route->over);
        if (route->over_to) check_duration(ck, route->over_to);
        decimal low, high;
        if (!route->over || !route->over_to || !literal_value(route->over, &low)) continue;
        if (route->over->type->kind != TYPE_QUANTITY) continue;
        if (!literal_in_unit(route->over_to, &route->over->type->unit, &high) ||
            decimal_compare(low, high) <= 0)
            continue;
        struct diag *d = diag_report(ck->sink, DIAG_RANGE_REVERSED, route->over_to->span,
                                     "the range ends before it begins");
        diag_note(ck->sink, d, route->over->span, "it begins here");
    }
}

static void check_interval(struct checker *ck, struct clause *clause)
{
    check_lengths(ck, clause->least, clause->most);
    if (clause->from) check_moment(ck, &clause->from);
    if (clause->to) check_moment(ck, &clause->to);
}

/* ---- Clauses ---------------------------------------------------------------------------------------- */

static void check_clause_body(struct dose_check *dose, struct clause *clause)
{
    switch (clause->kind) {
    case CLAUSE_AMOUNT: check_amount(dose, clause); break;
    case CLAUSE_AT_LEAST:
    case CLAUSE_AT_MOST:
    case CLAUSE_CHOOSE:
    case CLAUSE_ROUND: check_clause_value(dose, clause); break;
    case CLAUSE_ROUTE: check_routes(dose->ck, clause); break;
    case CLAUSE_SCHEDULE: check_schedule(dose->ck, clause->schedule); break;
    case CLAUSE_INTERVAL: check_interval(dose->ck, clause); break;
    default: break;
    }
}

/* The words that a clause names hold to its end.  The condition of a table's row is checked already. */
static void check_clause(struct dose_check *dose, struct clause *clause)
{
    const struct scope *rule = dose->ck->scope;
    check_clause_body(dose, clause);
    if (clause->when && !clause->from_table) check_condition(dose->ck, clause->when);
    check_tail(dose->ck, &clause->tail);
    dose->ck->scope = rule;
}

/* Amounts before limits, so that a cap in another unit is reported at the cap wherever it stands. */
static void check_clauses(struct dose_check *dose, struct decl *d)
{
    for (struct clause *clause = d->clauses; clause; clause = clause->next)
        if (clause->kind == CLAUSE_AMOUNT) check_clause(dose, clause);
    for (struct clause *clause = d->clauses; clause; clause = clause->next)
        if (clause->kind != CLAUSE_AMOUNT) check_clause(dose, clause);
}

/* ---- The dose --------------------------------------------------------------------------------------- */

static void check_whole_dose(const struct dose_check *dose, const struct decl *d)
{
    struct checker *ck = dose->ck;
    struct diag *message;
    if (dose->amounts == 0 && !d->incomplete) {
        message = diag_report(ck->sink, DIAG_DOSE_NO_AMOUNT, d->span, "`%s` has no amount", d->name.text);
        diag_help(ck->sink, message,
                  "where the source names the drug and prints no dose, write `amount no statement`");
    }
    if (dose->days && dose->plain) {
        message = diag_report(ck->sink, DIAG_DAYS_MIXED, dose->plain->span,
                              "this amount has no days, and another one has");
        diag_note(ck->sink, message, dose->days->span, "this one is for certain days");
        diag_help(ck->sink, message, "give every amount of the dose its days, or none");
    }
    if (dose->choose && !dose->range && !d->incomplete) {
        message = diag_report(ck->sink, DIAG_CHOOSE_WITHOUT_RANGE, dose->choose->span,
                              "there is no range to choose from");
        diag_help(ck->sink, message, "`choose` picks the point inside `amount A to B`: leave it out");
    }
    if (dose->range && dose->round && !dose->choose && !dose->has_point && !d->incomplete) {
        message = diag_report(ck->sink, DIAG_RANGE_ROUNDED, dose->round->span, "a range is never rounded");
        diag_note(ck->sink, message, dose->range->span, "the range");
        diag_help(ck->sink, message, "pick the point with `choose PARAMETER`: that is rounded");
    }
}

/* The total of a plan counts each amount once a day. */
static void check_plan_rate(const struct dose_check *dose, const struct decl *decl)
{
    struct checker *ck = dose->ck;
    struct unit day;
    if (!(dose->days || check_schedule_gives_days(decl)) || !dose->amount ||
        !unit_is_rate(&dose->amount->type->unit))
        return;
    if (unit_per_day(&dose->amount->type->unit, &day)) return;
    struct diag *d = diag_report(ck->sink, DIAG_PLAN_RATE, dose->amount->span,
                                 "a plan by days has a rate per day, and this is %s",
                                 unit_words(ck->arena, &dose->amount->type->unit));
    if (dose->days) diag_note(ck->sink, d, dose->days->span, "these are days");
    diag_help(ck->sink, d,
              "convert it, as in `(2 mg/h) in mg/d`, so that the total of the plan can be added up");
}

static struct type *dose_type(const struct dose_check *dose)
{
    struct arena *arena = dose->ck->arena;
    if (!dose->amount) return type_new(arena, dose->broken ? TYPE_ERROR : TYPE_QUANTITY);
    /* other rules can read it as one amount; else only as a plan or a range */
    bool single = !dose->days && (!dose->range || dose->choose);
    struct type *type = type_new(arena, single ? TYPE_QUANTITY : TYPE_DOSE);
    type->unit = dose->amount->type->unit;
    return type;
}

/* All rows share their names; only an amount takes the place of another one. */
static void check_row_names(struct checker *ck, const struct decl *d)
{
    const struct name none = {0};
    struct name_set names = {.arena = ck->arena}, amounts = {.arena = ck->arena};
    for (const struct clause *clause = d->clauses; clause; clause = clause->next) {
        check_row_label(ck, &clause->name, &none, &names);
        if (clause->kind != CLAUSE_AMOUNT) continue;
        check_row_label(ck, &none, &clause->instead_of, &amounts);
        if (clause->name.text) (void)name_set_add(&amounts, clause->name.text, clause->name.span);
    }
}

void check_dose(struct checker *ck, struct decl *d)
{
    struct dose_check dose = {.ck = ck};
    check_tail(ck, &d->tail);
    if (d->applies) check_condition(ck, d->applies);
    check_tables(ck, d);
    check_clauses(&dose, d);
    check_row_names(ck, d);
    check_whole_dose(&dose, d);
    check_plan_rate(&dose, d);
    check_dose_schedules(&dose, d);
    d->type = d->incomplete ? type_new(ck->arena, TYPE_ERROR) : dose_type(&dose);
}
