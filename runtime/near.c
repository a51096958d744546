/* Varies one subject over its regions, and the others stay as they are. */
#include "runtime/near.h"
#include "runtime/regions.h"
#include "runtime/sets.h"
#include "runtime/verdict.h"
#include "runtime/worksheet.h"

#include <stdlib.h>
#include <string.h>

enum { READS_LIMIT = 10000 }; /* what is followed through the rules that a subject reads */

struct search {
    struct eval_context *context;
    const struct image *image;
    const struct image_rule *rule;
    const struct image_row *row; /* NULL: `applies when` */
    enum truth applies;          /* of the record as it is */
    struct near_miss best;
    decimal share; /* of the best: which part of the value the change is */
    bool found;
};

/* ---- Which subjects may be varied alone ------------------------------------------------------------- */

static bool rule_reads(const struct image *image, const struct image_rule *rule, uint32_t input,
                       unsigned *budget);

/* Whether the input is among what is read, or behind a rule that is; yes where that is too long to find out.
 */
static bool run_reads(const struct image *image, struct run reads, uint32_t input, unsigned *budget)
{
    for (uint32_t k = 0; k < reads.count; k++) {
        uint32_t read = image->INDEXES[reads.first + k], index = read & UINT32_C(0x0FFFFFFF);
        if (*budget == 0 || read == input) return true;
        --*budget;
        if (read >> 28 == READ_RULE && rule_reads(image, &image->RULES[index], input, budget)) return true;
    }
    return false;
}

static bool rule_reads(const struct image *image, const struct image_rule *rule, uint32_t input,
                       unsigned *budget)
{
    for (uint32_t k = 0; k < rule->subjects.count; k++)
        if (run_reads(image, image->SUBJECTS[rule->subjects.first + k].reads, input, budget)) return true;
    for (uint32_t k = rule->rows.first; k < rule->rows.first + rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[k];
        if (run_reads(image, row->value_reads, input, budget)) return true;
        for (uint32_t s = row->steps.first; s < row->steps.first + row->steps.count; s++)
            if (run_reads(image, image->STEPS[s].reads, input, budget)) return true;
    }
    return false;
}

/* Whether an input of one subject changes another one too.  The order of a value and a known parameter is
   decided by the value alone. */
static bool are_tied(const struct search *s, const struct image_subject *one,
                     const struct image_subject *other)
{
    unsigned budget = READS_LIMIT;
    if (one->reg == other->reg) return false;
    if (other->unless_known != NONE32 && eval_reg(s->context, other->unless_known)->tag == TAG_KNOWN)
        return false;
    for (uint32_t k = 0; k < one->reads.count; k++) {
        uint32_t read = s->image->INDEXES[one->reads.first + k];
        if (read >> 28 == READ_INPUT && run_reads(s->image, other->reads, read, &budget)) return true;
    }
    return false;
}

/* It stands for inputs, and for no other rule's result, which explains itself. */
static bool reads_inputs_alone(const struct search *s, const struct image_subject *subject)
{
    bool input = false;
    for (uint32_t k = 0; k < subject->reads.count; k++) {
        uint32_t kind = s->image->INDEXES[subject->reads.first + k] >> 28;
        if (kind == READ_RULE) return false;
        input |= kind == READ_INPUT;
    }
    return input;
}

static bool is_tied(const struct search *s, const struct image_subject *subject)
{
    struct run applies = s->rule->applies_subjects;
    for (uint32_t k = applies.first; k < applies.first + applies.count; k++)
        if (are_tied(s, subject, &s->image->SUBJECTS[k])) return true;
    struct run reads = s->row ? s->row->reads : (struct run){0, 0};
    for (uint32_t k = 0; k < reads.count; k++)
        if (are_tied(s, subject, &s->image->SUBJECTS[s->image->INDEXES[reads.first + k]])) return true;
    return false;
}

