/* The walk over a list: windows, gaps, and where to go on.

   A fold is two instructions around a body.  FOLD asks fold_begin where to go on, END_FOLD fold_next:
   the body again for the next element that may be in the window, or behind the fold.  So the machine has
   no loop of its own here, and each element runs the body once, or up to a DROP where it is out.

   A selection without a window and a condition comes to the same wherever it stands.  It is walked once
   a record, and the others of its kind (twins) take over its state. */
#include "runtime/eval_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- Gaps ----------------------------------------------------------------------------------------- */

/* Between two neighbours whose order, or whose being neighbours, partial dates leave open. */
static struct value gap_open(void)
{
    return (struct value){.tag = TAG_UNKNOWN, .flags = VALUE_HI_NONE, .n = {DECIMAL_ZERO, DECIMAL_ZERO}};
}

/* The days before the element at; elements before its neighbour may reach as far as gap_reach. */
static void gap_measure(struct fold_state *s)
{
    if (s->at >= 2) {
        struct value passed = element_day(&s->elements[s->at - 2]);
        /* an element before the neighbour whose date is a range may lie behind it */
        if (passed.t.hi > s->gap_reach) s->gap_reach = passed.t.hi;
    }
    struct value before = element_day(&s->elements[s->at - 1]), after = element_day(&s->elements[s->at]);
    if (s->gap_reach <= before.t.lo && before.t.hi <= after.t.lo && s->gap_reach <= after.t.lo)
        span_days(&s->gap, &before, &after);
    else
        s->gap = gap_open();
}

const struct value *fold_value(const struct image_fold *fold, const struct fold_state *state, uint32_t field)
{
    return fold->gaps ? &state->gap : &state->elements[state->at].fields[field];
}

/* ---- Windows -------------------------------------------------------------------------------------- */

/* A moment of one kind as another; room is for one that has to be made. */
static const struct value *moment_as(enum kind wanted, const struct value *moment, uint8_t kind,
                                     struct value *room)
{
    if (kind == wanted) return moment;
    if (wanted == KIND_DAY)
        day_of_time(room, moment);
    else
        time_of_day(room, moment);
    return room;
}

/* Narrows in, which is yes. */
static void note_bounds(const struct eval_context *context, const struct image_fold *fold,
                        const struct element *element, struct value *in)
{
    struct value room, before;
    order_of *how = fold->window & FOLD_BY_DAY ? order_day : order_time;
    if (fold->lo == NONE32 && fold->hi == NONE32) return;
    enum kind kind = fold->window & FOLD_BY_DAY ? KIND_DAY : KIND_TIME;
    const struct value *at = moment_as(kind, &element->at, element->at_kind, &room);
    enum relation low = fold->window & FOLD_LO_OPEN ? RELATION_LT : RELATION_LE;
    enum relation high = fold->window & FOLD_HI_OPEN ? RELATION_LT : RELATION_LE;
    if (fold->lo != NONE32) compare_moment(in, low, how, eval_reg(context, fold->lo), at, NULL);
    /* outside already */
    if (fold->hi == NONE32 || truth_of(in) == TRUTH_NO) return;
    compare_moment(&before, high, how, at, eval_reg(context, fold->hi), NULL);
    logic_and(in, in, &before);
}

/* A window after an element ends where the next one begins. */
static void note_next(const struct eval_context *context, const struct image_fold *fold,
                      const struct element *element, struct value *in)
{
    const struct value *next = fold->next == NONE32 ? NULL : eval_reg(context, fold->next);
    if (!next || next->tag == TAG_OFF || truth_of(in) == TRUTH_NO) return;
    struct value at = element_time(element), before;
    compare_moment(&before, RELATION_LT, order_time, &at, next, NULL);
    logic_and(in, in, &before);
}

/* Whether the element at is there and lies in the window. */
static void note_window(const struct eval_context *context, const struct image_fold *fold,
                        struct fold_state *s)
{
    const struct value open = value_unknown(WHY_UNDECIDED);
    const struct element *element = &s->elements[s->at];
    value_put_truth(&s->in_window, true);
    note_bounds(context, fold, element, &s->in_window);
    note_next(context, fold, element, &s->in_window);
    if (element->maybe_later) logic_and(&s->in_window, &s->in_window, &open);
}

/* ---- Selections that several rules make ----------------------------------------------------------- */

/* Whether it comes to the same whatever surrounds it: without a condition and a window. */
static bool is_shared(const struct image_fold *fold)
{
    return fold->end == fold->begin + 1 && fold->lo == NONE32 && fold->hi == NONE32 && fold->next == NONE32 &&
           fold->where == NONE32 && fold->claim == NONE32;
}

