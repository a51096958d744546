/* Which limits the tests have seen exactly reached, and which from the other side: a comparison counts where
   turning its answer would turn the row. */
#include "cli/trace_limits.h"

#include <string.h>

#include "cli/trace_items.h"
#include "runtime/fact.h"
#include "runtime/interval.h"
#include "runtime/opcode.h"

/* ---- Instructions ------------------------------------------------------------------------------------ */

struct compared {
    order_of *order; /* NULL: the instruction compares with no limit */
    uint16_t a, b;   /* registers */
    bool at_limit;   /* what it comes to where both are the same */
};

static struct compared compared_by(const struct insn *insn)
{
    switch (insn->op) {
    case OP_LT: return (struct compared){order_number, insn->a, insn->b, false};
    case OP_LE: return (struct compared){order_number, insn->a, insn->b, true};
    case OP_LT_DAY: return (struct compared){order_day, insn->a, insn->b, false};
    case OP_LE_DAY: return (struct compared){order_day, insn->a, insn->b, true};
    case OP_LT_TIME: return (struct compared){order_time, insn->a, insn->b, false};
    case OP_LE_TIME: return (struct compared){order_time, insn->a, insn->b, true};
    case OP_EARLY_DAY:
    case OP_LATE_DAY: return (struct compared){order_day, insn->b, insn->c, false};
    case OP_EARLY_TIME:
    case OP_LATE_TIME: return (struct compared){order_time, insn->b, insn->c, false};
    default: return (struct compared){0};
    }
}

/* The instruction that writes a register; NULL where none does: constants, `now`, what a fold or an element
 * leaves. */
static const struct insn *writer_of(const struct trace *trace, const struct image *image, uint32_t reg)
{
    return trace->writers[reg] == NONE32 ? NULL : &image->CODE[trace->writers[reg]];
}

/* The registers from which an instruction makes a condition; how many. */
static int joined_by(const struct insn *insn, uint16_t from[3])
{
    from[0] = insn->a;
    from[1] = insn->b;
    from[2] = insn->c;
    switch (insn->op) {
    case OP_NOT: return 1;
    case OP_AND:
    case OP_OR:
    case OP_IMPLIES:
    case OP_ONLY: return 2;
    case OP_PICK: return 3;
    default: return 0;
    }
}

/* ---- Whether a comparison decides
 * -------------------------------------------------------------------------- */

static enum truth register_truth(const struct result_view *v, uint32_t reg)
{
    const struct value *value = eval_register(v->context, reg);
    if (value->tag != TAG_KNOWN) return TRUTH_UNKNOWN;
    return value->yes ? TRUTH_YES : TRUTH_NO;
}

static enum truth opposite(enum truth truth)
{
    return truth == TRUTH_YES ? TRUTH_NO : truth == TRUTH_NO ? TRUTH_YES : truth;
}

static enum truth both(enum truth a, enum truth b)
{
    if (a == TRUTH_NO || b == TRUTH_NO) return TRUTH_NO;
    return a == TRUTH_YES && b == TRUTH_YES ? TRUTH_YES : TRUTH_UNKNOWN;
}

static enum truth joined(enum opcode op, const enum truth of[3])
{
    switch (op) {
    case OP_NOT: return opposite(of[0]);
    case OP_AND: return both(of[0], of[1]);
    case OP_OR: return opposite(both(opposite(of[0]), opposite(of[1])));
    case OP_IMPLIES: return opposite(both(of[0], opposite(of[1])));
    case OP_ONLY: return of[0] == TRUTH_YES ? of[1] : TRUTH_UNKNOWN;
    default: return of[0] == TRUTH_YES ? of[1] : of[0] == TRUTH_NO ? of[2] : TRUTH_UNKNOWN;
    }
}

/* What a condition would be if the register `other` held the opposite of what it holds. */
static enum truth turned(const struct trace *trace, const struct result_view *v, uint32_t reg, uint32_t other)
{
    const struct insn *insn = writer_of(trace, v->image, reg);
    enum truth truth = register_truth(v, reg), of[3];
    uint16_t from[3];
    int count = insn ? joined_by(insn, from) : 0;
    if (reg == other) return opposite(truth);
    if (!count) return truth;
    for (int i = 0; i < count; i++)
        of[i] = turned(trace, v, from[i], other);
    return joined((enum opcode)insn->op, of);
}