/* The days that a calendar time lies between; false for anything else. */
static bool span_ends(const struct eval_context *context, const struct image_subject *subject, int64_t *from,
                      int64_t *to)
{
    const struct image_node *nodes = context->image->NODES, *node = &nodes[subject->node];
    if (node->child == NONE32 || nodes[node->child].next == NONE32) return false;
    const struct image_node *a = &nodes[node->child], *b = &nodes[a->next];
    if (strcmp(image_text(context->image, node->type.unit), "mo") != 0 || b->next != NONE32) return false;
    if (a->type.kind != KIND_DAY || b->type.kind != KIND_DAY || a->reg == NONE32 || b->reg == NONE32)
        return false;
    const struct value *start = eval_reg(context, a->reg), *end = eval_reg(context, b->reg);
    *from = start->t.lo;
    *to = end->t.lo;
    return start->tag == TAG_KNOWN && end->tag == TAG_KNOWN;
}

bool near_is_shown(const struct image *image, const struct image_subject *subject)
{
    if (subject->node == NONE32) return false;
    const struct image_node *node = &image->NODES[subject->node];
    if (subject->kind == KIND_BOOL && !node_is_fact(node)) return false;
    return node->reg == subject->reg && node->type.kind == subject->kind;
}

/* A calendar time that is known, but is no whole number of months or days. */
static bool is_part_of_time(const struct image *image, const struct image_subject *subject,
                            const struct value *v)
{
    const uint8_t open = VALUE_LO_OPEN | VALUE_HI_OPEN;
    int64_t low, high;
    if (v->tag != TAG_RANGE || subject->kind != KIND_NUM || v->flags != open) return false;
    const char *unit = image_text(image, image->NODES[subject->node].type.unit);
    return (strcmp(unit, "mo") == 0 || strcmp(unit, "d") == 0) && decimal_to_int(v->n.lo, &low) &&
           decimal_to_int(v->n.hi, &high) && high == low + 1;
}

static bool may_vary(const struct search *s, const struct image_subject *subject)
{
    if (!near_is_shown(s->image, subject) || !reads_inputs_alone(s, subject)) return false;
    const struct value *v = eval_reg(s->context, subject->reg);
    return (v->tag == TAG_KNOWN || is_part_of_time(s->image, subject, v)) && !is_tied(s, subject);
}

/* ---- Where the row would hold ----------------------------------------------------------------------- */

static bool would_hold(struct search *s)
{
    vm_run(s->context, s->rule->applies_decide);
    enum truth applies = truth_at(s->context, s->rule->applies);
    if (!s->row) return applies == TRUTH_YES;
    if (applies != TRUTH_YES && applies != s->applies) return false;
    vm_run(s->context, s->rule->decide);
    return truth_at(s->context, s->row->condition) == TRUTH_YES;
}

static void restore(struct search *s, const struct image_subject *subject, struct value saved)
{
    *eval_reg(s->context, subject->reg) = saved;
    vm_run(s->context, s->rule->applies_decide);
    if (s->row) vm_run(s->context, s->rule->decide);
}

/* All that the subject could be: the declared range of an input. */
static struct value could_be(const struct image *image, const struct image_subject *subject)
{
    struct value v = value_unknown(WHY_MISSING);
    const struct image_node *node = &image->NODES[subject->node];
    if (node->kind != NODE_INPUT || subject->kind != KIND_NUM) return v;
    const struct image_input *input = &image->INPUTS[node->ref];
    if (input->low != NONE32) {
        v.flags &= (uint8_t)~VALUE_LO_NONE;
        v.n.lo = value_of_constant(&image->CONSTANTS[input->low]).n.lo;
    }
    if (input->high != NONE32) {
        v.flags &= (uint8_t)~VALUE_HI_NONE;
        v.n.hi = value_of_constant(&image->CONSTANTS[input->high]).n.lo;
    }
    return v;
}

void near_extend(struct value *range, const struct value *next, enum kind kind)
{
    const uint8_t high = VALUE_HI_OPEN | VALUE_HI_NONE;
    range->tag = TAG_RANGE;
    range->flags = (uint8_t)((range->flags & ~high) | (next->flags & high));
    if (kind == KIND_NUM)
        range->n.hi = next->n.hi;
    else
        range->t.hi = next->t.hi, range->t.hi_offset = next->t.hi_offset;
}

