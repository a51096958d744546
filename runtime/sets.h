/*
 * What a collection or a recommendation says of each item of its set.
 *
 * A row puts its items at a rank: exclusions stand before inclusions, these before choices, these before
 * equipoise, and in each of the first three the stronger before the weaker.  Of an item the first rank counts
 * that a row which holds gives it.  So the ranks that an undecided rule still allows for an item are those of
 * its open rows before the first sure one, and that one.
 */
#ifndef REGIMEN_SETS_H
#define REGIMEN_SETS_H

#include "runtime/eval_internal.h"

enum set_rank {
    RANK_EXCLUDED = 0, /* + enum strength */
    RANK_INCLUDED = RANK_EXCLUDED + STRENGTH_COUNT,
    RANK_CHOICE = RANK_INCLUDED + STRENGTH_COUNT,
    RANK_EQUIPOISE = RANK_CHOICE + STRENGTH_COUNT,
    RANK_ABSENT,         /* no row that holds names it */
    RANK_NOT_APPLICABLE, /* the rule is not for this patient */
    RANK_COUNT
};

/* What it is for a reader: a rank without its strength. */
enum item_state item_state_of_rank(unsigned rank);
enum strength item_strength_of_rank(unsigned rank);
/* The rank that a row of a set gives its items. */
unsigned row_rank(const struct image_row *row);
bool row_names_item(const struct image *image, const struct image_row *row, uint32_t item);

/* Whether `includes` says yes of it. */
static inline bool item_is_in(const struct set_item *item)
{
    return item->state == ITEM_INCLUDED || item->state == ITEM_CHOICE;
}

/* How many items the set of a rule has; 0 where it is no rule of a set. */
uint32_t set_item_count(const struct image *image, const struct image_rule *rule);
/* Once a context, which has so many items in all sets: lists the rows that name each.  False where memory is
 * short. */
bool sets_prepare(struct eval_context *context, size_t items);
/* The items of a rule that does not apply. */
void set_not_applicable(struct eval_context *context, uint32_t rule);

#endif
