/*
 * Expressions: literals, arithmetic, conditions.
 *
 * check_expr goes down the tree once and leaves a type on every node.  What a place wants is handed down
 * (want), because only that decides what an enumeration value means; everything else comes from below.  A
 * part that is wrong is reported where it is, gets TYPE_ERROR, and nothing above it speaks about it again.
 *
 * Units are worked out here and nowhere else: later stages find in e->type the unit in which a value is,
 * and convert.
 */
#include "compiler/check.h"

static struct type *error_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_ERROR);
}

static struct type *bool_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_BOOL);
}

/* ---- What a place demands --------------------------------------------------------------------------- */

/* A calendar time is none: it has no unit until it is compared. */
static bool is_single_value(const struct type *type)
{
    switch (type->kind) {
    case TYPE_SERIES:
    case TYPE_EVENTS:
    case TYPE_TABLE:
    case TYPE_ELEMENT:
    case TYPE_DOSE:
    case TYPE_SPAN: return false;
    default: return true;
    }
}

struct type *check_value(struct checker *ck, struct expr *e, const struct type *want)
{
    struct type *type = check_expr(ck, e, want);
    if (is_single_value(type)) return type;
    report_not_a_value(ck, e);
    return e->type = error_type(ck);
}

void check_condition(struct checker *ck, struct expr *e)
{
    struct type *type = check_expr(ck, e, NULL);
    if (type->kind == TYPE_BOOL || type->kind == TYPE_ERROR) return;
    struct diag *d = diag_report(ck->sink, DIAG_CONDITION_NEEDED, expr_span(ck, e),
                                 "a condition is needed here, and this is %s", type_words(ck->arena, type));
    note_origin(ck, d, e);
    if (type->kind == TYPE_ENUM)
        diag_help(ck->sink, d, "say which value is meant: `%s is %s`", expr_words(e),
                  type->enumeration->values->name);
    else if (type->kind == TYPE_QUANTITY)
        diag_help(ck->sink, d, "compare it with a limit, as in `%s > ...`", expr_words(e));
    else if (type_is_list(type))
        diag_help(ck->sink, d, "say what is asked of it, as in `any %s where (...)`", expr_words(e));
    e->type = error_type(ck);
}

static void report_number_needed(struct checker *ck, const struct expr *e)
{
    struct diag *d =
        diag_report(ck->sink, DIAG_NUMBER_NEEDED, expr_span(ck, e),
                    "an amount or a number is needed here, and this is %s", type_words(ck->arena, e->type));
    note_origin(ck, d, e);
    if (type_is_date(e->type))
        diag_help(ck->sink, d,
                  "the time between two dates is `time from A to B` or `completed years from A to B`");
}

/* e is typed. */
static bool is_quantity(struct checker *ck, const struct expr *e)
{
    if (e->type->kind != TYPE_QUANTITY && e->type->kind != TYPE_ERROR) report_number_needed(ck, e);
    return e->type->kind == TYPE_QUANTITY;
}

bool check_quantity(struct checker *ck, struct expr *e)
{
    check_value(ck, e, NULL);
    return is_quantity(ck, e);
}

void check_moment(struct checker *ck, struct expr **slot)
{
    struct expr *e = *slot;
    struct type *type = check_expr(ck, e, NULL);
    if (type_is_date(type) || type->kind == TYPE_ERROR) return;
    if (type_is_dated(type)) {
        struct expr *date = arena_alloc(ck->arena, sizeof *date);
        *date = (struct expr){.kind = EXPR_DATE_OF, .span = e->span, .a = e, .builtin = -1};
        date->type = type_new(ck->arena, TYPE_TIME);
        /* the tree is changed, so later stages see `date of e` as if it had been written */
        *slot = date;
        return;
    }
    struct diag *d =
        diag_report(ck->sink, DIAG_DATE_NEEDED, expr_span(ck, e),
                    "a date or a time is needed here, and this is %s", type_words(ck->arena, type));
    note_origin(ck, d, e);
    if (type_is_list(type))
        diag_help(ck->sink, d, "say which one is meant, as in `latest %s`", expr_words(e));
    e->type = error_type(ck);
}

/* ---- Literals and texts ----------------------------------------------------------------------------- */

