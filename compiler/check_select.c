/*
 * Selections from series and events, their windows, and names for what was selected.
 *
 * What is selected keeps its date and its fields: of a series the type is an amount whose list is set
 * (type_is_dated), of events an ELEMENT.  The words of an element have a meaning only inside its `where`
 * and `has`; that is a scope, which lives on the C stack while these are checked.  Names given by `as`
 * outlive the condition in which they stand, for the texts of the same row, and live in the arena.
 */
#include "compiler/check.h"
#include "compiler/expr_tree.h"

static struct type *error_type(struct checker *ck)
{
    return type_new(ck->arena, TYPE_ERROR);
}

/* ---- Lengths: 14 days, 36 h ------------------------------------------------------------------------- */

/* Half a month has no length, and half a day is written in hours. */
static void check_whole_count(struct checker *ck, const struct expr *e)
{
    decimal count;
    const struct unit *unit = &e->type->unit;
    if (!unit_counts_dates(unit)) return;
    const char *small = unit_is_calendar(unit) ? "mo" : "d";
    struct unit smallest;
    if (unit_parse(small, unit_is_calendar(unit) ? 2 : 1, UNIT_RULES, &smallest, NULL) != UNIT_OK) return;
    if (!literal_in_unit(e, &smallest, &count) || decimal_is_whole(count)) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_CALENDAR_FRACTION, e->span, "a part of a %s is no calendar time",
                    unit_is_calendar(unit) ? "month" : "day");
    diag_help(ck->sink, d, "%s",
              unit_is_calendar(unit)
                  ? "write whole months or years (1.5 years is 18 months), or a number of days"
                  : "write whole days, or hours: 1.5 days is `36 h`");
}

bool check_length(struct checker *ck, struct expr *e, enum diag_code code)
{
    const struct type *type = e->type;
    if (type->kind == TYPE_ERROR) return false;
    if (type->kind == TYPE_QUANTITY && (unit_is_time(&type->unit) || unit_is_calendar(&type->unit))) {
        check_whole_count(ck, e);
        return true;
    }
    struct diag *d =
        diag_report(ck->sink, code, expr_span(ck, e), "a length of time is needed here, and this is %s",
                    type_words(ck->arena, type));
    note_origin(ck, d, e);
    if (e->kind == EXPR_NUMBER && !e->has_unit)
        advise_unit_behind(ck, d, e, code == DIAG_SPAN_THRESHOLD ? "years" : "days");
    else if (type_is_number(type))
        diag_help(ck->sink, d, "write the unit: years or months, weeks or days, hours or minutes");
    else
        diag_help(ck->sink, d,
                  "write a number of years, months, weeks, days, hours or minutes, as in `14 days`");
    return false;
}

static void check_length_order(struct checker *ck, const struct expr *low, const struct expr *high)
{
    decimal a, b;
    if (!literal_value(low, &a) || !literal_in_unit(high, &low->type->unit, &b) || decimal_compare(a, b) <= 0)
        return;
    struct diag *d =
        diag_report(ck->sink, DIAG_RANGE_REVERSED, high->span, "the range ends before it begins");
    diag_note(ck->sink, d, low->span, "it begins here");
    diag_help(ck->sink, d, "write the shorter time first");
}

bool check_one_scale(struct checker *ck, const struct expr *low, const struct expr *high)
{
    const struct unit *a = &low->type->unit, *b = &high->type->unit;
    if (unit_is_calendar(a) != unit_is_calendar(b)) {
        report_units_differ(ck, low, high);
        return false;
    }
    if (unit_counts_dates(a) == unit_counts_dates(b)) return true;
    struct diag *d = diag_report(ck->sink, DIAG_LENGTHS_MIXED, expr_span(ck, high),
                                 "one end counts calendar days and the other one hours");
    diag_note(ck->sink, d, expr_span(ck, low), "%s", unit_words(ck->arena, a));
    diag_help(ck->sink, d,
              "`14 days` counts dates and `336 h` counts hours: write both ends in the same way");
    return false;
}

