/*
 * Lists as the specification describes them: what is seen of them, and what is selected.
 */
#include "tests/oracle/oracle.h"

#include <stdlib.h>
#include <string.h>

/* ---- What is seen ----------------------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
    const struct happening *a = x, *b = y;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

/* Times with offsets as moments, a date as a day on the clock of now. */
static void place(const struct oracle *o, struct happening *h)
{
    const struct datum *clock = h->at.zoned ? &h->at : &o->patient->now;
    int64_t ahead = clock->zoned ? clock->offset * INT64_C(60000000) : 0;
    h->start = h->at.lo - ahead;
    h->end = h->at.hi - ahead;
}

bool oracle_may_be_later(const struct oracle *o, const struct happening *h)
{
    const struct datum *now = &o->patient->now;
    return h->at.hi > now->hi + clocks_apart(&h->at, now);
}

bool happenings_same_moment(const struct happening *a, const struct happening *b)
{
    bool exact = a->at.is_time || moment_day(a->at.lo) == moment_day(a->at.hi);
    int64_t apart = clocks_apart(&a->at, &b->at);
    return exact && a->at.lo == b->at.lo + apart && a->at.hi == b->at.hi + apart;
}

static bool datum_equal(struct oracle *o, const struct datum *a, const struct datum *b)
{
    if (a->form != b->form)
        return (a->form == DATUM_ABSENT || a->form == DATUM_MISSING) &&
               (b->form == DATUM_ABSENT || b->form == DATUM_MISSING);
    if (a->form == DATUM_CENSORED && strcmp(a->sign, b->sign) != 0) return false;
    bool number = *a->number != '\0';
    if (number &&
        rational_compare(rational_parse(&o->numbers, a->number), rational_parse(&o->numbers, b->number)) != 0)
        return false;
    return a->yes == b->yes && a->code == b->code && a->set == b->set && a->lo == b->lo && a->hi == b->hi;
}

/* A series has one value at one moment: where two differ, none of them is known. */
static void join(struct oracle *o, struct happening *first, const struct happening *second)
{
    if (!datum_equal(o, &first->value, &second->value)) first->disputed = true;
    for (int i = 0; i < FIELDS_MAX; i++)
        if (!datum_equal(o, &first->fields[i], &second->fields[i]))
            first->fields[i] = (struct datum){.form = DATUM_ABSENT};
}

static void see(struct oracle *o, const struct datum *list, bool series, struct list_view *view)
{
    view->given = list->form == DATUM_KNOWN;
    view->count = 0;
    view->items = arena_alloc(o->program->arena, ((size_t)list->count + 1) * sizeof *view->items);
    if (!view->given) return;
    struct happening *sorted = arena_alloc(o->program->arena, ((size_t)list->count + 1) * sizeof *sorted);
    if (list->count > 0) memcpy(sorted, list->items, (size_t)list->count * sizeof *sorted);
    for (int i = 0; i < list->count; i++) {
        sorted[i].place = i;
        place(o, &sorted[i]);
    }
    qsort(sorted, (size_t)list->count, sizeof *sorted, by_time);
    for (int i = 0; i < list->count; i++) {
        if (datum_before(&o->patient->now, &sorted[i].at)) continue;
        struct happening *last = view->count > 0 ? &view->items[view->count - 1] : NULL;
        if (series && last && happenings_same_moment(last, &sorted[i]))
            join(o, last, &sorted[i]);
        else
            view->items[view->count++] = sorted[i];
    }
}

void oracle_see_lists(struct oracle *o)
{
    for (const struct protocol *p = o->program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_INPUT && (d->type->kind == TYPE_SERIES || d->type->kind == TYPE_EVENTS))
                see(o, &o->patient->inputs[d->index], d->type->kind == TYPE_SERIES, &o->lists[d->index]);
}

/* ---- Parts of an element ---------------------------------------------------------------------------- */

static struct answer value_of(struct oracle *o, const struct happening *h, const struct type *list)
{
    struct type quantity = {.kind = TYPE_QUANTITY, .unit = list->unit};
    return h->disputed ? answer_missing() : answer_datum(o, &h->value, &quantity);
}

