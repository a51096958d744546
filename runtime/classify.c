/* What the truths of its rows mean for a classification.

   There are two questions, and each is answered for rows of which some are open: what do the truths
   allow (look, judge), and which outcomes really occur for some value of what is missing (the search,
   walk.c).  The first bounds the second; where it allows one outcome there is nothing to search.
   docs/evaluation.md, The rows of a classification, says the same in words.

   A row that stands instead of another one makes this harder: whether a row counts depends on rows that
   may be open themselves.  Rules without such rows take a short way. */
#include "runtime/each.h"
#include "runtime/verdict.h"

#include <string.h>

/* A row's result as one number, ordered as `by highest` orders them: members by their place; below them
   `equipoise`, and below that `no statement`. */
enum { CODE_NO_STATEMENT = -2, CODE_EQUIPOISE = -1, CODE_NONE = -3 };

struct rows {
    const struct image_row *rows;
    const struct row_fact *facts;    /* of the same */
    const uint8_t *truths, *counted; /* the same where no row stands instead of another */
    uint32_t first, count;           /* first: of ROWS */
    uint32_t otherwise;              /* place of that row, or count */
    bool holds, open;                /* some row does, is */
    bool overrides;                  /* some row stands instead of another */
    bool may_yield;                  /* it is asked what is possible: an open row may take a conflict away */
    struct verdict sure, may;        /* the results of those that count for certain, that may count */
};

int32_t row_code(const struct image_row *row)
{
    switch ((enum row_result)row->result) {
    case RESULT_NO_STATEMENT: return CODE_NO_STATEMENT;
    case RESULT_EQUIPOISE: return CODE_EQUIPOISE;
    case RESULT_VALUE: break;
    }
    return (int32_t)row->member;
}

/* Adds the result of a row to those that are possible. */
static void allow(struct verdict *v, int32_t code)
{
    if (code == CODE_NO_STATEMENT) {
        v->outcomes |= outcome_bit(OUTCOME_NO_STATEMENT);
    } else if (code == CODE_EQUIPOISE) {
        v->outcomes |= outcome_bit(OUTCOME_EQUIPOISE);
    } else {
        v->outcomes |= outcome_bit(OUTCOME_DECIDED);
        v->members |= UINT64_C(1) << code;
    }
}

static bool may_hold(uint8_t truth)
{
    return truth != TRUTH_NO;
}

static void note_results(struct rows *r)
{
    for (uint32_t k = 0; k < r->count; k++) {
        if (!may_hold(r->counted[k])) continue;
        allow(&r->may, r->facts[k].code);
        if (r->counted[k] == TRUTH_YES) allow(&r->sure, r->facts[k].code);
    }
}

/* The rows as context->truths has them; `otherwise` is set aside. */
static struct rows look(struct eval_context *context, const struct image_rule *rule)
{
    const struct rule_fact *fact = &context->rule_facts[rule - context->image->RULES];
    struct rows r = {.rows = context->image->ROWS + rule->rows.first,
                     .facts = context->row_facts + rule->rows.first,
                     .truths = context->truths,
                     .counted = context->truths,
                     .first = rule->rows.first,
                     .count = rule->rows.count,
                     .otherwise = fact->otherwise,
                     .overrides = fact->overrides};
    if (r.otherwise < r.count) context->truths[r.otherwise] = TRUTH_NO;
    for (uint32_t k = 0; k < r.count; k++) {
        r.holds |= r.truths[k] == TRUTH_YES;
        r.open |= truth_is_open(r.truths[k]);
    }
    if (r.overrides) {
        verdict_counted(context, rule);
        r.counted = context->counted;
    }
    if (r.holds || r.open) note_results(&r);
    return r;
}

/* ---- By agreement --------------------------------------------------------------------------------- */

/* A row that holds and that no row that holds overrides: an unknown one that would does not take a conflict
 * away, unless it is asked what is possible. */
static bool stands(const struct rows *r, uint32_t k)
{
    return r->truths[k] == TRUTH_YES && (r->may_yield ? r->counted[k] == TRUTH_YES : may_hold(r->counted[k]));
}

/* The result of the rows that stand, or CODE_NONE; *conflict: they differ. */
static int32_t standing_code(const struct rows *r, bool *conflict)
{
    int32_t code = CODE_NONE;
    *conflict = false;
    for (uint32_t k = 0; k < r->count; k++) {
        if (!stands(r, k)) continue;
        *conflict |= code != CODE_NONE && r->facts[k].code != code;
        if (code == CODE_NONE) code = r->facts[k].code;
    }
    return code;
}

