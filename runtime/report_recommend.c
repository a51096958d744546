/* Recommendations in brief: the most forceful words first, a line or two for each rule and strength. */
#include <string.h>

#include "runtime/report_parts.h"
#include "runtime/set_view.h"

enum { STRENGTH_COLUMN = 2, TEXT_COLUMN = 18, ITEM_COLUMN = 20, LINES_RUN_IN = 3, TRACES_WIDTH = 26 };

static bool is_certain(const struct set_item *item, unsigned strength)
{
    return (item->state == ITEM_EXCLUDED || item->state == ITEM_INCLUDED) && item->strength == strength;
}

static bool is_undecided(const struct set_item *item)
{
    return item->named && item->state == ITEM_UNDECIDED;
}

/* A choice or an open question of this strength; an open question has none. */
static bool is_group(const struct report *r, uint32_t rule, uint32_t row, unsigned strength)
{
    enum row_type type = (enum row_type)r->v->image->ROWS[row].type;
    bool group = type == ROWTYPE_CHOICE || type == ROWTYPE_EQUIPOISE;
    return group && r->v->image->ROWS[row].strength == strength && set_row_shown(r->v, rule, row, type);
}

/* ---- Lines: the items of one strength that have one reason, or a choice between items ------------- */

struct line {
    struct buffer names, why, traces, numbers, other;
    struct buffer first, last; /* the requirements between which those of the items lie */
    bool more;                 /* the source says more of an item than stands here */
};

typedef void line_visit(struct report *r, const struct line *line, void *user);

/* "a, b*": with what tells that the source says more of them. */
static void put_line_names(struct report *r, const struct line *line, struct buffer *out)
{
    buffer_printf(out, "%s%s", buffer_text(&line->names), line->more ? "*" : "");
    r->starred |= line->more;
}

static void line_free(struct report *r, struct line *line)
{
    struct buffer *buffers[] = {&line->names, &line->why,   &line->traces, &line->numbers,
                                &line->other, &line->first, &line->last};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        r->out->failed |= buffers[i]->failed;
        buffer_free(buffers[i]);
    }
}

static void buffer_take(struct buffer *to, const struct buffer *from)
{
    buffer_clear(to);
    buffer_put(to, buffer_text(from));
}

/* The first row that made the item. */
static uint32_t row_of_item(const struct report *r, uint32_t rule, uint32_t index)
{
    uint32_t row = r->v->image->RULES[rule].rows.first;
    while (!set_row_made(r->v, rule, row, index))
        row++;
    return row;
}

/* A reason that has a value of this patient in it; of what speaks against an item, any. */
static bool is_reason(const struct report *r, uint32_t row, unsigned strength)
{
    struct run parts = r->v->image->ROWS[row].because;
    if (strength == STRENGTH_CONTRAINDICATED || strength == STRENGTH_NOT_RECOMMENDED) return parts.count > 0;
    for (uint32_t i = parts.first; i < parts.first + parts.count; i++)
        if (r->v->image->PARTS[i].node != NONE32) return strength != STRENGTH_OPTION;
    return false;
}

/* Whether a source says more of the item than is shown: its words may limit it. */
static bool has_more(const struct report *r, uint32_t rule, uint32_t index)
{
    struct run rows = r->v->image->RULES[rule].rows;
    unsigned strength = eval_items(r->v->context, rule)[index].strength;
    for (uint32_t row = row_of_item(r, rule, index); row < rows.first + rows.count; row++)
        if (set_row_made(r->v, rule, row, index) && r->v->image->ROWS[row].because.count &&
            !is_reason(r, row, strength))
            return true;
    return false;
}