static struct type *check_number(struct checker *ck, struct expr *e)
{
    struct type *type = type_quantity(ck->arena, &e->unit);
    /* 3 is a count, 3 mg is none: half a milligram is an amount like any other */
    type->whole = !e->has_unit && decimal_is_whole(e->number);
    /* a year alone is a threshold; mg per year would need the length of a year */
    if (!unit_has_calendar(&e->unit) || unit_is_calendar(&e->unit)) return type;
    struct diag *d = diag_report(ck->sink, DIAG_CALENDAR_ARITHMETIC, e->unit_span,
                                 "a month or a year cannot be part of another unit");
    diag_help(ck->sink, d, "a month has 28 to 31 days: write the amount per day or per week");
    return error_type(ck);
}

static struct type *check_date_literal(struct checker *ck, const struct expr *e)
{
    if (e->date.precision == CAL_TIME) return type_new(ck->arena, TYPE_TIME);
    if (e->date.precision == CAL_DAY) return type_new(ck->arena, TYPE_DATE);
    struct diag *d = diag_report(ck->sink, DIAG_PARTIAL_DATE, e->span, "a rule needs a whole date");
    diag_help(ck->sink, d, "write year, month and day: `2019-03-01`");
    return error_type(ck);
}

static bool is_printable(const struct type *type)
{
    return is_single_value(type) || type->kind == TYPE_ERROR;
}

void check_text(struct checker *ck, struct text *text)
{
    for (struct text_part *part = text ? text->parts : NULL; part; part = part->next) {
        if (!part->expr) continue;
        const struct type *type = check_expr(ck, part->expr, NULL);
        if (is_printable(type)) continue;
        struct diag *d = diag_report(ck->sink, DIAG_NOT_PRINTABLE, expr_span(ck, part->expr),
                                     "%s cannot be printed in a text", type_words(ck->arena, type));
        if (type->kind == TYPE_ELEMENT)
            diag_help(ck->sink, d, "name what is to be printed, as in `{date of %s}`",
                      expr_words(part->expr));
        else if (type->kind == TYPE_SPAN)
            diag_help(ck->sink, d, "print a count: `completed years from A to B`");
        else
            diag_help(ck->sink, d, "select one value of it first, as in `{latest %s}`",
                      expr_words(part->expr));
    }
}

static struct type *check_text_literal(struct checker *ck, struct expr *e)
{
    check_text(ck, e->text);
    return type_new(ck->arena, TYPE_TEXT);
}

/* ---- Arithmetic ------------------------------------------------------------------------------------- */

/* Degrees Celsius, pH: values on a scale, not amounts. */
static bool refuse_special(struct checker *ck, const struct expr *e)
{
    if (!unit_is_special(&e->type->unit)) return false;
    struct diag *d = diag_report(ck->sink, DIAG_SCALE_ARITHMETIC, expr_span(ck, e),
                                 "a value in %s can only be compared", unit_words(ck->arena, &e->type->unit));
    diag_help(ck->sink, d, "its zero is no absence of something, so sums and products of it mean nothing");
    return true;
}

static bool refuse_calendar(struct checker *ck, const struct expr *e)
{
    if (!unit_has_calendar(&e->type->unit)) return false;
    struct diag *d = diag_report(ck->sink, DIAG_CALENDAR_ARITHMETIC, expr_span(ck, e),
                                 "%s cannot be multiplied or divided", unit_words(ck->arena, &e->type->unit));
    note_origin(ck, d, e);
    diag_help(ck->sink, d, "a month has 28 to 31 days and a year 365 or 366: calculate in days or weeks");
    return true;
}

/* `birth_date + 14 days`: the moment moved. */
static struct type *check_shift(struct checker *ck, struct expr *e)
{
    const struct type *moment = e->a->type;
    if (type_is_date(e->b->type)) {
        struct diag *d =
            diag_report(ck->sink, DIAG_DATE_ARITHMETIC, e->span, "two dates cannot be added or subtracted");
        diag_help(ck->sink, d,
                  "write `time from A to B` to compare, or `completed days from A to B` to count");
        return error_type(ck);
    }
    if (e->b->type->kind == TYPE_ERROR || !check_length(ck, e->b, DIAG_DATE_ARITHMETIC))
        return error_type(ck);
    /* a date moved by hours is a moment: the date becomes the range of its day */
    bool stays_date = moment->kind == TYPE_DATE && unit_counts_dates(&e->b->type->unit);
    return type_new(ck->arena, stays_date ? TYPE_DATE : TYPE_TIME);
}