struct answer oracle_field(struct oracle *o, const struct happening *h, const struct expr *e,
                           const struct type *list)
{
    if (e->field) return answer_datum(o, &h->fields[e->field->index], e->field->type);
    if (e->builtin == PSEUDO_VALUE) return value_of(o, h, list);
    int64_t lo = moment_day(h->at.lo), hi = moment_day(h->at.hi);
    const int64_t day = INT64_C(86400000000);
    return answer_moment(false, lo * day, hi * day + day - 1);
}

/* ---- Windows ---------------------------------------------------------------------------------------- */

struct bounds {
    bool by_day, has_lo, has_hi, lo_open, hi_open;
    struct answer lo, hi;
};

static struct answer at_of(struct oracle *o, const struct expr *e, bool by_day)
{
    return by_day ? oracle_day(o, e) : oracle_time(o, e);
}

/* From the anchor moved by the one length to it moved by the other; `within L` begins at the anchor. */
static struct bounds moved_bounds(struct oracle *o, const struct window *w)
{
    struct bounds b = {.by_day = length_counts_dates(w->low->type), .has_lo = true, .has_hi = true};
    int sign = w->kind == WINDOW_FROM_TO_BEFORE || w->kind == WINDOW_WITHIN_BEFORE ? -1 : 1;
    struct answer anchor = at_of(o, w->anchor, b.by_day);
    struct answer one = oracle_shift(o, &anchor, w->low, sign);
    struct answer other = w->high ? oracle_shift(o, &anchor, w->high, sign) : anchor;
    bool swap = w->high ? sign < 0 : sign > 0;
    b.lo = swap ? other : one;
    b.hi = swap ? one : other;
    return b;
}

static bool is_day(const struct expr *e)
{
    return e->type->kind == TYPE_DATE;
}

static struct bounds bounds_of(struct oracle *o, const struct window *w)
{
    if (w->kind == WINDOW_NONE) return (struct bounds){0};
    if (w->low) return moved_bounds(o, w);
    struct bounds b = {.by_day = w->kind == WINDOW_ON || (is_day(w->anchor) && (!w->to || is_day(w->to)))};
    b.lo = b.hi = at_of(o, w->anchor, b.by_day);
    if (w->to) b.hi = at_of(o, w->to, b.by_day);
    b.has_hi = w->kind != WINDOW_AFTER && w->kind != WINDOW_SINCE;
    b.has_lo = w->kind != WINDOW_BEFORE && w->kind != WINDOW_UNTIL;
    b.hi_open = w->kind == WINDOW_BEFORE;
    b.lo_open = w->kind == WINDOW_AFTER;
    return b;
}

/* A window forward from the element of `for each` ends where the next one begins. */
static bool starts_at_each(struct oracle *o, const struct window *w)
{
    bool forward = w->kind == WINDOW_FROM_TO_AFTER || w->kind == WINDOW_WITHIN_AFTER ||
                   w->kind == WINDOW_AFTER || w->kind == WINDOW_SINCE;
    if (!o->each || !forward) return false;
    const struct expr *anchor = w->anchor->kind == EXPR_DATE_OF ? w->anchor->a : w->anchor;
    return oracle_strip(anchor) == o->each->select;
}

static enum truth inside(const struct bounds *b, const struct happening *h)
{
    struct answer at = datum_moment(&h->at, !b->by_day);
    enum truth in = TRUTH_YES;
    if (b->has_lo) in = truth_and(in, answer_compare(b->lo_open ? EXPR_GT : EXPR_GE, &at, &b->lo));
    if (b->has_hi) in = truth_and(in, answer_compare(b->hi_open ? EXPR_LT : EXPR_LE, &at, &b->hi));
    return in;
}

enum truth oracle_in_window(struct oracle *o, const struct expr *e)
{
    const struct element_scope *s = o->element;
    while (s->select != e->bound)
        s = s->outer;
    struct bounds b = bounds_of(o, &e->window);
    return inside(&b, s->element);
}

/* ---- Members ---------------------------------------------------------------------------------------- */

struct member {
    const struct happening *item;
    enum truth in, claim;
    struct answer value;
};

struct members {
    bool given;
    int count, sure, doubtful;
    struct member *all;
};

/* The days from the element before: whole days between two dates. */
static struct answer gap(struct oracle *o, const struct happening *before, const struct happening *h)
{
    bool known = moment_day(before->at.lo) == moment_day(before->at.hi) &&
                 moment_day(h->at.lo) == moment_day(h->at.hi);
    if (!known) return answer_open();
    return answer_number(rational_int(&o->numbers, moment_day(h->at.lo) - moment_day(before->at.lo)));
}

