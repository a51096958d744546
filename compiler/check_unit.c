/*
 * Whether two amounts may stand beside each other, and numbers that were written without their unit.
 */
#include "compiler/check.h"
#include "compiler/expr_tree.h"

static const struct unit NO_UNIT = {0};

/* The number that is written there without a unit, or NULL; of a definition by cases that of its first case.
 */
static const struct expr *bare_number(const struct expr *e)
{
    switch (e->kind) {
    case EXPR_NUMBER: return e->has_unit ? NULL : e;
    case EXPR_NEGATE: return bare_number(e->a) ? e : NULL;
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV: return bare_number(e->a) && bare_number(e->b) ? e : NULL;
    case EXPR_CASE: return bare_number(e->a);
    default: return NULL;
    }
}

/* Percent, mg/g: 5 of it is a number too, and another one than 5. */
static bool is_scaled_number(const struct unit *unit)
{
    decimal one = decimal_from_int(1), plain;
    return unit->count > 0 && unit_is_dimensionless(unit) &&
           unit_convert(one, unit, &NO_UNIT, &plain, NULL) == UNIT_OK && !decimal_equal(plain, one);
}

/* Percent, 10*-3, parts per million: a plain number may be meant beside it. */
static bool is_share(const struct unit *unit)
{
    for (int i = 0; i < unit->count; i++) {
        const struct unit alone = {.count = 1, .terms = {unit->terms[i]}};
        if (!unit_is_dimensionless(&alone)) return false;
    }
    return is_scaled_number(unit);
}

/* "`50 %`, or `5000 %` if the plain number 50 is meant". */
static const char *two_readings(struct checker *ck, const struct expr *number, const struct unit *unit)
{
    char written[DECIMAL_TEXT_MAX], meant[DECIMAL_TEXT_MAX];
    decimal value, in_unit;
    const char *symbol = unit_text(ck->arena, unit);
    if (!literal_value(number, &value))
        return arena_printf(ck->arena, "the unit behind each number, as in `5 %s`", symbol);
    decimal_format(value, written);
    if (!is_share(unit) || unit_convert(value, &NO_UNIT, unit, &in_unit, NULL) != UNIT_OK)
        return arena_printf(ck->arena, "`%.40s %s`", written, symbol);
    decimal_format(decimal_canonical(in_unit), meant);
    return arena_printf(ck->arena, "`%.40s %s`, or `%.40s %s` if the plain number %.40s is meant", written,
                        symbol, meant, symbol, written);
}

void advise_unit_behind(struct checker *ck, struct diag *d, const struct expr *number, const char *unit)
{
    char written[DECIMAL_TEXT_MAX];
    decimal_format(number->number, written);
    diag_help(ck->sink, d,
              "a unit belongs to the one number before it: write `%.40s %s`, or the unit that is meant",
              written, unit);
}

/* beside: the amount in percent that the number is compared, added or listed with. */
static void report_unit_left_out(struct checker *ck, const struct expr *beside, const struct expr *number)
{
    const struct unit *unit = &beside->type->unit;
    struct diag *d =
        diag_report(ck->sink, DIAG_UNIT_LEFT_OUT, number->span,
                    "this number has no unit, and stands beside an amount in %s", unit_text(ck->arena, unit));
    diag_note(ck->sink, d, expr_span(ck, beside), "%s", unit_words(ck->arena, unit));
    note_origin(ck, d, beside);
    bool computed = beside->kind == EXPR_DIV ||
                    (beside->kind == EXPR_NAME && beside->decl && beside->decl->kind == DECL_DEFINE);
    diag_help(ck->sink, d, "write %s%s%s%s", two_readings(ck, number, unit),
              computed ? "; the plain number is `number(" : "",
              computed ? (*expr_words(beside) ? expr_words(beside) : "...") : "", computed ? ")`" : "");
}

/* So have the values of a series, and a dose by days or as a range. */
static bool has_amount(const struct type *type)
{
    return type->kind == TYPE_QUANTITY || type->kind == TYPE_SERIES || type->kind == TYPE_DOSE;
}

/* Nothing is nothing in every unit of numbers. */
static bool is_zero(const struct expr *number)
{
    decimal value;
    return literal_value(number, &value) && decimal_sign(value) == 0;
}

bool check_unit_written(struct checker *ck, const struct expr *a, const struct expr *b)
{
    if (!has_amount(a->type) || !has_amount(b->type)) return true;
    const bool a_scaled = is_scaled_number(&a->type->unit), b_scaled = is_scaled_number(&b->type->unit);
    const struct expr *beside = a_scaled ? a : b, *number = bare_number(a_scaled ? b : a);
    if (a_scaled == b_scaled || !number || is_zero(number)) return true;
    report_unit_left_out(ck, beside, number);
    return false;
}

