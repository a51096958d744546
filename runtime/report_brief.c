/* Answers in a line or two each: recommendations, findings, groups.  The rows that made them are written out elsewhere. */
#include <string.h>

#include "runtime/report_parts.h"
#include "runtime/set_view.h"

enum { STRENGTH_COLUMN = 2, ITEM_COLUMN = 18, TRACE_COLUMN = 86 };

/* ---- Sources: numbered in the order in which they are named --------------------------------------- */

unsigned report_source_number(struct report *r, uint32_t source)
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
        if (!named) buffer_printf(out, "%s[%u]", out->length ? " " : "", report_source_number(r, source));
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
        if (cite->document && r->all) buffer_printf(text, " (%s)", view_text(r->v, cite->document));
        page_text(r->out, 0, buffer_text(text));
    }
}

/* ---- Recommendations ------------------------------------------------------------------------------ */

/* "recommended   measure_activity: standard practice in children   ASP-04 [2]" */
static void write_columns(struct report *r, const char *strength, const char *items, const char *why,
                          const char *origin)
{
    struct buffer text = {0};
    buffer_printf(&text, "%s%s%s", items, *why ? ": " : "", why);
    struct page_column columns[] = {
        {STRENGTH_COLUMN, ITEM_COLUMN - STRENGTH_COLUMN - 1, strength},
        {ITEM_COLUMN, TRACE_COLUMN - ITEM_COLUMN - 1, buffer_text(&text)},
        {TRACE_COLUMN, PAGE_WIDTH - TRACE_COLUMN, origin},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
    r->out->failed |= text.failed;
    buffer_free(&text);
}

static void write_row(struct report *r, uint32_t rule, uint32_t row, const char *strength, const char *item)
{
    struct buffer *why = report_begin(r);
    if (r->v->image->ROWS[row].because.count) view_because(r->v, row, why);
    buffer_clear(&r->side);
    report_put_origin(r, rule, row, &r->side);
    write_columns(r, strength, item, buffer_text(why), buffer_text(&r->side));
}

static const char *item_strength(const struct set_item *item)
{
    if (item->strength) return strength_word((enum strength)item->strength);
    return item->state == ITEM_EXCLUDED ? "excluded" : "included";
}

static bool is_certain(const struct set_item *item, unsigned strength)
{
    return (item->state == ITEM_EXCLUDED || item->state == ITEM_INCLUDED) && item->strength == strength;
}

/* The first row that made the item. */
static uint32_t row_of_item(const struct report *r, uint32_t rule, uint32_t index)
{
    uint32_t row = r->v->image->RULES[rule].rows.first;
    while (!set_row_made(r->v, rule, row, index))
        row++;
    return row;
}

/* The other rows that made it count as one reason more.  What is only an option is named without its reasons. */
static void put_reason(struct report *r, uint32_t rule, uint32_t index, struct buffer *out)
{
    struct run rows = r->v->image->RULES[rule].rows;
    if (eval_items(r->v->context, rule)[index].strength == STRENGTH_OPTION) return;
    uint32_t first = row_of_item(r, rule, index);
    if (r->v->image->ROWS[first].because.count) view_because(r->v, first, out);
    for (uint32_t row = first + 1; row < rows.first + rows.count; row++) {
        if (!set_row_made(r->v, rule, row, index) || !r->v->image->ROWS[row].because.count) continue;
        if (out->length) buffer_put(out, "; ");
        view_because(r->v, row, out);
    }
}

/* Items that share a line: of one strength and for one reason; first and last: the origins between which theirs lie. */
struct line {
    struct buffer names, why, first, last, other;
};

static void buffer_take(struct buffer *to, const struct buffer *from)
{
    buffer_clear(to);
    buffer_put(to, buffer_text(from));
}

static void line_take(struct report *r, uint32_t rule, uint32_t index, struct line *line)
{
    struct buffer *origin = &line->other;
    buffer_printf(&line->names, "%s%s", line->names.length ? ", " : "", set_item_name(r->v, rule, index));
    buffer_clear(origin);
    report_put_origin(r, rule, row_of_item(r, rule, index), origin);
    if (!line->first.length || strcmp(buffer_text(origin), buffer_text(&line->first)) < 0)
        buffer_take(&line->first, origin);
    if (!line->last.length || strcmp(buffer_text(origin), buffer_text(&line->last)) > 0)
        buffer_take(&line->last, origin);
}

/* The item with those behind it that share its line; they are marked in taken. */
static void line_gather(struct report *r, uint32_t rule, uint32_t index, unsigned strength, uint8_t *taken,
                        struct line *line)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    put_reason(r, rule, index, &line->why);
    for (uint32_t i = index; i < count; i++) {
        if (taken[i] || !is_certain(&items[i], strength) || items[i].state != items[index].state) continue;
        buffer_clear(&line->other);
        put_reason(r, rule, i, &line->other);
        if (strcmp(buffer_text(&line->other), buffer_text(&line->why)) != 0) continue;
        line_take(r, rule, i, line);
        taken[i] = 1;
    }
    if (!line->last.length || strcmp(buffer_text(&line->first), buffer_text(&line->last)) == 0) return;
    buffer_printf(&line->first, " to %s", buffer_text(&line->last));
}

