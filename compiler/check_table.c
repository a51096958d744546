/*
 * Tables: headings, cells as conditions.
 *
 * A table is another way to write rows.  Each cell is read as a test without its left side, EXPR_SUBJECT;
 * it is checked against the type of the heading, and then the heading is put in.  The cells of a line are
 * joined by `and`, and from then on nothing tells a row of a table from one that was written as a
 * sentence, but the mark from_table of a clause.
 */
#include "compiler/check_table.h"

#include <string.h>

#include "compiler/expr_tree.h"

/* ---- Headings --------------------------------------------------------------------------------------- */

/* The column of the results is headed by the classification's own name. */
static bool is_result_column(const struct decl *d, const struct column *column)
{
    const struct expr *head = column->head;
    return d->kind == DECL_CLASSIFY && head && head->kind == EXPR_NAME &&
           strcmp(head->name.text, d->name.text) == 0;
}

/* Which columns the table of each kind of rule can have. */
static bool clause_has_column(const struct decl *d, enum clause_kind clause)
{
    switch (clause) {
    case CLAUSE_BECAUSE:
    case CLAUSE_TRACE:
    case CLAUSE_CITE: return true;
    case CLAUSE_AMOUNT:
    case CLAUSE_DAYS:
    case CLAUSE_AT_LEAST:
    case CLAUSE_AT_MOST:
    case CLAUSE_ROUND:
    case CLAUSE_ROUTE:
    case CLAUSE_SCHEDULE: return d->kind == DECL_DOSE;
    case CLAUSE_INCLUDE:
    case CLAUSE_EXCLUDE: return decl_fills_set(d);
    case CLAUSE_EQUIPOISE: return d->kind == DECL_RECOMMEND;
    case CLAUSE_STRENGTH: return d->kind == DECL_RECOMMEND || d->kind == DECL_ALERT;
    case CLAUSE_SAY:
    case CLAUSE_ADVISE: return d->kind == DECL_ALERT;
    default: return false;
    }
}

static const char *rule_words(const struct decl *d)
{
    switch (d->kind) {
    case DECL_DOSE: return "a dose";
    case DECL_COLLECT: return "a collection";
    case DECL_RECOMMEND: return "a recommendation";
    case DECL_ALERT: return "an alert";
    default: return "a classification";
    }
}

static void check_head(struct checker *ck, const struct decl *d, struct column *column)
{
    if (column->clause != CLAUSE_NONE) {
        if (!clause_has_column(d, column->clause))
            diag_report(ck->sink, DIAG_COLUMN_MISPLACED, column->span,
                        "a table of %s cannot have this column", rule_words(d));
        return;
    }
    if (!column->head || is_result_column(d, column)) return;
    struct type *type = check_expr(ck, column->head, NULL);
    bool single = !type_is_list(type) && type->kind != TYPE_TABLE && type->kind != TYPE_ELEMENT &&
                  type->kind != TYPE_DOSE;
    if (single) return;
    report_not_a_value(ck, column->head);
    column->head->type = type_new(ck->arena, TYPE_ERROR);
}

static bool same_column(const struct decl *d, const struct column *a, const struct column *b)
{
    if (a->clause != b->clause) return false;
    if (a->clause != CLAUSE_NONE) return true;
    if (is_result_column(d, a) || is_result_column(d, b))
        return is_result_column(d, a) && is_result_column(d, b);
    return a->head && b->head && expr_equal(a->head, b->head);
}

static void check_columns_differ(struct checker *ck, const struct decl *d, const struct table *table)
{
    for (const struct column *b = table->columns; b; b = b->next)
        for (const struct column *a = table->columns; a != b; a = a->next) {
            if (!same_column(d, a, b)) continue;
            struct diag *message =
                diag_report(ck->sink, DIAG_COLUMN_TWICE, b->span, "two columns have this heading");
            diag_note(ck->sink, message, a->span, "the first one");
            diag_help(ck->sink, message, "put both tests into one cell: `>= 1 year and < 10 years`");
            break;
        }
}

static bool has_result_column(const struct decl *d, const struct table *table)
{
    for (const struct column *column = table->columns; column; column = column->next)
        if (is_result_column(d, column)) return true;
    return false;
}

/* False where the rows cannot be read at all. */
static bool check_heading(struct checker *ck, const struct decl *d, const struct table *table)
{
    int count = 0;
    for (const struct column *column = table->columns; column; column = column->next)
        count++;
    if (count == 0) return false; /* did not parse */
    if (count > TABLE_COLUMNS_MAX) {
        diag_report(ck->sink, DIAG_COLUMNS_TOO_MANY, table->columns->span,
                    "a table has at most %d columns, this one has %d", TABLE_COLUMNS_MAX, count);
        return false;
    }
    for (struct column *column = table->columns; column; column = column->next)
        check_head(ck, d, column);
    check_columns_differ(ck, d, table);
    if (d->kind != DECL_CLASSIFY || has_result_column(d, table)) return true;
    struct diag *message =
        diag_report(ck->sink, DIAG_RESULT_COLUMN, table->span, "no column of this table gives the result");
    diag_help(ck->sink, message, "head one column with `%s`, and write one of %s in its cells", d->name.text,
              enumeration_words(ck->arena, d->enumeration));
    return false;
}

/* ---- Cells as conditions ---------------------------------------------------------------------------- */

static bool has_value(const struct type *type, const char *word)
{
    return type->kind == TYPE_ENUM && enumeration_find(type->enumeration, word);
}

