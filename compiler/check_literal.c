/*
 * Values that are written out: a number with its unit, yes, a date, a value of an enumeration.
 */
#include "compiler/check_literal.h"

#include <stdio.h>
#include <string.h>

void report_wrong_literal(struct checker *ck, struct span span, const char *what, const struct type *type)
{
    struct diag *d = diag_report(ck->sink, DIAG_LITERAL_TYPE, span, "this is %s, and %s is needed", what,
                                 type_words(ck->arena, type));
    diag_note(ck->sink, d, type->span, "declared here");
    if (type->kind == TYPE_ENUM || type->kind == TYPE_SET)
        diag_help(ck->sink, d, "write one of %s, without quotes",
                  enumeration_words(ck->arena, type->enumeration));
    else if (type->kind == TYPE_BOOL)
        diag_help(ck->sink, d, "write `yes` or `no`");
    else if (type->kind == TYPE_DATE || type->kind == TYPE_TIME)
        diag_help(ck->sink, d, "write it as `2019-03-01`, without quotes");
}

static const char *literal_words(const struct expr *e)
{
    switch (e->kind) {
    case EXPR_NUMBER: return "a number";
    case EXPR_YES:
    case EXPR_NO: return "yes or no";
    case EXPR_DATE: return "a date or a time";
    case EXPR_TEXT: return "text";
    case EXPR_NONE: return "`none`";
    case EXPR_LIST: return "a list";
    case EXPR_NAME: return "a word";
    default: return "something else";
    }
}

static bool check_amount_literal(struct checker *ck, struct expr *e, const struct type *type)
{
    if (e->kind != EXPR_NUMBER && e->kind != EXPR_NEGATE) {
        report_wrong_literal(ck, e->span, literal_words(e), type);
        return false;
    }
    if (!check_quantity(ck, e)) return false;
    const struct expr declared = {.kind = EXPR_ERROR, .span = type->span, .type = (struct type *)type};
    if (!check_units(ck, &declared, e)) return false;
    decimal value;
    if (!type->whole || (literal_in_unit(e, &type->unit, &value) && decimal_is_whole(value))) return true;
    report_wrong_literal(ck, e->span, "no whole number", type);
    return false;
}

static bool check_member_literal(struct checker *ck, struct expr *e, const struct type *type)
{
    e->type = type_of_enumeration(ck->arena, type->enumeration);
    if (e->kind != EXPR_NAME) {
        report_wrong_literal(ck, e->span, literal_words(e), type);
        return false;
    }
    e->value = check_member(ck, type->enumeration, e->name.text);
    if (!e->value) report_value_unknown(ck, e->span, e->name.text, type->enumeration);
    return e->value;
}

static bool check_set_literal(struct checker *ck, struct expr **slot, const struct type *type)
{
    struct expr *list = *slot;
    if (list->kind != EXPR_LIST) {
        list = arena_alloc(ck->arena, sizeof *list);
        *list = (struct expr){.kind = EXPR_LIST, .span = (*slot)->span, .args = *slot};
        *slot = list;
    }
    list->type = type_new(ck->arena, TYPE_SET);
    list->type->enumeration = type->enumeration;
    bool good = true;
    struct name_set seen = {.arena = ck->arena};
    for (struct expr *member = list->args; member; member = member->next) {
        if (!check_member_literal(ck, member, type)) {
            good = false;
            continue;
        }
        const struct name *first = name_set_add(&seen, member->name.text, member->span);
        if (!first) continue;
        struct diag *d = diag_report(ck->sink, DIAG_LISTED_TWICE, member->span,
                                     "`%s` stands twice in one list", member->name.text);
        diag_note(ck->sink, d, first->span, "first here");
    }
    return good;
}

/* `2019` where a record may say no more than the year. */
static void read_year(struct expr *e)
{
    int64_t year;
    char text[8];
    if (e->kind != EXPR_NUMBER || e->has_unit || !decimal_to_int(e->number, &year) || year < 1 || year > 9999)
        return;
    int length = snprintf(text, sizeof text, "%04d", (int)year);
    if (cal_parse(text, (size_t)length, &e->date) == CAL_OK) e->kind = EXPR_DATE;
}

static bool check_date_value(struct checker *ck, struct expr *e, const struct type *type, bool partial)
{
    if (partial) read_year(e);
    if (e->kind != EXPR_DATE || (type->kind == TYPE_DATE && e->date.precision == CAL_TIME)) {
        report_wrong_literal(ck, e->span, e->kind == EXPR_DATE ? "a time" : literal_words(e), type);
        return false;
    }
    if (!partial) return check_expr(ck, e, NULL)->kind != TYPE_ERROR;
    e->type = type_new(ck->arena, e->date.precision == CAL_TIME ? TYPE_TIME : TYPE_DATE);
    return true;
}

/* fits: whether e is of the only kind that type takes. */
static bool check_simple(struct checker *ck, struct expr *e, const struct type *type, bool fits)
{
    if (fits) return check_expr(ck, e, NULL)->kind != TYPE_ERROR;
    report_wrong_literal(ck, e->span, literal_words(e), type);
    return false;
}

static bool is_none(const struct expr *e)
{
    return e->kind == EXPR_NONE || (e->kind == EXPR_NAME && strcmp(e->name.text, "none") == 0);
}

/* None of the words here is looked up as a name: a record knows no declarations. */
bool check_literal(struct checker *ck, struct expr **slot, const struct type *type, bool partial)
{
    struct expr *e = *slot;
    if (e->kind == EXPR_ERROR || type->kind == TYPE_ERROR) {
        e->type = type_new(ck->arena, TYPE_ERROR);
        return false;
    }
    if (type->or_none && is_none(e)) {
        e->kind = EXPR_NONE;
        e->type = (struct type *)type;
        return true;
    }
    switch (type->kind) {
    case TYPE_QUANTITY:
    case TYPE_SERIES: return check_amount_literal(ck, e, type);
    case TYPE_BOOL: return check_simple(ck, e, type, e->kind == EXPR_YES || e->kind == EXPR_NO);
    case TYPE_TEXT: return check_simple(ck, e, type, e->kind == EXPR_TEXT);
    case TYPE_ENUM: return check_member_literal(ck, e, type);
    case TYPE_SET: return check_set_literal(ck, slot, type);
    case TYPE_DATE:
    case TYPE_TIME: return check_date_value(ck, e, type, partial);
    default: report_wrong_literal(ck, e->span, literal_words(e), type); return false;
    }
}
