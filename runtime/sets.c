/* Collections and recommendations: item by item.

   Each item is decided by itself, with a search of its own over the few rows that name it; a search for
   all of them at once would multiply their combinations.  Most items of a set are named by no row that
   is open, and need no search at all. */
#include "runtime/sets.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/verdict.h"

/* ---- Ranks ---------------------------------------------------------------------------------------- */

enum item_state item_state_of_rank(unsigned rank)
{
    if (rank < RANK_INCLUDED) return ITEM_EXCLUDED;
    if (rank < RANK_CHOICE) return ITEM_INCLUDED;
    if (rank < RANK_EQUIPOISE) return ITEM_CHOICE;
    if (rank == RANK_EQUIPOISE) return ITEM_EQUIPOISE;
    return rank == RANK_ABSENT ? ITEM_ABSENT : ITEM_NOT_APPLICABLE;
}

enum strength item_strength_of_rank(unsigned rank)
{
    return rank < RANK_EQUIPOISE ? (enum strength)(rank % STRENGTH_COUNT) : STRENGTH_NONE;
}

unsigned row_rank(const struct image_row *row)
{
    switch ((enum row_type)row->type) {
    case ROWTYPE_EXCLUDE: return RANK_EXCLUDED + row->strength;
    case ROWTYPE_INCLUDE: return RANK_INCLUDED + row->strength;
    case ROWTYPE_CHOICE: return RANK_CHOICE + row->strength;
    default: return RANK_EQUIPOISE;
    }
}

bool row_names_item(const struct image *image, const struct image_row *row, uint32_t item)
{
    for (uint32_t k = 0; k < row->items.count; k++)
        if (image->INDEXES[row->items.first + k] == item) return true;
    return false;
}

uint32_t set_item_count(const struct image *image, const struct image_rule *rule)
{
    return rule_fills_set(rule) ? image->ENUMS[rule->enumeration].members.count : 0;
}

/* ---- One item, from the truths of the rows -------------------------------------------------------- */

static uint32_t rank_bit(unsigned rank)
{
    return UINT32_C(1) << rank;
}

static bool is_single(uint32_t ranks)
{
    return ranks != 0 && (ranks & (ranks - 1)) == 0;
}

/* The first rank that a row which holds gives the item. */
static unsigned sure_rank(const struct item_ranks *given)
{
    return (unsigned)__builtin_ctz(given->held | rank_bit(RANK_ABSENT));
}

/* The ranks that the item can have when each open row may hold or not. */
static uint32_t ranks_of(const struct item_ranks *given, enum truth applies)
{
    if (applies == TRUTH_NO) return rank_bit(RANK_NOT_APPLICABLE);
    uint32_t sure = rank_bit(sure_rank(given)), ranks = (given->open & (sure - 1)) | sure;
    return truth_is_open((uint8_t)applies) ? ranks | rank_bit(RANK_NOT_APPLICABLE) : ranks;
}

/* Adds what one row gives an item. */
static void give_rank(struct item_ranks *given, unsigned rank, uint8_t truth)
{
    if (truth == TRUTH_YES) given->held |= rank_bit(rank);
    if (truth_is_open(truth)) given->open |= rank_bit(rank);
}

/* What the rows give each item on the record as it is. */
static void give_all(struct eval_context *context, const struct image_rule *rule, uint32_t count)
{
    const struct image *image = context->image;
    memset(context->item_ranks, 0, count * sizeof *context->item_ranks);
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        if (context->truths[k] == TRUTH_NO) continue;
        struct run items = image->ROWS[rule->rows.first + k].items;
        unsigned rank = context->row_facts[rule->rows.first + k].rank;
        for (uint32_t i = 0; i < items.count; i++)
            give_rank(&context->item_ranks[image->INDEXES[items.first + i]], rank, context->truths[k]);
    }
}

/* ---- The walk for one item ------------------------------------------------------------------------ */

/* Open rows that could still change the item in hand. */
static void find_matters(struct eval_context *context, const struct image_rule *rule)
{
    const struct row_fact *facts = context->row_facts + rule->rows.first;
    struct run rows =
        context->rows_of_item[context->item_first[rule - context->image->RULES] + context->item];
    unsigned sure = sure_rank(&context->item_ranks[context->item]);
    walk_matter_none(context);
    for (uint32_t k = rows.first; k < rows.first + rows.count; k++) {
        uint32_t place = context->item_rows[k];
        if (truth_is_open(context->truths[place]) && facts[place].rank < sure) walk_matter(context, place);
    }
}

struct gathering {
    uint32_t ranks, bound;
};

