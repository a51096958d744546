/* The tree as text, for `show --stage ast`: a line a node, with its place in the source. */
#include "compiler/print.h"

#include <string.h>

struct printer {
    FILE *out;
    const struct compilation *c;
    int level;
};

static void print_expr(struct printer *pr, const char *role, const struct expr *e);
static void print_type(struct printer *pr, const char *role, const struct type *type);

/* ---- Lines ------------------------------------------------------------------------------------------ */

/* 12:3-12:9 */
static void print_span(const struct printer *pr, struct span span)
{
    const struct source_file *file = &pr->c->files[span.file];
    struct source_position from = source_locate(file, span.start), to = source_locate(file, span.end);
    fprintf(pr->out, " [%zu:%zu-%zu:%zu]", from.line, from.column, to.line, to.column);
}

/* The line of a node: what it is in its parent, what it is, a text; the caller ends the line. */
static void begin(const struct printer *pr, const char *role, const char *what)
{
    fprintf(pr->out, "%*s", 2 * pr->level, "");
    if (role) fprintf(pr->out, "%s: ", role);
    fputs(what, pr->out);
}

static void end(const struct printer *pr, struct span span)
{
    print_span(pr, span);
    fputc('\n', pr->out);
}

static void line(const struct printer *pr, const char *role, const char *what, struct span span)
{
    begin(pr, role, what);
    end(pr, span);
}

static void print_name(const struct printer *pr, const char *role, const struct name *name)
{
    if (name->text) line(pr, role, name->text, name->span);
}

static void print_names(const struct printer *pr, const char *role, const struct name *names)
{
    for (; names; names = names->next)
        print_name(pr, role, names);
}

static void print_unit(const struct printer *pr, const struct unit *unit)
{
    char buffer[UNIT_TEXT_MAX];
    unit_format(unit, buffer);
    fprintf(pr->out, " <%s>", buffer);
}

static void print_text(struct printer *pr, const char *role, const struct text *text)
{
    if (!text) return;
    begin(pr, role, "text");
    if (text->plain) fprintf(pr->out, " \"%s\"", text->plain);
    end(pr, text->span);
    pr->level++;
    for (const struct text_part *part = text->plain ? NULL : text->parts; part; part = part->next) {
        if (part->expr)
            print_expr(pr, NULL, part->expr);
        else
            fprintf(pr->out, "%*s\"%s\"\n", 2 * pr->level, "", part->literal);
    }
    pr->level--;
}

/* ---- Types ------------------------------------------------------------------------------------------ */

static const char *const type_names[] = {
#define TYPE(name) #name,
#include "compiler/type_kinds.def"
#undef TYPE
};

static void print_enumeration(struct printer *pr, const char *role, const struct enumeration *enumeration)
{
    if (!enumeration) return;
    begin(pr, role, enumeration->ordered ? "values in order" : "values");
    if (enumeration->or_other) fputs(" or other", pr->out);
    end(pr, enumeration->span);
    pr->level++;
    for (const struct enum_value *value = enumeration->values; value; value = value->next)
        line(pr, NULL, value->name, value->span);
    pr->level--;
}

static void print_fields(struct printer *pr, const struct field *fields)
{
    for (; fields; fields = fields->next)
        print_type(pr, fields->name, fields->type);
}

static void print_type(struct printer *pr, const char *role, const struct type *type)
{
    if (!type) return;
    begin(pr, role, type_names[type->kind]);
    if (type->kind == TYPE_QUANTITY || type->kind == TYPE_SERIES) print_unit(pr, &type->unit);
    if (type->whole) fputs(" whole", pr->out);
    if (type->or_none) fputs(" or none", pr->out);
    end(pr, type->span);
    pr->level++;
    print_name(pr, "named", &type->enum_name);
    if (!type->enum_name.text) print_enumeration(pr, NULL, type->enumeration);
    print_fields(pr, type->fields);
    print_type(pr, "key", type->key);
    print_type(pr, "value", type->value);
    pr->level--;
}

/* ---- Expressions ------------------------------------------------------------------------------------ */

static const char *const expr_names[] = {
#define EXPR(name) #name,
#include "compiler/expr_kinds.def"
#undef EXPR
};

static const char *const window_names[] = {
#define WINDOW(name) #name,
#include "compiler/window_kinds.def"
#undef WINDOW
};

static const char *const state_names[] = {
#define STATE(name, words) words,
#include "compiler/states.def"
#undef STATE
};

static const char *const selector_names[] = {
    [SELECT_LATEST] = "latest",  [SELECT_FIRST] = "first",     [SELECT_HIGHEST] = "highest",
    [SELECT_LOWEST] = "lowest",  [SELECT_AVERAGE] = "average", [SELECT_TOTAL] = "total",
    [SELECT_COUNT] = "count of", [SELECT_ANY] = "any",         [SELECT_EVERY] = "every",
    [SELECT_EACH] = "each",
};