static bool check_one_length(struct checker *ck, struct expr *e)
{
    if (!e) return false;
    check_value(ck, e, NULL);
    return check_length(ck, e, DIAG_LENGTH_NEEDED);
}

void check_lengths(struct checker *ck, struct expr *low, struct expr *high)
{
    bool good_low = check_one_length(ck, low), good_high = check_one_length(ck, high);
    if (!good_low || !good_high) return;
    /* Months and days may be the ends of one window: both count dates. */
    bool same = unit_counts_dates(&low->type->unit) == unit_counts_dates(&high->type->unit);
    if (same)
        check_length_order(ck, low, high);
    else
        check_one_scale(ck, low, high);
}

/* ---- Windows ---------------------------------------------------------------------------------------- */

static void check_window(struct checker *ck, struct window *w)
{
    check_lengths(ck, w->low, w->high);
    if (w->anchor) check_moment(ck, &w->anchor);
    if (w->to) check_moment(ck, &w->to);
}

/* ---- Selections ------------------------------------------------------------------------------------- */

/* An element of a list: of events an ELEMENT, of a series its value, which knows its date and fields. */
static struct type *element_type(struct checker *ck, const struct expr *list)
{
    const struct type *type = list->type;
    struct type *element = type_new(ck->arena, type->kind == TYPE_SERIES ? TYPE_QUANTITY : TYPE_ELEMENT);
    element->unit = type->unit;
    element->whole = type->whole;
    element->fields = type->fields;
    element->list = list->kind == EXPR_GAPS_OF ? list->a->decl : list->decl;
    return element;
}

static struct type *report_no_list(struct checker *ck, struct expr *e)
{
    const char *message = e->selector == SELECT_EACH
                              ? "`for each` goes through a series or events, and this is %s"
                              : "only a series or events can be selected from, and this is %s";
    struct diag *d = diag_report(ck->sink, DIAG_LIST_NEEDED, expr_span(ck, e->a), message,
                                 type_words(ck->arena, e->a->type));
    note_origin(ck, d, e->a);
    return error_type(ck);
}

/* Those that compare or add the values. */
static bool needs_values(enum selector selector)
{
    return selector == SELECT_HIGHEST || selector == SELECT_LOWEST || selector == SELECT_AVERAGE ||
           selector == SELECT_TOTAL;
}

static bool refuse_without_values(struct checker *ck, const struct expr *e)
{
    if (e->a->type->kind == TYPE_SERIES || !needs_values(e->selector)) return false;
    struct diag *d = diag_report(ck->sink, DIAG_VALUES_NEEDED, e->span,
                                 "events have no value that could be compared or added");
    note_origin(ck, d, e->a);
    diag_help(ck->sink, d, "ask for `latest`, `first`, `count of`, `any` or `every`, or declare a series");
    return true;
}

/* `has < 40 U/L` reads `has value < 40 U/L`. */
static void name_value(struct checker *ck, struct expr *e, struct type *element)
{
    struct expr *value = arena_alloc(ck->arena, sizeof *value);
    *value = (struct expr){.kind = EXPR_NAME, .span = e->claim->span, .bound = e, .builtin = PSEUDO_VALUE};
    value->name = (struct name){.text = "value", .span = e->claim->span};
    value->type = element;
    expr_put_subject(&e->claim, value);
}

/* The bindings made inside a `where` hold only there. */
static void check_where(struct checker *ck, struct expr *e, struct type *element)
{
    const struct scope *outer = ck->scope;
    struct type *subject = ck->subject;
    const struct expr *head = ck->head;
    struct scope scope = {.kind = SCOPE_ELEMENT, .node = e, .element = element, .outer = outer};
    ck->scope = &scope;
    if (e->where) check_condition(ck, e->where);
    /* `every alt has < 40 U/L`: the left side is the value, not the heading of a table around it */
    ck->subject = element;
    ck->head = NULL;
    if (e->claim) {
        check_condition(ck, e->claim);
        name_value(ck, e, element);
    }
    /* names given inside end here too: outside it is not said of which element they would be */
    ck->scope = outer;
    ck->subject = subject;
    ck->head = head;
}