/* What the rows that made the item say of it. */
static void put_reason(struct report *r, uint32_t rule, uint32_t index, struct buffer *out)
{
    struct run rows = r->v->image->RULES[rule].rows;
    unsigned strength = eval_items(r->v->context, rule)[index].strength;
    for (uint32_t row = row_of_item(r, rule, index); row < rows.first + rows.count; row++) {
        if (!set_row_made(r->v, rule, row, index) || !is_reason(r, row, strength)) continue;
        if (out->length) buffer_put(out, "; ");
        view_because(r->v, row, out);
    }
}

static void line_take(struct report *r, uint32_t rule, uint32_t index, struct line *line)
{
    struct buffer *origin = &line->other;
    uint32_t row = row_of_item(r, rule, index);
    buffer_printf(&line->names, "%s%s", line->names.length ? ", " : "", set_item_name(r->v, rule, index));
    line->more |= has_more(r, rule, index);
    buffer_clear(origin);
    report_put_traces(r, rule, row, origin);
    report_put_once(&line->traces, origin, ", ");
    report_put_numbers(r, rule, row, &line->numbers);
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
    if (line->traces.length <= TRACES_WIDTH) return;
    buffer_clear(&line->traces);
    buffer_printf(&line->traces, "%s to %s", buffer_text(&line->first), buffer_text(&line->last));
}

/* "blinatumomab or hsct (undecided)" */
static void put_choice(const struct report *r, uint32_t rule, const struct image_row *row, struct buffer *out)
{
    static const char *const MARKS[] = {[ITEM_EXCLUDED] = " (excluded)", [ITEM_UNDECIDED] = " (undecided)"};
    const struct set_item *items = eval_items(r->v->context, rule);
    const char *between = row->type == ROWTYPE_CHOICE ? " or " : ", ";
    for (uint32_t i = 0; i < row->items.count; i++) {
        uint32_t item = r->v->image->INDEXES[row->items.first + i];
        bool marked = items[item].state == ITEM_EXCLUDED || items[item].state == ITEM_UNDECIDED;
        buffer_printf(out, "%s%s%s", i ? between : "", set_item_name(r->v, rule, item),
                      marked ? MARKS[items[item].state] : "");
    }
}

static void visit_group(struct report *r, uint32_t rule, uint32_t row, line_visit *visit, void *user)
{
    const struct image_row *ir = &r->v->image->ROWS[row];
    struct line line = {.names = {0}};
    put_choice(r, rule, ir, &line.names);
    if (is_reason(r, row, ir->strength)) view_because(r->v, row, &line.why);
    report_put_traces(r, rule, row, &line.traces);
    report_put_numbers(r, rule, row, &line.numbers);
    visit(r, &line, user);
    line_free(r, &line);
}

static void visit_lines(struct report *r, uint32_t rule, unsigned strength, line_visit *visit, void *user)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct run rows = r->v->image->RULES[rule].rows;
    uint8_t taken[SET_MEMBERS] = {0};
    for (uint32_t i = 0; i < count && strength != STRENGTH_NONE; i++) {
        if (taken[i] || !is_certain(&items[i], strength)) continue;
        struct line line = {.names = {0}};
        line_gather(r, rule, i, strength, taken, &line);
        visit(r, &line, user);
        line_free(r, &line);
    }
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (is_group(r, rule, row, strength)) visit_group(r, rule, row, visit, user);
}

/* ---- What a rule recommends with one strength ----------------------------------------------------- */

static void count_line(struct report *r, const struct line *line, void *user)
{
    (void)r;
    (void)line;
    ++*(unsigned *)user;
}

