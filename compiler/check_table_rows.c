/*
 * The rows of a table as rows of a classification and as clauses of a dose.
 */
#include "compiler/check_table.h"

/* One tail for all clauses of the line: a citation of the row is that of its amount and of its cap. */
struct tail table_line_tail(const struct table_line *line)
{
    struct tail tail = {0};
    const struct cell *because = line->of_clause[CLAUSE_BECAUSE], *trace = line->of_clause[CLAUSE_TRACE];
    const struct cell *cite = line->of_clause[CLAUSE_CITE], *say = line->of_clause[CLAUSE_SAY];
    if (because) tail.because = because->text;
    if (trace) tail.traces = trace->names;
    if (cite) tail.cites = cite->cites;
    if (say) tail.say = say->text;
    return tail;
}

/* ---- Classifications -------------------------------------------------------------------------------- */

static bool read_result(struct checker *ck, const struct decl *d, const struct cell *cell, struct row *row)
{
    if (cell->no_statement || cell->equipoise) {
        row->kind = cell->equipoise ? ROW_EQUIPOISE : ROW_NO_STATEMENT;
        return true;
    }
    if (cell->test && cell->test->kind == EXPR_NAME) {
        row->value = cell->test->name;
        return true;
    }
    struct diag *message = diag_report(ck->sink, DIAG_RESULT_CELL, cell->span, "this cell gives no result");
    diag_help(ck->sink, message, "write one of %s, `no statement` or `equipoise`",
              enumeration_words(ck->arena, d->enumeration));
    return false;
}

void table_line_to_row(struct checker *ck, const struct decl *d, const struct table_line *line,
                       struct table_lines *lines)
{
    struct row *row = arena_alloc(ck->arena, sizeof *row);
    *row = (struct row){.span = line->row->span, .when = line->when, .tail = table_line_tail(line)};
    if (!read_result(ck, d, line->result, row)) return;
    *lines->row_end = row;
    lines->row_end = &row->next;
}

/* ---- Doses ------------------------------------------------------------------------------------------ */

static struct clause *add_clause(struct checker *ck, const struct table_line *line, struct table_lines *lines,
                                 enum clause_kind kind)
{
    struct clause *clause = arena_alloc(ck->arena, sizeof *clause);
    *clause = (struct clause){.kind = kind, .span = line->row->span, .when = line->when, .from_table = true};
    clause->tail = table_line_tail(line);
    *lines->clause_end = clause;
    lines->clause_end = &clause->next;
    return clause;
}

static struct step *line_step(struct checker *ck, const struct cell *amount, const struct cell *days)
{
    struct step *step = arena_alloc(ck->arena, sizeof *step);
    *step = (struct step){.span = amount->span, .amount = amount->test, .no_statement = amount->no_statement};
    if (days) step->days = days->test;
    return step;
}

static void report_empty_line(struct checker *ck, const struct table_line *line)
{
    const struct cell *days = line->of_clause[CLAUSE_DAYS];
    struct diag *d =
        diag_report(ck->sink, DIAG_LINE_EMPTY, days ? days->span : line->row->span,
                    days ? "these days have no amount" : "this row gives no amount and no other clause");
    diag_help(ck->sink, d, "write the amount, or `no statement` where the source prints none");
}

void table_line_to_clauses(struct checker *ck, const struct table_line *line, struct table_lines *lines)
{
    static const enum clause_kind value_clauses[] = {CLAUSE_AT_LEAST, CLAUSE_AT_MOST, CLAUSE_ROUND};
    const struct cell *amount = line->of_clause[CLAUSE_AMOUNT], *days = line->of_clause[CLAUSE_DAYS];
    const struct cell *route = line->of_clause[CLAUSE_ROUTE], *schedule = line->of_clause[CLAUSE_SCHEDULE];
    bool any = amount || route || schedule;
    if (amount) add_clause(ck, line, lines, CLAUSE_AMOUNT)->steps = line_step(ck, amount, days);
    for (size_t i = 0; i < sizeof value_clauses / sizeof *value_clauses; i++) {
        const struct cell *cell = line->of_clause[value_clauses[i]];
        if (!cell) continue;
        struct clause *clause = add_clause(ck, line, lines, value_clauses[i]);
        clause->value = cell->test;
        clause->rounding = cell->rounding;
        any = true;
    }
    if (route) add_clause(ck, line, lines, CLAUSE_ROUTE)->routes = route->routes;
    if (schedule) add_clause(ck, line, lines, CLAUSE_SCHEDULE)->schedule = schedule->schedule;
    /* days without an amount would be a plan that says nothing of them */
    if (!any || (days && !amount)) report_empty_line(ck, line);
}

/* ---- The order of the source ------------------------------------------------------------------------ */

/* Both lists are in the order of the source already. */
static struct row *merge_rows(struct row *a, struct row *b)
{
    struct row *first = NULL, **end = &first;
    while (a && b) {
        struct row **from = b->span.start < a->span.start ? &b : &a;
        *end = *from;
        end = &(*end)->next;
        *from = *end;
    }
    *end = a ? a : b;
    return first;
}

static struct clause *merge_clauses(struct clause *a, struct clause *b)
{
    struct clause *first = NULL, **end = &first;
    while (a && b) {
        struct clause **from = b->span.start < a->span.start ? &b : &a;
        *end = *from;
        end = &(*end)->next;
        *from = *end;
    }
    *end = a ? a : b;
    return first;
}

void table_lines_merge(struct decl *d, struct table_lines *lines)
{
    d->rows = merge_rows(d->rows, lines->rows);
    d->clauses = merge_clauses(d->clauses, lines->clauses);
}
