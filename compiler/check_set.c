/*
 * Collections and recommendations: the items of their rows, and how strongly each row speaks.
 */
#include "compiler/check_table.h"

#include <string.h>

#include "compiler/name_set.h"
#include "compiler/strength.h"

/* ---- Items ------------------------------------------------------------------------------------------ */

static void check_items_known(struct checker *ck, const struct decl *d, const struct row *row)
{
    struct name_set seen = {.arena = ck->arena};
    for (const struct name *item = row->items; item; item = item->next) {
        if (!enumeration_find(d->type->enumeration, item->text))
            report_value_unknown(ck, item->span, item->text, d->type->enumeration);
        const struct name *first = name_set_add(&seen, item->text, item->span);
        if (!first) continue;
        struct diag *message =
            diag_report(ck->sink, DIAG_ITEM_TWICE, item->span, "this row names `%s` twice", item->text);
        diag_note(ck->sink, message, first->span, "the first time");
    }
}

static void check_items_count(struct checker *ck, const struct row *row)
{
    const struct name *second = row->items->next;
    struct diag *d;
    if (row->kind == ROW_INCLUDE && row->one_of && !second) {
        d = diag_report(ck->sink, DIAG_ITEMS_COUNT, row->items->span, "a choice needs two items or more");
        diag_help(ck->sink, d, "write `include one of %s, ...`, or leave `one of` out", row->items->text);
    } else if (second && !row->one_of && row->kind != ROW_EQUIPOISE) {
        d = diag_report(ck->sink, DIAG_ITEMS_COUNT, second->span, "a row includes or excludes one item");
        diag_help(ck->sink, d,
                  "write a row for each; where one of them is to be chosen, `include one of %s, %s`",
                  row->items->text, second->text);
    } else if (row->one_of && row->kind != ROW_INCLUDE) {
        d = diag_report(ck->sink, DIAG_ITEMS_COUNT, row->items->span, "only `include` offers one of several");
        diag_help(ck->sink, d,
                  row->kind == ROW_EXCLUDE ? "write an `exclude` row for each item"
                                           : "write `equipoise a, b` without `one of`");
    }
}

/* A collection says what was found: nothing in it is chosen or left open. */
static void check_row_fits(struct checker *ck, const struct decl *d, const struct row *row)
{
    if (d->kind != DECL_COLLECT || (row->kind != ROW_EQUIPOISE && !row->one_of)) return;
    struct diag *message =
        diag_report(ck->sink, DIAG_ROW_MISPLACED, row->span, "a `collect` has no such row");
    diag_help(ck->sink, message, "choices and `equipoise` belong to a `recommend`");
}

/* ---- Strengths -------------------------------------------------------------------------------------- */

static void refuse_strength(struct checker *ck, const struct decl *d, const struct row *row)
{
    const struct name *strength = &row->tail.strength;
    if (!strength->text) return;
    struct diag *message =
        diag_report(ck->sink, DIAG_STRENGTH_MISPLACED, strength->span, "a strength cannot stand here");
    diag_help(ck->sink, message,
              d->kind == DECL_COLLECT
                  ? "a `collect` says what was found; a `recommend` says how strongly"
                  : "`equipoise` says that the source prefers neither: leave the strength out");
}

/* Some strengths speak for an item and some against it; the row says the same with `include` or
   `exclude`. */
static void check_strength(struct checker *ck, const struct row *row)
{
    bool excludes = row->kind == ROW_EXCLUDE;
    const struct name *word = &row->tail.strength;
    struct diag *d;
    if (!word->text) {
        d = diag_report(ck->sink, DIAG_STRENGTH_MISSING, row->items->span, "this row has no strength");
        diag_help(ck->sink, d, "after the item write `strength` and one of %s",
                  strengths_of(ck->arena, excludes));
        return;
    }
    enum strength strength = strength_named(word->text);
    if (strength == STRENGTH_NONE) {
        const char *near = strength_near(word->text);
        d = diag_report(ck->sink, DIAG_STRENGTH_UNKNOWN, word->span, "`%s` is no strength", word->text);
        if (near)
            diag_help(ck->sink, d, "did you mean `%s`?", near);
        else
            diag_help(ck->sink, d, "write one of %s", strengths_of(ck->arena, excludes));
    } else if (strength_excludes(strength) != excludes) {
        d = diag_report(ck->sink, DIAG_STRENGTH_SIDE, word->span, "`%s` is a strength of `%s`", word->text,
                        excludes ? "include" : "exclude");
        diag_help(ck->sink, d, "write `%s`, or one of %s", excludes ? "include" : "exclude",
                  strengths_of(ck->arena, excludes));
    }
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void check_row(struct checker *ck, const struct decl *d, struct row *row)
{
    const struct scope *rule = ck->scope;
    check_items_known(ck, d, row);
    check_items_count(ck, row);
    check_row_fits(ck, d, row);
    if (d->kind == DECL_RECOMMEND && row->kind != ROW_EQUIPOISE)
        check_strength(ck, row);
    else
        refuse_strength(ck, d, row);
    if (row->when && !row->when->type) check_condition(ck, row->when); /* those of a table are checked */
    check_reason(ck, &row->tail);
    ck->scope = rule;
}

void check_set_rule(struct checker *ck, struct decl *d)
{
    if (!d->type || d->type->kind != TYPE_SET) return;
    check_tail(ck, &d->tail);
    if (d->applies) check_condition(ck, d->applies);
    check_tables(ck, d);
    struct name_set above = {.arena = ck->arena};
    const struct name none = {0};
    for (struct row *row = d->rows; row; row = row->next) {
        check_row(ck, d, row);
        check_row_label(ck, &row->name, &none, &above);
    }
    if (d->rows || tables_have_rows(d) || d->incomplete) return;
    struct diag *message = diag_report(ck->sink, DIAG_NO_ROWS, d->span, "`%s` has no rows", d->name.text);
    diag_help(ck->sink, message, "write its rows below it: `include %s ... when ...`",
              d->type->enumeration->values->name);
}

/* ---- Rows of tables --------------------------------------------------------------------------------- */

static const struct {
    enum clause_kind clause;
    enum row_kind kind;
} columns[] = {
    {CLAUSE_INCLUDE, ROW_INCLUDE}, {CLAUSE_EXCLUDE, ROW_EXCLUDE}, {CLAUSE_EQUIPOISE, ROW_EQUIPOISE}};

enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

static void report_line(struct checker *ck, const struct table_line *line, size_t filled)
{
    struct diag *d = diag_report(ck->sink, DIAG_SET_LINE, line->row->span,
                                 filled ? "this row does two things at once" : "this row names no item");
    diag_help(ck->sink, d, "fill one of the columns `include`, `exclude` and `equipoise` in each row");
}

void table_line_to_set_row(struct checker *ck, const struct table_line *line, struct table_lines *lines)
{
    struct row *row = arena_alloc(ck->arena, sizeof *row);
    const struct cell *strength = line->of_clause[CLAUSE_STRENGTH];
    *row = (struct row){.span = line->row->span, .when = line->when, .tail = table_line_tail(line)};
    size_t filled = 0;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const struct cell *cell = line->of_clause[columns[i].clause];
        if (!cell) continue;
        filled++;
        row->kind = columns[i].kind;
        row->items = cell->names;
        row->one_of = cell->one_of;
    }
    if (filled != 1) {
        report_line(ck, line, filled);
        return;
    }
    if (strength && strength->names) row->tail.strength = *strength->names;
    *lines->row_end = row;
    lines->row_end = &row->next;
}