/* Whether two rows may count at once and differ (certain: both stand); same_target: both override the same
 * row. */
static bool differ(const struct rows *r, uint32_t a, uint32_t b, bool certain, bool same_target)
{
    const struct image_row *p = &r->rows[a], *q = &r->rows[b];
    if (!may_hold(r->counted[a]) || !may_hold(r->counted[b]) || r->facts[a].code == r->facts[b].code)
        return false;
    if (certain && (!stands(r, a) || !stands(r, b))) return false;
    if (p->instead_of == r->first + b || q->instead_of == r->first + a) return false;
    return !same_target || (p->instead_of != NONE32 && p->instead_of == q->instead_of);
}

static bool any_differ(const struct rows *r, bool certain, bool same_target)
{
    for (uint32_t a = 0; a < r->count; a++)
        for (uint32_t b = a + 1; b < r->count; b++)
            if (differ(r, a, b, certain, same_target)) return true;
    return false;
}

/* Marks in yields the rows whose result is code, and those that an open row with such a mark may override. */
static void mark_yields(const struct rows *r, int32_t code, uint8_t *yields)
{
    for (uint32_t k = 0; k < r->count; k++)
        yields[k] = may_hold(r->truths[k]) && r->facts[k].code == code;
    /* chains of rows that stand instead of each other: at most as many rounds as rows */
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t k = 0; k < r->count; k++) {
            if (!yields[k] || !may_hold(r->truths[k]) || r->rows[k].instead_of == NONE32) continue;
            uint32_t other = r->rows[k].instead_of - r->first;
            changed |= !yields[other];
            yields[other] = 1;
        }
    }
}

/* Whether the open rows can fall so that every row that counts has this result, and one does. */
static bool may_agree_on(struct eval_context *context, const struct rows *r, int32_t code)
{
    mark_yields(r, code, context->yields);
    for (uint32_t k = 0; k < r->count; k++)
        if (r->truths[k] == TRUTH_YES && may_hold(r->counted[k]) && !context->yields[k]) return false;
    return true;
}

/* Where no row stands instead of another, all that hold count. */
static struct verdict by_plain_agreement(const struct rows *r)
{
    struct verdict v = r->sure.outcomes ? r->sure : r->may;
    if (verdict_is_several(&r->sure)) return (struct verdict){outcome_bit(OUTCOME_CONFLICT), 0};
    if (verdict_is_several(&r->may)) v.outcomes |= outcome_bit(OUTCOME_CONFLICT);
    return v;
}

static struct verdict by_agreement(struct eval_context *context, const struct rows *r)
{
    struct verdict v = {0, 0};
    bool conflict;
    int32_t standing = standing_code(r, &conflict);
    if (conflict) {
        v.outcomes = outcome_bit(OUTCOME_CONFLICT);
        return v;
    }
    if (!r->open) {
        if (standing != CODE_NONE) allow(&v, standing);
        return v;
    }
    for (uint32_t k = 0; k < r->count; k++)
        if (may_hold(r->truths[k]) && may_agree_on(context, r, r->facts[k].code)) allow(&v, r->facts[k].code);
    if (any_differ(r, false, false)) v.outcomes |= outcome_bit(OUTCOME_CONFLICT);
    return v;
}

/* ---- By first match, by highest ------------------------------------------------------------------- */

static struct verdict by_first_match(const struct rows *r)
{
    struct verdict v = {0, 0};
    for (uint32_t k = 0; k < r->count; k++) {
        if (may_hold(r->counted[k])) allow(&v, r->facts[k].code);
        /* nothing behind a row that counts for certain is ever looked at */
        if (r->counted[k] == TRUTH_YES) break;
    }
    return v;
}

static int32_t highest_sure(const struct rows *r)
{
    int32_t highest = CODE_NONE;
    for (uint32_t k = 0; k < r->count; k++)
        if (r->counted[k] == TRUTH_YES && r->facts[k].code > highest) highest = r->facts[k].code;
    return highest;
}

static struct verdict by_highest(const struct rows *r)
{
    struct verdict v = {0, 0};
    int32_t sure = highest_sure(r);
    for (uint32_t k = 0; k < r->count; k++)
        /* an open row below one that holds cannot be the highest */
        if (may_hold(r->counted[k]) && r->facts[k].code >= sure) allow(&v, r->facts[k].code);
    return v;
}