static struct expr *new_test(struct checker *ck, enum expr_kind kind, struct expr *value)
{
    struct expr *subject = arena_alloc(ck->arena, sizeof *subject),
                *test = arena_alloc(ck->arena, sizeof *test);
    *subject = (struct expr){.kind = EXPR_SUBJECT, .span = value->span};
    *test = (struct expr){.kind = kind, .span = value->span, .a = subject, .b = value};
    return test;
}

/* `negative`, `known` in a cell ask for a state, where the heading has no value of that name. */
static bool state_of_cell(const struct expr *e, const struct type *head, enum state *state)
{
    if (e->kind != EXPR_NAME || has_value(head, e->name.text)) return false;
    *state = strcmp(e->name.text, "known") == 0 ? STATE_KNOWN : STATE_NEGATIVE;
    return *state == STATE_KNOWN || strcmp(e->name.text, "negative") == 0;
}

/* A plain value in a cell is `is value`.  Tests joined by `and`, `or`, `not` have their left side already. */
static struct expr *cell_test(struct checker *ck, struct expr *e, const struct type *head)
{
    bool joined = e->kind == EXPR_AND || e->kind == EXPR_OR || e->kind == EXPR_NOT;
    if ((joined && !e->parenthesised) || (e->a && e->a->kind == EXPR_SUBJECT)) return e;
    enum state state;
    if (!state_of_cell(e, head, &state)) return new_test(ck, EXPR_IS, e);
    struct expr *test = new_test(ck, EXPR_IS_STATE, e);
    test->b = NULL;
    test->state = state;
    return test;
}

static struct expr *check_cell(struct checker *ck, const struct column *column, const struct cell *cell)
{
    struct expr *test = cell_test(ck, cell->test, column->head->type);
    ck->subject = column->head->type;
    ck->head = column->head;
    check_condition(ck, test);
    ck->subject = NULL;
    ck->head = NULL;
    /* the heading itself, not a copy: every row shares its tree */
    expr_put_subject(&test, column->head);
    return test;
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static struct expr *both(struct checker *ck, struct expr *a, struct expr *b)
{
    if (!a) return b;
    /* as a reader would write it: `or` in a cell belongs to the cell */
    a->parenthesised = a->parenthesised || a->kind == EXPR_OR;
    b->parenthesised = b->parenthesised || b->kind == EXPR_OR;
    struct expr *e = arena_alloc(ck->arena, sizeof *e);
    *e = (struct expr){
        .kind = EXPR_AND, .span = a->span, .a = a, .b = b, .type = type_new(ck->arena, TYPE_BOOL)};
    e->span.end = b->span.end;
    return e;
}

static void read_condition(struct checker *ck, struct table_line *line, const struct column *column,
                           const struct cell *cell)
{
    if (!column->head) return;
    if (!cell->test || cell->empty) {
        struct diag *d = diag_report(ck->sink, DIAG_CELL_EMPTY, cell->span,
                                     cell->no_statement || cell->equipoise ? "this cell is no condition"
                                                                           : "this cell has no condition");
        diag_note(ck->sink, d, column->span, "the heading");
        diag_help(ck->sink, d, "write `any` where the row does not depend on it");
        return;
    }
    if (cell->test->kind == EXPR_ANY_CELL) return;
    line->when = both(ck, line->when, check_cell(ck, column, cell));
}

static struct table_line read_line(struct checker *ck, const struct decl *d, const struct table *table,
                                   const struct table_row *row)
{
    struct table_line line = {.row = row};
    const struct cell *cell = row->cells;
    for (const struct column *column = table->columns; column; column = column->next, cell = cell->next) {
        if (column->clause != CLAUSE_NONE) {
            if (!cell->empty) line.of_clause[column->clause] = cell;
        } else if (is_result_column(d, column)) {
            line.result = cell;
        } else {
            read_condition(ck, &line, column, cell);
        }
    }
    return line;
}

static bool has_all_cells(struct checker *ck, const struct table *table, const struct table_row *row)
{
    int cells = 0, columns = 0;
    for (const struct cell *cell = row->cells; cell; cell = cell->next)
        cells++;
    for (const struct column *column = table->columns; column; column = column->next)
        columns++;
    if (cells == columns) return true;
    struct diag *d =
        diag_report(ck->sink, DIAG_ROW_CELLS, row->span, "this row has %d cell%s, the heading has %d", cells,
                    cells == 1 ? "" : "s", columns);
    diag_note(ck->sink, d, table->columns->span, "the heading begins here");
    diag_help(ck->sink, d,
              "write `any` in a cell that makes no condition, and leave the cell of a clause empty");
    return false;
}

static void check_table(struct checker *ck, struct decl *d, const struct table *table,
                        struct table_lines *lines)
{
    if (!check_heading(ck, d, table)) return;
    for (const struct table_row *row = table->rows; row; row = row->next) {
        if (row->broken || !has_all_cells(ck, table, row)) continue;
        const struct table_line line = read_line(ck, d, table, row);
        if (d->kind == DECL_DOSE)
            table_line_to_clauses(ck, &line, lines);
        else if (decl_fills_set(d))
            table_line_to_set_row(ck, &line, lines);
        else if (d->kind == DECL_ALERT)
            table_line_to_alert_row(ck, &line, lines);
        else
            table_line_to_row(ck, d, &line, lines);
    }
}

void check_tables(struct checker *ck, struct decl *d)
{
    struct table_lines lines = {0};
    lines.row_end = &lines.rows;
    lines.clause_end = &lines.clauses;
    for (const struct table *table = d->tables; table; table = table->next)
        check_table(ck, d, table, &lines);
    table_lines_merge(d, &lines);
}

bool tables_have_rows(const struct decl *d)
{
    for (const struct table *table = d->tables; table; table = table->next)
        if (table->rows) return true;
    return false;
}