bool check_percent_written(struct checker *ck, const struct expr *a, const struct expr *b)
{
    bool percent = is_share(&a->type->unit) || is_share(&b->type->unit);
    return !percent || check_unit_written(ck, a, b);
}

bool check_units(struct checker *ck, const struct expr *a, const struct expr *b)
{
    if (!check_unit_written(ck, a, b)) return false;
    if (units_fit(&a->type->unit, &b->type->unit)) return true;
    report_units_differ(ck, a, b);
    return false;
}

bool check_is_dash(struct checker *ck, const struct expr *difference)
{
    const struct expr *low = difference->a, *high = difference->b;
    while (high->kind == EXPR_MUL || high->kind == EXPR_DIV)
        high = high->a;
    if (low->kind != EXPR_NUMBER || low->has_unit || high->kind != EXPR_NUMBER || !high->has_unit)
        return false;
    char from[DECIMAL_TEXT_MAX], to[DECIMAL_TEXT_MAX];
    decimal_format(low->number, from);
    decimal_format(high->number, to);
    const char *unit = unit_text(ck->arena, &high->unit);
    struct diag *d =
        diag_report(ck->sink, DIAG_UNITS_DIFFER, difference->span, "a number without unit minus an amount");
    diag_help(ck->sink, d,
              "a range is written with `to`: `%.40s %s to %.40s %s`, in an amount also `%.40s to %.40s %s`",
              from, unit, to, unit, from, to, unit);
    return true;
}

/* ---- What shares a range ------------------------------------------------------------------------------ */

/* Of two amounts, both typed. */
static bool is_comparison(const struct expr *e)
{
    bool compares = e->kind == EXPR_LT || e->kind == EXPR_LE || e->kind == EXPR_GT || e->kind == EXPR_GE ||
                    e->kind == EXPR_IS;
    return compares && e->a->type && e->b->type && e->a->type->kind == TYPE_QUANTITY &&
           e->b->type->kind == TYPE_QUANTITY;
}

/* Looks for comparisons of the same expression on the left of an `and` or `or`: in `x > 5 and x < 10 %`
   the two limits are of one kind or one of them is a slip. */
static bool check_against(struct checker *ck, const struct expr *earlier, const struct expr *e)
{
    if (earlier->kind == EXPR_AND || earlier->kind == EXPR_OR)
        return check_against(ck, earlier->a, e) && check_against(ck, earlier->b, e);
    if (!is_comparison(earlier) || !expr_equal(earlier->a, e->a)) return true;
    return check_unit_written(ck, earlier->b, e->b);
}

void check_joined_units(struct checker *ck, const struct expr *joined)
{
    const struct expr *e = joined->b; /* what is compared with percent is checked by itself */
    if (is_comparison(e) && !is_scaled_number(&e->a->type->unit)) check_against(ck, joined->a, e);
}

static void report_bound_unit(struct checker *ck, const struct expr *number, const struct expr *other,
                              const struct unit *unit)
{
    char written[DECIMAL_TEXT_MAX];
    decimal value;
    literal_value(number, &value);
    decimal_format(value, written);
    struct diag *d =
        diag_report(ck->sink, DIAG_UNIT_LEFT_OUT, number->span,
                    "this end of the range has no unit, and the other end another one than the input");
    diag_note(ck->sink, d, other->span, "%s", unit_words(ck->arena, &other->unit));
    if (unit->count == 0)
        diag_help(ck->sink, d, "write `%.40s %s`, or both ends as plain numbers", written,
                  unit_text(ck->arena, &other->unit));
    else
        diag_help(ck->sink, d, "write `%.40s %s` or `%.40s %s`", written, unit_text(ck->arena, &other->unit),
                  written, unit_text(ck->arena, unit));
}

bool check_range_units(struct checker *ck, const struct expr *low, const struct expr *high,
                       const struct unit *unit)
{
    decimal value;
    if (!literal_value(low, &value) || !literal_value(high, &value)) return true; /* reported elsewhere */
    const struct expr *a = low->kind == EXPR_NEGATE ? low->a : low,
                      *b = high->kind == EXPR_NEGATE ? high->a : high;
    const struct expr *bare = a->has_unit ? b : a, *other = a->has_unit ? a : b;
    if (bare->has_unit || !other->has_unit || unit_equal(&other->unit, unit)) return true;
    /* 0 is the same in percent and without it; 0 of a temperature is not the same on each scale */
    if (is_zero(bare) && unit_is_dimensionless(unit)) return true;
    report_bound_unit(ck, bare, other, unit);
    return false;
}
