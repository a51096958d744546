/* Rows, clauses of a dose, and tables. */
#include "compiler/ast_build.h"
#include "compiler/phrases.h"

#include <string.h>

#include "compiler/mistakes.h"

/* ---- Rows of a classification ------------------------------------------------------------------------ */

struct row_label *ast_row_label(struct parser *p, const struct name *name, const struct name *instead_of)
{
    struct row_label *label = arena_alloc(p->c->arena, sizeof *label);
    if (name) label->name = *name;
    if (instead_of) label->instead_of = *instead_of;
    return label;
}

struct row *ast_row_value(struct parser *p, enum row_kind kind, const char *value, struct span span)
{
    struct row *row = arena_alloc(p->c->arena, sizeof *row);
    row->kind = kind;
    row->value = (struct name){.text = value, .span = span};
    return row;
}

struct row *ast_row(struct row *row, const struct row_label *label, struct expr *when,
                    const struct tail_parts *tail, struct span span)
{
    row->span = span;
    row->when = when;
    row->otherwise = when == NULL;
    row->tail = ast_tail(tail);
    if (label) {
        row->name = label->name;
        row->instead_of = label->instead_of;
    }
    return row;
}

/* ---- Clauses of a dose ------------------------------------------------------------------------------- */

static struct clause *new_clause(struct parser *p, enum clause_kind kind, struct expr *when,
                                 const struct tail_parts *tail, struct span span)
{
    struct clause *clause = arena_alloc(p->c->arena, sizeof *clause);
    clause->kind = kind;
    clause->span = span;
    clause->when = when;
    clause->tail = ast_tail(tail);
    return clause;
}

struct clause *ast_clause(struct parser *p, enum clause_kind kind, struct expr *value, struct expr *when,
                          const struct tail_parts *tail, struct span span)
{
    struct clause *clause = new_clause(p, kind, when, tail, span);
    clause->value = value;
    return clause;
}

struct clause *ast_reason(struct parser *p, enum clause_kind kind, const struct name *name, struct expr *when,
                          const struct tail_parts *tail, struct span span)
{
    struct clause *clause = new_clause(p, kind, when, tail, span);
    if (name) clause->name = *name;
    return clause;
}

struct expr *ast_days(struct parser *p, struct expr_list days, struct span span)
{
    return days.first == days.last ? days.first : ast_listed(p, EXPR_LIST, days, span);
}

struct step *ast_step(struct parser *p, struct expr *amount, struct expr_list days, struct span days_span,
                      struct span span)
{
    struct step *step = arena_alloc(p->c->arena, sizeof *step);
    step->span = span;
    step->amount = amount;
    step->no_statement = amount == NULL;
    step->days = ast_days(p, days, days_span);
    return step;
}

struct clause *ast_amount(struct parser *p, struct step_list steps, const struct row_label *label,
                          struct expr *when, const struct tail_parts *tail, struct span span)
{
    struct clause *clause = new_clause(p, CLAUSE_AMOUNT, when, tail, span);
    clause->steps = steps.first;
    if (label) {
        clause->name = label->name;
        clause->instead_of = label->instead_of;
    }
    return clause;
}

struct clause *ast_round(struct parser *p, const struct rounding *rounding, struct expr *when,
                         const struct tail_parts *tail, struct span span)
{
    struct clause *clause = ast_clause(p, CLAUSE_ROUND, rounding->step, when, tail, span);
    clause->rounding = rounding->how;
    return clause;
}

struct clause *ast_routes(struct parser *p, struct route_list routes, struct expr *when,
                          const struct tail_parts *tail, struct span span)
{
    struct clause *clause = new_clause(p, CLAUSE_ROUTE, when, tail, span);
    clause->routes = routes.first;
    return clause;
}

struct clause *ast_interval(struct parser *p, const struct name *name, struct expr *least, struct expr *most,
                            struct span span)
{
    struct clause *clause = new_clause(p, CLAUSE_INTERVAL, NULL, NULL, span);
    if (name) clause->name = *name;
    clause->least = least;
    clause->most = most;
    return clause;
}

struct clause *ast_interval_between(struct clause *interval, struct expr *from, struct expr *to,
                                    struct expr *when, const struct tail_parts *tail, struct span span)
{
    interval->span = span;
    interval->from = from;
    interval->to = to;
    interval->when = when;
    interval->tail = ast_tail(tail);
    return interval;
}

/* `to nearest STEP`, `down to STEP`, `up to STEP` */
struct rounding *ast_rounding(struct parser *p, bool to_first, const char *word, struct expr *step,
                              struct span word_span)
{
    struct rounding *rounding = arena_alloc(p->c->arena, sizeof *rounding);
    rounding->step = step;
    rounding->how = strcmp(word, "down") == 0 ? ROUND_DOWN
                    : strcmp(word, "up") == 0 ? ROUND_UP
                                              : ROUND_NEAREST;
    if ((rounding->how == ROUND_NEAREST) != to_first || (to_first && strcmp(word, "nearest") != 0))
        mistake(p, DIAG_ROUNDING_UNKNOWN, word_span, NULL,
                "write `round to nearest 5 mg`, `round down to 5 mg` or `round up to 5 mg`");
    return rounding;
}