static void line_free(struct report *r, struct line *line)
{
    struct buffer *buffers[] = {&line->names, &line->why, &line->first, &line->last, &line->other};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        r->out->failed |= buffers[i]->failed;
        buffer_free(buffers[i]);
    }
}

static void write_items(struct report *r, uint32_t rule, unsigned strength)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    uint8_t taken[SET_MEMBERS] = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (taken[i] || !is_certain(&items[i], strength)) continue;
        struct line line = {.names = {0}};
        line_gather(r, rule, i, strength, taken, &line);
        write_columns(r, item_strength(&items[i]), buffer_text(&line.names), buffer_text(&line.why),
                      buffer_text(&line.first));
        line_free(r, &line);
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
        set_row_items(r->v, rule, ir, true, &items);
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

/* The strongest strength of what the rule says for certain; STRENGTH_COUNT where it says nothing. */
static unsigned strongest(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct run rows = r->v->image->RULES[rule].rows;
    unsigned best = STRENGTH_COUNT;
    for (uint32_t i = 0; i < count; i++)
        if (items[i].strength < best && is_certain(&items[i], items[i].strength)) best = items[i].strength;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        enum row_type type = (enum row_type)r->v->image->ROWS[row].type;
        unsigned strength = type == ROWTYPE_EQUIPOISE ? STRENGTH_COUNT - 1 : r->v->image->ROWS[row].strength;
        if ((type == ROWTYPE_CHOICE || type == ROWTYPE_EQUIPOISE) && set_row_shown(r->v, rule, row, type) &&
            strength < best)
            best = strength;
    }
    return best;
}

static const char *rule_title(const struct report *r, uint32_t rule)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const char *label = view_text(r->v, ir->label);
    return *label ? label : view_text(r->v, ir->name);
}

/* What is advisory only is counted. */
static void write_recommendation(struct report *r, uint32_t rule)
{
    page_text(r->out, 0, rule_title(r, rule));
    for (unsigned strength = STRENGTH_NONE + 1; strength < STRENGTH_ADVISORY; strength++) {
        write_items(r, rule, strength);
        write_groups(r, rule, ROWTYPE_CHOICE, strength);
    }
    write_groups(r, rule, ROWTYPE_EQUIPOISE, STRENGTH_NONE);
}

static uint32_t undecided_count(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), undecided = 0;
    for (uint32_t i = 0; i < count; i++)
        undecided += is_undecided(&items[i]);
    return undecided;
}

static uint32_t advisory_count(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), advisory = 0;
    for (uint32_t i = 0; i < count; i++)
        advisory += is_certain(&items[i], STRENGTH_ADVISORY);
    return advisory;
}

/* "Undecided: 7 of relapse_adult, 1 of watch" */
static void write_counted(struct report *r, report_holds *holds, const char *title,
                          uint32_t (*count_of)(const struct report *r, uint32_t rule))
{
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        uint32_t count = holds(r, rule) && report_says_something(r, rule) ? count_of(r, rule) : 0;
        if (count)
            buffer_printf(text, "%s%u of %s", text->length ? ", " : title, count,
                          view_text(r->v, r->v->image->RULES[rule].name));
    }
    page_text(r->out, 0, buffer_text(text));
}

/* The rules with the most forceful words first.  One that says nothing for certain is among what is unknown. */
void report_brief_recommendations(struct report *r, report_holds *holds)
{
    for (unsigned strength = STRENGTH_NONE + 1; strength < STRENGTH_ADVISORY; strength++)
        for (uint32_t i = 0; i < r->v->order_count; i++)
            if (holds(r, r->v->order[i]) && strongest(r, r->v->order[i]) == strength)
                write_recommendation(r, r->v->order[i]);
    write_counted(r, holds, "Advisory: ", advisory_count);
    write_counted(r, holds, "Undecided: ", undecided_count);
}

bool report_says_something(const struct report *r, uint32_t rule)
{
    return strongest(r, rule) < STRENGTH_COUNT;
}

/* ---- Findings and groups -------------------------------------------------------------------------- */

static void put_findings(struct report *r, uint32_t rule, struct buffer *out)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), undecided = undecided_count(r, rule);
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].state != ITEM_INCLUDED) continue;
        buffer_printf(out, "%s%s", any ? ", " : "", set_item_name(r->v, rule, i));
        any = true;
    }
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

/* "high (wbc_at_diagnosis 60 10*9/L)" */
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
    if (compared.length) buffer_printf(out, " (%s)", buffer_text(&compared));
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
    struct buffer *text = report_begin(r);
    buffer_printf(text, "%s: ", rule_title(r, rule));
    if (rule_fills_set(ir))
        put_findings(r, rule, text);
    else
        put_class(r, rule, text);
    buffer_clear(&r->side);
    put_origins(r, rule, &r->side);
    struct page_column columns[] = {
        {STRENGTH_COLUMN, TRACE_COLUMN - STRENGTH_COLUMN - 1, buffer_text(text)},
        {TRACE_COLUMN, PAGE_WIDTH - TRACE_COLUMN, buffer_text(&r->side)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}