/* Below a node lies no more than it allows. */
static enum walk_answer gather(struct eval_context *context, const struct image_rule *rule,
                               enum truth applies, bool whole, void *data)
{
    struct gathering *g = data;
    struct item_ranks given = {context->item_ranks[context->item].held, 0};
    for (uint32_t k = 0; k < context->matter_count; k++) {
        uint32_t place = context->matters[k];
        give_rank(&given, context->row_facts[rule->rows.first + place].rank, context->truths[place]);
    }
    uint32_t ranks = ranks_of(&given, applies);
    if (!whole && !is_single(ranks) && (ranks & ~g->ranks)) return WALK_ON;
    g->ranks |= ranks;
    return g->ranks == g->bound ? WALK_STOP : WALK_BACK;
}

/* Of an item that is undecided: why. */
static void item_undecided(struct eval_context *context, const struct image_rule *rule,
                           struct rule_result *result, struct set_item *item)
{
    struct rule_result found = *result;
    if (verdict_find_fault(context, rule, &found)) {
        item->fault = true;
        if (result->outcome != OUTCOME_FAULT) *result = found;
        return;
    }
    missing_collect(context, rule, &found);
    item->missing = found.missing;
}

/* The one rank that the item has, or RANK_COUNT.  A collection only says what is in it: whether a row keeps
   an item out that nothing includes makes no difference. */
static unsigned decided_rank(const struct image_rule *rule, uint32_t possible)
{
    const uint32_t out = rank_bit(RANK_EXCLUDED) | rank_bit(RANK_ABSENT);
    if (rule->kind == RULE_COLLECT && possible == out) return RANK_ABSENT;
    return is_single(possible) ? (unsigned)__builtin_ctz(possible) : RANK_COUNT;
}

/* The item in hand by its one rank; of RANK_COUNT it is undecided. */
static void item_end(struct set_item *item, unsigned rank)
{
    item->state = ITEM_UNDECIDED;
    if (rank == RANK_COUNT) return;
    item->state = (uint8_t)item_state_of_rank(rank);
    item->strength = (uint8_t)item_strength_of_rank(rank);
}

/* An item that is open because of `applies` alone is as open as the one before it that was. */
static bool item_is_alike(const struct eval_context *context, struct set_item *item,
                          const struct set_item *alike)
{
    const uint32_t none = rank_bit(RANK_NOT_APPLICABLE);
    if (!alike || context->matter_count > 0) return false;
    uint32_t rank = item->possible & ~none;
    item->possible = (alike->possible & none) | (alike->possible & ~none ? rank : 0);
    item->exact = alike->exact;
    item->fault = alike->fault;
    item->missing = alike->missing;
    return true;
}

/* alike: an item before it that is open because of `applies` alone, or NULL; set to this one where it is the
 * first. */
static void item_search(struct eval_context *context, const struct image_rule *rule,
                        struct rule_result *result, struct set_item *item, const struct set_item **alike)
{
    struct gathering g = {0, item->possible};
    find_matters(context, rule);
    bool known = item_is_alike(context, item, *alike), plain = !known && rows_ask_once(context, rule);
    if (!known && !plain) item->exact = walk(context, rule, false, gather, &g);
    if (!known && !plain && item->exact) item->possible = g.ranks;
    item_end(item, decided_rank(rule, item->possible));
    if (!known && item->state == ITEM_UNDECIDED) item_undecided(context, rule, result, item);
    if (!known && context->matter_count == 0) *alike = item;
}

/* What the rows say of an item, without a search. */
static struct set_item item_begun(const struct image_rule *rule, const struct item_ranks *given,
                                  enum truth applies, bool named)
{
    struct set_item item = {.exact = true, .named = named, .possible = ranks_of(given, applies)};
    item_end(&item, decided_rank(rule, item.possible));
    return item;
}

/* An item that no row names is as any other of these. */
static void run_items(struct eval_context *context, const struct image_rule *rule, struct rule_result *result,
                      struct set_item *items, uint32_t count)
{
    const struct item_ranks nothing = {0, 0};
    const struct run *rows = context->rows_of_item + context->item_first[rule - context->image->RULES];
    const struct set_item unnamed = item_begun(rule, &nothing, (enum truth)result->applies, false),
                          *alike = NULL;
    for (uint32_t i = 0; i < count; i++) {
        items[i] = unnamed;
        if (rows[i].count == 0) continue;
        items[i] = item_begun(rule, &context->item_ranks[i], (enum truth)result->applies, true);
        context->item = i;
        if (items[i].state == ITEM_UNDECIDED) item_search(context, rule, result, &items[i], &alike);
    }
}

/* ---- Which rows name an item ---------------------------------------------------------------------- */

static void count_rows(const struct image *image, const struct image_rule *rule, struct run *of_items)
{
    for (uint32_t k = rule->rows.first; k < rule->rows.first + rule->rows.count; k++)
        for (uint32_t i = 0; i < image->ROWS[k].items.count; i++)
            of_items[image->INDEXES[image->ROWS[k].items.first + i]].count++;
}

