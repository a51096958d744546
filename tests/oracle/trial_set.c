/*
 * Collections and recommendations item by item: what the oracle says of each, what lasts of it and what it
 * always is.
 */
#include "tests/oracle/trial_set.h"

/* The bits of the machine's `possible`, a rank each; these have one for each strength, RANK_STEP apart. */
enum {
    RANK_STEP = STRENGTH_COUNT,
    RANK_EXCLUDED = 0,
    RANK_INCLUDED = RANK_EXCLUDED + RANK_STEP,
    RANK_CHOICE = RANK_INCLUDED + RANK_STEP,
    RANK_EQUIPOISE = RANK_CHOICE + RANK_STEP,
    RANK_ABSENT,
    RANK_NOT_APPLICABLE
};

static const char *const STATES[] = {
    [ITEM_ABSENT] = "absent",       [ITEM_INCLUDED] = "included", [ITEM_CHOICE] = "choice",
    [ITEM_EQUIPOISE] = "equipoise", [ITEM_EXCLUDED] = "excluded", [ITEM_NOT_APPLICABLE] = "not applicable",
    [ITEM_UNDECIDED] = "undecided"};

/* Of an item that no row names nothing is searched, and nothing told. */
static bool is_told(const struct set_item *item)
{
    return item->named || item->state != ITEM_UNDECIDED;
}

/* Of a collection an item that is excluded is not there, like one that nothing names. */
static struct item_verdict found_item(const struct decl *rule, const struct set_item *item)
{
    enum item_state state = (enum item_state)item->state;
    if (rule->kind == DECL_COLLECT && state == ITEM_EXCLUDED) state = ITEM_ABSENT;
    bool strong = state == ITEM_INCLUDED || state == ITEM_CHOICE || state == ITEM_EXCLUDED;
    return (struct item_verdict){
        state != ITEM_UNDECIDED, state,
        strong && rule->kind == DECL_RECOMMEND ? (enum strength)item->strength : STRENGTH_NONE, item->named};
}

static void put_item(FILE *out, const struct item_verdict *item)
{
    fprintf(out, " %s", STATES[item->state]);
    if (item->strength != STRENGTH_NONE) fprintf(out, "/%d", (int)item->strength);
}

static const struct set_item *items_of(const struct specimen *s, const struct decl *rule)
{
    return eval_items(s->evaluator->context, specimen_index(s, rule));
}

void put_machine_items(FILE *out, const struct specimen *s, const struct decl *rule)
{
    for (int i = 0; i < rule->type->enumeration->count; i++) {
        struct item_verdict item = found_item(rule, &items_of(s, rule)[i]);
        if (!items_of(s, rule)[i].named) continue;
        put_item(out, &item);
    }
}

void put_oracle_items(FILE *out, const struct verdict *v)
{
    for (int i = 0; i < v->item_count; i++)
        if (v->items[i].named) put_item(out, &v->items[i]);
}

/* ---- The oracle and the machine --------------------------------------------------------------------- */

bool items_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report)
{
    bool good = true;
    for (int i = 0; i < v->item_count; i++) {
        struct item_verdict found = found_item(rule, &items_of(s, rule)[i]);
        const struct item_verdict *item = &v->items[i];
        s->tally.parts++;
        s->tally.parts_sure += item->sure;
        if (!item->sure || (found.state == item->state && found.strength == item->strength)) continue;
        fprintf(report, "%s, item %d: the oracle says", rule->name.text, i + 1);
        put_item(report, item);
        fputs(", the machine", report);
        put_item(report, &found);
        fputs("\n", report);
        good = false;
    }
    return good;
}

/* ---- What lasts, and what always is ----------------------------------------------------------------- */

/* A standing as one bit, as the machine's `possible` has them. */
static uint32_t standing_bit(const struct item_verdict *item)
{
    switch (item->state) {
    case ITEM_EXCLUDED: return UINT32_C(1) << (RANK_EXCLUDED + item->strength);
    case ITEM_INCLUDED: return UINT32_C(1) << (RANK_INCLUDED + item->strength);
    case ITEM_CHOICE: return UINT32_C(1) << (RANK_CHOICE + item->strength);
    case ITEM_EQUIPOISE: return UINT32_C(1) << RANK_EQUIPOISE;
    case ITEM_ABSENT: return UINT32_C(1) << RANK_ABSENT;
    default: return UINT32_C(1) << RANK_NOT_APPLICABLE;
    }
}

static uint32_t standings_of(const struct decl *rule, const struct set_item *item)
{
    const uint32_t excluded = UINT32_C(1) << RANK_EXCLUDED, absent = UINT32_C(1) << RANK_ABSENT;
    struct item_verdict found = found_item(rule, item);
    if (found.sure) return standing_bit(&found);
    bool joined = rule->kind == DECL_COLLECT && item->possible & excluded;
    return joined ? (item->possible & ~excluded) | absent : item->possible;
}

struct kept_items *items_keep(struct specimen *s, const struct decl *rule)
{
    struct kept_items *kept = arena_alloc(s->program.arena, sizeof *kept);
    for (int i = 0; i < rule->type->enumeration->count; i++) {
        const struct set_item *item = &items_of(s, rule)[i];
        kept->open[i] = item->fault || !is_told(item);
        kept->standings[i] = standings_of(rule, item);
    }
    return kept;
}

bool items_last(struct specimen *s, const struct decl *rule, const struct kept_items *before, FILE *report)
{
    bool good = true;
    for (int i = 0; i < rule->type->enumeration->count; i++) {
        const struct set_item *item = &items_of(s, rule)[i];
        uint32_t after = standings_of(rule, item);
        if (before->open[i] || item->fault || !is_told(item) || (after & ~before->standings[i]) == 0)
            continue;
        fprintf(report, "%s, item %d: the ranks %x are possible with gaps, and %x without\n", rule->name.text,
                i + 1, before->standings[i], after);
        good = false;
    }
    return good;
}

struct kept_items *items_reach(struct specimen *s, const struct decl *rule, struct kept_items *so_far)
{
    const struct verdict *v = oracle_verdict(s->oracle, rule);
    if (so_far == NULL) so_far = arena_alloc(s->program.arena, sizeof *so_far);
    for (int i = 0; i < v->item_count; i++) {
        so_far->open[i] |= !v->items[i].sure;
        so_far->standings[i] |= standing_bit(&v->items[i]);
    }
    return so_far;
}

bool items_complete(struct specimen *s, const struct decl *rule, const struct kept_items *reached,
                    FILE *report)
{
    bool good = true;
    for (int i = 0; i < rule->type->enumeration->count; i++) {
        const struct set_item *item = &items_of(s, rule)[i];
        uint32_t found = standings_of(rule, item), all = reached->standings[i];
        if (reached->open[i] || item->fault || !is_told(item)) continue;
        s->tally.searched++;
        s->tally.same += (all & (all - 1)) == 0;
        if (item->exact ? all == found : (all & ~found) == 0) continue;
        fprintf(report, "%s, item %d: the ranks %x are reached, the machine says that %x are possible\n",
                rule->name.text, i + 1, all, found);
        good = false;
    }
    return good;
}