/* The ends of all that a value could be are no limits of the rule. */
static void open_ends(struct value *range, bool low, bool high)
{
    if (low) range->flags = (uint8_t)((range->flags & ~VALUE_LO_OPEN) | VALUE_LO_NONE);
    if (high) range->flags = (uint8_t)((range->flags & ~VALUE_HI_OPEN) | VALUE_HI_NONE);
    if (low || high) range->tag = TAG_RANGE;
}

/* ---- How far it is ---------------------------------------------------------------------------------- */

/* The end of the range that is nearest; of whole numbers one that is inside. */
static decimal nearest_end(const struct value *needed, bool below, bool whole)
{
    decimal end = below ? needed->n.lo : needed->n.hi, inside;
    bool open = needed->flags & (below ? VALUE_LO_OPEN : VALUE_HI_OPEN);
    if (!whole || (!open && decimal_is_whole(end))) return end;
    if (decimal_round_to(end, DECIMAL_ONE, below ? ROUND_DOWN : ROUND_UP, &inside) != DECIMAL_OK) return end;
    bool same = decimal_equal(inside, end), back = !same || open;
    decimal step = below ? DECIMAL_ONE : decimal_negate(DECIMAL_ONE);
    if (back && decimal_add(inside, step, &inside) != DECIMAL_OK) return end;
    return inside;
}

static decimal size_of(decimal x)
{
    return decimal_sign(x) < 0 ? decimal_negate(x) : x;
}

static decimal share_of(decimal by, decimal whole)
{
    decimal share = DECIMAL_ONE;
    if (decimal_sign(whole) == 0 || decimal_div(by, size_of(whole), &share) != DECIMAL_OK) return by;
    return share;
}

/* By how many days the end of a calendar time would have to move. */
static bool measure_span(int64_t from, int64_t to, struct near_miss *miss, decimal *share)
{
    int64_t months, limit;
    decimal end = miss->below ? miss->needed.n.lo : miss->needed.n.hi;
    bool open = miss->needed.flags & (miss->below ? VALUE_LO_OPEN : VALUE_HI_OPEN);
    if (!decimal_to_int(end, &months) || cal_add_months(from, months, &limit) != CAL_OK) return false;
    int64_t days = (miss->below ? limit - to : to - limit) + (open ? 1 : 0);
    if (days <= 0) return false;
    miss->measure = NEAR_DAYS;
    miss->by = decimal_from_int(days);
    *share = share_of(miss->by, decimal_from_int(to - from));
    return true;
}

static void measure_number(const struct search *s, const struct image_subject *subject, const struct value *v,
                           struct near_miss *miss, decimal *share)
{
    int64_t from, to;
    const struct image_type *type = &s->image->NODES[subject->node].type;
    if (span_ends(s->context, subject, &from, &to)) {
        (void)measure_span(from, to, miss, share);
        return;
    }
    decimal by;
    if (v->tag != TAG_KNOWN) return;
    if (decimal_sub(nearest_end(&miss->needed, miss->below, type->whole), v->n.lo, &by) != DECIMAL_OK) return;
    by = size_of(by);
    *share = share_of(by, v->n.lo);
    if (decimal_sign(by) == 0) return;
    miss->measure = NEAR_AMOUNT;
    miss->by = by;
}

static void measure_moment(const struct image_subject *subject, const struct value *v, struct near_miss *miss,
                           decimal *share)
{
    const struct value *n = &miss->needed;
    int64_t by = miss->below ? n->t.lo - v->t.lo : v->t.lo - n->t.hi;
    if (subject->kind == KIND_TIME)
        by = miss->below ? cal_elapsed(v->t.lo, v->t.lo_offset, n->t.lo, n->t.lo_offset)
                         : cal_elapsed(n->t.hi, n->t.hi_offset, v->t.lo, v->t.lo_offset);
    miss->measure = subject->kind == KIND_DAY ? NEAR_DAYS : NEAR_MICROSECONDS;
    miss->by = *share = decimal_from_int(by);
}