/* A row that names an item twice is listed once. */
static void list_row(struct eval_context *context, struct run *of_item, uint32_t place)
{
    uint32_t *rows = context->item_rows + of_item->first;
    if (of_item->count == 0 || rows[of_item->count - 1] != place) rows[of_item->count++] = place;
}

static void list_rows(struct eval_context *context, const struct image_rule *rule, struct run *of_items)
{
    const struct image *image = context->image;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        struct run items = image->ROWS[rule->rows.first + k].items;
        for (uint32_t i = 0; i < items.count; i++)
            list_row(context, &of_items[image->INDEXES[items.first + i]], k);
    }
}

bool sets_prepare(struct eval_context *context, size_t items)
{
    const struct image *image = context->image;
    size_t total = 0;
    for (uint32_t k = 0; k < image->RULES_count; k++)
        if (rule_fills_set(&image->RULES[k]))
            count_rows(image, &image->RULES[k], context->rows_of_item + context->item_first[k]);
    for (size_t k = 0; k < items; k++) {
        uint32_t count = context->rows_of_item[k].count;
        context->rows_of_item[k] = (struct run){(uint32_t)total, 0};
        total += count;
    }
    context->item_rows = total <= UINT32_MAX ? malloc((total + 1) * sizeof *context->item_rows) : NULL;
    for (uint32_t k = 0; context->item_rows && k < image->RULES_count; k++)
        if (rule_fills_set(&image->RULES[k]))
            list_rows(context, &image->RULES[k], context->rows_of_item + context->item_first[k]);
    return context->item_rows != NULL;
}

/* ---- The rule ------------------------------------------------------------------------------------- */

static struct set_item *items_of(struct eval_context *context, const struct image_rule *rule)
{
    return context->items + context->item_first[rule - context->image->RULES];
}

void set_not_applicable(struct eval_context *context, uint32_t rule)
{
    const struct image_rule *r = &context->image->RULES[rule];
    struct set_item *items = items_of(context, r);
    if (context->set_idle[rule]) return;
    context->set_idle[rule] = true;
    for (uint32_t i = 0; i < set_item_count(context->image, r); i++)
        items[i] = (struct set_item){
            .state = ITEM_NOT_APPLICABLE, .possible = rank_bit(RANK_NOT_APPLICABLE), .exact = true};
}

/* A row that holds made the result where it gives an item what this came to. */
static void mark_used(struct eval_context *context, const struct image_rule *rule,
                      const struct set_item *items)
{
    const struct image *image = context->image;
    for (uint32_t k = 0; k < rule->rows.count; k++) {
        const struct image_row *row = &image->ROWS[rule->rows.first + k];
        struct row_state *state = &context->rows[rule->rows.first + k];
        if (state->truth != TRUTH_YES) continue;
        for (uint32_t i = 0; i < row->items.count; i++)
            state->used |=
                items[image->INDEXES[row->items.first + i]].state == item_state_of_rank(row_rank(row));
    }
}

/* What all undecided items wait for, each once. */
static void join_missing(struct eval_context *context, struct rule_result *result,
                         const struct set_item *items, uint32_t count)
{
    result->missing = (struct run){context->missing_count, 0};
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < items[i].missing.count; k++)
            missing_put(context, result, context->missing[items[i].missing.first + k]);
}

static void conclude(struct eval_context *context, struct rule_result *result, const struct set_item *items,
                     uint32_t count)
{
    bool undecided = false, applies = false;
    for (uint32_t i = 0; i < count; i++) {
        if (!items[i].named) continue;
        undecided |= items[i].state == ITEM_UNDECIDED;
        applies |= items[i].state != ITEM_NOT_APPLICABLE;
        result->exact &= items[i].exact || items[i].state != ITEM_UNDECIDED;
        if (items[i].possible & rank_bit(RANK_NOT_APPLICABLE))
            result->possible_outcomes |= outcome_bit(OUTCOME_NOT_APPLICABLE);
    }
    if (result->outcome == OUTCOME_FAULT)
        result->possible_outcomes = outcome_bit(OUTCOME_FAULT);
    else if (!undecided)
        result->outcome = applies ? OUTCOME_DECIDED : OUTCOME_NOT_APPLICABLE;
    if (applies && result->outcome != OUTCOME_FAULT)
        result->possible_outcomes |= outcome_bit(OUTCOME_DECIDED);
    join_missing(context, result, items, count);
}

void set_run(struct eval_context *context, const struct image_rule *rule, struct rule_result *result)
{
    struct set_item *items = items_of(context, rule);
    uint32_t count = set_item_count(context->image, rule);
    context->set_idle[rule - context->image->RULES] = false;
    walk_truths(context, rule);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        context->rows[rule->rows.first + k].truth = context->truths[k];
    give_all(context, rule, count);
    run_items(context, rule, result, items, count);
    conclude(context, result, items, count);
    mark_used(context, rule, items);
}
