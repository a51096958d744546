/*
 * The check stage: each declaration once, and before it those whose type it reads.
 *
 * The order of declarations means nothing, so a type is worked out when it is first asked for, by going
 * down into the declaration that has it.  The mark of a declaration says how far that has come; one that
 * is met while it is being checked has no type yet, and that circle is reported once, with all its
 * members, when the graph of what reads what is complete.  Until then TYPE_ERROR stands in for it, which
 * is silent.
 *
 * A broken declaration keeps the type that its header gives, so that one mistake does not make every
 * reader wrong.
 */
#include "compiler/check.h"
#include "compiler/name_set.h"

/* What readers see of a declaration that could not be checked. */
static struct type *type_of_broken(struct checker *ck, const struct decl *d)
{
    bool has_values = decl_is_classified(d) && d->enumeration && d->enumeration->values;
    return has_values ? type_of_enumeration(ck->arena, d->enumeration) : type_new(ck->arena, TYPE_ERROR);
}

static void check_by_kind(struct checker *ck, struct decl *d)
{
    switch (d->kind) {
    case DECL_INPUT: check_input(ck, d); break;
    case DECL_PARAMETER: check_tail(ck, &d->tail); break;
    case DECL_DEFINE: check_define(ck, d); break;
    case DECL_FUNCTION: check_function(ck, d); break;
    case DECL_PHASE: check_phase(ck, d); break;
    case DECL_CLASSIFY: check_classify(ck, d); break;
    case DECL_DOSE: check_dose(ck, d); break;
    case DECL_COLLECT:
    case DECL_RECOMMEND: check_set_rule(ck, d); break;
    case DECL_ALERT: check_alert(ck, d); break;
    case DECL_MONITOR: check_monitor(ck, d); break;
    case DECL_GUARANTEE: check_guarantee(ck, d); break;
    case DECL_SHOWN: check_shown(ck, d); break;
    case DECL_TEST: check_test(ck, d); break;
    case DECL_SET: break; /* all of a site file together: check_site */
    case DECL_SOURCE:
    case DECL_ENUMERATION:
    case DECL_REQUIREMENT:
    case DECL_NOT_CODED:
    case DECL_UNKNOWN: break;
    }
}

/* A declaration of its own: no word of the one that reads it has a meaning here. */
static void check_once(struct checker *reader, struct decl *d)
{
    if (d->mark != MARK_NEW) return;
    d->mark = MARK_CHECKING;
    struct checker ck = {.c = reader->c,
                         .arena = reader->arena,
                         .sink = reader->sink,
                         .protocol = d->protocol,
                         .decl = d,
                         .depth = reader->depth};
    /* before its rows: a row may read a rule that reads this one's type */
    if (decl_is_classified(d) && d->enumeration && !d->type)
        d->type = type_of_enumeration(ck.arena, d->enumeration);
    if (!d->broken) check_by_kind(&ck, d);
    if (!d->type) d->type = type_of_broken(&ck, d);
    d->mark = MARK_CHECKED;
}

/* Its type is written, not worked out. */
static bool type_is_declared(const struct decl *d)
{
    return d->type && (d->kind == DECL_INPUT || d->kind == DECL_PARAMETER || d->kind == DECL_FUNCTION ||
                       decl_fills_set(d));
}

struct type *check_decl_type(struct checker *ck, struct decl *d)
{
    if (type_is_declared(d)) return d->type;
    if (decl_is_classified(d) && d->enumeration) return type_of_enumeration(ck->arena, d->enumeration);
    bool too_deep =
        ck->depth > DEFINITIONS_DEPTH_MAX; /* check_graph reports it, in every order of declarations */
    if (d->mark == MARK_NEW && !too_deep) check_once(ck, d);
    /* One that is being checked reads itself in the end: check_graph reports the circle. */
    return d->mark == MARK_CHECKED ? d->type : type_new(ck->arena, TYPE_ERROR);
}

static void check_site(struct checker *ck, struct protocol *site)
{
    struct name_set seen = {.arena = ck->arena};
    ck->protocol = site;
    for (struct decl *d = site->decls; d; d = d->next)
        check_settings(ck, d->settings, &seen);
}

void check_program(struct compilation *c)
{
    struct checker ck = {.c = c, .arena = c->arena, .sink = &c->sink};
    for (struct protocol *p = c->protocols; p; p = p->next)
        for (struct decl *d = p->decls; d; d = d->next)
            check_once(&ck, d);
    if (c->site) check_site(&ck, c->site);
    check_graph(c);
}