/* Lengths on one scale are added in the smaller of their units, so that 5 weeks - 1 day is a whole number of
 * days. */
static const struct unit *sum_unit(const struct unit *a, const struct unit *b)
{
    bool lengths = (unit_is_time(a) || unit_is_calendar(a)) && unit_counts_dates(a) == unit_counts_dates(b);
    decimal b_in_a;
    bool smaller = lengths && unit_convert(decimal_from_int(1), b, a, &b_in_a, NULL) == UNIT_OK &&
                   decimal_compare(b_in_a, decimal_from_int(1)) < 0;
    return smaller ? b : a;
}

static struct type *sum_type(struct checker *ck, const struct expr *e)
{
    struct type *type = type_quantity(ck->arena, sum_unit(&e->a->type->unit, &e->b->type->unit));
    type->whole = e->a->type->whole && e->b->type->whole;
    return type;
}

static struct type *check_sum(struct checker *ck, struct expr *e)
{
    const struct type *a = check_value(ck, e->a, NULL);
    check_value(ck, e->b, NULL);
    if (type_is_date(a)) return check_shift(ck, e);
    if (!is_quantity(ck, e->a) || !is_quantity(ck, e->b)) return error_type(ck);
    if (e->kind == EXPR_SUB && check_is_dash(ck, e)) return error_type(ck);
    if (!check_units(ck, e->a, e->b)) return error_type(ck);
    /* 20 Cel + 20 Cel is not 40 Cel (SPEC.md, Temperature and other special units) */
    if (refuse_special(ck, e->a) || refuse_special(ck, e->b)) return error_type(ck);
    return sum_type(ck, e);
}

/* `wbc < 10*9/L`: without a number before it, the power of ten is a multiplication by 9 /L. */
static bool refuse_bare_power(struct checker *ck, const struct expr *e)
{
    decimal ten = decimal_from_int(10);
    bool bare = e->kind == EXPR_MUL && e->a->kind == EXPR_NUMBER && !e->a->has_unit &&
                e->b->kind == EXPR_NUMBER && e->b->has_unit && e->b->span.start == e->a->span.end + 1 &&
                decimal_equal(e->a->number, ten);
    if (!bare) return false;
    char power[DECIMAL_TEXT_MAX];
    decimal_format(e->b->number, power);
    struct diag *d =
        diag_report(ck->sink, DIAG_POWER_OF_TEN, e->span, "this power of ten has no number before it");
    diag_help(ck->sink, d,
              "a power of ten is part of a unit: write `1 10*%.9s%s`, or put spaces round `*` to multiply",
              power, unit_text(ck->arena, &e->b->unit));
    return true;
}

static struct type *check_product(struct checker *ck, struct expr *e)
{
    if (refuse_bare_power(ck, e)) return error_type(ck);
    bool good = check_quantity(ck, e->a);
    if (!check_quantity(ck, e->b) || !good) return error_type(ck);
    if (refuse_calendar(ck, e->a) || refuse_calendar(ck, e->b)) return error_type(ck);
    if (refuse_special(ck, e->a) || refuse_special(ck, e->b)) return error_type(ck);
    const struct unit *a = &e->a->type->unit, *b = &e->b->type->unit;
    struct type *type = type_new(ck->arena, TYPE_QUANTITY);
    if (e->kind == EXPR_MUL ? unit_multiply(a, b, &type->unit) : unit_divide(a, b, &type->unit)) {
        type->whole = e->kind == EXPR_MUL && e->a->type->whole && e->b->type->whole;
        return type;
    }
    diag_report(ck->sink, DIAG_UNIT_TOO_COMPLEX, e->span, "the unit of this product has too many parts");
    return error_type(ck);
}

static struct type *check_negate(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->a)) return error_type(ck);
    bool below_zero = e->a->kind == EXPR_NUMBER; /* -40 Cel is a temperature */
    if (!below_zero && refuse_special(ck, e->a)) return error_type(ck);
    struct type *type = type_quantity(ck->arena, &e->a->type->unit);
    type->whole = e->a->type->whole;
    return type;
}