static bool is_twin(const struct image_fold *a, const struct image_fold *b)
{
    return is_shared(a) && is_shared(b) && a->list == b->list && a->selector == b->selector &&
           a->gaps == b->gaps;
}

bool fold_find_twins(const struct image *image, uint32_t *twins)
{
    enum { SELECTORS = FOLD_EVERY + 1 };
    size_t places = image->INPUTS_count * (size_t)SELECTORS;
    uint32_t *first = malloc((places + 1) * sizeof *first);
    if (!first) return false;
    memset(first, 0xff, places * sizeof *first);
    for (uint32_t k = 0; k < image->FOLDS_count; k++) {
        const struct image_fold *fold = &image->FOLDS[k];
        uint32_t *place = &first[fold->list * (size_t)SELECTORS + fold->selector];
        twins[k] = *place != NONE32 && is_twin(fold, &image->FOLDS[*place]) ? *place : k;
        if (*place == NONE32 && is_shared(fold)) *place = k;
    }
    free(first);
    return true;
}

void fold_find_registers(const struct image *image, uint32_t *fold_of)
{
    memset(fold_of, 0xff, image->PROGRAM->register_count * sizeof *fold_of);
    for (uint32_t k = 0; k < image->FOLDS_count; k++) {
        if (image->FOLDS[k].result != NONE32) fold_of[image->FOLDS[k].result] = k;
        if (image->FOLDS[k].element != NONE32) fold_of[image->FOLDS[k].element] = k;
    }
}

uint32_t eval_fold_of(const struct eval_context *context, const struct image_node *selection)
{
    uint32_t of_element = selection->element == NONE32 ? NONE32 : context->fold_of[selection->element];
    if (of_element != NONE32 || selection->reg == NONE32) return of_element;
    return context->fold_of[selection->reg];
}

/* ---- Control -------------------------------------------------------------------------------------- */

/* Only what is read before it is written. */
static void begin_at(struct fold_state *s, uint32_t at)
{
    s->tail = s->at = at;
    s->gap_reach = INT64_MIN;
    s->sure = s->doubtful = 0;
    s->doubt = NONE32;
    s->failed = s->doubted = s->has_fault = false;
    s->sum = value_number(DECIMAL_ZERO);
    s->latest.any = false;
}

/* The latest one is looked for among the last elements of a longer list, then among more of them. */
enum { TAIL_LENGTH = 16, TAIL_GROWTH = 4 };

static uint32_t tail_of(const struct image_fold *fold, const struct fold_state *s)
{
    bool latest = fold->selector == FOLD_LATEST || (fold->selector == FOLD_ANY && fold->element != NONE32);
    bool tailed = latest && !fold->gaps && s->count > s->window && s->count - s->window > TAIL_LENGTH;
    return tailed ? s->count - TAIL_LENGTH : s->window;
}

/* Goes back to more elements, where those before the tail may yet change which one is the latest. */
static bool widen(const struct image_fold *fold, struct fold_state *s)
{
    if (s->tail == s->window) return false;
    if (fold_has_latest(fold, s) && s->elements[s->tail - 1].reach + CLOCKS_APART < s->latest.at.near)
        return false;
    uint32_t length = s->count - s->tail;
    begin_at(s, (s->tail - s->window) / TAIL_GROWTH > length ? s->count - TAIL_GROWTH * length : s->window);
    return true;
}

/* To the body for the next element that the window may hold, or behind the fold. */
static uint32_t advance(struct eval_context *context, const struct image_fold *fold, struct fold_state *s)
{
    do {
        for (; s->at < s->count; s->at++) {
            if (fold->gaps) gap_measure(s);
            note_window(context, fold, s);
            if (truth_of(&s->in_window) != TRUTH_NO) return fold->begin + 1;
        }
    } while (widen(fold, s));
    fold_finish(context, fold, s);
    s->record = is_shared(fold) ? context->record_number : 0;
    return fold->end + 1;
}

/* Gaps are measured from the first element on: the first one ends at the second element. */
static void begin(const struct eval_context *context, struct fold_state *s, const struct image_fold *fold,
                  const struct slot *slot)
{
    struct run stretch = stretch_of_window(context, fold, slot);
    s->elements = slot->elements;
    s->count = stretch.first + stretch.count;
    s->window = fold->gaps ? 1 : stretch.first;
    begin_at(s, tail_of(fold, s));
}

static uint32_t none_given(struct eval_context *context, const struct image_fold *fold)
{
    struct value missing = value_unknown(WHY_MISSING);
    if (fold->result != NONE32) *eval_reg(context, fold->result) = missing;
    if (fold->element != NONE32) *eval_reg(context, fold->element) = missing;
    return fold->end + 1;
}

