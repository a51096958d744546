/*
 * Requirements: what rules trace and what is not coded is declared, where the program declares requirements
 * at all, and no id is both.
 */
#include "compiler/name_set.h"
#include "compiler/resolve.h"

typedef void trace_visit(void *data, struct name *id);

/* ---- Every `trace` ---------------------------------------------------------------------------------- */

static void visit_ids(struct name *ids, trace_visit *visit, void *data)
{
    for (struct name *id = ids; id; id = id->next)
        visit(data, id);
}

static void visit_table(const struct table *table, trace_visit *visit, void *data)
{
    for (const struct table_row *row = table->rows; row; row = row->next) {
        const struct column *column = table->columns;
        for (const struct cell *cell = row->cells; cell && column; cell = cell->next, column = column->next)
            if (column->clause == CLAUSE_TRACE) visit_ids(cell->names, visit, data);
    }
}

static void visit_traces(struct decl *d, trace_visit *visit, void *data)
{
    visit_ids(d->tail.traces, visit, data);
    for (struct row *row = d->rows; row; row = row->next)
        visit_ids(row->tail.traces, visit, data);
    for (struct clause *clause = d->clauses; clause; clause = clause->next)
        visit_ids(clause->tail.traces, visit, data);
    for (const struct table *table = d->tables; table; table = table->next)
        visit_table(table, visit, data);
}

static void visit_program(struct resolver *r, trace_visit *visit, void *data)
{
    for (struct protocol *p = r->c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            visit_traces(d, visit, data);
}

/* ---- Ids that are not declared ---------------------------------------------------------------------- */

static bool declares_requirements(const struct compilation *c)
{
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_REQUIREMENT) return true;
    return false;
}

static void resolve_id(void *data, struct name *id)
{
    resolve_reference(data, id, 1U << DECL_REQUIREMENT, DIAG_REQUIREMENT_UNKNOWN, "requirement");
}

/* ---- Ids that are not coded ------------------------------------------------------------------------- */

struct uncoded {
    struct resolver *r;
    struct name_set ids;
    struct name_set traced; /* those of ids that some rule traces: reported */
};

static void add_uncoded(struct uncoded *u, const struct name *id)
{
    const struct name *first = name_set_add(&u->ids, id->text, id->span);
    if (!first) return;
    struct diag *d = diag_report(u->r->sink, DIAG_NOT_CODED_TWICE, id->span,
                                 "that `%s` is not coded is said twice", id->text);
    diag_note(u->r->sink, d, first->span, "first said here");
    diag_help(u->r->sink, d, "one reason is enough: leave one of the two out, or join them");
}

static void check_coded(void *data, struct name *id)
{
    struct uncoded *u = data;
    const struct name *said = name_set_find(&u->ids, id->text);
    if (!said || name_set_add(&u->traced, id->text, id->span)) return;
    struct diag *d = diag_report(u->r->sink, DIAG_NOT_CODED_TRACED, said->span,
                                 "`%s` is said to be not coded, and it is traced", id->text);
    diag_note(u->r->sink, d, id->span, "traced here");
    diag_help(u->r->sink, d, "leave `%s` out of `not coded`, or out of this `trace`", id->text);
}

void resolve_requirements(struct resolver *r)
{
    struct uncoded u = {r, {.arena = r->c->arena}, {.arena = r->c->arena}};
    bool declared = declares_requirements(r->c);
    if (declared) visit_program(r, resolve_id, r);
    for (struct protocol *p = r->c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            for (struct name *id = d->uncoded; id; id = id->next) {
                if (declared) resolve_id(r, id);
                add_uncoded(&u, id);
            }
    visit_program(r, check_coded, &u);
}