static struct type *check_in_unit(struct checker *ck, struct expr *e)
{
    if (!check_quantity(ck, e->a)) return error_type(ck);
    if (units_fit(&e->a->type->unit, &e->unit)) return type_quantity(ck->arena, &e->unit);
    const struct expr target = {
        .kind = EXPR_ERROR, .span = e->unit_span, .type = type_quantity(ck->arena, &e->unit)};
    report_units_differ(ck, e->a, &target);
    return error_type(ck);
}

/* ---- Conditions ------------------------------------------------------------------------------------- */

/* `lineage is t_all or mature_b`: the second value stands alone. */
static bool report_value_beside_or(struct checker *ck, const struct expr *left, const struct expr *right)
{
    if (right->kind != EXPR_NAME || right->parenthesised) return false;
    while (left->kind == EXPR_OR && !left->parenthesised)
        left = left->b;
    /* the last comparison before the `or` is what the value was meant to go on with */
    if (left->kind == EXPR_NOT) left = left->a;
    if (left->kind != EXPR_IS && left->kind != EXPR_IS_ONE_OF) return false;
    const struct type *type = left->a->type;
    if (!type || type->kind != TYPE_ENUM || !enumeration_find(type->enumeration, right->name.text))
        return false;
    struct diag *d = diag_report(ck->sink, DIAG_VALUE_ALONE, right->span,
                                 "`%s` stands here alone, without `is`", right->name.text);
    diag_note(ck->sink, d, left->span, "it is not part of this comparison");
    const char *first = left->kind == EXPR_IS ? expr_words(left->b) : "...";
    diag_help(ck->sink, d, "write `%s is one of %s, %s`", expr_words(left->a), first, right->name.text);
    return true;
}

/* Two operators whose order a reader would have to know. */
static void check_mixed(struct checker *ck, const struct expr *e, const struct expr *part)
{
    enum expr_kind other = e->kind == EXPR_AND ? EXPR_OR : EXPR_AND;
    if (part->kind != other || part->parenthesised) return;
    struct diag *d = diag_report(ck->sink, DIAG_AND_OR_MIXED, e->span,
                                 "`and` and `or` stand side by side without brackets");
    diag_note(ck->sink, d, part->span, "this part is read first");
    diag_help(ck->sink, d, "put the part that belongs together in brackets: `(a and b) or c`");
}

static struct type *check_and_or(struct checker *ck, struct expr *e)
{
    check_mixed(ck, e, e->a);
    check_mixed(ck, e, e->b);
    check_condition(ck, e->a);
    if (e->kind == EXPR_OR && report_value_beside_or(ck, e->a, e->b))
        e->b->type = error_type(ck);
    else
        check_condition(ck, e->b);
    /* both sides have types now, which the comparison of their units needs */
    check_joined_units(ck, e);
    return bool_type(ck);
}

static struct type *check_not(struct checker *ck, struct expr *e)
{
    check_condition(ck, e->a);
    return bool_type(ck);
}

static struct type *check_implies(struct checker *ck, struct expr *e)
{
    check_condition(ck, e->a);
    check_condition(ck, e->b);
    return bool_type(ck);
}

static struct type *check_count_of(struct checker *ck, struct expr *e)
{
    for (struct expr *arg = e->args; arg; arg = arg->next)
        check_condition(ck, arg);
    return type_whole(ck->arena);
}

bool refuse_text_value(struct checker *ck, const struct expr *e, const struct type *type)
{
    if (type->kind != TYPE_TEXT) return false;
    struct diag *d = diag_report(ck->sink, DIAG_TEXT_AS_VALUE, expr_span(ck, e),
                                 "a text is printed where it was written, and cannot be handed on");
    diag_help(ck->sink, d,
              "print the input or the field itself, as in \"{notes}\"; where rules choose between several "
              "words, make them values: `one of a, b`");
    return true;
}

static struct type *check_or_else(struct checker *ck, struct expr *e, const struct type *want)
{
    struct type *a = check_value(ck, e->a, want);
    /* the right side is read as what the left one is: a value of its enumeration */
    const struct type *b = check_value(ck, e->b, a);
    if (a->kind == TYPE_ERROR || b->kind == TYPE_ERROR || refuse_text_value(ck, e, a)) return error_type(ck);
    if (!check_alike(ck, e->a, e->b, "the two sides of `or else` are of different kinds"))
        return error_type(ck);
    /* not the type of a itself: that one may be whole or dated, and the other side is not */
    if (a->kind == TYPE_QUANTITY) return type_quantity(ck->arena, &a->unit);
    return type_is_date(a) && b->kind == TYPE_TIME ? e->b->type : a;
}