/* Two rows that hold and override the same row differently are a conflict under these policies too. */
static struct verdict by_order(const struct rows *r, enum rule_policy policy)
{
    struct verdict v = {outcome_bit(OUTCOME_CONFLICT), 0};
    if (r->overrides && any_differ(r, true, true)) return v;
    v = policy == RULE_HIGHEST ? by_highest(r) : by_first_match(r);
    if (r->overrides && any_differ(r, false, true)) v.outcomes |= outcome_bit(OUTCOME_CONFLICT);
    return v;
}

static struct verdict by_policy(struct eval_context *context, const struct rows *r, enum rule_policy policy)
{
    if (policy != RULE_AGREEMENT) return by_order(r, policy);
    return r->overrides ? by_agreement(context, r) : by_plain_agreement(r);
}

static struct verdict judge(struct eval_context *context, const struct image_rule *rule, const struct rows *r,
                            enum truth applies)
{
    struct verdict v = {outcome_bit(OUTCOME_NOT_APPLICABLE), 0};
    enum truth counts = each_counts(context, rule);
    if (applies == TRUTH_NO || counts == TRUTH_NO) return v;
    v = by_policy(context, r, (enum rule_policy)rule->policy);
    if (!r->holds) {
        if (r->otherwise < r->count)
            allow(&v, r->facts[r->otherwise].code);
        else
            v.outcomes |= outcome_bit(OUTCOME_NOT_COVERED);
    }
    if (truth_is_open((uint8_t)applies) || truth_is_open((uint8_t)counts))
        v.outcomes |= outcome_bit(OUTCOME_NOT_APPLICABLE);
    return v;
}

/* ---- The search ----------------------------------------------------------------------------------- */

static uint32_t first_sure(const struct rows *r)
{
    uint32_t k = 0;
    while (k < r->count && r->counted[k] != TRUTH_YES)
        k++;
    return k;
}

/* Whether a row that counts for certain leaves an open one nothing to change. */
static bool is_settled(const struct rows *r, enum rule_policy policy, uint32_t place)
{
    int32_t code = r->facts[place].code;
    struct verdict own = {0, 0};
    allow(&own, code);
    switch (policy) {
    case RULE_FIRST_MATCH: return first_sure(r) < place;
    case RULE_HIGHEST: return highest_sure(r) >= code;
    case RULE_AGREEMENT: break;
    }
    return verdict_covers(&r->sure, &own);
}

static void find_matters(struct eval_context *context, const struct image_rule *rule, const struct rows *r)
{
    walk_matter_none(context);
    if (!r->open || context->each_list != EACH_GIVEN) return; /* nothing was looked at that could be varied */
    for (uint32_t k = 0; k < r->count; k++) {
        if (!truth_is_open(r->truths[k])) continue;
        bool counts = may_hold(r->counted[k]) && !is_settled(r, (enum rule_policy)rule->policy, k);
        if (counts || r->rows[k].instead_of != NONE32) walk_matter(context, k);
    }
}

struct gathering {
    struct verdict all, bound;
};

/* Whether nothing below this node can come to anything else.  Below a node lies no more than it allows; where
   rows stand instead of others that holds at its end alone, since two rows that hold and differ are a
   conflict although a third one may yet replace one of them. */
static bool is_taken_in(const struct gathering *g, const struct rows *r, const struct verdict *v)
{
    return !r->overrides && (verdict_is_single(v) || verdict_covers(&g->all, v));
}

/* What the walk can still find lies within what the rows alone allow. */
static enum walk_answer gather(struct eval_context *context, const struct image_rule *rule,
                               enum truth applies, bool whole, void *data)
{
    struct gathering *g = data;
    struct rows r = look(context, rule);
    r.may_yield = r.overrides;
    struct verdict v = judge(context, rule, &r, applies);
    if (!whole && !is_taken_in(g, &r, &v)) return WALK_ON;
    verdict_add(&g->all, &v);
    return verdict_covers(&g->all, &g->bound) ? WALK_STOP : WALK_BACK;
}

/* ---- The rule ------------------------------------------------------------------------------------- */

static int32_t result_code(const struct rule_result *result)
{
    if (result->outcome == OUTCOME_NO_STATEMENT) return CODE_NO_STATEMENT;
    return result->outcome == OUTCOME_EQUIPOISE ? CODE_EQUIPOISE : result->member;
}

