/* Answers in a line or two each: recommendations, findings, groups.  The rows that made them are written out elsewhere. */
#include "runtime/report_parts.h"
#include "runtime/set_view.h"

enum { STRENGTH_COLUMN = 2, ITEM_COLUMN = 19, WHY_COLUMN = 44, TRACE_COLUMN = 86 };

/* ---- Sources: numbered in the order in which they are named --------------------------------------- */

static unsigned source_number(struct report *r, uint32_t source)
{
    for (unsigned i = 0; i < r->source_count; i++)
        if (r->sources[i] == source) return i + 1;
    if (r->source_count == REPORT_SOURCES) return 0;
    r->sources[r->source_count++] = source;
    return r->source_count;
}

void report_put_origin(struct report *r, uint32_t rule, uint32_t row, struct buffer *out)
{
    const struct image *image = r->v->image;
    struct run traces = row == NONE32 ? image->RULES[rule].traces : view_traces(r->v, rule, row);
    struct run cites = row == NONE32 ? image->RULES[rule].cites : view_cites(r->v, rule, row);
    for (uint32_t i = 0; i < traces.count; i++)
        buffer_printf(out, "%s%s", i ? ", " : "", view_text(r->v, image->INDEXES[traces.first + i]));
    for (uint32_t i = 0; i < cites.count; i++) {
        uint32_t source = image->CITES[cites.first + i].source;
        bool named = false;
        for (uint32_t k = 0; k < i; k++)
            named |= image->CITES[cites.first + k].source == source;
        if (!named) buffer_printf(out, "%s[%u]", out->length ? " " : "", source_number(r, source));
    }
}

/* A cite of that source: they all have its title and document. */
static const struct image_cite *cite_of(const struct image *image, uint32_t source)
{
    uint32_t i = 0;
    while (image->CITES[i].source != source)
        i++;
    return &image->CITES[i];
}

void report_numbered_sources(struct report *r)
{
    for (unsigned i = 0; i < r->source_count; i++) {
        const struct image_cite *cite = cite_of(r->v->image, r->sources[i]);
        struct buffer *text = report_begin(r);
        buffer_printf(text, "[%u] %s", i + 1, view_text(r->v, cite->title ? cite->title : cite->source));
        if (cite->document) buffer_printf(text, " (%s)", view_text(r->v, cite->document));
        page_text(r->out, 0, buffer_text(text));
    }
}

/* ---- Recommendations ------------------------------------------------------------------------------ */

static void write_row(struct report *r, uint32_t rule, uint32_t row, const char *strength, const char *item)
{
    struct buffer *why = report_begin(r);
    const struct image_row *ir = &r->v->image->ROWS[row];
    if (ir->because.count || ir->node != NONE32) view_because(r->v, row, why);
    buffer_clear(&r->side);
    report_put_origin(r, rule, row, &r->side);
    struct page_column columns[] = {
        {STRENGTH_COLUMN, ITEM_COLUMN - STRENGTH_COLUMN - 1, strength},
        {ITEM_COLUMN, WHY_COLUMN - ITEM_COLUMN - 1, item},
        {WHY_COLUMN, TRACE_COLUMN - WHY_COLUMN - 1, buffer_text(why)},
        {TRACE_COLUMN, PAGE_WIDTH - TRACE_COLUMN, buffer_text(&r->side)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}

static void write_item(struct report *r, uint32_t rule, uint32_t index, const struct set_item *item)
{
    struct run rows = r->v->image->RULES[rule].rows;
    const char *strength = item->strength                 ? strength_word((enum strength)item->strength)
                           : item->state == ITEM_EXCLUDED ? "excluded"
                                                          : "included";
    const char *name = set_item_name(r->v, rule, index);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!set_row_made(r->v, rule, row, index)) continue;
        write_row(r, rule, row, strength, name);
        strength = name = "";
    }
}

static void write_items(struct report *r, uint32_t rule, unsigned strength)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    for (uint32_t i = 0; i < count; i++) {
        bool shown = items[i].state == ITEM_EXCLUDED || items[i].state == ITEM_INCLUDED;
        if (shown && items[i].strength == strength) write_item(r, rule, i, &items[i]);
    }
}

static void write_groups(struct report *r, uint32_t rule, enum row_type type, unsigned strength)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        const struct image_row *ir = &r->v->image->ROWS[row];
        if (ir->strength != strength || !set_row_shown(r->v, rule, row, type)) continue;
        struct buffer items = {0};
        if (type == ROWTYPE_CHOICE) buffer_put(&items, "one of ");
        set_row_items(r->v, rule, ir, type == ROWTYPE_CHOICE, &items);
        write_row(r, rule, row, strength ? strength_word((enum strength)strength) : "equipoise",
                  buffer_text(&items));
        r->out->failed |= items.failed;
        buffer_free(&items);
    }
}

static bool is_undecided(const struct set_item *item)
{
    return item->named && item->state == ITEM_UNDECIDED;
}

static void write_undecided(struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), found = 0;
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < count; i++)
        if (is_undecided(&items[i]))
            buffer_printf(text, "%s%s", found++ ? ", " : "", set_item_name(r->v, rule, i));
    if (found) page_field(r->out, STRENGTH_COLUMN, "undecided", ITEM_COLUMN, buffer_text(text));
}