/* ---- The nearest ------------------------------------------------------------------------------------ */

static unsigned rank_of(uint32_t kind)
{
    return kind == KIND_NUM ? 0 : kind == KIND_DAY || kind == KIND_TIME ? 1 : 2;
}

static void offer(struct search *s, const struct near_miss *miss, decimal share)
{
    unsigned rank = rank_of(s->image->SUBJECTS[miss->subject].kind);
    unsigned best = s->found ? rank_of(s->image->SUBJECTS[s->best.subject].kind) : UINT32_MAX;
    if (rank > best || (rank == best && decimal_compare(share, s->share) >= 0)) return;
    s->best = *miss;
    s->share = share;
    s->found = true;
}

static void offer_range(struct search *s, uint32_t index, const struct value *v, const struct value *needed)
{
    const struct image_subject *subject = &s->image->SUBJECTS[index];
    enum kind kind = (enum kind)subject->kind;
    struct near_miss miss = {.subject = index, .needed = *needed};
    decimal share = DECIMAL_ZERO;
    order_of *order = kind == KIND_NUM ? order_number : kind == KIND_DAY ? order_day : order_time;
    miss.below = order(v, needed) == ORDER_BELOW;
    if (kind == KIND_NUM)
        measure_number(s, subject, v, &miss, &share);
    else
        measure_moment(subject, v, &miss, &share);
    offer(s, &miss, share);
}

static void try_ranges(struct search *s, uint32_t index, const struct value *v, uint32_t count)
{
    const struct image_subject *subject = &s->image->SUBJECTS[index];
    const struct value *regions = s->context->regions;
    for (uint32_t k = 0; k < count; k++) {
        struct value needed = regions[k];
        uint32_t first = k;
        for (; k < count; k++) {
            *eval_reg(s->context, subject->reg) = regions[k];
            if (!would_hold(s)) break;
            if (k > first) near_extend(&needed, &regions[k], (enum kind)subject->kind);
        }
        if (k == first) continue;
        open_ends(&needed, first == 0, k == count);
        offer_range(s, index, v, &needed);
    }
}

static void try_members(struct search *s, uint32_t index, uint32_t count)
{
    const struct image_subject *subject = &s->image->SUBJECTS[index];
    struct near_miss miss = {.subject = index};
    uint32_t holding = 0;
    for (uint32_t k = 0; k < count; k++) {
        *eval_reg(s->context, subject->reg) = s->context->regions[k];
        if (!would_hold(s)) continue;
        if (holding++ == 0) miss.needed = s->context->regions[k];
        miss.example |= holding > 1 || (subject->kind == KIND_ENUM && k >= subject->thresholds.count);
    }
    if (holding) offer(s, &miss, DECIMAL_ZERO);
}

static void try_subject(struct search *s, uint32_t index)
{
    const struct image_subject *subject = &s->image->SUBJECTS[index];
    if (!may_vary(s, subject)) return;
    struct value *reg = eval_reg(s->context, subject->reg), saved = *reg;
    if (rank_of(subject->kind) < 2) *reg = could_be(s->image, subject);
    uint32_t count = regions_of(s->context, subject, s->context->regions);
    if (rank_of(subject->kind) < 2)
        try_ranges(s, index, &saved, count);
    else
        try_members(s, index, count);
    restore(s, subject, saved);
}

bool near_miss_find(struct eval_context *context, uint32_t rule, uint32_t row, struct near_miss *found)
{
    const struct image *image = context->image;
    struct search s = {.context = context, .image = image, .rule = &image->RULES[rule]};
    if (row != NONE32) s.row = &image->ROWS[row];
    s.applies = truth_at(context, s.rule->applies);
    if (s.row ? truth_at(context, s.row->condition) != TRUTH_NO : s.applies != TRUTH_NO) return false;
    struct run subjects = s.row ? s.row->reads : s.rule->applies_subjects;
    for (uint32_t k = 0; k < subjects.count; k++)
        try_subject(&s, s.row ? image->INDEXES[subjects.first + k] : subjects.first + k);
    *found = s.best;
    return s.found;
}