/* Marks the rows with this truth that made the result; how many. */
static uint32_t mark_used(struct eval_context *context, const struct image_rule *rule,
                          const struct rule_result *result, bool certain)
{
    const struct row_fact *facts = context->row_facts + rule->rows.first;
    struct row_state *states = context->rows + rule->rows.first;
    uint32_t marked = 0;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        bool conflict = result->outcome == OUTCOME_CONFLICT, holds = states[k].truth == TRUTH_YES;
        uint8_t counted = context->base_counted[k];
        bool stands = counted == TRUTH_YES || (conflict && holds && may_hold(counted));
        bool held = certain ? stands : truth_is_open(counted);
        bool same = conflict || facts[k].code == result_code(result);
        if (!held || !same) continue;
        states[k].used = true;
        marked++;
        if (certain && !conflict && rule->policy == RULE_FIRST_MATCH) break;
    }
    return marked;
}

/* `otherwise` holds where no other row does. */
static void mark_otherwise(const struct rows *r, const struct rule_result *result, struct row_state *states)
{
    if (r->otherwise == r->count) return;
    states[r->otherwise].truth = r->holds ? TRUTH_NO : r->open ? TRUTH_UNKNOWN : TRUTH_YES;
    states[r->otherwise].used = !r->holds && r->facts[r->otherwise].code == result_code(result);
}

/* r: the rows of the record as it is. */
static void mark_rows(struct eval_context *context, const struct image_rule *rule, struct rule_result *result,
                      const struct rows *r)
{
    bool valued = result->outcome <= OUTCOME_EQUIPOISE;
    if (!valued && result->outcome != OUTCOME_CONFLICT) return;
    bool marked = r->holds && mark_used(context, rule, result, true) > 0;
    if (!marked && r->open) mark_used(context, rule, result, false);
    if (valued) mark_otherwise(r, result, context->rows + rule->rows.first);
}

/* Beside a row that raises the alert, those that are open have not been checked. */
static void mark_unchecked(struct eval_context *context, const struct image_rule *rule,
                           const struct rule_result *result)
{
    if (rule->kind != RULE_ALERT || result->outcome != OUTCOME_DECIDED || result->member != ALERT_RAISED)
        return;
    for (uint32_t k = rule->rows.first; k < rule->rows.first + rule->rows.count; k++)
        context->rows[k].unchecked = truth_is_open(context->rows[k].truth) && !context->rows[k].used;
}

static void conclude(struct eval_context *context, const struct image_rule *rule, struct rule_result *result,
                     const struct gathering *g)
{
    const uint32_t conflict = outcome_bit(OUTCOME_CONFLICT),
                   not_applicable = outcome_bit(OUTCOME_NOT_APPLICABLE);
    result->possible = g->all.members;
    result->possible_outcomes = g->all.outcomes;
    if (verdict_is_single(&g->all)) {
        result->outcome = (uint8_t)__builtin_ctz(g->all.outcomes);
        if (g->all.members) result->member = __builtin_ctzll(g->all.members);
    } else if ((g->bound.outcomes & ~not_applicable) == conflict) {
        result->outcome = OUTCOME_CONFLICT;
    } else if (!verdict_find_fault(context, rule, result)) {
        result->outcome = OUTCOME_UNKNOWN;
        missing_collect(context, rule, result);
    }
    if (result->outcome != OUTCOME_UNKNOWN) result->possible_outcomes |= outcome_bit(result->outcome);
}

/* A conflict stands whatever is open.  Where an open row may yet replace one of the two, other rules must not
   rely on it: what is possible is searched as if it did not stand. */
static void search(struct eval_context *context, const struct image_rule *rule, struct rows *r,
                   struct rule_result *result, struct gathering *g)
{
    struct verdict now = g->bound;
    r->may_yield = r->overrides && r->open && now.outcomes & outcome_bit(OUTCOME_CONFLICT);
    if (r->may_yield) g->bound = judge(context, rule, r, (enum truth)result->applies);
    bool plain = verdict_is_single(&g->bound) || (!r->overrides && rows_ask_once(context, rule));
    if (!plain) result->exact = walk(context, rule, false, gather, g);
    /* a search that was cut off has found too little: then what the rows allow stands */
    if (!result->exact || plain) g->all = g->bound;
    g->bound = now;
}

void classify_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    struct gathering g = {{0, 0}, {0, 0}};
    walk_truths(context, rule);
    struct rows r = look(context, rule);
    g.bound = judge(context, rule, &r, (enum truth)result->applies);
    struct row_state *rows = context->rows + rule->rows.first;
    for (uint32_t k = 0; k < rule->rows.count; k++)
        rows[k].truth = r.truths[k];
    memcpy(context->base_counted, r.counted, rule->rows.count);
    find_matters(context, rule, &r);
    search(context, rule, &r, result, &g);
    conclude(context, rule, result, &g);
    verdict_settle_fault(context, rule, result);
    mark_rows(context, rule, result, &r);
    mark_unchecked(context, rule, result);
}