static void print_number(const struct printer *pr, const struct expr *e)
{
    char buffer[DECIMAL_TEXT_MAX];
    decimal_format(e->number, buffer);
    fprintf(pr->out, " %s", buffer);
}

static void print_date(const struct printer *pr, const struct expr *e)
{
    char buffer[CAL_TEXT_MAX];
    cal_format(&e->date, buffer);
    fprintf(pr->out, " %s", buffer);
}

/* What a node has of its own, on its line. */
static void print_own(const struct printer *pr, const struct expr *e)
{
    if (e->negated) fputs(" not", pr->out);
    if (e->name.text) fprintf(pr->out, " %s", e->name.text);
    if (e->kind == EXPR_NUMBER) print_number(pr, e);
    if (e->kind == EXPR_DATE) print_date(pr, e);
    if (e->kind == EXPR_IS_STATE) fprintf(pr->out, " %s", state_names[e->state]);
    if (e->kind == EXPR_SELECT) fprintf(pr->out, " %s", selector_names[e->selector]);
    if (e->has_unit && e->kind != EXPR_ERROR) print_unit(pr, &e->unit);
}

static void print_window(struct printer *pr, const struct window *window)
{
    if (window->kind == WINDOW_NONE) return;
    line(pr, "window", window_names[window->kind], window->span);
    pr->level++;
    print_expr(pr, "low", window->low);
    print_expr(pr, "high", window->high);
    print_expr(pr, "anchor", window->anchor);
    print_expr(pr, "to", window->to);
    pr->level--;
}

static void print_exprs(struct printer *pr, const char *role, const struct expr *list)
{
    for (; list; list = list->next)
        print_expr(pr, role, list);
}

static void print_expr(struct printer *pr, const char *role, const struct expr *e)
{
    if (!e) return;
    begin(pr, role, expr_names[e->kind]);
    print_own(pr, e);
    end(pr, e->span);
    pr->level++;
    print_expr(pr, NULL, e->a);
    print_expr(pr, NULL, e->b);
    print_expr(pr, NULL, e->c);
    print_exprs(pr, NULL, e->args);
    print_text(pr, NULL, e->text);
    print_names(pr, "because of", e->reasons);
    print_names(pr, "by", e->rows);
    print_expr(pr, "where", e->where);
    print_expr(pr, "has", e->claim);
    print_window(pr, &e->window);
    pr->level--;
}

/* ---- Rows, clauses, tables --------------------------------------------------------------------------- */

static void print_cites(struct printer *pr, const struct cite *cites)
{
    for (; cites; cites = cites->next) {
        print_name(pr, "cite", &cites->source);
        pr->level++;
        print_text(pr, "at", cites->at);
        pr->level--;
    }
}

static void print_tail(struct printer *pr, const struct tail *tail)
{
    print_names(pr, "trace", tail->traces);
    print_cites(pr, tail->cites);
    print_text(pr, "because", tail->because);
    print_name(pr, "strength", &tail->strength);
    print_text(pr, "say", tail->say);
    for (const struct advice *advice = tail->advices; advice; advice = advice->next) {
        print_text(pr, "advise", advice->text);
        print_name(pr, "strength", &advice->strength);
    }
}

static void print_row(struct printer *pr, const struct row *row)
{
    static const char *const kinds[] = {[ROW_VALUE] = "row",
                                        [ROW_NO_STATEMENT] = "row no statement",
                                        [ROW_EQUIPOISE] = "row equipoise",
                                        [ROW_INCLUDE] = "row include",
                                        [ROW_EXCLUDE] = "row exclude"};
    begin(pr, NULL, kinds[row->kind]);
    if (row->value.text) fprintf(pr->out, " %s", row->value.text);
    if (row->one_of) fputs(" one of", pr->out);
    if (row->otherwise) fputs(" otherwise", pr->out);
    end(pr, row->span);
    pr->level++;
    print_names(pr, "item", row->items);
    print_name(pr, "as", &row->name);
    print_name(pr, "instead of", &row->instead_of);
    print_expr(pr, "when", row->when);
    print_tail(pr, &row->tail);
    pr->level--;
}

static const char *const clause_names[] = {
#define CLAUSE(name, word, column) word,
#include "compiler/clauses.def"
#undef CLAUSE
};

static const char *const rounding_names[] = {
    [ROUND_NEAREST] = "to nearest", [ROUND_DOWN] = "down to", [ROUND_UP] = "up to"};

static void print_routes(struct printer *pr, const struct route *routes)
{
    for (; routes; routes = routes->next) {
        line(pr, "route", routes->code, routes->span);
        pr->level++;
        print_expr(pr, "over", routes->over);
        print_expr(pr, "to", routes->over_to);
        pr->level--;
    }
}

