/* Questions about one evaluated set: its items, and the rows that made them what they are. */
#include "runtime/set_view.h"

#include "runtime/sets.h"

uint32_t set_items(const struct result_view *v, uint32_t rule, const struct set_item **items)
{
    *items = eval_items(v->context, rule);
    return set_item_count(v->image, &v->image->RULES[rule]);
}

const char *set_item_name(const struct result_view *v, uint32_t rule, uint32_t item)
{
    return member_name(v->image, v->image->RULES[rule].enumeration, (int32_t)item);
}

/* ---- Rows ----------------------------------------------------------------------------------------- */

/* Whether the row gives the item the state that it has. */
static bool gives_state(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item)
{
    const struct image_row *r = &v->image->ROWS[row];
    const struct set_item *items = eval_items(v->context, rule);
    return row_names_item(v->image, r, item) &&
           item_state_of_rank(row_rank(r)) == (enum item_state)items[item].state;
}

static bool any_row_gives_state(const struct result_view *v, uint32_t rule, uint32_t item)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (view_truth(v, row) == TRUTH_YES && gives_state(v, rule, row, item)) return true;
    return false;
}

bool set_row_made(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item)
{
    enum truth truth = view_truth(v, row);
    if (truth == TRUTH_NO || !gives_state(v, rule, row, item)) return false;
    return truth == TRUTH_YES || !any_row_gives_state(v, rule, item);
}

bool set_row_beaten(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item)
{
    const struct image_row *r = &v->image->ROWS[row];
    const struct set_item *items = eval_items(v->context, rule);
    bool includes = r->type == ROWTYPE_INCLUDE || r->type == ROWTYPE_CHOICE;
    return includes && view_truth(v, row) == TRUTH_YES && items[item].state == ITEM_EXCLUDED &&
           row_names_item(v->image, r, item);
}

bool set_row_shown(const struct result_view *v, uint32_t rule, uint32_t row, enum row_type type)
{
    const struct image_row *r = &v->image->ROWS[row];
    if (r->type != (uint32_t)type) return false;
    /* A choice of a rule that may not apply is none yet; its items are listed as undecided. */
    bool group = type == ROWTYPE_CHOICE || type == ROWTYPE_EQUIPOISE;
    bool stands = !group || eval_result(v->context, rule)->applies == TRUTH_YES;
    if (stands && view_truth(v, row) == TRUTH_YES) return true;
    for (uint32_t i = 0; i < r->items.count; i++)
        if (set_row_made(v, rule, row, v->image->INDEXES[r->items.first + i])) return true;
    return false;
}

bool set_has_items(const struct rule_result *result)
{
    bool broken = result->outcome == OUTCOME_FAULT && result->fault == FAULT_GUARANTEE;
    return !broken && (result->outcome == OUTCOME_DECIDED || result->outcome == OUTCOME_UNKNOWN ||
                       result->outcome == OUTCOME_FAULT);
}

/* ---- Words ---------------------------------------------------------------------------------------- */

static const char *rank_word(unsigned rank)
{
    enum strength strength = item_strength_of_rank(rank);
    switch (item_state_of_rank(rank)) {
    case ITEM_EXCLUDED: return strength ? strength_word(strength) : "excluded";
    case ITEM_INCLUDED: return strength ? strength_word(strength) : "included";
    case ITEM_CHOICE: return "one of a choice";
    case ITEM_EQUIPOISE: return "equipoise";
    case ITEM_NOT_APPLICABLE: return "not applicable";
    default: return "not included";
    }
}

void set_possible(const struct set_item *item, set_word_visit *visit, void *user)
{
    bool choice = false;
    for (unsigned rank = 0; rank < RANK_COUNT; rank++) {
        if (!(item->possible >> rank & 1)) continue;
        bool is_choice = item_state_of_rank(rank) == ITEM_CHOICE;
        if (!is_choice || !choice) visit(user, rank_word(rank));
        choice |= is_choice;
    }
}

void set_row_items(const struct result_view *v, uint32_t rule, const struct image_row *row, bool marked,
                   struct buffer *out)
{
    const struct set_item *items = eval_items(v->context, rule);
    for (uint32_t i = 0; i < row->items.count; i++) {
        uint32_t item = v->image->INDEXES[row->items.first + i];
        const char *mark = items[item].state == ITEM_EXCLUDED    ? " (excluded)"
                           : items[item].state == ITEM_UNDECIDED ? " (undecided)"
                                                                 : "";
        buffer_printf(out, "%s%s%s", i ? ", " : "", set_item_name(v, rule, item), marked ? mark : "");
    }
}

void set_row_words(const struct result_view *v, uint32_t rule, const struct image_row *row,
                   struct buffer *out)
{
    buffer_printf(out, "%s ", row_type_word((enum row_type)row->type));
    set_row_items(v, rule, row, false, out);
    if (row->strength) buffer_printf(out, " strength %s", strength_word((enum strength)row->strength));
}

static void put_items(const struct result_view *v, uint32_t rule, enum item_state state, const char *before,
                      struct buffer *out)
{
    const struct set_item *items;
    uint32_t count = set_items(v, rule, &items);
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].state != state || (state == ITEM_UNDECIDED && !items[i].named)) continue;
        if (first && *before) buffer_printf(out, "%s%s", out->length ? "; " : "", before);
        buffer_printf(out, "%s%s", first ? "" : ", ", set_item_name(v, rule, i));
        first = false;
    }
}

void set_words(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    struct buffer words = {0};
    put_items(v, rule, ITEM_INCLUDED, "", &words);
    put_items(v, rule, ITEM_CHOICE, "one of: ", &words);
    put_items(v, rule, ITEM_EXCLUDED, "excluded: ", &words);
    put_items(v, rule, ITEM_EQUIPOISE, "equipoise: ", &words);
    put_items(v, rule, ITEM_UNDECIDED, "undecided: ", &words);
    buffer_put(out, words.length ? buffer_text(&words) : "none");
    out->failed |= words.failed;
    buffer_free(&words);
}

uint32_t set_of_node(const struct result_view *v, const struct image_node *node)
{
    bool set = node->kind == NODE_RESULT && rule_fills_set(&v->image->RULES[node->ref]);
    return set ? node->ref : NONE32;
}