static struct type *selected_type(struct checker *ck, const struct expr *e, struct type *element)
{
    switch (e->selector) {
    case SELECT_LATEST:
    case SELECT_FIRST:
    case SELECT_HIGHEST:
    case SELECT_LOWEST:
    case SELECT_EACH: return element;
    case SELECT_AVERAGE:
    case SELECT_TOTAL: return type_quantity(ck->arena, &element->unit);
    case SELECT_COUNT: return type_whole(ck->arena);
    case SELECT_ANY:
    case SELECT_EVERY: break;
    }
    return type_new(ck->arena, TYPE_BOOL);
}

struct type *check_select(struct checker *ck, struct expr *e)
{
    check_window(ck, &e->window);
    const struct type *list = check_expr(ck, e->a, NULL);
    if (list->kind == TYPE_ERROR) return error_type(ck);
    if (!type_is_list(list)) return report_no_list(ck, e);
    bool bad = refuse_without_values(ck, e);
    struct type *element = element_type(ck, e->a);
    check_where(ck, e, element);
    return bad ? error_type(ck) : selected_type(ck, e, element);
}

void check_for_each(struct checker *ck, struct expr *each)
{
    struct expr *list = each->a->a;
    if (list->kind == EXPR_GAPS_OF) {
        struct diag *d = diag_report(ck->sink, DIAG_LIST_NEEDED, list->span,
                                     "`for each` goes through a series or events, and gaps are neither");
        diag_help(ck->sink, d, "write `for each %s as ...`, and ask for the gaps in a condition",
                  list->a->name.text);
        each->a->a = list->a;
    }
    check_expr(ck, each, NULL);
}

struct type *check_gaps(struct checker *ck, struct expr *e)
{
    const struct type *list = check_expr(ck, e->a, NULL);
    if (list->kind == TYPE_ERROR) return error_type(ck);
    if (!type_is_list(list) || e->a->kind != EXPR_NAME) return report_no_list(ck, e);
    struct type *gaps = type_new(ck->arena, TYPE_SERIES);
    gaps->whole = true;
    return unit_parse("d", 1, UNIT_RULES, &gaps->unit, NULL) == UNIT_OK ? gaps : error_type(ck);
}

/* The innermost element is meant; a name given by `as` lies between it and here. */
static const struct scope *element_scope(const struct checker *ck)
{
    const struct scope *s = ck->scope;
    while (s && s->kind != SCOPE_ELEMENT)
        s = s->outer;
    return s;
}

struct type *check_active_at(struct checker *ck, struct expr *e)
{
    const struct scope *s = element_scope(ck);
    check_moment(ck, &e->a);
    if (s && s->element->kind == TYPE_ELEMENT) {
        e->bound = s->node;
        return type_new(ck->arena, TYPE_BOOL);
    }
    struct diag *d = diag_report(ck->sink, DIAG_ACTIVE_MISPLACED, e->span,
                                 "`active at` asks an event whether it still lasts");
    diag_help(ck->sink, d,
              "it stands inside the `where` of events: `any comedications where (active at now)`");
    return error_type(ck);
}

struct type *report_until(struct checker *ck, const struct expr *e)
{
    struct diag *d =
        diag_report(ck->sink, DIAG_UNTIL_MISPLACED, e->span,
                    "`until` is the end of an event, of which only is asked whether it is known");
    diag_help(ck->sink, d,
              "write `until is known` inside the `where` of events, and `active at` for whether it lasts at "
              "a moment");
    return error_type(ck);
}