static void write_text(struct report *r, const char *strength, unsigned start, const char *text,
                       const char *origin)
{
    struct page_column columns[] = {
        {STRENGTH_COLUMN, TEXT_COLUMN - STRENGTH_COLUMN - 1, strength},
        {start, PAGE_WIDTH - start, text},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
    page_aside(r->out, origin);
}

static void write_listed(struct report *r, const struct line *line, void *user)
{
    (void)user;
    struct buffer *text = report_begin(r);
    put_line_names(r, line, text);
    if (line->why.length) buffer_printf(text, ": %s", buffer_text(&line->why));
    buffer_clear(&r->side);
    report_join(&r->side, &line->traces, &line->numbers);
    write_text(r, "", ITEM_COLUMN, buffer_text(text), buffer_text(&r->side));
}

struct run_in {
    struct buffer text, traces, numbers;
    const char *between; /* before the next line */
};

/* "[1] [2]" into "[2] [3]": "[2] [3] [1]" */
static void put_words_once(struct buffer *out, const char *words)
{
    struct buffer one = {0};
    while (*words) {
        size_t length = strcspn(words, " ");
        buffer_clear(&one);
        buffer_bytes(&one, words, length);
        report_put_once(out, &one, " ");
        words += length + strspn(words + length, " ");
    }
    out->failed |= one.failed;
    buffer_free(&one);
}

static void put_run_in(struct report *r, const struct line *line, void *user)
{
    struct run_in *run_in = user;
    buffer_put(&run_in->text, run_in->between);
    put_line_names(r, line, &run_in->text);
    if (line->why.length) buffer_printf(&run_in->text, " (%s)", buffer_text(&line->why));
    report_put_once(&run_in->traces, &line->traces, ", ");
    put_words_once(&run_in->numbers, buffer_text(&line->numbers));
    run_in->between = "; ";
}

static unsigned count_lines(struct report *r, uint32_t rule, unsigned strength)
{
    unsigned count = 0;
    visit_lines(r, rule, strength, count_line, &count);
    return count;
}

/* Options stand beside what the rule recommends where both are short. */
static bool takes_options(struct report *r, uint32_t rule)
{
    unsigned recommended = count_lines(r, rule, STRENGTH_RECOMMENDED);
    return recommended && recommended + count_lines(r, rule, STRENGTH_OPTION) <= LINES_RUN_IN;
}

static void write_run_in(struct report *r, uint32_t rule, unsigned strength, const char *word)
{
    struct run_in run_in = {.between = ": "};
    buffer_put(&run_in.text, report_title(r, rule));
    visit_lines(r, rule, strength, put_run_in, &run_in);
    run_in.between = "; option ";
    if (strength == STRENGTH_RECOMMENDED && takes_options(r, rule))
        visit_lines(r, rule, STRENGTH_OPTION, put_run_in, &run_in);
    buffer_clear(&r->side);
    report_join(&r->side, &run_in.traces, &run_in.numbers);
    write_text(r, word, TEXT_COLUMN, buffer_text(&run_in.text), buffer_text(&r->side));
    r->out->failed |= run_in.text.failed | run_in.traces.failed | run_in.numbers.failed;
    buffer_free(&run_in.text);
    buffer_free(&run_in.traces);
    buffer_free(&run_in.numbers);
}

/* Few lines follow their title; more of them stand below it. */
static void write_strength(struct report *r, uint32_t rule, unsigned strength)
{
    const char *word = strength ? strength_word((enum strength)strength) : "equipoise";
    unsigned count = count_lines(r, rule, strength);
    if (count == 0 || (strength == STRENGTH_OPTION && takes_options(r, rule))) return;
    if (count <= LINES_RUN_IN) {
        write_run_in(r, rule, strength, word);
        return;
    }
    write_text(r, word, TEXT_COLUMN, report_title(r, rule), "");
    visit_lines(r, rule, strength, write_listed, NULL);
}

/* ---- The section ---------------------------------------------------------------------------------- */

/* Nothing that is certain, or an open question, is only advisory. */
bool report_says_something(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t i = 0; i < count; i++)
        if (is_certain(&items[i], items[i].strength)) return true;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (is_group(r, rule, row, r->v->image->ROWS[row].strength)) return true;
    return false;
}

uint32_t report_undecided_count(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), undecided = 0;
    for (uint32_t i = 0; i < count; i++)
        undecided += is_undecided(&items[i]);
    return undecided;
}