/* The value of the first case whose condition holds. */
static struct type *check_case(struct checker *ck, struct expr *e, const struct type *want)
{
    struct type *a = check_value(ck, e->a, want);
    check_condition(ck, e->b);
    /* e->c holds the remaining cases, as a tree that leans to the right */
    if (e->c == NULL || a->kind == TYPE_ERROR) return a;
    const struct type *rest = check_value(ck, e->c, a);
    if (rest->kind == TYPE_ERROR || !check_alike(ck, e->a, e->c, "these two cases are of different kinds"))
        return error_type(ck);
    return a->kind == TYPE_QUANTITY ? type_quantity(ck->arena, &a->unit) : a;
}

/* ---- Times between dates ---------------------------------------------------------------------------- */

static struct type *check_time_from(struct checker *ck, struct expr *e)
{
    check_moment(ck, &e->a);
    check_moment(ck, &e->b);
    bool broken = e->a->type->kind == TYPE_ERROR || e->b->type->kind == TYPE_ERROR;
    return broken ? error_type(ck) : type_new(ck->arena, TYPE_SPAN);
}

static struct type *check_completed(struct checker *ck, struct expr *e)
{
    check_moment(ck, &e->a);
    check_moment(ck, &e->b);
    if (e->a->type->kind == TYPE_ERROR || e->b->type->kind == TYPE_ERROR) return error_type(ck);
    if (unit_counts_dates(&e->unit)) return type_whole(ck->arena);
    struct diag *d = diag_report(ck->sink, DIAG_COMPLETED_UNIT, e->unit_span,
                                 "only calendar units are counted as completed");
    diag_help(ck->sink, d,
              "write `completed years`, `months`, `weeks` or `days`; hours are compared with `time from`");
    return error_type(ck);
}

/* ---- The switch ------------------------------------------------------------------------------------- */

static struct type *report_misplaced(struct checker *ck, const struct expr *e, const char *what,
                                     const char *help)
{
    struct diag *d = diag_report(ck->sink, DIAG_MISPLACED, e->span, "%s cannot stand here", what);
    diag_help(ck->sink, d, "%s", help);
    return error_type(ck);
}

/* `total of X`: of a dose, or of a series, which is then an ordinary selection. */
static struct type *check_total_of(struct checker *ck, struct expr *e)
{
    const struct type *type = check_expr(ck, e->a, NULL);
    e->decl = e->a->decl;
    if (type->kind == TYPE_ERROR) return error_type(ck);
    if (!e->decl || e->decl->kind != DECL_DOSE) {
        e->kind = EXPR_SELECT;
        e->selector = SELECT_TOTAL;
        e->decl = NULL;
        return check_select(ck, e);
    }
    if (ck->place == CHECK_RULE)
        return report_misplaced(ck, e, "the total of a dose",
                                "`total of` a dose belongs to a guarantee or a test");
    struct unit total;
    /* each day counts once: the total of ug/d over days is an amount in ug */
    return type_quantity(ck->arena, unit_per_day(&type->unit, &total) ? &total : &type->unit);
}

/* `activity_day7 for 2026-01-10`, in a test: of one element. */
static struct type *check_state_for(struct checker *ck, struct expr *e)
{
    struct type *type = check_expr(ck, e->a, NULL), *date = check_expr(ck, e->b, NULL);
    e->decl = e->a->decl;
    if (type->kind == TYPE_ERROR || date->kind == TYPE_ERROR) return error_type(ck);
    bool each = e->decl && decl_is_classified(e->decl) && e->decl->each;
    if (each || (e->decl && e->decl->incomplete)) return type;
    const char *name = e->a->name.text;
    struct diag *d = diag_report(ck->sink, DIAG_STATE_FOR, e->span,
                                 "`%s` has one result, and not one for each element", name);
    note_origin(ck, d, e->a);
    diag_help(ck->sink, d, "only an alert or a monitor with `for each` has; ask for the whole: `%s is ...`",
              name);
    return error_type(ck);
}

static struct type *check_subject(struct checker *ck, const struct expr *e)
{
    if (ck->subject) return ck->subject;
    return report_misplaced(ck, e, "a test without its left side",
                            "write what is compared: `weight < 10 kg`");
}

