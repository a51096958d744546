/*
 * The checked program: each declaration with its type and rank, conditions with every table turned into rows.
 */
#include "compiler/print.h"
#include "compiler/types.h"
#include "compiler/unparse.h"

struct printer {
    FILE *out;
    struct arena *arena;
};

static const char *const decl_words[] = {
    [DECL_INPUT] = "input",
    [DECL_PARAMETER] = "parameter",
    [DECL_DEFINE] = "define",
    [DECL_FUNCTION] = "function",
    [DECL_PHASE] = "phase",
    [DECL_ENUMERATION] = "enumeration",
    [DECL_SOURCE] = "source",
    [DECL_CLASSIFY] = "classify",
    [DECL_DOSE] = "dose",
    [DECL_COLLECT] = "collect",
    [DECL_RECOMMEND] = "recommend",
    [DECL_ALERT] = "alert",
    [DECL_MONITOR] = "monitor",
    [DECL_GUARANTEE] = "guarantee",
    [DECL_TEST] = "test",
    [DECL_REQUIREMENT] = "requirement",
    [DECL_NOT_CODED] = "not coded",
    [DECL_SHOWN] = "report shows",
    [DECL_SET] = "set",
    [DECL_UNKNOWN] = "?",
};

static const char *text_of(const struct printer *pr, const struct expr *e)
{
    return expr_text(pr->arena, e);
}

static void print_condition(const struct printer *pr, const struct expr *when)
{
    if (when) fprintf(pr->out, " when %s", text_of(pr, when));
    fputc('\n', pr->out);
}