static bool is_reached(const struct trace *trace, const struct image *image, uint32_t reg, uint32_t other)
{
    const struct insn *insn = writer_of(trace, image, reg);
    uint16_t from[3];
    bool reached = reg == other;
    for (int i = insn ? joined_by(insn, from) : 0; i-- > 0 && !reached;)
        reached = is_reached(trace, image, from[i], other);
    return reached;
}

/* ---- Gathering ----------------------------------------------------------------------------------------- */

struct gathering {
    struct trace *trace;
    const struct result_view *v;
    uint32_t rule;
    const struct trace_item *item; /* the row in hand; NULL: `applies` */
    uint32_t condition;            /* of it: a register */
    bool *needed;                  /* one a register: what the row in hand is made from */
    uint32_t *own;                 /* one a register: the comparison that the row itself writes, or NONE32 */
};

static void own_register(struct gathering *g, uint32_t reg, uint32_t node)
{
    const struct insn *insn = writer_of(g->trace, g->v->image, reg);
    uint16_t from[3];
    if (!insn) return;
    if (compared_by(insn).order) g->own[reg] = node;
    for (int i = joined_by(insn, from); i-- > 0;)
        own_register(g, from[i], node);
}

static bool compares_amounts(const struct image *image, const struct image_node *node)
{
    return node->kind == NODE_COMPARE && node->child != NONE32 && node->reg != NONE32 &&
           image->NODES[node->child].type.kind != KIND_BOOL;
}

/* A comparison of the row in hand, not of a definition that it names. */
static bool own_node(void *user, const struct result_view *v, uint32_t node)
{
    const struct image_node *n = &v->image->NODES[node];
    if (compares_amounts(v->image, n)) own_register(user, n->reg, node);
    return n->kind != NODE_DEFINE && n->kind != NODE_COMPARE;
}

static bool is_interval(const struct insn *insn)
{
    return insn->op == OP_EARLY_DAY || insn->op == OP_EARLY_TIME || insn->op == OP_LATE_DAY ||
           insn->op == OP_LATE_TIME;
}

/* Whether a piece of the source holds another. */
static bool encloses(const struct image_span *a, const struct image_span *b)
{
    return a->file == b->file && a->start <= b->start && a->end >= b->end;
}

/* The node of a comparison in a definition: the one that the instruction comes from. */
static uint32_t defined_node(const struct image *image, uint32_t pc)
{
    for (uint32_t node = 0; node < image->NODES_count; node++)
        if (compares_amounts(image, &image->NODES[node]) &&
            encloses(&image->NODE_SPANS[node], &image->SPANS[pc]))
            return node;
    return NONE32;
}

static const char *words_of(struct gathering *g, uint32_t node, uint32_t pc)
{
    struct buffer words = {0};
    if (node != NONE32)
        node_words(g->v, node, &words);
    else if (is_interval(&g->v->image->CODE[pc]))
        row_words(g->v, g->rule, &g->v->image->ROWS[g->item->row], &words);
    else
        buffer_put(&words, "a comparison");
    const char *copy = arena_copy(g->trace->arena, buffer_text(&words), words.length);
    if (words.failed) arena_exhausted();
    buffer_free(&words);
    return copy;
}

/* Constants are the first registers; of other operands only that they are none. */
static bool same_constant(const struct image *image, uint16_t a, uint16_t b)
{
    return a == b || (a >= image->CONSTANTS_count && b >= image->CONSTANTS_count);
}

/* `is from A to B` is two comparisons in one place. */
static bool same_limit(const struct image *image, const struct trace_limit *a, const struct trace_limit *b)
{
    const struct insn *x = &image->CODE[a->pc], *y = &image->CODE[b->pc];
    return a->of == b->of && x->op == y->op && encloses(a->span, b->span) && encloses(b->span, a->span) &&
           same_constant(image, x->a, y->a) && same_constant(image, x->b, y->b);
}

/* Room for one more of the items; twice as much where there is none. */
static void *with_room(struct arena *arena, void *items, size_t size, size_t count)
{
    if (count & (count - 1)) return items; /* there is room up to the next power of two */
    void *larger = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (count) memcpy(larger, items, count * size);
    return larger;
}