uint32_t fold_begin(struct eval_context *context, uint32_t index)
{
    const struct image_fold *fold = &context->image->FOLDS[index];
    const struct slot *slot = &context->record->slots[fold->list];
    struct fold_state *s = &context->folds[context->fold_twin[index]];
    /* a list that is not given is no empty list */
    if (slot->state != SLOT_PRESENT) return none_given(context, fold);
    if (s->record == context->record_number) {
        fold_finish(context, fold, s);
        return fold->end + 1;
    }
    begin(context, s, fold, slot);
    return advance(context, fold, s);
}

/* Whether the element at is a member: in the window, and `where` holds. */
static const struct value *membership(const struct eval_context *context, const struct image_fold *fold,
                                      const struct fold_state *s, struct value *both)
{
    if (fold->where == NONE32) return &s->in_window;
    const struct value *where = eval_reg(context, fold->where);
    if (truth_of(&s->in_window) == TRUTH_YES) return where;
    logic_and(both, &s->in_window, where);
    return both;
}

uint32_t fold_next(struct eval_context *context, uint32_t index)
{
    const struct image_fold *fold = &context->image->FOLDS[index];
    struct fold_state *s = &context->folds[context->fold_twin[index]];
    struct value both;
    fold_take(context, fold, s, membership(context, fold, s, &both));
    s->at++;
    if (fold_is_settled(fold, s)) s->at = s->count;
    return advance(context, fold, s);
}

uint32_t fold_drop(struct eval_context *context, uint32_t index)
{
    struct fold_state *s = &context->folds[context->fold_twin[index]];
    s->at++;
    return advance(context, &context->image->FOLDS[index], s);
}

/* ---- Events that last ----------------------------------------------------------------------------- */

/* Whether it lasts at t, which is of this kind. */
static void put_active(struct value *d, const struct element *element, enum kind kind, const struct value *t)
{
    struct value room, begun, lasts = element->ongoing ? value_truth(true) : value_unknown(WHY_MISSING);
    order_of *how = kind == KIND_DAY ? order_day : order_time;
    compare_moment(&begun, RELATION_LE, how, moment_as(kind, &element->at, element->at_kind, &room), t, NULL);
    if (element->until_kind != KIND_NONE && truth_of(&begun) != TRUTH_NO)
        compare_moment(&lasts, RELATION_LE, how, t,
                       moment_as(kind, &element->until, element->until_kind, &room), NULL);
    logic_and(d, &begun, &lasts);
}

void fold_active(struct eval_context *context, const struct insn *i)
{
    const struct fold_state *s = &context->folds[i->a];
    enum kind kind = i->op == OP_ACTIVE_DAY ? KIND_DAY : KIND_TIME;
    put_active(eval_reg(context, i->d), &s->elements[s->at], kind, eval_reg(context, i->b));
}

/* Of several at one moment all or none. */
void element_lasts(struct eval_context *context, const struct insn *i)
{
    const struct value *selected = eval_reg(context, i->a);
    struct value *d = eval_reg(context, i->d);
    enum kind kind = i->op == OP_LASTS_DAY ? KIND_DAY : KIND_TIME;
    if (selected->tag != TAG_KNOWN) {
        *d = selected->tag == TAG_FAULT ? *selected : value_unknown((enum why)selected->why);
        return;
    }
    const struct element *elements = context->record->slots[selected->e.list].elements;
    put_active(d, &elements[selected->e.first], kind, eval_reg(context, i->b));
    for (uint32_t k = selected->e.first + 1; k <= selected->e.last; k++) {
        struct value other;
        put_active(&other, &elements[k], kind, eval_reg(context, i->b));
        if (!value_same(KIND_BOOL, d, &other)) *d = value_unknown(WHY_MISSING);
    }
}

/* ---- For explanations ------------------------------------------------------------------------------ */

enum window_place eval_window(const struct eval_context *context, uint32_t fold, uint32_t element)
{
    const struct image_fold *f = &context->image->FOLDS[fold];
    const struct element *e = &context->record->slots[f->list].elements[element];
    struct value in;
    value_put_truth(&in, true);
    note_bounds(context, f, e, &in);
    enum truth bounded = truth_of(&in);
    note_next(context, f, e, &in);
    if (truth_of(&in) == TRUTH_NO) return WINDOW_OUTSIDE;
    if (truth_of(&in) == TRUTH_YES) return WINDOW_INSIDE;
    return bounded == TRUTH_YES ? WINDOW_NEXT_OPEN : WINDOW_OPEN;
}