static void print_schedule(struct printer *pr, const struct schedule *s)
{
    static const char *const forms[] = {
#define SCHEDULE_FORM(name, word, written) [SCHEDULE_##name] = word,
#include "runtime/schedule_forms.def"
#undef SCHEDULE_FORM
    };
    if (!s) return;
    begin(pr, "schedule", forms[s->form]);
    if (s->form == SCHEDULE_TIMES) print_unit(pr, &s->unit);
    end(pr, s->span);
    pr->level++;
    print_expr(pr, "days", s->days);
    print_expr(pr, "every", s->every);
    print_expr(pr, "to", s->every_to);
    print_expr(pr, "times", s->times);
    print_expr(pr, "of", s->phase);
    pr->level--;
}

static void print_steps(struct printer *pr, const struct step *steps)
{
    for (; steps; steps = steps->next) {
        line(pr, NULL, steps->no_statement ? "step no statement" : "step", steps->span);
        pr->level++;
        print_expr(pr, "amount", steps->amount);
        print_expr(pr, "days", steps->days);
        pr->level--;
    }
}

static void print_clause(struct printer *pr, const struct clause *clause)
{
    begin(pr, NULL, clause_names[clause->kind]);
    if (clause->kind == CLAUSE_ROUND) fprintf(pr->out, " %s", rounding_names[clause->rounding]);
    end(pr, clause->span);
    pr->level++;
    print_name(pr, "as", &clause->name);
    print_name(pr, "instead of", &clause->instead_of);
    print_steps(pr, clause->steps);
    print_expr(pr, NULL, clause->value);
    print_routes(pr, clause->routes);
    print_schedule(pr, clause->schedule);
    print_expr(pr, "at least", clause->least);
    print_expr(pr, "to", clause->most);
    print_expr(pr, "from", clause->from);
    print_expr(pr, "to", clause->to);
    print_expr(pr, "when", clause->when);
    print_tail(pr, &clause->tail);
    pr->level--;
}

static void print_cell(struct printer *pr, const struct cell *cell)
{
    begin(pr, NULL, "cell");
    if (cell->empty) fputs(" empty", pr->out);
    if (cell->no_statement) fputs(" no statement", pr->out);
    if (cell->equipoise) fputs(" equipoise", pr->out);
    if (cell->one_of) fputs(" one of", pr->out);
    if (cell->has_rounding) fprintf(pr->out, " %s", rounding_names[cell->rounding]);
    end(pr, cell->span);
    pr->level++;
    print_expr(pr, NULL, cell->test);
    print_text(pr, NULL, cell->text);
    print_names(pr, NULL, cell->names);
    print_cites(pr, cell->cites);
    print_routes(pr, cell->routes);
    print_schedule(pr, cell->schedule);
    pr->level--;
}

static void print_columns(struct printer *pr, const struct column *columns)
{
    for (; columns; columns = columns->next) {
        line(pr, "column", columns->clause == CLAUSE_NONE ? "condition" : clause_names[columns->clause],
             columns->span);
        pr->level++;
        print_expr(pr, NULL, columns->head);
        pr->level--;
    }
}

static void print_table(struct printer *pr, const struct table *table)
{
    line(pr, NULL, "table", table->span);
    pr->level++;
    print_columns(pr, table->columns);
    for (const struct table_row *row = table->rows; row; row = row->next) {
        line(pr, NULL, row->broken ? "row broken" : "row", row->span);
        pr->level++;
        for (const struct cell *cell = row->cells; cell; cell = cell->next)
            print_cell(pr, cell);
        pr->level--;
    }
    pr->level--;
}

/* ---- Settings and given values ----------------------------------------------------------------------- */

static void print_settings(struct printer *pr, const struct setting *settings)
{
    for (; settings; settings = settings->next) {
        begin(pr, "set", settings->name.text);
        end(pr, settings->span);
        pr->level++;
        print_expr(pr, NULL, settings->value);
        print_settings(pr, settings->rows);
        print_text(pr, "because", settings->because);
        pr->level--;
    }
}

static void print_givens(struct printer *pr, const struct given *givens)
{
    for (; givens; givens = givens->next) {
        begin(pr, "given", givens->name.text);
        if (givens->empty) fputs(" empty", pr->out);
        if (givens->negative) fputs(" negative", pr->out);
        if (givens->censor) fprintf(pr->out, " %s", givens->censor);
        if (givens->ongoing) fputs(" ongoing", pr->out);
        end(pr, givens->span);
        pr->level++;
        print_expr(pr, NULL, givens->value);
        print_text(pr, "other", givens->other);
        print_text(pr, "missing", givens->missing);
        print_expr(pr, "at", givens->at);
        print_expr(pr, "until", givens->until);
        print_givens(pr, givens->fields);
        pr->level--;
    }
}