/* What is advised to everybody is counted. */
static bool is_for_everybody(const struct report *r, uint32_t rule, uint32_t index)
{
    struct run rows = r->v->image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (r->v->image->ROWS[row].node != NONE32 && set_row_made(r->v, rule, row, index)) return false;
    return true;
}

static uint32_t advisory_count(const struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items), advisory = 0;
    for (uint32_t i = 0; i < count; i++)
        advisory += is_certain(&items[i], STRENGTH_ADVISORY) && is_for_everybody(r, rule, i);
    return advisory;
}

/* What is advised because of something of this patient. */
static void write_advice(struct report *r, uint32_t rule)
{
    const struct set_item *items;
    uint32_t count = set_items(r->v, rule, &items);
    struct line line = {.names = {0}};
    for (uint32_t i = 0; i < count; i++)
        if (is_certain(&items[i], STRENGTH_ADVISORY) && !is_for_everybody(r, rule, i))
            line_take(r, rule, i, &line);
    if (line.names.length) {
        struct buffer *text = report_begin(r);
        buffer_printf(text, "%s: ", report_title(r, rule));
        put_line_names(r, &line, text);
        buffer_clear(&r->side);
        report_join(&r->side, &line.traces, &line.numbers);
        write_text(r, strength_word(STRENGTH_ADVISORY), TEXT_COLUMN, buffer_text(text),
                   buffer_text(&r->side));
    }
    line_free(r, &line);
}

static void find_reason(struct report *r, const struct line *line, void *user)
{
    (void)r;
    *(bool *)user |= line->why.length > 0;
}

/* Whether something of this patient is the reason for what the rule says with this strength: that stands
 * first. */
static bool is_of_patient(struct report *r, uint32_t rule, unsigned strength)
{
    bool found = false;
    visit_lines(r, rule, strength, find_reason, &found);
    return found;
}

/* "Undecided: 7 of relapse_adult, 1 of watch." */
static void put_counted(struct report *r, report_holds *holds, const char *title,
                        uint32_t (*count_of)(const struct report *r, uint32_t rule), struct buffer *text)
{
    const char *between = NULL;
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        uint32_t count =
            report_shows(r, rule, holds) && report_says_something(r, rule) ? count_of(r, rule) : 0;
        if (!count) continue;
        if (!between) buffer_printf(text, "%s%s", text->length ? " " : "", title);
        buffer_printf(text, "%s%u of %s", between ? between : "", count,
                      view_text(r->v, r->v->image->RULES[rule].name));
        between = ", ";
    }
    if (between) buffer_put(text, ".");
}

/* What is advisory only, and what is undecided, is counted.  A rule that says nothing for certain is among
   what is unknown. */
void report_brief_recommendations(struct report *r, report_holds *holds)
{
    for (unsigned at = 2 * (STRENGTH_NONE + 1); at < 2 * STRENGTH_ADVISORY; at++)
        for (uint32_t i = 0; i < r->v->order_count; i++) {
            uint32_t rule = r->v->order[i];
            if (report_shows(r, rule, holds) && is_of_patient(r, rule, at / 2) == (at % 2 == 0))
                write_strength(r, rule, at / 2);
        }
    for (uint32_t i = 0; i < r->v->order_count; i++)
        if (report_shows(r, r->v->order[i], holds)) write_strength(r, r->v->order[i], STRENGTH_NONE);
    for (uint32_t i = 0; i < r->v->order_count; i++)
        if (report_shows(r, r->v->order[i], holds)) write_advice(r, r->v->order[i]);
    struct buffer *text = report_begin(r);
    put_counted(r, holds, "Advisory: ", advisory_count, text);
    put_counted(r, holds, "Undecided: ", report_undecided_count, text);
    if (r->starred) buffer_printf(text, "%s* more: --only NAME.", text->length ? " " : "");
    page_text(r->out, STRENGTH_COLUMN, buffer_text(text));
}