static const char *const route_codes[] = {
#define ROUTE(code, print) #code,
#include "compiler/routes.def"
#undef ROUTE
};

enum { ROUTE_COUNT = sizeof route_codes / sizeof *route_codes };

/* A word that is no route is often a misspelt clause on the next line. */
static void unknown_route(struct parser *p, const char *word, struct span span)
{
    const char *instead = phrase_instead(PHRASE_ROUTE, word);
    const char *meant = instead ? NULL : suggest(word, route_codes, ROUTE_COUNT);
    struct diag *said = p->c->sink.last; /* IV: that it is written small was said */
    bool capitals =
        said && said->code == DIAG_CASE && said->span.start == span.start && said->span.file == span.file;
    if (capitals && instead) {
        diag_help(&p->c->sink, said, "write %s", instead);
        return;
    }
    struct diag *d = mistake(p, DIAG_ROUTE_UNKNOWN, span, NULL, "`%s` is not a route", word);
    if (d && instead) diag_help(&p->c->sink, d, "write %s", instead);
    if (d && meant) diag_help(&p->c->sink, d, "did you mean `%s`?", meant);
    if (d && !instead && !meant)
        diag_help(&p->c->sink, d, "a route is one word, for example `oral`, `intravenous` or `intrathecal`");
}

struct route *ast_route(struct parser *p, const char *word, struct expr *over, struct expr *over_to,
                        struct span word_span, struct span span)
{
    struct route *route = arena_alloc(p->c->arena, sizeof *route);
    route->code = word;
    route->over = over;
    route->over_to = over_to;
    route->span = span;
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        if (strcmp(route_codes[i], word) == 0) return route;
    unknown_route(p, word, word_span);
    return route;
}

/* ---- Tables ----------------------------------------------------------------------------------------- */

static const char *const headings[] = {
#define CLAUSE(name, word, column) column,
#include "compiler/clauses.def"
#undef CLAUSE
};

enum clause_kind ast_column_named(const char *heading)
{
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (*headings[i] && strcmp(headings[i], heading) == 0) return (enum clause_kind)i;
    return CLAUSE_NONE;
}

struct column *ast_column_clause(struct parser *p, enum clause_kind clause, struct span span)
{
    struct column *column = arena_alloc(p->c->arena, sizeof *column);
    column->span = span;
    column->clause = clause;
    return column;
}

struct column *ast_column(struct parser *p, struct expr *head, struct span span)
{
    bool word = head->kind == EXPR_NAME && !head->parenthesised;
    enum clause_kind clause = word ? ast_column_named(head->name.text) : CLAUSE_NONE;
    struct column *column = ast_column_clause(p, clause, span);
    if (clause == CLAUSE_NONE) column->head = head;
    return column;
}

struct table *ast_table(struct parser *p, struct column_list columns, struct table_row_list rows,
                        struct span span)
{
    struct table *table = arena_alloc(p->c->arena, sizeof *table);
    table->columns = columns.first;
    table->rows = rows.first;
    table->span = span;
    if (rows.last) table->span.end = rows.last->span.end;
    if (!columns.first) ast_part_broken(p);
    return table;
}

struct table_row *ast_table_row(struct parser *p, struct cell_list cells, struct span span)
{
    struct table_row *row = arena_alloc(p->c->arena, sizeof *row);
    row->cells = cells.first;
    row->span = span;
    return row;
}

struct table_row *ast_table_row_broken(struct parser *p, struct span span)
{
    struct table_row *row = arena_alloc(p->c->arena, sizeof *row);
    row->broken = true;
    row->span = span;
    ast_part_broken(p);
    return row;
}

struct cell *ast_cell(struct parser *p, struct expr *test, struct span span)
{
    struct cell *cell = arena_alloc(p->c->arena, sizeof *cell);
    cell->span = span;
    cell->test = test;
    return cell;
}

struct cell *ast_cell_empty(struct parser *p, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->empty = true;
    return cell;
}

struct cell *ast_cell_amount(struct parser *p, struct expr *amount, struct span span)
{
    struct cell *cell = ast_cell(p, amount, span);
    cell->no_statement = amount == NULL;
    return cell;
}

struct cell *ast_cell_kind(struct parser *p, enum row_kind kind, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->no_statement = kind == ROW_NO_STATEMENT;
    cell->equipoise = kind == ROW_EQUIPOISE;
    return cell;
}

struct cell *ast_cell_rounding(struct parser *p, const struct rounding *rounding, struct span span)
{
    struct cell *cell = ast_cell(p, rounding->step, span);
    cell->rounding = rounding->how;
    cell->has_rounding = true;
    return cell;
}

struct cell *ast_cell_routes(struct parser *p, struct route_list routes, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->routes = routes.first;
    return cell;
}

struct cell *ast_cell_names(struct parser *p, struct name_list names, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->names = names.first;
    return cell;
}

struct cell *ast_cell_text(struct parser *p, struct text *text, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->text = text;
    return cell;
}

struct cell *ast_cell_cites(struct parser *p, struct cite_list cites, struct span span)
{
    struct cell *cell = ast_cell(p, NULL, span);
    cell->cites = cites.first;
    return cell;
}
