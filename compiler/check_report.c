/*
 * Messages that several files of the check stage share.
 */
#include "compiler/check.h"

/* The tests of a cell have no left side of their own: the heading stands for it. */
struct span expr_span(const struct checker *ck, const struct expr *e)
{
    return e->kind == EXPR_SUBJECT && ck->head ? ck->head->span : e->span;
}

const char *expr_words(const struct expr *e)
{
    if (e->kind == EXPR_AS) return expr_words(e->a);
    return e->kind == EXPR_NAME && e->name.text ? e->name.text : "";
}

static void note_declaration(struct checker *ck, struct diag *d, const struct decl *decl)
{
    switch (decl->kind) {
    case DECL_INPUT:
    case DECL_PARAMETER:
        diag_note(ck->sink, d, decl->type->span, "`%s` is declared as %s", decl->name.text,
                  type_words(ck->arena, decl->type));
        break;
    default: diag_note(ck->sink, d, decl->name.span, "`%s` is declared here", decl->name.text);
    }
}

void note_origin(struct checker *ck, struct diag *d, const struct expr *e)
{
    if (e->kind == EXPR_SUBJECT && ck->head) e = ck->head;
    if (e->kind == EXPR_NAME && e->decl)
        note_declaration(ck, d, e->decl);
    else if ((e->kind == EXPR_NAME || e->kind == EXPR_OF) && e->field)
        diag_note(ck->sink, d, e->field->span, "the field `%s` is declared here", e->field->name);
    else if (e->kind == EXPR_SELECT && e->a->decl)
        note_declaration(ck, d, e->a->decl);
}

/* ---- Units ------------------------------------------------------------------------------------------ */

static bool mixes_calendar(const struct unit *a, const struct unit *b)
{
    return (unit_is_calendar(a) && unit_is_time(b)) || (unit_is_calendar(b) && unit_is_time(a));
}

static void report_calendar_mixed(struct checker *ck, const struct expr *a, const struct expr *b)
{
    struct diag *d = diag_report(ck->sink, DIAG_CALENDAR_MIXED, expr_span(ck, b),
                                 "months and years cannot be combined with days or hours");
    diag_label(ck->sink, d, "%s", unit_words(ck->arena, &b->type->unit));
    diag_note(ck->sink, d, expr_span(ck, a), "%s", unit_words(ck->arena, &a->type->unit));
    diag_help(ck->sink, d,
              "a month has 28 to 31 days, so the two cannot be converted: write both in months and years, "
              "or both in weeks, days or hours");
}

static void advise_unit(struct checker *ck, struct diag *d, const struct expr *a, const struct expr *b)
{
    const struct unit *wanted = &a->type->unit;
    if (a->kind == EXPR_COMPLETED) {
        diag_help(ck->sink, d,
                  "a count of completed years, months or days is a plain number: leave the unit out");
        return;
    }
    if (wanted->count == 0) {
        diag_help(ck->sink, d, "to compare the number alone, write `number(... in %s)`",
                  unit_text(ck->arena, &b->type->unit));
        return;
    }
    const char *unit = unit_text(ck->arena, wanted);
    if (b->kind != EXPR_NUMBER) {
        diag_help(ck->sink, d, "write both in one unit, for example %s", unit);
        return;
    }
    if (!b->has_unit) {
        advise_unit_behind(ck, d, b, unit);
        return;
    }
    char number[DECIMAL_TEXT_MAX];
    decimal_format(b->number, number);
    diag_help(ck->sink, d, "write the second in %s, for example `%.40s %s`", unit, number, unit);
}