struct type *check_until_known(struct checker *ck, struct expr *e)
{
    const struct scope *s = element_scope(ck);
    bool asks = e->state == STATE_KNOWN || e->state == STATE_UNKNOWN;
    if (!asks || !s || s->element->kind != TYPE_ELEMENT) return report_until(ck, e->a);
    e->a->bound = s->node;
    e->a->type = type_new(ck->arena, TYPE_BOOL);
    return e->a->type;
}

/* Whether the window runs forward from the element of `for each`. */
static bool runs_from_each(const struct window *w)
{
    const struct expr *anchor = w->anchor && w->anchor->kind == EXPR_DATE_OF ? w->anchor->a : w->anchor;
    const struct expr *as = anchor && anchor->kind == EXPR_NAME ? anchor->bound : NULL;
    bool each = as && as->kind == EXPR_AS && as->a->kind == EXPR_SELECT && as->a->selector == SELECT_EACH;
    return each && window_runs_forward(w);
}

static struct type *report_window(struct checker *ck, const struct expr *e, bool in_where)
{
    struct diag *d = diag_report(
        ck->sink, DIAG_WINDOW_MISPLACED, e->span,
        in_where ? "this window ends where the next element of `for each` begins, and is no condition"
                 : "a window asks an entry of a list whether it lies in it");
    diag_help(ck->sink, d,
              in_where
                  ? "write it behind the brackets: `any alt where (value > 40 U/L) within 7 days after given`"
                  : "it stands in a selection or its `where`: `any comedications within 7 days before now`");
    return error_type(ck);
}

struct type *check_in_window(struct checker *ck, struct expr *e)
{
    const struct scope *s = element_scope(ck);
    check_window(ck, &e->window);
    if (!s || runs_from_each(&e->window)) return report_window(ck, e, s);
    e->bound = s->node;
    return type_new(ck->arena, TYPE_BOOL);
}

struct type *check_date_of(struct checker *ck, struct expr *e)
{
    const struct type *type = check_expr(ck, e->a, NULL);
    if (type->kind == TYPE_ERROR) return error_type(ck);
    if (type_is_dated(type)) return type_new(ck->arena, TYPE_DATE);
    struct diag *d = diag_report(ck->sink, DIAG_DATE_NEEDED, e->span,
                                 "`date of` needs something that was selected, and this is %s",
                                 type_words(ck->arena, type));
    note_origin(ck, d, e->a);
    if (type_is_list(type))
        diag_help(ck->sink, d, "say which one is meant: `date of (latest %s)`", expr_words(e->a));
    return error_type(ck);
}

/* ---- Names for what was selected -------------------------------------------------------------------- */

struct type *check_bound_type(struct checker *ck, const struct expr *as)
{
    const struct expr *e = as->a;
    if (!as->type || as->type->kind == TYPE_ERROR) return error_type(ck);
    /* `any` is a yes or no; its name is the element that was found */
    if (e->kind == EXPR_SELECT && e->selector == SELECT_ANY) return element_type(ck, e->a);
    return as->type;
}

struct type *check_as(struct checker *ck, struct expr *e, const struct type *want)
{
    struct type *type = check_expr(ck, e->a, want);
    if (!check_binding_name(ck, &e->name))
        type = error_type(ck); /* which of the two is meant nobody can tell */
    if (e->a->kind == EXPR_SELECT && e->a->selector == SELECT_EVERY) {
        struct diag *d = diag_report(ck->sink, DIAG_BINDING_EVERY, e->name.span,
                                     "`every` selects none of them, so there is nothing to name");
        diag_help(ck->sink, d, "name the one that is meant, as in `(latest ...) as %s`", e->name.text);
        type = error_type(ck);
    }
    struct scope *scope = arena_alloc(ck->arena, sizeof *scope);
    *scope = (struct scope){.kind = SCOPE_BINDING, .node = e, .outer = ck->scope};
    ck->scope = scope;
    return type;
}
