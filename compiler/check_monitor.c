/*
 * Monitors: what is followed, what is expected and when.
 *
 * A monitor follows either the elements of a list (`for each`) or one date (`after`), never both.  Of an
 * element its date is put into d->follows, so that from here on both are moments from which lengths are
 * counted.
 */
#include "compiler/check.h"

/* ---- What is followed ------------------------------------------------------------------------------- */

/* The date of the element of `for each`, as a reader would write it. */
static struct expr *date_of_element(struct checker *ck, struct expr *each)
{
    struct expr *name = arena_alloc(ck->arena, sizeof *name);
    *name = (struct expr){.kind = EXPR_NAME, .span = each->name.span, .name = each->name, .builtin = -1};
    check_moment(ck, &name);
    return name;
}

static void report_follows(struct checker *ck, const struct decl *d)
{
    struct diag *message;
    if (d->each) {
        message = diag_report(ck->sink, DIAG_MONITOR_FOLLOWS, d->follows->span,
                              "this monitor follows two things at once");
        diag_note(ck->sink, message, d->each->span, "`for each` says already what it follows");
        diag_help(ck->sink, message, "leave `after` out, or `for each` where it follows one date");
        return;
    }
    message = diag_report(ck->sink, DIAG_MONITOR_FOLLOWS, d->span, "`%s` does not say what it follows",
                          d->name.text);
    diag_help(ck->sink, message, "directly below the header write `for each E as x`, or `after` and a date");
}

static void check_follows(struct checker *ck, struct decl *d)
{
    /* one of the two, and not both */
    bool one = (d->each != NULL) != (d->follows != NULL);
    if (!one && !d->incomplete && !d->names_lost) report_follows(ck, d);
    if (d->each) check_for_each(ck, d->each);
    if (d->each && one)
        d->follows = date_of_element(ck, d->each);
    else if (d->follows)
        check_moment(ck, &d->follows);
}

/* ---- What is expected ------------------------------------------------------------------------------- */

/* The next one is where the time of this one ends: it would never be in its window. */
static void check_other_list(struct checker *ck, const struct decl *d)
{
    const struct expr *list = d->watch->select->a;
    if (!d->each || !list->decl || list->decl != d->each->a->a->decl) return;
    struct diag *message = diag_report(ck->sink, DIAG_MONITOR_SELF, list->span,
                                       "`%s` is what this monitor goes through already", list->name.text);
    diag_note(ck->sink, message, d->each->span, "it goes through it here");
    diag_help(ck->sink, message,
              "to expect the next one after the latest, write `after latest %s` instead of `for each`",
              list->name.text);
}

static bool is_list(struct checker *ck, struct expr *list)
{
    bool gaps = list->kind == EXPR_GAPS_OF;
    const struct type *type = check_expr(ck, list, NULL);
    if (type->kind == TYPE_ERROR || (type_is_list(type) && !gaps)) return type->kind != TYPE_ERROR;
    struct diag *d = diag_report(ck->sink, DIAG_LIST_NEEDED, list->span,
                                 "a monitor expects an entry of a series or of events, and this is %s",
                                 gaps ? "what lies between them" : type_words(ck->arena, type));
    note_origin(ck, d, list);
    return false;
}

static void check_expected(struct checker *ck, const struct decl *d)
{
    struct expr *select = d->watch->select;
    if (!is_list(ck, select->a)) return;
    const struct scope *rule = ck->scope;
    check_expr(ck, select, NULL);
    ck->scope = rule;
    check_other_list(ck, d);
}

/* ---- When ------------------------------------------------------------------------------------------- */

static bool is_length(const struct expr *e)
{
    return e->type && e->type->kind == TYPE_QUANTITY &&
           (unit_is_time(&e->type->unit) || unit_is_calendar(&e->type->unit));
}

static void check_overdue(struct checker *ck, const struct decl *d)
{
    struct expr *to = d->watch->to, *overdue = d->overdue;
    check_value(ck, overdue, NULL);
    if (!check_length(ck, overdue, DIAG_LENGTH_NEEDED) || !is_length(to)) return;
    bool same = unit_counts_dates(&to->type->unit) == unit_counts_dates(&overdue->type->unit);
    decimal due, late;
    if (!same) {
        check_one_scale(ck, to, overdue);
    } else if (literal_value(to, &due) && literal_in_unit(overdue, &to->type->unit, &late) &&
               decimal_compare(late, due) < 0) {
        struct diag *message = diag_report(ck->sink, DIAG_OVERDUE_EARLY, overdue->span,
                                           "it would be overdue while it is still due");
        diag_note(ck->sink, message, to->span, "it is due until then");
        diag_help(ck->sink, message,
                  "`overdue after` is counted from the same date as `expect`, not from the end of it");
    }
}

static void report_nothing_expected(struct checker *ck, const struct decl *d)
{
    struct diag *message =
        diag_report(ck->sink, DIAG_MONITOR_EXPECTS, d->span, "`%s` expects nothing", d->name.text);
    diag_help(ck->sink, message, "say what must be there and when: `expect S from 6 days to 8 days`");
}

void check_monitor(struct checker *ck, struct decl *d)
{
    if (d->applies) check_condition(ck, d->applies);
    check_follows(ck, d);
    check_telling(ck, &d->tail);
    if (!d->watch) {
        if (!d->incomplete) report_nothing_expected(ck, d);
        return;
    }
    check_expected(ck, d);
    check_lengths(ck, d->watch->from, d->watch->to);
    if (d->overdue) check_overdue(ck, d);
}