/* ---- What a missing value would decide -------------------------------------------------------------- */

/* What deciding a rule again changes. */
struct kept {
    struct rule_result result;
    struct row_state *rows;
    struct plan_step *steps;
    struct set_item *items;
    struct value *regions;
    uint32_t missing_count;
};

static bool keep(const struct eval_context *context, uint32_t rule, uint32_t subject, struct kept *kept)
{
    const struct image_rule *r = &context->image->RULES[rule];
    *kept = (struct kept){.result = context->results[rule], .missing_count = context->missing_count};
    size_t rows = r->rows.count * sizeof *kept->rows, steps = kept->result.step_count * sizeof *kept->steps;
    uint32_t room = regions_room(context->image, &context->image->SUBJECTS[subject]);
    size_t items = set_item_count(context->image, r) * sizeof *kept->items;
    kept->items = malloc(items + 1);
    kept->rows = malloc(rows + 1);
    kept->steps = malloc(steps + 1);
    kept->regions = malloc(room * sizeof *kept->regions);
    if (!kept->items || !kept->rows || !kept->steps || !kept->regions) return false;
    if (items) memcpy(kept->items, eval_items(context, rule), items);
    if (rows) memcpy(kept->rows, context->rows + r->rows.first, rows);
    if (steps) memcpy(kept->steps, context->steps + context->plan_first[rule], steps);
    return true;
}

static void put_back(struct eval_context *context, uint32_t rule, const struct kept *kept)
{
    const struct image_rule *r = &context->image->RULES[rule];
    size_t steps = kept->result.step_count * sizeof *kept->steps;
    context->results[rule] = kept->result;
    context->missing_count = kept->missing_count;
    size_t items = set_item_count(context->image, r) * sizeof *kept->items;
    if (items) memcpy(context->items + context->item_first[rule], kept->items, items);
    if (r->rows.count) memcpy(context->rows + r->rows.first, kept->rows, r->rows.count * sizeof *kept->rows);
    if (steps) memcpy(context->steps + context->plan_first[rule], kept->steps, steps);
}

static void free_kept(struct kept *kept)
{
    free(kept->items);
    free(kept->rows);
    free(kept->steps);
    free(kept->regions);
}

static void visit_regions(struct eval_context *context, uint32_t rule, const struct image_subject *subject,
                          const struct kept *kept, uint32_t count, near_visit *visit, void *user)
{
    struct value *reg = eval_reg(context, subject->reg), saved = *reg;
    bool members = subject->kind == KIND_ENUM && subject->rule == NONE32;
    for (uint32_t k = 0; k < count; k++) {
        *reg = kept->regions[k];
        rule_decide_again(context, rule);
        struct value shown = kept->regions[k];
        if (subject->kind == KIND_NUM) shown.flags &= (uint8_t)~VALUE_NEGATIVE;
        if (rank_of(subject->kind) < 2) open_ends(&shown, k == 0, k + 1 == count);
        visit(user, &shown, members && k >= subject->thresholds.count);
    }
    *reg = saved;
    rule_decide_again(context, rule);
}

bool near_outcomes(struct eval_context *context, uint32_t rule, uint32_t subject, near_visit *visit,
                   void *user)
{
    const struct image_subject *s = &context->image->SUBJECTS[subject];
    struct kept kept;
    if (!subject_is_open(context, s)) return false;
    bool room = keep(context, rule, subject, &kept);
    uint32_t count = room ? regions_of(context, s, kept.regions) : 0;
    if (count > 1) {
        visit_regions(context, rule, s, &kept, count, visit, user);
        put_back(context, rule, &kept);
    }
    free_kept(&kept);
    return count > 1;
}