static size_t limit_of(struct trace *trace, const struct image *image, const struct trace_limit *limit)
{
    for (size_t i = 0; i < trace->limit_count; i++)
        if (same_limit(image, &trace->limits[i], limit)) return i;
    trace->limits = with_room(trace->arena, trace->limits, sizeof *trace->limits, trace->limit_count);
    trace->limits[trace->limit_count] = *limit;
    return trace->limit_count++;
}

/* The row that writes a limit; of what its header asks, in `applies` or of each element, the rule. */
static const char *writer_name(struct gathering *g, const struct image_span *span)
{
    const struct image *image = g->v->image;
    const struct image_rule *rule = &image->RULES[g->rule];
    uint32_t where = rule->each == NONE32 ? NONE32 : image->EACHES[rule->each].where_node;
    bool header = !g->item || (where != NONE32 && encloses(&image->NODE_SPANS[where], span));
    return header ? view_text(g->v, rule->name) : g->item->name;
}

static void add_comparison(struct gathering *g, uint32_t pc)
{
    struct trace *trace = g->trace;
    const struct image *image = g->v->image;
    uint16_t reg = image->CODE[pc].d;
    bool interval = is_interval(&image->CODE[pc]), own = g->own[reg] != NONE32 || interval;
    uint32_t node = interval ? NONE32 : own ? g->own[reg] : defined_node(image, pc);
    const struct image_span *span = node == NONE32 ? &image->SPANS[pc] : &image->NODE_SPANS[node];
    struct trace_limit limit = {.pc = pc,
                                .span = span,
                                .of = own ? writer_name(g, span) : NULL,
                                .words = words_of(g, node, pc),
                                .place = interval ? g->item->place : span_place(image, span)};
    struct trace_comparison comparison = {.pc = pc,
                                          .condition = g->condition,
                                          .applies = !g->item,
                                          .decides = g->condition != NONE32 &&
                                                     is_reached(trace, image, g->condition, reg),
                                          .limit = limit_of(trace, image, &limit)};
    trace->comparisons =
        with_room(trace->arena, trace->comparisons, sizeof comparison, trace->comparison_count);
    trace->limits[comparison.limit].decides |= comparison.decides;
    trace->comparisons[trace->comparison_count++] = comparison;
}

static void need(struct gathering *g, uint32_t reg)
{
    if (reg != NONE32) g->needed[reg] = true;
}

static void need_operands(struct gathering *g, const struct insn *insn)
{
    for (int place = 1; place < OPERAND_COUNT; place++) {
        uint16_t operand = insn_operand(insn, place);
        if (operand_is_register((enum operand)OPCODES[insn->op].operands[place]) && operand != NONE16)
            g->needed[operand] = true;
    }
}

/* What is needed is written before it is read, so that a walk from the end finds all. */
static void walk_back(struct gathering *g, uint32_t begin)
{
    const struct image *image = g->v->image;
    uint32_t pc = begin;
    while (image->CODE[pc].op != OP_END)
        pc++;
    while (pc-- > begin) {
        const struct insn *insn = &image->CODE[pc];
        if (OPCODES[insn->op].operands[0] == OPERAND_NONE || !g->needed[insn->d]) continue;
        need_operands(g, insn);
    }
}

static void add_comparisons(struct gathering *g, uint32_t begin)
{
    const struct insn *insn = &g->v->image->CODE[begin];
    for (uint32_t pc = begin; insn->op != OP_END; insn = &g->v->image->CODE[++pc])
        if (compared_by(insn).order && g->needed[insn->d]) add_comparison(g, pc);
}

static void walk(struct gathering *g, uint32_t setup, uint32_t decide)
{
    walk_back(g, decide);
    walk_back(g, setup);
    add_comparisons(g, setup);
    add_comparisons(g, decide);
}

static void begin_part(struct gathering *g, const struct trace_item *item, uint32_t condition, uint32_t node)
{
    const struct image *image = g->v->image;
    g->item = item;
    g->condition = condition;
    for (uint32_t reg = 0; reg < image->PROGRAM->register_count; reg++) {
        g->needed[reg] = false;
        g->own[reg] = NONE32;
    }
    need(g, condition);
    if (node != NONE32) view_walk(g->v, node, own_node, g);
}

static void gather_row(struct gathering *g, const struct trace_item *item)
{
    const struct image *image = g->v->image;
    const struct image_row *row = &image->ROWS[item->row];
    begin_part(g, item, row->condition, row->node);
    need(g, row->value);
    for (uint32_t i = row->steps.first; i < row->steps.first + row->steps.count; i++) {
        need(g, image->STEPS[i].lo);
        need(g, image->STEPS[i].hi);
    }
    walk(g, image->RULES[g->rule].setup, image->RULES[g->rule].decide);
}

