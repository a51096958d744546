/* A collection or recommendation in JSON. */
#include "runtime/result_json.h"
#include "runtime/set_view.h"

typedef bool item_row_filter(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item);

static struct run rows_of(const struct result_view *v, uint32_t rule)
{
    return v->image->RULES[rule].rows;
}

/* The ids of the rows of one item that pass; nothing where optional and there are none. */
static void item_rows(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t item,
                      const char *key, item_row_filter *filter, bool optional)
{
    struct run rows = rows_of(v, rule);
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!filter(v, rule, row, item)) continue;
        if (!any) json_key(w, key);
        if (!any) json_open_array(w);
        any = true;
        json_text(w, view_text(v, v->image->ROWS[row].id));
    }
    if (any) json_close_array(w);
    if (any || optional) return;
    json_key(w, key);
    json_open_array(w);
    json_close_array(w);
}

/* Whether an earlier row that made the item has this trace too. */
static bool traced_before(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item,
                          uint32_t trace)
{
    for (uint32_t before = rows_of(v, rule).first; before < row; before++) {
        struct run traces = view_traces(v, rule, before);
        for (uint32_t i = traces.first;
             set_row_made(v, rule, before, item) && i < traces.first + traces.count; i++)
            if (v->image->INDEXES[i] == trace) return true;
    }
    return false;
}

static void item_traces(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t item)
{
    struct run rows = rows_of(v, rule);
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        struct run traces = view_traces(v, rule, row);
        if (!set_row_made(v, rule, row, item)) continue;
        for (uint32_t i = traces.first; i < traces.first + traces.count; i++) {
            if (traced_before(v, rule, row, item, v->image->INDEXES[i])) continue;
            if (!any) json_key(w, "trace");
            if (!any) json_open_array(w);
            any = true;
            json_text(w, view_text(v, v->image->INDEXES[i]));
        }
    }
    if (any) json_close_array(w);
}

static void json_strength(struct json_writer *w, uint32_t strength)
{
    if (strength) json_key_text(w, "strength", strength_word((enum strength)strength));
}

static void possible_word(void *user, const char *word)
{
    json_text(user, word);
}

static void undecided_item(struct json_writer *w, const struct result_view *v, uint32_t rule,
                           const struct set_item *item)
{
    if (item->fault)
        json_key_bool(w, "fault", true);
    else
        json_missing(w, v, rule, eval_missing(v->context) + item->missing.first, item->missing.count);
    json_key(w, "possible");
    json_open_array(w);
    set_possible(item, possible_word, w);
    json_close_array(w);
    if (!item->exact) json_key_bool(w, "possible_exact", false);
}

static void json_item(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t index,
                      const struct set_item *item)
{
    json_open_object(w);
    json_key_text(w, "item", set_item_name(v, rule, index));
    if (item->state == ITEM_UNDECIDED) {
        undecided_item(w, v, rule, item);
    } else {
        json_strength(w, item->strength);
        item_rows(w, v, rule, index, "rows", set_row_made, false);
        if (item->state == ITEM_EXCLUDED) item_rows(w, v, rule, index, "over", set_row_beaten, true);
        item_traces(w, v, rule, index);
    }
    json_close_object(w);
}

/* The items in this state, in order of their list. */
static void items_in(struct json_writer *w, const struct result_view *v, uint32_t rule, const char *key,
                     enum item_state state, bool optional)
{
    const struct set_item *items;
    uint32_t count = set_items(v, rule, &items);
    bool open = !optional;
    if (open) json_key(w, key);
    if (open) json_open_array(w);
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].state != state || !items[i].named) continue;
        if (!open) json_key(w, key);
        if (!open) json_open_array(w);
        open = true;
        json_item(w, v, rule, i, &items[i]);
    }
    if (open) json_close_array(w);
}

/* The items of a row; of those in one state alone, unless that is ITEM_ABSENT. */
static void row_items(struct json_writer *w, const struct result_view *v, uint32_t rule,
                      const struct image_row *r, const char *key, enum item_state state)
{
    const struct set_item *items = eval_items(v->context, rule);
    bool all = state == ITEM_ABSENT, open = all;
    if (open) json_key(w, key);
    if (open) json_open_array(w);
    for (uint32_t i = 0; i < r->items.count; i++) {
        uint32_t item = v->image->INDEXES[r->items.first + i];
        if (!all && items[item].state != state) continue;
        if (!open) json_key(w, key);
        if (!open) json_open_array(w);
        open = true;
        json_text(w, set_item_name(v, rule, item));
    }
    if (open) json_close_array(w);
}

static void json_group(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    const struct image_row *r = &v->image->ROWS[row];
    bool choice = r->type == ROWTYPE_CHOICE;
    json_open_object(w);
    row_items(w, v, rule, r, choice ? "one_of" : "items", ITEM_ABSENT);
    if (choice) row_items(w, v, rule, r, "excluded", ITEM_EXCLUDED);
    if (choice) row_items(w, v, rule, r, "undecided", ITEM_UNDECIDED);
    json_strength(w, r->strength);
    json_key(w, "rows");
    json_open_array(w);
    json_text(w, view_text(v, r->id));
    json_close_array(w);
    json_row_sources(w, v, rule, row);
    json_close_object(w);
}

/* The choices, or the questions that are left open: row by row. */
static void groups(struct json_writer *w, const struct result_view *v, uint32_t rule, const char *key,
                   enum row_type type)
{
    struct run rows = rows_of(v, rule);
    bool any = false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!set_row_shown(v, rule, row, type)) continue;
        if (!any) json_key(w, key);
        if (!any) json_open_array(w);
        any = true;
        json_group(w, v, rule, row);
    }
    if (any) json_close_array(w);
}

void json_set(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    if (!set_has_items(eval_result(v->context, rule))) return;
    items_in(w, v, rule, "value", ITEM_INCLUDED, false);
    groups(w, v, rule, "choices", ROWTYPE_CHOICE);
    groups(w, v, rule, "equipoise", ROWTYPE_EQUIPOISE);
    items_in(w, v, rule, "excluded", ITEM_EXCLUDED, true);
    items_in(w, v, rule, "undecided", ITEM_UNDECIDED, true);
    json_sources(w, v, rule, view_row_made);
}