/* One dimension, and yet no conversion: pH and mol/L, degrees and radians. */
static void report_no_conversion(struct checker *ck, const struct expr *a, const struct expr *b)
{
    struct unit_steps steps;
    struct unit_error why;
    unit_steps(&b->type->unit, &a->type->unit, &steps, &why);
    struct diag *d = diag_report(ck->sink, DIAG_UNITS_DIFFER, expr_span(ck, b),
                                 "these two amounts are not converted into each other");
    diag_label(ck->sink, d, "%s", unit_words(ck->arena, &b->type->unit));
    diag_note(ck->sink, d, expr_span(ck, a), "%s", unit_words(ck->arena, &a->type->unit));
    diag_help(ck->sink, d, "%s; write both in %s", why.message, unit_text(ck->arena, &a->type->unit));
}

void report_units_differ(struct checker *ck, const struct expr *a, const struct expr *b)
{
    if (a->kind == EXPR_NUMBER && b->kind == EXPR_NUMBER && !a->has_unit && b->has_unit) {
        report_units_differ(ck, b, a);
        return;
    }
    if (mixes_calendar(&a->type->unit, &b->type->unit)) {
        report_calendar_mixed(ck, a, b);
        return;
    }
    if (unit_same_dimension(&a->type->unit, &b->type->unit)) {
        report_no_conversion(ck, a, b);
        return;
    }
    struct diag *d =
        diag_report(ck->sink, DIAG_UNITS_DIFFER, expr_span(ck, b), "these two amounts have different units");
    diag_label(ck->sink, d, "%s", unit_words(ck->arena, &b->type->unit));
    diag_note(ck->sink, d, expr_span(ck, a), "%s", unit_words(ck->arena, &a->type->unit));
    note_origin(ck, d, b);
    note_origin(ck, d, a);
    advise_unit(ck, d, a, b);
}

/* ---- No single value -------------------------------------------------------------------------------- */

static void report_list(struct checker *ck, const struct expr *e)
{
    struct diag *d = diag_report(ck->sink, DIAG_LIST_NOT_SELECTED, expr_span(ck, e),
                                 "this is %s, not one value", type_words(ck->arena, e->type));
    note_origin(ck, d, e);
    const char *words = expr_words(e);
    if (e->type->kind == TYPE_SERIES)
        diag_help(ck->sink, d, "say which value is meant, as in `latest %s` or `highest %s`", words, words);
    else
        diag_help(ck->sink, d, "say what is asked of it, as in `any %s where (...)` or `count of %s`", words,
                  words);
}

static void report_dose(struct checker *ck, const struct expr *e)
{
    struct diag *d = diag_report(ck->sink, DIAG_DOSE_AS_VALUE, expr_span(ck, e),
                                 "this dose has several amounts, so it has no single value");
    note_origin(ck, d, e);
    diag_help(ck->sink, d,
              "in a guarantee or a test ask for `total of %s`, or whether something `is within %s`",
              expr_words(e), expr_words(e));
}

void report_not_a_value(struct checker *ck, const struct expr *e)
{
    struct diag *d;
    switch (e->type->kind) {
    case TYPE_SERIES:
    case TYPE_EVENTS: report_list(ck, e); return;
    case TYPE_DOSE: report_dose(ck, e); return;
    case TYPE_TABLE:
        d = diag_report(ck->sink, DIAG_TABLE_WITHOUT_KEY, expr_span(ck, e), "this is a table, not one value");
        note_origin(ck, d, e);
        diag_help(ck->sink, d, "say which entry is meant: `%s of ...`", expr_words(e));
        return;
    case TYPE_ELEMENT:
        d = diag_report(ck->sink, DIAG_EVENT_AS_VALUE, expr_span(ck, e), "this is an event, not one value");
        diag_help(ck->sink, d,
                  "name what of it is meant: `date of (...)`, or one of its fields, `FIELD of (...)`");
        return;
    case TYPE_SPAN:
        d = diag_report(ck->sink, DIAG_SPAN_ONLY_COMPARED, expr_span(ck, e),
                        "the calendar time between two dates can only be compared");
        diag_help(ck->sink, d,
                  "months and years differ in length: to calculate, count completed units, as in "
                  "`completed months from A to B`");
        return;
    default: return;
    }
}
