/*
 * Inputs, definitions, functions, guarantees.
 */
#include "compiler/check.h"
#include "compiler/check_literal.h"

/* ---- Literals --------------------------------------------------------------------------------------- */

/* Through one minus; NULL where e is no number that is written out. */
static const struct expr *literal_number(const struct expr *e)
{
    if (e->kind == EXPR_NEGATE) e = e->a;
    return e->kind == EXPR_NUMBER ? e : NULL;
}

bool literal_value(const struct expr *e, decimal *value)
{
    const struct expr *number = literal_number(e);
    if (!number) return false;
    *value = e->kind == EXPR_NEGATE ? decimal_negate(number->number) : number->number;
    return true;
}

bool literal_in_unit(const struct expr *e, const struct unit *unit, decimal *value)
{
    decimal written;
    if (!literal_value(e, &written)) return false;
    const struct expr *number = literal_number(e);
    if (number->has_unit) return unit_convert(written, &number->unit, unit, value, NULL) == UNIT_OK;
    *value = written;
    return true;
}

/* ---- Inputs ----------------------------------------------------------------------------------------- */

/* A bare number of a range is in the unit of the input. */
static void lend_unit(struct expr *e, const struct unit *unit)
{
    struct expr *number = e->kind == EXPR_NEGATE ? e->a : e;
    if (number->kind == EXPR_NUMBER && !number->has_unit) number->unit = *unit;
}

/* Where the input is a count. */
static bool bound_is_whole(struct checker *ck, const struct expr *e, const struct type *type)
{
    decimal value;
    if (!type->whole || (literal_in_unit(e, &type->unit, &value) && decimal_is_whole(value))) return true;
    report_wrong_literal(ck, e->span, "no whole number", type);
    return false;
}

/* The bound is a number that fits the input's unit; it may be written in another one. */
static bool check_bound(struct checker *ck, struct expr *e, const struct decl *d)
{
    decimal value;
    if (!literal_value(e, &value)) {
        struct diag *message =
            diag_report(ck->sink, DIAG_LITERAL_NEEDED, e->span, "a range is given as numbers");
        diag_help(ck->sink, message,
                  "records are checked against it before any rule runs: write `from 0 to 100`");
        return false;
    }
    lend_unit(e, &d->type->unit);
    if (!check_quantity(ck, e)) return false;
    if (units_fit(&e->type->unit, &d->type->unit)) return bound_is_whole(ck, e, d->type);
    const struct expr declared = {.kind = EXPR_ERROR, .span = d->type->span, .type = d->type};
    report_units_differ(ck, &declared, e);
    return false;
}

static void check_input_range(struct checker *ck, struct decl *d)
{
    if (!d->low && !d->high) return;
    if (d->type->kind != TYPE_QUANTITY && d->type->kind != TYPE_SERIES) {
        struct span span = d->low ? d->low->span : d->high->span;
        diag_report(ck->sink, DIAG_RANGE_MISPLACED, span,
                    "only an amount or a number has a range, and this is %s", type_words(ck->arena, d->type));
        return;
    }
    if (d->low && d->high && !check_range_units(ck, d->low, d->high, &d->type->unit)) return;
    bool good = !d->low || check_bound(ck, d->low, d);
    if (d->high) good = check_bound(ck, d->high, d) && good;
    decimal low, high;
    if (!good || !d->low || !d->high) return;
    if (!literal_in_unit(d->low, &d->type->unit, &low) || !literal_in_unit(d->high, &d->type->unit, &high))
        return;
    if (decimal_compare(low, high) <= 0) return;
    struct diag *message =
        diag_report(ck->sink, DIAG_RANGE_REVERSED, d->high->span, "the range ends before it begins");
    diag_note(ck->sink, message, d->low->span, "it begins here");
}

static void check_negative_limit(struct checker *ck, const struct decl *d)
{
    const struct decl *limit = d->negative_below.decl;
    if (!limit || !limit->type || limit->type->kind == TYPE_ERROR) return;
    struct diag *message;
    if (d->type->kind != TYPE_QUANTITY && d->type->kind != TYPE_SERIES) {
        diag_report(ck->sink, DIAG_NEGATIVE_LIMIT, d->negative_below.span,
                    "only an amount or a number can be negative, and this is %s",
                    type_words(ck->arena, d->type));
    } else if (limit->type->kind != TYPE_QUANTITY || limit->type->or_none) {
        message = diag_report(ck->sink, DIAG_NEGATIVE_LIMIT, d->negative_below.span,
                              "the limit must be an amount or a number, and `%s` is %s%s", limit->name.text,
                              type_words(ck->arena, limit->type), limit->type->or_none ? " or none" : "");
        diag_note(ck->sink, message, limit->type->span, "declared here");
    } else if (!units_fit(&limit->type->unit, &d->type->unit)) {
        const struct expr value = {.kind = EXPR_ERROR, .span = d->type->span, .type = d->type};
        const struct expr parameter = {
            .kind = EXPR_ERROR, .span = d->negative_below.span, .type = limit->type};
        report_units_differ(ck, &value, &parameter);
    }
}

void check_input(struct checker *ck, struct decl *d)
{
    check_tail(ck, &d->tail);
    if (!d->type || d->type->kind == TYPE_ERROR) return;
    check_input_range(ck, d);
    check_negative_limit(ck, d);
}

/* ---- Definitions and functions ---------------------------------------------------------------------- */

void check_define(struct checker *ck, struct decl *d)
{
    /* a calendar time and an event may have a name: they are put in where it is read */
    struct type *type = d->body ? check_expr(ck, d->body, NULL) : type_new(ck->arena, TYPE_ERROR);
    if (type_is_list(type) || type->kind == TYPE_TABLE || type->kind == TYPE_DOSE) {
        report_not_a_value(ck, d->body);
        type = type_new(ck->arena, TYPE_ERROR);
    } else if (refuse_text_value(ck, d->body, type)) {
        type = type_new(ck->arena, TYPE_ERROR);
    }
    d->type = type;
    check_tail(ck, &d->tail);
}

void check_function(struct checker *ck, struct decl *d)
{
    if (!d->body || !d->type) return;
    const struct expr result = {.kind = EXPR_ERROR, .span = d->type->span, .type = d->type};
    const struct type *type = check_value(ck, d->body, d->type);
    if (type->kind != TYPE_ERROR && d->type->kind != TYPE_ERROR)
        check_alike(ck, &result, d->body, "the function gives something else than it declares");
    check_tail(ck, &d->tail);
}

/* ---- Guarantees ------------------------------------------------------------------------------------- */

void check_guarantee(struct checker *ck, struct decl *d)
{
    ck->place = CHECK_GUARANTEE;
    if (d->body) check_condition(ck, d->body);
    check_tail(ck, &d->tail);
}
