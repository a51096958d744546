/* Recommendations and findings on the report: the most forceful first, and what each item waits for. */
#include "runtime/report_parts.h"
#include "runtime/set_view.h"

typedef bool item_row_filter(const struct result_view *v, uint32_t rule, uint32_t row, uint32_t item);

static void item_rows(struct report *r, uint32_t rule, uint32_t item, item_row_filter *filter,
                      const char *label)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (filter(r->v, rule, row, item)) report_row(r, rule, row, label);
}

static void report_item(struct report *r, uint32_t rule, uint32_t index, const struct set_item *item)
{
    struct buffer *text = report_begin(r);
    buffer_put(text, set_item_name(r->v, rule, index));
    if (item->strength) buffer_printf(text, ": %s", strength_word((enum strength)item->strength));
    report_end(r, item->state == ITEM_EXCLUDED ? "EXCLUDED" : "INCLUDED");
    item_rows(r, rule, index, set_row_made, "Row");
    if (item->state == ITEM_EXCLUDED) item_rows(r, rule, index, set_row_beaten, "  over");
}

static void items_of_strength(struct report *r, uint32_t rule, enum item_state state, unsigned strength)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].state == state && items[i].strength == strength) report_item(r, rule, i, &items[i]);
}

static void report_group(struct report *r, uint32_t rule, uint32_t row, const char *label)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    struct buffer *text = report_begin(r);
    set_row_items(r->v, rule, ir, ir->type == ROWTYPE_CHOICE, text);
    if (ir->strength)
        buffer_printf(text, ": %s", strength_word((enum strength)ir->strength));
    else
        buffer_put(text, ": the source leaves the question open");
    report_end(r, label);
    report_row(r, rule, row, "Row");
}

static void groups(struct report *r, uint32_t rule, enum row_type type, unsigned strength, const char *label)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (r->v->image->ROWS[row].strength == strength && set_row_shown(r->v, rule, row, type))
            report_group(r, rule, row, label);
}

struct words {
    struct buffer *text;
    const char *between;
};

static void put_possible(void *user, const char *word)
{
    struct words *words = user;
    buffer_printf(words->text, "%s%s", words->between, word);
    words->between = ", ";
}

static void report_undecided(struct report *r, uint32_t rule, uint32_t index, const struct set_item *item)
{
    struct words words = {report_begin(r), ": it can be "};
    buffer_put(words.text, set_item_name(r->v, rule, index));
    set_possible(item, put_possible, &words);
    if (!item->exact)
        buffer_put(words.text, " (counted row by row: some of these may be out of the question)");
    report_end(r, "UNDECIDED");
    if (item->fault) report_field(r, "  because", "something in its rows could not be computed");
    report_missing(r, rule, eval_missing(r->v->context) + item->missing.first, item->missing.count,
                   "Missing");
}

static void undecided_items(struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].state == ITEM_UNDECIDED && items[i].named) report_undecided(r, rule, i, &items[i]);
}

static bool shows_nothing(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t i = 0; i < count; i++)
        if (items[i].named && items[i].state != ITEM_ABSENT) return false;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (set_row_shown(r->v, rule, row, (enum row_type)r->v->image->ROWS[row].type)) return false;
    return true;
}

void report_set_items(struct report *r, uint32_t rule)
{
    if (!set_has_items(eval_result(r->v->context, rule))) return;
    for (unsigned strength = 0; strength < STRENGTH_COUNT; strength++) {
        items_of_strength(r, rule, ITEM_EXCLUDED, strength);
        items_of_strength(r, rule, ITEM_INCLUDED, strength);
        groups(r, rule, ROWTYPE_CHOICE, strength, "ONE OF");
    }
    groups(r, rule, ROWTYPE_EQUIPOISE, STRENGTH_NONE, "EQUIPOISE");
    undecided_items(r, rule);
    if (shows_nothing(r, rule)) report_field(r, "RESULT", "none of its rows holds");
    report_sources(r, rule, view_row_made);
}

void report_set(struct report *r, uint32_t rule)
{
    report_name(r, rule);
    report_set_items(r, rule);
}

/* Among what is unknown: only which items, since what they wait for stands beside them. */
void report_set_unknown(struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    report_name(r, rule);
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].state == ITEM_UNDECIDED && items[i].named)
            buffer_printf(text, "%s%s", text->length ? ", " : "", set_item_name(r->v, rule, i));
    report_end(r, "Undecided");
    report_field(r, "", "What each of these waits for stands above.");
}
