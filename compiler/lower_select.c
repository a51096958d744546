/* Selections from lists: a window becomes two bounds, computed before the walk, and `where` and `has`
   become the body of a fold, which the machine runs for each element.

   A fold writes its registers when it ends, so they are of no instruction: ir_insn cannot find them
   again, and a memo of selections does.  Without it `latest weight in kg` in two rows would be two
   expressions that the walk varies apart.

   What is computed in a body may not be used after it.  A body may hold further folds; how deep is
   limited by what the machine keeps for them (IMAGE_FOLD_DEPTH_MAX). */
#include "compiler/expr_tree.h"
#include "compiler/lower.h"
#include "compiler/unparse.h"

#include <string.h>

/* A selection that was lowered in this rule, and in which stream. */
struct ir_memo {
    const struct expr *select;
    uint32_t hash;
    enum ir_stream stream;
    struct operand operand;
    struct ir_memo *next;
};

/* The list under `gaps of`, too. */
const struct decl *lower_list(const struct expr *select)
{
    const struct expr *list = select->a->kind == EXPR_GAPS_OF ? select->a->a : select->a;
    return list->decl;
}

/* ---- Times and lengths ---------------------------------------------------------------------------- */

bool lower_counts_days(const struct type *length)
{
    return unit_is_calendar(&length->unit) || unit_is_days(&length->unit);
}

/* t moved by sign * length: a DAY register where day, which then counts calendar units, else a TIME register.
 */
static uint32_t shift_by(struct ir_program *p, uint32_t t, bool day, const struct expr *length, int sign,
                         uint32_t *node)
{
    bool months = unit_is_calendar(&length->type->unit), days = lower_counts_days(length->type);
    const char *code = months ? "mo" : days ? "d" : "s";
    struct unit unit;
    unit_parse(code, strlen(code), UNIT_RULES, &unit, NULL);
    struct operand n = lower_number(p, length, &unit);
    *node = n.node;
    uint32_t count = n.reg;
    /* a constant is negated here, so that a bound of a window stays a constant */
    if (sign < 0 && ir_is_constant(count)) {
        decimal x;
        memcpy(&x, ir_constant_of(p, count)->words, sizeof x);
        count = ir_number(p, decimal_negate(x));
    } else if (sign < 0) {
        count = lower_setup(p, OP_NEGATE, KIND_NUM, count, 0, 0, length->span);
    }
    enum cal_unit flag = months ? CAL_MONTHS : days ? CAL_DAYS : CAL_SECOND;
    return lower_setup(p, day ? OP_SHIFT_DAY : OP_SHIFT_TIME, day ? KIND_DAY : KIND_TIME, t, count, flag,
                       length->span);
}