/* Several values where one is wanted. */
static struct type *report_values(struct checker *ck, const struct expr *e)
{
    if (e->kind == EXPR_TO)
        return report_misplaced(ck, e, "a range", "a range of values is tested with `is from A to B`");
    return report_misplaced(ck, e, "a list", "one of several values is tested with `is one of A, B`");
}

static struct type *report_none(struct checker *ck, const struct expr *e)
{
    return report_misplaced(ck, e, "`none`", "`none` is what an institution sets a parameter to");
}

/* One line for each kind of expression; the only place that knows all of them. */
static struct type *check_kind(struct checker *ck, struct expr *e, const struct type *want, bool whole_value)
{
    switch (e->kind) {
    case EXPR_ERROR: return error_type(ck);
    case EXPR_NUMBER: return check_number(ck, e);
    case EXPR_DATE: return check_date_literal(ck, e);
    case EXPR_TEXT: return check_text_literal(ck, e);
    case EXPR_YES:
    case EXPR_NO:
    case EXPR_ANY_CELL: return bool_type(ck);
    case EXPR_NONE: return report_none(ck, e);
    case EXPR_NOW: return type_new(ck->arena, TYPE_TIME);
    case EXPR_SUBJECT: return check_subject(ck, e);
    case EXPR_NAME: return check_name(ck, e, want, whole_value);
    case EXPR_CALL: return check_call(ck, e);
    case EXPR_NEGATE: return check_negate(ck, e);
    case EXPR_ADD:
    case EXPR_SUB: return check_sum(ck, e);
    case EXPR_MUL:
    case EXPR_DIV: return check_product(ck, e);
    case EXPR_NOT: return check_not(ck, e);
    case EXPR_AND:
    case EXPR_OR: return check_and_or(ck, e);
    case EXPR_IMPLIES: return check_implies(ck, e);
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE: return check_order(ck, e);
    case EXPR_IS: return check_is(ck, e);
    case EXPR_IS_ONE_OF: return check_is_one_of(ck, e);
    case EXPR_IS_RANGE: return check_is_range(ck, e);
    case EXPR_IS_STATE: return check_is_state(ck, e);
    case EXPR_IS_WITHIN: return check_is_within(ck, e);
    case EXPR_INCLUDES: return check_includes(ck, e);
    case EXPR_MEETS: return check_meets(ck, e);
    case EXPR_IN_UNIT: return check_in_unit(ck, e);
    case EXPR_OR_ELSE: return check_or_else(ck, e, want);
    case EXPR_CASE: return check_case(ck, e, want);
    case EXPR_SELECT: return check_select(ck, e);
    case EXPR_COUNT_OF: return check_count_of(ck, e);
    case EXPR_TIME_FROM: return check_time_from(ck, e);
    case EXPR_COMPLETED: return check_completed(ck, e);
    case EXPR_OF: return check_of(ck, e);
    case EXPR_DATE_OF: return check_date_of(ck, e);
    case EXPR_GAPS_OF: return check_gaps(ck, e);
    case EXPR_AS: return check_as(ck, e, want);
    case EXPR_ACTIVE_AT: return check_active_at(ck, e);
    case EXPR_UNTIL: return report_until(ck, e);
    case EXPR_IN_WINDOW: return check_in_window(ck, e);
    case EXPR_TOTAL_OF: return check_total_of(ck, e);
    case EXPR_STATE_FOR: return check_state_for(ck, e);
    case EXPR_PHASE_START:
    case EXPR_PHASE_END:
    case EXPR_PHASE_NUMBER: return check_phase_part(ck, e);
    case EXPR_PHASE_DAY: return check_phase_day(ck, e);
    case EXPR_ON_DAY:
    case EXPR_ON_DATE: return check_on(ck, e);
    case EXPR_NONE_ON: return check_none_on(ck, e);
    case EXPR_TO:
    case EXPR_LIST: return report_values(ck, e);
    }
    return error_type(ck);
}

struct type *check_expr(struct checker *ck, struct expr *e, const struct type *want)
{
    /* it holds for this expression and for none of its parts */
    bool whole_value = ck->whole_value;
    ck->whole_value = false;
    ck->depth++;
    e->type = check_kind(ck, e, want, whole_value);
    ck->depth--;
    return e->type;
}
