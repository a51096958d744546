/*
 * What stands on top of a report: one value for each name.
 */
#include "compiler/check.h"

static struct expr *node(struct checker *ck, enum expr_kind kind, const struct name *name)
{
    struct expr *e = arena_alloc(ck->arena, sizeof *e);
    *e = (struct expr){.kind = kind, .span = name->span, .builtin = -1};
    if (kind == EXPR_NAME) e->name = (struct name){.text = name->text, .span = name->span};
    return e;
}

/* The value itself; of a series the latest one. */
static struct expr *value_of(struct checker *ck, const struct name *name)
{
    struct expr *value = node(ck, EXPR_NAME, name);
    const struct type *type = name->decl->type;
    if (!type || type->kind != TYPE_SERIES) return value;
    struct expr *latest = node(ck, EXPR_SELECT, name);
    latest->selector = SELECT_LATEST;
    latest->a = value;
    return latest;
}

static bool has_value(const struct type *type)
{
    return type->kind != TYPE_EVENTS && type->kind != TYPE_ELEMENT;
}

static void report_events(struct checker *ck, const struct name *name)
{
    struct diag *d =
        diag_report(ck->sink, DIAG_SHOWN_NO_VALUE, name->span,
                    "`%s` is no single value: an event has a date and several fields", name->text);
    diag_note(ck->sink, d, name->decl->name.span, "declared here");
    diag_help(ck->sink, d,
              "name what is meant by a definition, for example `define last_dose \"Last dose\" = date of "
              "latest doses`");
}

void check_shown(struct checker *ck, struct decl *d)
{
    struct expr **next = &d->shows;
    for (const struct name *name = d->shown; name; name = name->next) {
        if (!name->decl) continue;
        struct expr *value = value_of(ck, name);
        bool events = name->decl->type && name->decl->type->kind == TYPE_EVENTS;
        const struct type *type = events ? name->decl->type : check_expr(ck, value, NULL);
        if (!has_value(type)) {
            report_events(ck, name);
            continue;
        }
        *next = value;
        next = &value->next;
    }
}