static void judge(struct oracle *o, const struct expr *e, const struct bounds *b, struct member *m)
{
    struct element_scope scope = {e, m->item, e->a->kind == EXPR_GAPS_OF ? &m->value : NULL, o->element};
    o->element = &scope;
    m->in = truth_and(inside(b, m->item), oracle_truth(o, e->where));
    if (starts_at_each(o, &e->window)) m->in = truth_and(m->in, oracle_before_next(o, m->item));
    if (oracle_may_be_later(o, m->item)) m->in = truth_and(m->in, TRUTH_UNKNOWN); /* it may not be there */
    m->claim = oracle_truth(o, e->claim);
    o->element = scope.outer;
}

/* Whether it is known which of two elements comes first, for all of them, and their clocks do not run back.
 */
static bool in_one_order(const struct list_view *view)
{
    for (int i = 0; i < view->count; i++) {
        const struct happening *h = &view->items[i];
        if (moment_day(h->at.lo) != moment_day(h->at.hi)) return false;
        for (int j = 0; j < i; j++)
            if (moment_day(view->items[j].at.lo) > moment_day(h->at.lo) ||
                (!datum_before(&view->items[j].at, &h->at) && !happenings_same_moment(&view->items[j], h)))
                return false;
    }
    return true;
}

static struct members members_of(struct oracle *o, const struct expr *e)
{
    bool gaps = e->a->kind == EXPR_GAPS_OF;
    const struct decl *list = gaps ? e->a->a->decl : e->a->decl;
    const struct list_view *view = &o->lists[list->index];
    bool ordered = in_one_order(view);
    struct bounds b = bounds_of(o, &e->window);
    struct members all = {.given = view->given};
    all.all = arena_alloc(o->program->arena, ((size_t)view->count + 1) * sizeof *all.all);
    for (int i = gaps; i < view->count; i++) {
        struct member *m = &all.all[all.count++];
        m->item = &view->items[i];
        m->value = gaps ? gap(o, m->item - 1, m->item) : value_of(o, m->item, list->type);
        judge(o, e, &b, m);
        if (gaps && !ordered) m->in = TRUTH_UNKNOWN;
        all.sure += m->in == TRUTH_YES;
        all.doubtful += m->in == TRUTH_UNKNOWN || m->in == TRUTH_FAULT;
    }
    return all;
}

static struct answer none_recorded(void)
{
    return (struct answer){.kind = ANSWER_UNKNOWN, .none = true};
}

/* ---- One element ------------------------------------------------------------------------------------ */

/* The one that is surely later (earlier) than all others, or together: than all but those of its moment; NULL
   where that cannot be told. */
static const struct member *outermost(const struct members *all, bool latest, bool together)
{
    const struct member *best = NULL;
    for (int i = 0; i < all->count; i++)
        if (all->all[i].in == TRUTH_YES && (best == NULL || latest)) best = &all->all[i];
    for (int i = 0; best && i < all->count; i++) {
        const struct member *m = &all->all[i];
        if (m == best || m->in == TRUTH_NO || (together && happenings_same_moment(m->item, best->item)))
            continue;
        const struct datum *early = latest ? &m->item->at : &best->item->at;
        const struct datum *late = latest ? &best->item->at : &m->item->at;
        if (!datum_before(early, late)) return NULL;
    }
    return best;
}

static const struct member *extreme(const struct members *all, bool highest)
{
    const struct member *best = NULL;
    for (int i = 0; i < all->count; i++) {
        const struct member *m = &all->all[i];
        if (m->in == TRUTH_NO) continue;
        if (m->in != TRUTH_YES || m->value.kind != ANSWER_NUMBER) return NULL;
        int order = best ? rational_compare(m->value.number, best->value.number) : 0;
        if (best == NULL || (highest ? order >= 0 : order <= 0)) best = m;
    }
    return best;
}

static const struct member *selected(const struct members *all, enum selector selector)
{
    switch (selector) {
    case SELECT_LATEST:
    case SELECT_FIRST: return outermost(all, selector == SELECT_LATEST, false);
    case SELECT_HIGHEST:
    case SELECT_LOWEST: return extreme(all, selector == SELECT_HIGHEST);
    default: return NULL;
    }
}