/* The strongest strength of what the rule says for certain; STRENGTH_COUNT where it says nothing. */
static unsigned strongest(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct run rows = r->v->image->RULES[rule].rows;
    unsigned best = STRENGTH_COUNT;
    for (uint32_t i = 0; i < count; i++)
        if ((items[i].state == ITEM_EXCLUDED || items[i].state == ITEM_INCLUDED) && items[i].strength < best)
            best = items[i].strength;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        enum row_type type = (enum row_type)r->v->image->ROWS[row].type;
        unsigned strength = type == ROWTYPE_EQUIPOISE ? STRENGTH_COUNT - 1 : r->v->image->ROWS[row].strength;
        if ((type == ROWTYPE_CHOICE || type == ROWTYPE_EQUIPOISE) && set_row_shown(r->v, rule, row, type) &&
            strength < best)
            best = strength;
    }
    return best;
}

static void write_recommendation(struct report *r, uint32_t rule)
{
    report_name(r, rule);
    for (unsigned strength = STRENGTH_NONE + 1; strength < STRENGTH_COUNT; strength++) {
        write_items(r, rule, strength);
        write_groups(r, rule, ROWTYPE_CHOICE, strength);
    }
    write_groups(r, rule, ROWTYPE_EQUIPOISE, STRENGTH_NONE);
    write_undecided(r, rule);
}

/* The rules with the most forceful words first.  One that says nothing for certain is among what is unknown. */
void report_brief_recommendations(struct report *r, report_holds *holds)
{
    for (unsigned strength = STRENGTH_NONE + 1; strength < STRENGTH_COUNT; strength++)
        for (uint32_t i = 0; i < r->v->order_count; i++)
            if (holds(r, r->v->order[i]) && strongest(r, r->v->order[i]) == strength)
                write_recommendation(r, r->v->order[i]);
}

bool report_says_something(const struct report *r, uint32_t rule)
{
    return strongest(r, rule) < STRENGTH_COUNT;
}

/* ---- Findings and groups -------------------------------------------------------------------------- */

static void put_findings(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), undecided = 0;
    for (uint32_t i = 0; i < count; i++) {
        undecided += is_undecided(&items[i]);
        if (items[i].state == ITEM_INCLUDED)
            buffer_printf(out, "%s%s", out->length ? ", " : "", set_item_name(r->v, rule, i));
    }
    if (!out->length) buffer_put(out, undecided ? "nothing certain" : "none found");
    if (undecided) buffer_printf(out, "; %u undecided", undecided);
}

void report_put_compared(struct report *r, uint32_t row, struct buffer *out)
{
    worksheet_begin(&r->sheet, r->v);
    if (r->v->image->ROWS[row].node != NONE32) worksheet_reads(&r->sheet, r->v->image->ROWS[row].node);
    struct buffer one = {0};
    for (uint32_t i = 0; i < worksheet_count(&r->sheet); i++) {
        const struct worksheet_line *line = worksheet_line(&r->sheet, i);
        struct fact fact = fact_of(r->v, line->node);
        if (line->depth > 0 || !(fact.value || fact.text)) continue;
        buffer_clear(&one);
        node_words(r->v, line->node, &one);
        buffer_put(&one, " ");
        fact_value(r->v, &fact, VALUE_SHORT, &one);
        report_put_once(out, &one, ", ");
    }
    out->failed |= one.failed;
    buffer_free(&one);
}

/* "high: wbc_at_diagnosis 60 10*9/L" */
static void put_class(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct rule_result *result = eval_result(r->v->context, rule);
    struct run rows = r->v->image->RULES[rule].rows;
    struct buffer compared = {0};
    if (result->outcome == OUTCOME_DECIDED)
        buffer_put(out, member_name(r->v->image, r->v->image->RULES[rule].enumeration, result->member));
    else
        buffer_put(out, outcome_word((enum outcome)result->outcome));
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (view_row_made(r->v, rule, row)) report_put_compared(r, row, &compared);
    if (compared.length) buffer_printf(out, ": %s", buffer_text(&compared));
    out->failed |= compared.failed;
    buffer_free(&compared);
}

/* The origins of the rows that made the result, each once; of the rule where no row did. */
static void put_origins(struct report *r, uint32_t rule, struct buffer *out)
{
    struct run rows = r->v->image->RULES[rule].rows;
    struct buffer one = {0};
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        if (!view_row_made(r->v, rule, row)) continue;
        buffer_clear(&one);
        report_put_origin(r, rule, row, &one);
        report_put_once(out, &one, ", ");
    }
    if (!out->length) report_put_origin(r, rule, NONE32, out);
    out->failed |= one.failed;
    buffer_free(&one);
}

void report_brief_answer(struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    struct buffer *value = report_begin(r);
    if (rule_fills_set(ir))
        put_findings(r, rule, value);
    else
        put_class(r, rule, value);
    buffer_clear(&r->side);
    put_origins(r, rule, &r->side);
    const char *label = view_text(r->v, *view_text(r->v, ir->label) ? ir->label : ir->name);
    struct page_column columns[] = {
        {STRENGTH_COLUMN, WHY_COLUMN - STRENGTH_COLUMN - 1, label},
        {WHY_COLUMN, TRACE_COLUMN - WHY_COLUMN - 1, buffer_text(value)},
        {TRACE_COLUMN, PAGE_WIDTH - TRACE_COLUMN, buffer_text(&r->side)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}
