/*
 * One evaluated collection or recommendation as the writers of results see it.
 */
#ifndef REGIMEN_SET_VIEW_H
#define REGIMEN_SET_VIEW_H

#include "runtime/result_view.h"

uint32_t set_items(const struct result_view *v, uint32_t rule, const struct set_item **items);
const char *set_item_name(const struct result_view *v, uint32_t rule, uint32_t item);

/* Whether the row made of the item what it came to: it holds and gives it that; or, where no such row holds
   for certain, it is open and would. */
bool set_row_made(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item);
/* Whether the row holds and includes an item that is excluded. */
bool set_row_beaten(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item);
/* A row that is shown: it holds, and where it is a choice or equipoise the rule applies; or it made something
   of one of its items. */
bool set_row_shown(const struct result_view *v, uint32_t rule, uint32_t row, enum row_type type);
/* Whether anything of a set is shown: it is decided, or undecided in parts. */
bool set_has_items(const struct rule_result *result);

/* What an undecided item can still be, one word each: visit is called with "recommended", "excluded", ... */
typedef void set_word_visit(void *user, const char *word);
void set_possible(const struct set_item *item, set_word_visit *visit, void *user);
/* "hsct, chemotherapy"; marked: "hsct (excluded), chemotherapy" */
void set_row_items(const struct result_view *v, uint32_t rule, const struct image_row *row, bool marked,
                   struct buffer *out);
/* "include one of blinatumomab, hsct strength recommended" */
void set_row_words(const struct result_view *v, uint32_t rule, const struct image_row *row,
                   struct buffer *out);
/* "corticosteroid, one of: blinatumomab, hsct; undecided: anthracycline": what is in the set. */
void set_words(const struct result_view *v, uint32_t rule, struct buffer *out);

/* The rule of a node that is the result of a collection or recommendation; NONE32 where it is none. */
uint32_t set_of_node(const struct result_view *v, const struct image_node *node);

#endif