static void gather_applies(struct gathering *g)
{
    const struct image_rule *rule = &g->v->image->RULES[g->rule];
    begin_part(g, NULL, rule->applies, rule->applies_node);
    walk(g, rule->applies_setup, rule->applies_decide);
}

static bool is_traced_row(const struct trace_item *item, uint32_t rule)
{
    return item->kind == ITEM_ROW && item->rule == rule && item->requirements.count > 0;
}

static void gather_rule(struct gathering *g, uint32_t rule)
{
    struct trace *trace = g->trace;
    struct run *run = &trace->rule_comparisons[rule];
    bool monitor = g->v->image->RULES[rule].kind == RULE_MONITOR, traced = false;
    g->rule = rule;
    run->first = (uint32_t)trace->comparison_count;
    for (size_t i = 0; i < trace->item_count; i++)
        traced |= is_traced_row(&trace->items[i], rule);
    if (traced) gather_applies(g);
    for (size_t i = 0; i < trace->item_count && !monitor; i++)
        if (is_traced_row(&trace->items[i], rule)) gather_row(g, &trace->items[i]);
    run->count = (uint32_t)trace->comparison_count - run->first;
}

void limits_gather(struct trace *trace, const struct result_view *v)
{
    const struct image *image = v->image;
    size_t registers = image->PROGRAM->register_count;
    struct gathering g = {.trace = trace, .v = v};
    g.needed = arena_alloc(trace->arena, (registers + 1) * sizeof *g.needed);
    g.own = arena_alloc(trace->arena, (registers + 1) * sizeof *g.own);
    trace->rule_comparisons =
        arena_alloc(trace->arena, (image->RULES_count + 1) * sizeof *trace->rule_comparisons);
    for (uint32_t rule = 0; rule < image->RULES_count; rule++)
        gather_rule(&g, rule);
}

/* ---- Tests --------------------------------------------------------------------------------------------- */

static bool is_last(const struct trace_list *tests, size_t test)
{
    return tests->count && tests->items[tests->count - 1] == test;
}

static bool decides(const struct trace *trace, const struct result_view *v, const struct trace_comparison *c)
{
    enum truth truth = register_truth(v, c->condition);
    enum truth other = turned(trace, v, c->condition, v->image->CODE[c->pc].d);
    return truth != TRUTH_UNKNOWN && truth != other;
}

static void see_comparison(struct trace *trace, const struct result_view *v, const struct trace_comparison *c,
                           size_t test)
{
    struct trace_limit *limit = &trace->limits[c->limit];
    const struct insn *insn = &v->image->CODE[c->pc];
    struct compared x = compared_by(insn);
    enum truth truth = register_truth(v, insn->d), at_limit = x.at_limit ? TRUTH_YES : TRUTH_NO;
    unsigned order = x.order(eval_register(v->context, x.a), eval_register(v->context, x.b));
    bool same =
        truth == at_limit && (order & ORDER_SAME); /* two values, or the ends of a range such as a day */
    bool across = truth == opposite(at_limit);
    struct trace_list *tests = same ? &limit->at : &limit->across;
    if (!(same || across) || is_last(tests, test)) return;
    if (c->decides ? decides(trace, v, c) : same) trace_list_add(trace->arena, tests, test);
}

static void see_rule(struct trace *trace, const struct result_view *v, uint32_t rule, size_t test)
{
    struct run run = trace->rule_comparisons[rule];
    bool applies = eval_result(v->context, rule)->outcome != OUTCOME_NOT_APPLICABLE;
    for (uint32_t i = run.first; i < run.first + run.count; i++)
        if (applies || trace->comparisons[i].applies) see_comparison(trace, v, &trace->comparisons[i], test);
}

void limits_see(struct trace *trace, const struct result_view *v, uint32_t rule, size_t test)
{
    if (!trace->rule_comparisons[rule].count) return;
    if (v->image->RULES[rule].each == NONE32) {
        see_rule(trace, v, rule, test);
        return;
    }
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        eval_focus(v->context, rule, i);
        see_rule(trace, v, rule, test);
    }
    eval_unfocus(v->context);
}