struct answer oracle_element(struct oracle *o, const struct expr *e)
{
    e = oracle_strip(e);
    if (e->selector == SELECT_EACH)
        return (struct answer){.kind = ANSWER_ELEMENT, .element = &o->each->view->items[o->each->at]};
    struct members all = members_of(o, e);
    if (!all.given) return answer_missing();
    if (all.sure + all.doubtful == 0) return none_recorded();
    const struct member *m = selected(&all, e->selector);
    bool alone = m != NULL;
    for (int i = 0; m && i < all.count; i++) /* an extreme value that several have is of none in particular */
        if (&all.all[i] != m && all.all[i].in == TRUTH_YES && m->value.kind == ANSWER_NUMBER &&
            (e->selector == SELECT_HIGHEST || e->selector == SELECT_LOWEST) &&
            !datum_before(&all.all[i].item->at, &m->item->at))
            alone = false;
    return alone ? (struct answer){.kind = ANSWER_ELEMENT, .element = m->item} : answer_open();
}

/* Several events of one moment are none in particular, but their moment is known. */
struct answer oracle_moment(struct oracle *o, const struct expr *e)
{
    struct answer element = oracle_element(o, e);
    e = oracle_strip(e);
    bool last = e->selector == SELECT_LATEST;
    const struct happening *h = element.element;
    if (element.kind != ANSWER_ELEMENT && (last || e->selector == SELECT_FIRST)) {
        struct members all = members_of(o, e);
        const struct member *m = all.given ? outermost(&all, last, true) : NULL;
        h = m ? m->item : NULL;
    }
    return h ? datum_moment(&h->at, h->at.is_time) : element;
}

/* ---- What is asked of all --------------------------------------------------------------------------- */

static enum truth any_of(const struct members *all)
{
    enum truth any = TRUTH_NO;
    for (int i = 0; i < all->count; i++)
        any = truth_or(any, all->all[i].in);
    return any;
}

/* Every sure member fulfils it, and there is one; nothing is in doubt that could fail. */
static struct answer every_of(const struct members *all)
{
    if (all->sure + all->doubtful == 0) return none_recorded();
    bool doubt = false;
    for (int i = 0; i < all->count; i++) {
        const struct member *m = &all->all[i];
        if (m->in == TRUTH_YES && m->claim == TRUTH_NO) return answer_truth(TRUTH_NO);
        doubt = doubt || (m->in != TRUTH_NO && m->claim != TRUTH_YES);
    }
    return doubt || all->sure == 0 ? answer_open() : answer_truth(TRUTH_YES);
}

static struct answer sum_of(struct oracle *o, const struct members *all, enum selector selector)
{
    if (all->doubtful > 0) return answer_open();
    if (selector == SELECT_AVERAGE && all->sure == 0) return none_recorded();
    const struct rational *sum = rational_int(&o->numbers, 0);
    for (int i = 0; i < all->count; i++) {
        const struct member *m = &all->all[i];
        if (m->in != TRUTH_YES) continue;
        if (m->value.kind != ANSWER_NUMBER) return answer_open();
        sum = rational_add(&o->numbers, sum, m->value.number);
    }
    if (selector == SELECT_AVERAGE)
        sum = rational_div(&o->numbers, sum, rational_int(&o->numbers, all->sure));
    return answer_number(sum);
}

static struct answer one_of(const struct members *all, enum selector selector)
{
    if (all->sure + all->doubtful == 0) return none_recorded();
    const struct member *m = selected(all, selector);
    return m && m->value.kind == ANSWER_NUMBER ? m->value : answer_open();
}

struct answer oracle_select(struct oracle *o, const struct expr *e)
{
    if (e->selector == SELECT_EACH) return value_of(o, &o->each->view->items[o->each->at], e->a->decl->type);
    struct members all = members_of(o, e);
    if (!all.given) return answer_missing();
    switch (e->selector) {
    case SELECT_ANY: return answer_truth(any_of(&all));
    case SELECT_EVERY: return every_of(&all);
    case SELECT_COUNT:
        return all.doubtful > 0 ? answer_open() : answer_number(rational_int(&o->numbers, all.sure));
    case SELECT_TOTAL:
    case SELECT_AVERAGE: return sum_of(o, &all, e->selector);
    default: return one_of(&all, e->selector);
    }
}