/* ---- Declarations ----------------------------------------------------------------------------------- */

static const char *const decl_names[] = {
#define DECL(name) #name,
#include "compiler/decl_kinds.def"
#undef DECL
};

static void print_params(struct printer *pr, const struct param *params)
{
    for (; params; params = params->next)
        print_type(pr, params->name.text, params->type);
}

static void print_codes(struct printer *pr, const struct code *codes)
{
    for (; codes; codes = codes->next)
        print_text(pr, codes->system.text, codes->value);
}

static void print_head(struct printer *pr, const struct decl *decl)
{
    print_text(pr, "label", decl->label);
    print_tail(pr, &decl->tail);
    print_params(pr, decl->params);
    print_type(pr, "type", decl->type);
    print_expr(pr, "from", decl->low);
    print_expr(pr, "to", decl->high);
    print_name(pr, "negative below", &decl->negative_below);
    print_codes(pr, decl->codes);
    print_text(pr, "in", decl->in);
    print_enumeration(pr, NULL, decl->enumeration);
    print_name(pr, "of", &decl->drug);
    print_name(pr, "severity", &decl->severity);
}

static void print_watch(struct printer *pr, const struct watch *watch)
{
    if (!watch) return;
    line(pr, NULL, "expect", watch->span);
    pr->level++;
    print_expr(pr, NULL, watch->select);
    print_expr(pr, "from", watch->from);
    print_expr(pr, watch->from ? "to" : "within", watch->to);
    pr->level--;
}

static void print_parts(struct printer *pr, const struct decl *decl)
{
    print_expr(pr, "starts", decl->starts);
    print_expr(pr, "lasts", decl->lasts);
    print_expr(pr, NULL, decl->body);
    print_name(pr, "reader", &decl->reader);
    print_names(pr, decl->reader.text ? "does not read" : "nothing reads", decl->not_reading);
    print_names(pr, "not coded", decl->uncoded);
    print_names(pr, "report shows", decl->shown);
    print_expr(pr, "applies when", decl->applies);
    print_expr(pr, "for", decl->each);
    print_expr(pr, "after", decl->follows);
    print_watch(pr, decl->watch);
    print_expr(pr, "overdue after", decl->overdue);
    for (const struct row *row = decl->rows; row; row = row->next)
        print_row(pr, row);
    for (const struct clause *clause = decl->clauses; clause; clause = clause->next)
        print_clause(pr, clause);
    for (const struct table *table = decl->tables; table; table = table->next)
        print_table(pr, table);
    print_expr(pr, "as of", decl->as_of);
    print_settings(pr, decl->settings);
    print_givens(pr, decl->givens);
    print_exprs(pr, "expect", decl->expects);
}

static void print_decl(struct printer *pr, const struct decl *decl)
{
    static const char *const policies[] = {[POLICY_AGREEMENT] = "by agreement",
                                           [POLICY_FIRST_MATCH] = "by first match",
                                           [POLICY_HIGHEST] = "by highest"};
    begin(pr, NULL, decl_names[decl->kind]);
    if (decl->name.text) fprintf(pr->out, " %s", decl->name.text);
    if (decl->kind == DECL_CLASSIFY) fprintf(pr->out, " %s", policies[decl->policy]);
    if (decl->broken) fputs(" broken", pr->out);
    if (decl->incomplete) fputs(" incomplete", pr->out);
    end(pr, decl->span);
    pr->level++;
    print_head(pr, decl);
    print_parts(pr, decl);
    pr->level--;
}

static void print_protocol(struct printer *pr, const struct protocol *protocol)
{
    begin(pr, NULL, protocol->is_site ? "site" : "protocol");
    if (protocol->name.text) fprintf(pr->out, " %s", protocol->name.text);
    if (protocol->version) fprintf(pr->out, " %s", protocol->version);
    if (protocol->status) fprintf(pr->out, " %s", protocol->status);
    end(pr, protocol->span);
    pr->level++;
    print_text(pr, "title", protocol->title);
    print_text(pr, "approved by", protocol->approved_by);
    print_expr(pr, "on", protocol->approved_on);
    print_names(pr, "use", protocol->uses);
    for (const struct decl *decl = protocol->decls; decl; decl = decl->next)
        print_decl(pr, decl);
    pr->level--;
}

void print_ast(FILE *out, const struct compilation *c)
{
    struct printer pr = {.out = out, .c = c};
    for (const struct protocol *protocol = c->protocols; protocol; protocol = protocol->next)
        print_protocol(&pr, protocol);
    if (c->site) print_protocol(&pr, c->site);
}
