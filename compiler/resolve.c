/*
 * Names that stand outside of expressions: what is declared, which types they name, which source is cited.
 *
 * Names inside expressions are left to the check stage, since an enumeration value can only be told from
 * another name by the type of its place.  Everything here is a name that stands alone, and can be looked
 * up as soon as all declarations of all files are entered.  So no order of files or declarations matters.
 */
#include "compiler/resolve.h"

#include <string.h>

#include "compiler/builtins.h"

enum {
    DECL_KINDS = 0
#define DECL(name) +1
#include "compiler/decl_kinds.def"
#undef DECL
};

static void report_twice(struct resolver *r, const struct decl *d, const struct decl *first)
{
    struct diag *message =
        diag_report(r->sink, DIAG_NAME_TWICE, d->name.span, "`%s` is declared twice", d->name.text);
    diag_label(r->sink, message, "here again");
    diag_note(r->sink, message, first->name.span, "first declared here");
    diag_help(r->sink, message, "all protocols of a program share their names: rename one, or leave one out");
}

static void resolve_declared_name(struct resolver *r, struct decl *d)
{
    if (builtin_find(d->name.text) >= 0) {
        struct diag *message = diag_report(r->sink, DIAG_NAME_OF_FUNCTION, d->name.span,
                                           "`%s` is a function of the language", d->name.text);
        diag_help(r->sink, message, "choose another name, such as `%s_value`", d->name.text);
        return;
    }
    const struct decl *first = symbols_add(r->c->symbols, d);
    if (first) report_twice(r, d, first);
}

/* Sources, tests and guarantees may have names or titles only; settings have neither. */
static bool decl_has_name(const struct decl *d)
{
    return d->name.text && d->kind != DECL_TEST && d->kind != DECL_GUARANTEE && d->kind != DECL_SET;
}

static void declare_all(struct resolver *r)
{
    int count[DECL_KINDS] = {0};
    for (struct protocol *p = r->c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next) {
            /* its number among those of its kind, over all protocols: the place in PHASES, for one */
            d->index = count[d->kind]++;
            if (decl_has_name(d)) resolve_declared_name(r, d);
        }
}

struct decl *resolve_reference(struct resolver *r, struct name *name, unsigned kinds, enum diag_code code,
                               const char *what)
{
    if (!name->text) return NULL;
    struct decl *found = symbols_find(r->c->symbols, name->text);
    if (found && kinds >> found->kind & 1 && symbols_visible(r->c->symbols, r->protocol, found)) {
        name->decl = found;
        return found;
    }
    struct diag *d = diag_report(r->sink, code, name->span, "there is no %s `%s`", what, name->text);
    /* it is there, and this file does not see it */
    if (found && kinds >> found->kind & 1) {
        diag_note(r->sink, d, found->name.span, "`%s` declares it", found->protocol->name.text);
        diag_help(r->sink, d, "write `use %s` at the top of this file", found->protocol->name.text);
        return NULL;
    }
    if (found) diag_note(r->sink, d, found->name.span, "this `%s` is no %s", name->text, what);
    const char *near = symbols_suggest(r->c->symbols, r->protocol, kinds, name->text);
    if (near) diag_help(r->sink, d, "did you mean `%s`?", near);
    return NULL;
}

static void resolve_cites(struct resolver *r, struct cite *cites)
{
    for (struct cite *cite = cites; cite; cite = cite->next)
        resolve_reference(r, &cite->source, 1U << DECL_SOURCE, DIAG_SOURCE_UNKNOWN, "source");
}

static void resolve_tables(struct resolver *r, struct table *tables)
{
    for (struct table *table = tables; table; table = table->next)
        for (struct table_row *row = table->rows; row; row = row->next)
            for (struct cell *cell = row->cells; cell; cell = cell->next)
                resolve_cites(r, cell->cites);
}

static void resolve_settings(struct resolver *r, struct setting *settings)
{
    for (struct setting *s = settings; s; s = s->next)
        resolve_reference(r, &s->name, 1U << DECL_PARAMETER, DIAG_SETTING_UNKNOWN, "parameter");
}

/* `nothing reads X` speaks of inputs; `A does not read B` of everything that reads, and of all that is read.
 */
static void resolve_guarantee(struct resolver *r, struct decl *d)
{
    const unsigned given = 1U << DECL_INPUT | 1U << DECL_PARAMETER;
    const unsigned other =
        1U << DECL_ENUMERATION | 1U << DECL_SOURCE | 1U << DECL_REQUIREMENT | 1U << DECL_UNKNOWN;
    bool of_one = d->reader.text != NULL;
    resolve_reference(r, &d->reader, ~(given | other), DIAG_NAME_UNKNOWN, "rule or definition");
    for (struct name *name = d->not_reading; name; name = name->next)
        resolve_reference(r, name, of_one ? ~other : 1U << DECL_INPUT, DIAG_NAME_UNKNOWN,
                          of_one ? "input, parameter, definition or rule" : "input");
}

static void resolve_references(struct resolver *r, struct decl *d)
{
    resolve_cites(r, d->tail.cites);
    for (struct row *row = d->rows; row; row = row->next)
        resolve_cites(r, row->tail.cites);
    for (struct clause *clause = d->clauses; clause; clause = clause->next)
        resolve_cites(r, clause->tail.cites);
    resolve_tables(r, d->tables);
    resolve_reference(r, &d->negative_below, 1U << DECL_PARAMETER, DIAG_NEGATIVE_LIMIT, "parameter");
    resolve_guarantee(r, d);
    resolve_shown(r, d);
    resolve_settings(r, d->settings);
    for (struct given *given = d->givens; given; given = given->next)
        resolve_reference(r, &given->name, 1U << DECL_INPUT, DIAG_GIVEN_UNKNOWN, "input");
}

static void resolve_protocol(struct resolver *r, struct protocol *p)
{
    r->protocol = p;
    for (struct decl *d = p->decls; d; d = d->next) {
        resolve_types(r, d);
        resolve_references(r, d);
    }
}

void resolve_program(struct compilation *c)
{
    c->symbols = symbols_new(c);
    struct resolver r = {.c = c, .sink = &c->sink};
    declare_all(&r);
    for (struct protocol *p = c->protocols; p; p = p->next)
        resolve_protocol(&r, p);
    resolve_requirements(&r);
    resolve_shown_once(&r);
    if (!c->site) return;
    resolve_protocol(&r, c->site);
}
