/*
 * Alerts: severity, rows, what they say and advise.
 */
#include "compiler/check_table.h"

#include "compiler/name_set.h"
#include "compiler/severity.h"
#include "compiler/strength.h"

/* ---- Severity --------------------------------------------------------------------------------------- */

static void check_severity(struct checker *ck, const struct name *word)
{
    if (!word->text || severity_named(word->text) != ALERT_SEVERITY_NONE) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_SEVERITY_UNKNOWN, word->span, "`%s` is no severity", word->text);
    const char *near = severity_near(word->text);
    if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else
        diag_help(ck->sink, d, "write one of %s, or none where the source gives none",
                  severity_list(ck->arena));
}

/* ---- What is said and advised ----------------------------------------------------------------------- */

static void check_strength(struct checker *ck, const struct name *word)
{
    if (!word->text || strength_named(word->text) != STRENGTH_NONE) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_STRENGTH_UNKNOWN, word->span, "`%s` is no strength", word->text);
    const char *near = strength_near(word->text);
    if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else
        diag_help(ck->sink, d, "write one of %s, %s", strengths_of(ck->arena, false),
                  strengths_of(ck->arena, true));
}

void check_telling(struct checker *ck, const struct tail *tail)
{
    check_text(ck, tail->because);
    check_text(ck, tail->say);
    for (const struct advice *advice = tail->advices; advice; advice = advice->next) {
        check_text(ck, advice->text);
        check_strength(ck, &advice->strength);
    }
    if (!tail->strength.text) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_STRENGTH_MISPLACED, tail->strength.span, "a strength cannot stand here");
    diag_help(ck->sink, d, "it follows the advice whose strength it is: `advise \"...\" strength option`");
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

/* What a row names holds to its end. */
static void check_row(struct checker *ck, const struct decl *d, struct row *row)
{
    const struct scope *rule = ck->scope;
    /* every row of an alert gives the same result */
    row->member = enumeration_find(d->enumeration, "raised");
    if (row->when && !row->when->type) check_condition(ck, row->when); /* those of a table are checked */
    check_telling(ck, &row->tail);
    ck->scope = rule;
}

void check_alert(struct checker *ck, struct decl *d)
{
    check_severity(ck, &d->severity);
    if (d->applies) check_condition(ck, d->applies);
    if (d->each) check_for_each(ck, d->each);
    check_telling(ck, &d->tail);
    check_tables(ck, d);
    struct name_set above = {.arena = ck->arena};
    const struct name none = {0};
    for (struct row *row = d->rows; row; row = row->next) {
        check_row(ck, d, row);
        check_row_label(ck, &row->name, &none, &above);
    }
    if (d->rows || tables_have_rows(d) || d->incomplete) return;
    struct diag *message =
        diag_report(ck->sink, DIAG_NO_ROWS, d->span, "`%s` has no condition that raises it", d->name.text);
    diag_help(ck->sink, message, "write what raises it below: `when ...`");
}

/* ---- Rows of tables --------------------------------------------------------------------------------- */

static struct advice *line_advice(struct checker *ck, const struct table_line *line)
{
    const struct cell *text = line->of_clause[CLAUSE_ADVISE], *strength = line->of_clause[CLAUSE_STRENGTH];
    if (!text) return NULL;
    struct advice *advice = arena_alloc(ck->arena, sizeof *advice);
    advice->text = text->text;
    if (strength && strength->names) advice->strength = *strength->names;
    return advice;
}

void table_line_to_alert_row(struct checker *ck, const struct table_line *line, struct table_lines *lines)
{
    struct row *row = arena_alloc(ck->arena, sizeof *row);
    const struct cell *strength = line->of_clause[CLAUSE_STRENGTH];
    *row = (struct row){.span = line->row->span, .when = line->when, .tail = table_line_tail(line)};
    row->tail.advices = line_advice(ck, line);
    if (strength && strength->names && !row->tail.advices) row->tail.strength = *strength->names;
    *lines->row_end = row;
    lines->row_end = &row->next;
}