struct operand lower_moved(struct ir_program *p, const struct expr *e)
{
    bool day = e->type->kind == TYPE_DATE;
    uint32_t node = ir_node(p, NODE_ARITHMETIC, expr_sign(e), e->span), moment_node, length_node;
    uint32_t t = day ? lower_day(p, e->a, &moment_node) : lower_time(p, e->a, &moment_node);
    uint32_t reg = shift_by(p, t, day, e->b, e->kind == EXPR_ADD ? 1 : -1, &length_node);
    ir_node_child(p, node, moment_node);
    ir_node_child(p, node, length_node);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

struct operand lower_later(struct ir_program *p, const struct expr *anchor, const struct expr *length)
{
    bool day = lower_counts_days(length->type);
    uint32_t node = ir_node(p, NODE_ARITHMETIC, "+", length->span), moment_node, length_node;
    uint32_t t = day ? lower_day(p, anchor, &moment_node) : lower_time(p, anchor, &moment_node);
    uint32_t reg = shift_by(p, t, day, length, 1, &length_node);
    ir_node_child(p, node, moment_node);
    ir_node_child(p, node, length_node);
    const struct type type = {.kind = day ? TYPE_DATE : TYPE_TIME};
    lower_show(p, node, &type, reg);
    return (struct operand){reg, NONE32, node};
}

uint32_t lower_shift(struct ir_program *p, const struct expr *anchor, const struct expr *length, int sign,
                     bool *by_day, uint32_t *node, uint32_t *length_node)
{
    *by_day = lower_counts_days(length->type);
    uint32_t t = *by_day ? lower_day(p, anchor, node) : lower_time(p, anchor, node);
    return shift_by(p, t, *by_day, length, sign, length_node);
}

/* ---- Windows -------------------------------------------------------------------------------------- */

static const struct fold_bounds NO_BOUNDS = {NONE32, NONE32, NONE32, 0, {NONE32, NONE32, NONE32}};

static uint32_t bound_at(struct ir_program *p, const struct expr *anchor, bool by_day, uint32_t *node)
{
    return by_day ? lower_day(p, anchor, node) : lower_time(p, anchor, node);
}

/* A window between an anchor and it moved by one or two lengths. */
/* `from A to B after T` lies between T + A and T + B; `before` mirrors it, so that near and far exchange
   their sides; `within A` begins at T itself. */
static struct fold_bounds moved_window(struct ir_program *p, const struct window *w)
{
    bool before = w->kind == WINDOW_FROM_TO_BEFORE || w->kind == WINDOW_WITHIN_BEFORE;
    bool within = w->kind == WINDOW_WITHIN_BEFORE || w->kind == WINDOW_WITHIN_AFTER;
    int sign = before ? -1 : 1;
    struct fold_bounds b = NO_BOUNDS;
    bool by_day;
    uint32_t near = lower_shift(p, w->anchor, w->low, sign, &by_day, &b.nodes[0], &b.nodes[1]);
    uint32_t far = near;
    if (within)
        near = bound_at(p, w->anchor, by_day, &b.nodes[0]);
    else
        far = lower_shift(p, w->anchor, w->high, sign, &by_day, &b.nodes[0], &b.nodes[2]);
    b.lo = before ? far : near;
    b.hi = before ? near : far;
    b.flags = by_day ? FOLD_BY_DAY : 0;
    return b;
}

/* By day where all its moments are dates, and `on T` always: then an entry counts with its clock date,
   and one without a time is not in doubt. */
static struct fold_bounds lower_window(struct ir_program *p, const struct window *w)
{
    struct fold_bounds b = NO_BOUNDS;
    if (w->kind == WINDOW_NONE) return b;
    if (w->low) return moved_window(p, w);
    bool by_day = w->kind == WINDOW_ON ||
                  (w->anchor->type->kind == TYPE_DATE && (!w->to || w->to->type->kind == TYPE_DATE));
    uint32_t at = bound_at(p, w->anchor, by_day, &b.nodes[0]);
    b.flags = by_day ? FOLD_BY_DAY : 0;
    switch (w->kind) {
    /* `before` and `after` leave the moment itself out, `until` and `since` have it */
    case WINDOW_BEFORE: b.flags |= FOLD_HI_OPEN; /* fall through */
    case WINDOW_UNTIL: b.hi = at; break;
    case WINDOW_AFTER: b.flags |= FOLD_LO_OPEN; /* fall through */
    case WINDOW_SINCE: b.lo = at; break;
    default:
        b.lo = b.hi = at;
        if (w->to) b.hi = bound_at(p, w->to, by_day, &b.nodes[1]);
        break;
    }
    return b;
}

uint32_t lower_lasts(struct ir_program *p, const struct expr *e, bool day, uint32_t t)
{
    /* outside of a fold the element is a register, inside it the one that the fold is at */
    if (e->bound->selector == SELECT_EACH)
        return lower_setup(p, day ? OP_LASTS_DAY : OP_LASTS_TIME, KIND_BOOL, lower_each(p, e->bound).element,
                           t, 0, e->span);
    return lower_setup(p, day ? OP_ACTIVE_DAY : OP_ACTIVE_TIME, KIND_BOOL, p->fold->fold, t, 0, e->span);
}

/* Whether the element lasts on the last day of the calendar: whatever its end is, that is known where it is
 * given. */
uint32_t lower_until(struct ir_program *p, const struct expr *e)
{
    struct image_constant last = {.kind = KIND_DAY, .tag = TAG_KNOWN};
    last.words[0] = last.words[1] = CAL_LAST_DAY;
    last.words[2] = (uint64_t)(int64_t)CAL_NO_OFFSET;
    return lower_lasts(p, e, true, ir_constant(p, &last));
}

/* When the element of a `where` is: of a fold the one that it is at, of `for each` a register. */
static uint32_t element_moment(struct ir_program *p, const struct expr *e, bool by_day)
{
    enum kind kind = by_day ? KIND_DAY : KIND_TIME;
    if (e->bound->selector == SELECT_EACH)
        return lower_setup(p, by_day ? OP_GET_DAY : OP_GET_TIME, kind, lower_each(p, e->bound).element, 0, 0,
                           e->span);
    return lower_setup(p, by_day ? OP_AT_DAY : OP_AT_TIME, kind, p->fold->fold, 0, 0, e->span);
}

/* One end of a window: from is before to. */
static uint32_t lower_end(struct ir_program *p, uint32_t from, uint32_t to, const struct fold_bounds *b,
                          uint16_t open, struct span span)
{
    bool by_day = b->flags & FOLD_BY_DAY, without = b->flags & open;
    enum opcode op = without ? (by_day ? OP_LT_DAY : OP_LT_TIME) : (by_day ? OP_LE_DAY : OP_LE_TIME);
    return lower_setup(p, op, KIND_BOOL, from, to, NONE16, span);
}

uint32_t lower_in_window(struct ir_program *p, const struct expr *e, uint32_t node)
{
    const struct fold_bounds b = lower_window(p, &e->window);
    uint32_t at = element_moment(p, e, b.flags & FOLD_BY_DAY), in = NONE32, before = NONE32;
    for (size_t i = 0; i < sizeof b.nodes / sizeof *b.nodes; i++)
        ir_node_child(p, node, b.nodes[i]);
    if (b.lo != NONE32) in = lower_end(p, b.lo, at, &b, FOLD_LO_OPEN, e->span);
    if (b.hi != NONE32) before = lower_end(p, at, b.hi, &b, FOLD_HI_OPEN, e->span);
    if (in != NONE32 && before != NONE32) in = lower_setup(p, OP_AND, KIND_BOOL, in, before, 0, e->span);
    if (in == NONE32) in = before;
    lower_subject(p, in, NONE32, NONE32, node);
    return in;
}

/* ---- Folds ---------------------------------------------------------------------------------------- */

static struct image_fold fold_draft(const struct ir_program *p, const struct expr *e, enum selector selector,
                                    const struct fold_bounds *b)
{
    static const enum fold_selector selectors[] = {
        [SELECT_LATEST] = FOLD_LATEST, [SELECT_FIRST] = FOLD_FIRST,     [SELECT_HIGHEST] = FOLD_HIGHEST,
        [SELECT_LOWEST] = FOLD_LOWEST, [SELECT_AVERAGE] = FOLD_AVERAGE, [SELECT_TOTAL] = FOLD_TOTAL,
        [SELECT_COUNT] = FOLD_COUNT,   [SELECT_ANY] = FOLD_ANY,         [SELECT_EVERY] = FOLD_EVERY,
    };
    return (struct image_fold){
        .list = lower_input_index(p, lower_list(e)),
        .gaps = e->a->kind == EXPR_GAPS_OF,
        .selector = selectors[selector],
        .lo = b->lo,
        .hi = b->hi,
        .window = b->flags,
        .where = NONE32,
        .claim = NONE32,
        .result = NONE32,
        .element = NONE32,
        .next = b->next,
        .outer = p->fold ? p->fold->fold : NONE32,
    };
}

static uint32_t fold_new(struct ir_program *p, const struct image_fold *draft)
{
    struct image_fold *fold = ir_add(p, &p->FOLDS);
    *fold = *draft;
    return p->FOLDS.count - 1;
}

static struct image_fold *fold_at(struct ir_program *p, uint32_t fold)
{
    return ir_at(&p->FOLDS, fold);
}

static bool fold_asks_nothing(const struct image_fold *fold)
{
    return fold->where == NONE32 && fold->claim == NONE32 && fold->outer == NONE32;
}

static bool fold_looks_alike(const struct image_fold *a, const struct image_fold *b)
{
    return a->list == b->list && a->gaps == b->gaps && a->selector == b->selector && a->lo == b->lo &&
           a->hi == b->hi && a->window == b->window && a->next == b->next;
}

/* One of this rule that asks nothing of an element and looks where the draft does; NONE32 where there is
 * none. */
static uint32_t fold_known(struct ir_program *p, const struct expr *e, const struct image_fold *draft)
{
    if (e->where || e->claim || p->fold) return NONE32;
    for (uint32_t k = p->rule->first_fold; k < p->FOLDS.count; k++) {
        const struct image_fold *fold = fold_at(p, k);
        if (fold_asks_nothing(fold) && fold_looks_alike(fold, draft)) return k;
    }
    return NONE32;
}

void lower_drop(struct ir_program *p, uint32_t reg, struct span span)
{
    if (!ir_is_constant(reg)) lower_setup(p, OP_DROP, KIND_NONE, p->fold->fold, reg, 0, span);
}

/* The body: `where` and `has`, computed for each element.  Nothing of it is used after it. */
static void fold_body(struct ir_program *p, const struct expr *e, uint32_t fold, uint32_t node)
{
    struct ir_body body = ir_body_begin(p);
    lower_setup(p, OP_FOLD, KIND_NONE, fold, 0, 0, e->span);
    struct ir_fold_scope scope = {e, fold, p->fold ? p->fold->depth + 1 : 1, e->where, p->fold};
    p->fold = &scope;
    if (scope.depth == IMAGE_FOLD_DEPTH_MAX + 1)
        diag_report(&p->compilation->sink, DIAG_SELECTIONS_NESTED, e->span,
                    "more than %d selections stand inside each other", IMAGE_FOLD_DEPTH_MAX);
    if (e->where) {
        struct operand where = lower_value(p, e->where);
        /* asked for anew: FOLDS may have moved while the body was lowered */
        fold_at(p, fold)->where = where.reg;
        ir_node_child(p, node, where.node);
    }
    if (e->claim) {
        if (e->where) lower_drop(p, fold_at(p, fold)->where, e->where->span);
        struct operand claim = lower_value(p, e->claim);
        fold_at(p, fold)->claim = claim.reg;
        ir_node_child(p, node, claim.node);
    }
    p->fold = scope.outer;
    lower_setup(p, OP_END_FOLD, KIND_NONE, fold, 0, 0, e->span);
    ir_body_end(p, &body);
}

/* A register that the fold writes at its end.  It reads the list and all that decides which elements
   count. */
static uint32_t fold_reg(struct ir_program *p, uint32_t fold, enum kind kind, struct span span)
{
    uint32_t reg = ir_reg(p, kind, span);
    const struct image_fold f = *fold_at(p, fold);
    ir_read(p, reg, READ_INPUT, f.list);
    ir_reads_from(p, reg, f.lo);
    ir_reads_from(p, reg, f.hi);
    ir_reads_from(p, reg, f.where);
    ir_reads_from(p, reg, f.claim);
    ir_reads_from(p, reg, f.next);
    return reg;
}

/* Whether the selector picks one element, whose fields and date can be asked for; a gap is none. */
static bool selects_element(const struct expr *e, enum selector selector)
{
    return e->a->kind != EXPR_GAPS_OF && (selector <= SELECT_LOWEST || selector == SELECT_ANY);
}

static void fold_results(struct ir_program *p, const struct expr *e, enum selector selector, uint32_t fold,
                         struct operand *o)
{
    o->element = fold_at(p, fold)->element;
    if (selects_element(e, selector) && o->element == NONE32) {
        o->element = fold_reg(p, fold, KIND_ELEM, e->span);
        fold_at(p, fold)->element = o->element;
    }
    bool one = (selector == SELECT_LATEST || selector == SELECT_FIRST) && e->a->kind != EXPR_GAPS_OF;
    if (!one) {
        bool truth = selector == SELECT_ANY || selector == SELECT_EVERY;
        o->reg = fold_at(p, fold)->result;
        if (o->reg == NONE32) o->reg = fold_reg(p, fold, truth ? KIND_BOOL : KIND_NUM, e->span);
        fold_at(p, fold)->result = o->reg;
    } else if (lower_list(e)->type->kind == TYPE_SERIES) {
        o->reg = lower_setup(p, OP_GET, KIND_NUM, o->element, 0, 0, e->span);
    } else {
        o->reg = o->element;
    }
}

struct operand lower_fold(struct ir_program *p, const struct expr *e, enum selector selector,
                          const struct fold_bounds *b, uint32_t node)
{
    struct operand o = {NONE32, NONE32, node};
    for (size_t i = 0; i < sizeof b->nodes / sizeof *b->nodes; i++)
        ir_node_child(p, node, b->nodes[i]);
    const struct image_fold draft = fold_draft(p, e, selector, b);
    uint32_t fold = fold_known(p, e, &draft);
    if (fold == NONE32) {
        fold = fold_new(p, &draft);
        fold_body(p, e, fold, node);
    }
    fold_results(p, e, selector, fold, &o);
    struct image_node *shown = ir_node_at(p, node);
    shown->element = p->fold ? NONE32 : o.element;
    shown->ref = fold_at(p, fold)->list;
    const struct decl *list = lower_list(e);
    shown->label = ir_text(p, list->label ? list->label->plain : NULL);
    return o;
}

/* Not inside a fold, where the same words mean another element, nor inside a function, where they may
   mean another argument. */
static struct operand *memo_find(struct ir_program *p, const struct expr *e)
{
    if (p->fold || p->call) return NULL;
    uint32_t hash = expr_hash(e);
    for (struct ir_memo *m = p->memo; m; m = m->next) {
        bool computed = m->stream == p->setup || m->stream == STREAM_APPLIES_SETUP;
        if (computed && m->hash == hash && expr_equal(m->select, e)) return &m->operand;
    }
    return NULL;
}

static void memo_put(struct ir_program *p, const struct expr *e, const struct operand *o)
{
    if (p->fold || p->call) return;
    struct ir_memo *m = arena_alloc(p->arena, sizeof *m);
    *m = (struct ir_memo){e, expr_hash(e), p->setup, *o, p->memo};
    p->memo = m;
}

/* A selection that is written twice is walked once, so that it is one expression; its tree is shown at its
   first place, and named at the others. */
static struct operand again(struct ir_program *p, const struct expr *e, const struct operand *first)
{
    struct operand o = *first;
    o.node = lower_node(p, NODE_SELECT, e);
    struct image_node *node = ir_node_at(p, o.node);
    const struct image_node *old = ir_node_at(p, first->node);
    node->type = old->type;
    node->reg = old->reg;
    node->element = old->element;
    node->ref = old->ref;
    node->label = old->label;
    node->again = first->node;
    return o;
}

struct operand lower_select(struct ir_program *p, const struct expr *e)
{
    if (e->selector == SELECT_EACH) return lower_each(p, e);
    const struct operand *first = memo_find(p, e);
    if (first) return again(p, e, first);
    uint32_t node = lower_node(p, NODE_SELECT, e);
    struct fold_bounds b = lower_window(p, &e->window);
    b.next = lower_each_next(p, &e->window);
    struct operand o = lower_fold(p, e, e->selector, &b, node);
    lower_show(p, node, e->type, o.reg);
    memo_put(p, e, &o);
    return o;
}

struct operand lower_element(struct ir_program *p, const struct expr *e)
{
    const struct expr *select = lower_strip(e);
    return lower_select(p, select);
}