static void print_label(const struct printer *pr, const struct name *name, const struct name *instead_of)
{
    if (name->text) fprintf(pr->out, " as %s", name->text);
    if (instead_of->text) fprintf(pr->out, " instead of %s", instead_of->text);
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

static void print_row(const struct printer *pr, const struct row *row)
{
    static const char *const words[] = {[ROW_NO_STATEMENT] = "no statement",
                                        [ROW_EQUIPOISE] = "equipoise",
                                        [ROW_INCLUDE] = "include",
                                        [ROW_EXCLUDE] = "exclude"};
    const char *value = row->value.text ? row->value.text : row->member ? row->member->name : "?";
    fprintf(pr->out, "  %s%s", row->kind == ROW_VALUE ? value : words[row->kind],
            row->one_of ? " one of" : "");
    for (const struct name *item = row->items; item; item = item->next)
        fprintf(pr->out, "%s %s", item == row->items ? "" : ",", item->text);
    if (row->tail.strength.text) fprintf(pr->out, " strength %s", row->tail.strength.text);
    print_label(pr, &row->name, &row->instead_of);
    if (row->otherwise) fputs(" otherwise", pr->out);
    print_condition(pr, row->when);
}

/* ---- Clauses ---------------------------------------------------------------------------------------- */

static void print_steps(const struct printer *pr, const struct step *steps)
{
    for (const struct step *step = steps; step; step = step->next) {
        const char *amount = step->amount ? text_of(pr, step->amount) : "no statement";
        fprintf(pr->out, "%s%s", step == steps ? " " : ", then ", amount);
        if (step->amount) fprintf(pr->out, " [%s]", unit_text(pr->arena, &step->amount->type->unit));
        if (step->days) fprintf(pr->out, " on days %s", text_of(pr, step->days));
    }
}

static void print_routes(const struct printer *pr, const struct route *routes)
{
    for (const struct route *route = routes; route; route = route->next) {
        fprintf(pr->out, "%s%s", route == routes ? " " : " or ", route->code);
        if (route->over) fprintf(pr->out, " over %s", text_of(pr, route->over));
        if (route->over_to) fprintf(pr->out, " to %s", text_of(pr, route->over_to));
    }
}

static void print_interval(const struct printer *pr, const struct clause *c)
{
    if (!c->least) return;
    fprintf(pr->out, " at least %s", text_of(pr, c->least));
    if (c->most) fprintf(pr->out, " to %s", text_of(pr, c->most));
    fprintf(pr->out, " from %s to %s", text_of(pr, c->from), text_of(pr, c->to));
}

static void print_clause(const struct printer *pr, const struct clause *c)
{
    static const char *const words[] = {
#define CLAUSE(name, word, column) word,
#include "compiler/clauses.def"
#undef CLAUSE
    };
    static const char *const rounding[] = {
        [ROUND_NEAREST] = " to nearest", [ROUND_DOWN] = " down to", [ROUND_UP] = " up to"};
    fprintf(pr->out, "  %s", words[c->kind]);
    print_steps(pr, c->steps);
    if (c->kind == CLAUSE_ROUND) fputs(rounding[c->rounding], pr->out);
    if (c->value) fprintf(pr->out, " %s", text_of(pr, c->value));
    print_routes(pr, c->routes);
    if (c->schedule) fprintf(pr->out, " %s", schedule_text(pr->arena, c->schedule));
    print_interval(pr, c);
    print_label(pr, &c->name, &c->instead_of);
    print_condition(pr, c->when);
}

static void print_watch(const struct printer *pr, const struct decl *d)
{
    const struct watch *w = d->watch;
    fprintf(pr->out, "  expect %s", text_of(pr, w->select->a));
    if (w->select->where) fprintf(pr->out, " where (%s)", text_of(pr, w->select->where));
    if (w->from) fprintf(pr->out, " from %s to %s", text_of(pr, w->from), text_of(pr, w->to));
    if (!w->from) fprintf(pr->out, " within %s", text_of(pr, w->to));
    fprintf(pr->out, " after %s\n", d->each ? d->each->name.text : text_of(pr, d->follows));
    if (d->overdue) fprintf(pr->out, "  overdue after %s\n", text_of(pr, d->overdue));
}

/* ---- Declarations ----------------------------------------------------------------------------------- */

static void print_decl(const struct printer *pr, const struct decl *d)
{
    fprintf(pr->out, "%s", decl_words[d->kind]);
    if (d->name.text) fprintf(pr->out, " %s", d->name.text);
    for (const struct name *id = d->uncoded; id; id = id->next)
        fprintf(pr->out, " %s", id->text);
    if (!d->name.text && d->label && d->label->plain) fprintf(pr->out, " \"%s\"", d->label->plain);
    bool typed = d->type && d->kind != DECL_ENUMERATION && d->kind != DECL_SOURCE && d->kind != DECL_TEST &&
                 d->kind != DECL_GUARANTEE && d->kind != DECL_REQUIREMENT && d->kind != DECL_NOT_CODED &&
                 d->kind != DECL_SHOWN;
    if (typed)
        fprintf(pr->out, " : %s%s", type_words(pr->arena, d->type), d->type->or_none ? " or none" : "");
    if (d->enumeration && d->kind == DECL_ENUMERATION)
        fprintf(pr->out, " : %s", enumeration_words(pr->arena, d->enumeration));
    fprintf(pr->out, " (rank %d)\n", d->mark);
    if (d->applies) fprintf(pr->out, "  applies when %s\n", text_of(pr, d->applies));
    if (d->starts) fprintf(pr->out, "  starts %s\n", text_of(pr, d->starts));
    if (d->lasts) fprintf(pr->out, "  lasts %s\n", text_of(pr, d->lasts));
    if (d->each) fprintf(pr->out, "  for %s\n", text_of(pr, d->each));
    if (d->watch) print_watch(pr, d);
    if (d->body) fprintf(pr->out, "  = %s\n", text_of(pr, d->body));
    for (const struct row *row = d->rows; row; row = row->next)
        print_row(pr, row);
    for (const struct clause *clause = d->clauses; clause; clause = clause->next)
        print_clause(pr, clause);
    for (const struct expr *e = d->shows; e; e = e->next)
        fprintf(pr->out, "  %s\n", text_of(pr, e));
    for (const struct expr *e = d->expects; e; e = e->next)
        fprintf(pr->out, "  expect %s\n", text_of(pr, e));
}

void print_checked(FILE *out, const struct compilation *c)
{
    const struct printer pr = {out, c->arena};
    for (const struct protocol *p = c->protocols; p; p = p->next) {
        fprintf(out, "protocol %s\n", p->name.text ? p->name.text : "?");
        for (const struct decl *d = p->decls; d; d = d->next)
            print_decl(&pr, d);
    }
}
