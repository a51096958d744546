/* Finds out why a result is what it is: the rows, their conditions, and what these read. */
#include "runtime/explain_tree.h"

#include <string.h>

#include "runtime/course_view.h"
#include "runtime/near_words.h"
#include "runtime/set_view.h"
#include "runtime/worksheet.h"

struct explain_item *explain_add(struct explain_tree *t, uint32_t parent, uint32_t *index)
{
    static const struct explain_item NOTHING;
    uint32_t item = (uint32_t)(t->items.length / sizeof NOTHING);
    buffer_bytes(&t->items, (const char *)&NOTHING, sizeof NOTHING);
    if (t->items.failed) item = 0;
    *index = item;
    if (!item) return explain_at(t, 0);
    struct explain_item *above = explain_at(t, parent);
    if (above->last)
        explain_at(t, above->last)->next = item;
    else
        above->child = item;
    above->last = item;
    return explain_at(t, item);
}

static size_t words_of(struct explain_tree *t, uint32_t node)
{
    size_t begin = text_begin(t);
    node_words(t->view, node, &t->texts);
    return text_end(t, begin);
}

static size_t fact_value_part(struct explain_tree *t, const struct fact *f, uint32_t converted)
{
    size_t begin = text_begin(t);
    uint32_t set = set_of_node(t->view, f->node);
    if (set != NONE32 && set_has_items(eval_result(t->view->context, set)))
        set_words(t->view, set, &t->texts);
    else if (f->value && f->node->kind != NODE_LITERAL)
        value_text(&t->texts, t->view->image, &f->node->type, f->value, VALUE_EXACT);
    if (f->text) buffer_printf(&t->texts, "%s%s", t->texts.length > begin ? " " : "", f->text);
    if (converted != NONE32) {
        buffer_put(&t->texts, ", that is ");
        node_value_text(t->view, converted, VALUE_EXACT, &t->texts);
    }
    return text_end(t, begin);
}

static size_t note_part(struct explain_tree *t, const struct fact *f, uint32_t node)
{
    size_t begin = text_begin(t);
    if (f->value && (f->value->tag == TAG_UNKNOWN || f->value->tag == TAG_FAULT))
        fact_why(t->view, f, &t->texts);
    worksheet_origin(t->view, node, true, &t->texts);
    if (t->texts.length > begin) buffer_put(&t->texts, "; ");
    size_t entries = t->texts.length;
    worksheet_entries(t->view, node, &t->texts);
    if (entries > begin && t->texts.length == entries) buffer_cut(&t->texts, entries - 2);
    return text_end(t, begin);
}

/* When it was observed, unless that is its value. */
static size_t date_part(struct explain_tree *t, const struct fact *f)
{
    size_t begin = text_begin(t);
    if (f->node->kind != NODE_FIELD || f->node->ref != NONE32) fact_date(t->view, f, &t->texts);
    return text_end(t, begin);
}

static uint32_t add_fact(struct explain_tree *t, uint32_t parent, const struct worksheet_line *line)
{
    struct fact f = fact_of(t->view, line->node);
    struct explain_item found = {
        .text = words_of(t, line->node),
        .value = fact_value_part(t, &f, line->converted),
        .at = date_part(t, &f),
        .written = f.written ? text_of(t, f.written) : 0,
        .note = note_part(t, &f, line->node),
        .formula = line->formula == NONE32 ? 0 : words_of(t, line->formula),
    };
    bool same = found.value && found.written &&
                strcmp(explain_string(t, found.value), explain_string(t, found.written)) == 0;
    if (same && !explain_failed(t)) found.written = 0;
    uint32_t index;
    *explain_add(t, parent, &index) = found;
    return index;
}

/* The lines of a sheet as items: a line deeper than the one before is its child. */
static void add_sheet(struct explain_tree *t, uint32_t parent, struct worksheet *sheet)
{
    uint32_t above[IMAGE_NODE_DEPTH_MAX + 2] = {parent};
    for (uint32_t i = 0; i < worksheet_count(sheet); i++) {
        const struct worksheet_line *line = worksheet_line(sheet, i);
        if (line->depth > IMAGE_NODE_DEPTH_MAX) continue;
        above[line->depth + 1] = add_fact(t, above[line->depth], line);
    }
    t->items.failed |= sheet->lines.failed;
    buffer_free(&sheet->lines);
}

void explain_add_reads(struct explain_tree *t, uint32_t parent, uint32_t node)
{
    struct worksheet sheet = {0};
    worksheet_begin(&sheet, t->view);
    worksheet_reads(&sheet, node);
    add_sheet(t, parent, &sheet);
}

static void add_factors(struct explain_tree *t, uint32_t parent, uint32_t node)
{
    struct worksheet sheet = {0};
    worksheet_begin(&sheet, t->view);
    worksheet_factors(&sheet, node);
    add_sheet(t, parent, &sheet);
}

static const char *joining_word(enum node_kind kind)
{
    switch (kind) {
    case NODE_AND: return "all of these";
    case NODE_OR: return "any of these";
    case NODE_NOT: return "not";
    case NODE_IMPLIES: return "the first implies the second";
    default: return NULL;
    }
}

static void add_condition(struct explain_tree *t, uint32_t parent, uint32_t node, unsigned depth);

/* `a and b and c` is a tree of pairs: all parts stand side by side. */
static void add_parts(struct explain_tree *t, uint32_t parent, uint32_t node, unsigned depth)
{
    const struct image *image = t->view->image;
    uint32_t kind = image->NODES[node].kind;
    bool joins = kind == NODE_AND || kind == NODE_OR;
    if (depth > IMAGE_NODE_DEPTH_MAX) return;
    for (uint32_t child = image->NODES[node].child; child != NONE32; child = image->NODES[child].next)
        if (joins && image->NODES[child].kind == kind)
            add_parts(t, parent, child, depth + 1);
        else
            add_condition(t, parent, child, depth + 1);
}

/* A yes or no that is read as it stands, with what its words read. */
static void add_plain_fact(struct explain_tree *t, uint32_t parent, uint32_t node, size_t is)
{
    struct worksheet sheet = {0};
    worksheet_begin(&sheet, t->view);
    worksheet_reads(&sheet, node);
    uint32_t index = worksheet_count(&sheet) ? (uint32_t)(t->items.length / sizeof(struct explain_item)) : 0;
    add_sheet(t, parent, &sheet);
    if (!index || explain_failed(t)) return;
    explain_at(t, index)->value = 0;
    explain_at(t, index)->is = is;
}

static void add_condition(struct explain_tree *t, uint32_t parent, uint32_t node, unsigned depth)
{
    const struct image_node *n = &t->view->image->NODES[node];
    const char *joining = joining_word(n->kind);
    enum truth truth;
    uint32_t index;
    if (depth > IMAGE_NODE_DEPTH_MAX) return;
    size_t is = view_node_truth(t->view, node, &truth) ? text_of(t, truth_word(truth)) : 0;
    if (node_is_fact(n) && is) {
        add_plain_fact(t, parent, node, is);
        return;
    }
    struct explain_item found = {.text = joining ? text_of(t, joining) : words_of(t, node), .is = is};
    *explain_add(t, parent, &index) = found;
    if (joining)
        add_parts(t, index, node, depth);
    else if (n->kind == NODE_DEFINE && n->child != NONE32)
        add_condition(t, index, n->child, depth + 1);
    else
        explain_add_reads(t, index, node);
}

void explain_add_conditions(struct explain_tree *t, uint32_t parent, uint32_t node)
{
    if (node == NONE32) return;
    if (t->view->image->NODES[node].kind == NODE_AND)
        add_parts(t, parent, node, 0);
    else
        add_condition(t, parent, node, 0);
}

static void put_row_gives(struct explain_tree *t, uint32_t rule, const struct image_row *row)
{
    buffer_printf(&t->texts, "%s: ", view_text(t->view, row->id));
    row_words(t->view, rule, row, &t->texts);
    if (row->otherwise) buffer_put(&t->texts, " (otherwise)");
}

/* The row that holds and stands in the place of this one. */
static uint32_t overriding(const struct explain_tree *t, uint32_t rule, uint32_t row)
{
    struct run rows = t->view->image->RULES[rule].rows;
    for (uint32_t i = rows.first; i < rows.first + rows.count; i++)
        if (t->view->image->ROWS[i].instead_of == row && view_truth(t->view, i) == TRUTH_YES) return i;
    return NONE32;
}

static bool is_clause(const struct image_row *row)
{
    return row->type == ROWTYPE_CHOOSE || row->type == ROWTYPE_LEAST || row->type == ROWTYPE_MOST ||
           row->type == ROWTYPE_ROUND;
}

/* A row that holds beside one that goes before it, of a rule that came to a result. */
static bool is_outranked(const struct explain_tree *t, uint32_t rule, uint32_t row)
{
    const struct row_state *state = eval_row(t->view->context, row);
    return state->truth == TRUTH_YES && !state->used && t->view->image->ROWS[row].type == ROWTYPE_VALUE &&
           eval_result(t->view->context, rule)->outcome <= OUTCOME_EQUIPOISE;
}

static size_t row_note(struct explain_tree *t, uint32_t rule, uint32_t row)
{
    const struct row_state *state = eval_row(t->view->context, row);
    const struct image_row *r = &t->view->image->ROWS[row];
    uint32_t instead = overriding(t, rule, row);
    size_t begin = text_begin(t);
    if (state->truth == TRUTH_YES && instead != NONE32)
        buffer_printf(&t->texts, "%s stands instead", view_text(t->view, t->view->image->ROWS[instead].id));
    else if (state->unchecked)
        buffer_put(&t->texts, "unchecked");
    else if (state->truth == TRUTH_YES && is_clause(r))
        buffer_put(&t->texts, state->used ? "changed the amount" : "changed nothing");
    else if (state->truth == TRUTH_YES && !state->used && rule_fills_set(&t->view->image->RULES[rule]))
        buffer_put(&t->texts, "what else is said of it goes before it");
    else if (is_outranked(t, rule, row))
        buffer_put(&t->texts, "another row goes before it");
    return text_end(t, begin);
}

/* One end of an amount, with its factors where it is not a number that the rule prints. */
static void add_amount(struct explain_tree *t, uint32_t parent, uint32_t rule, uint32_t node, uint32_t reg)
{
    const struct image *image = t->view->image;
    const struct image_type type = {.kind = KIND_NUM, .enumeration = NONE32, .unit = image->RULES[rule].unit};
    uint32_t index;
    if (node == NONE32 || image->NODES[node].kind == NODE_LITERAL) return;
    size_t text = words_of(t, node), begin = text_begin(t);
    value_text(&t->texts, image, &type, eval_register(t->view->context, reg), VALUE_EXACT);
    size_t value = text_end(t, begin);
    *explain_add(t, parent, &index) = (struct explain_item){.text = text, .value = value};
    if (worksheet_is_product(t->view, node))
        add_factors(t, index, node);
    else
        explain_add_reads(t, index, node);
}

static void add_amounts(struct explain_tree *t, uint32_t parent, uint32_t rule, uint32_t row)
{
    const struct image_row *r = &t->view->image->ROWS[row];
    if (view_truth(t->view, row) == TRUTH_NO) return;
    for (uint32_t i = r->steps.first; i < r->steps.first + r->steps.count; i++) {
        const struct image_step *step = &t->view->image->STEPS[i];
        add_amount(t, parent, rule, step->lo_node, step->lo);
        if (step->hi_node != step->lo_node) add_amount(t, parent, rule, step->hi_node, step->hi);
    }
}

/* Which one change would have made a row that does not hold, or `applies when`, hold. */
static void add_near_miss(struct explain_tree *t, uint32_t parent, uint32_t rule, uint32_t row)
{
    struct near_miss miss;
    uint32_t index;
    if (!near_miss_find(t->view->context, rule, row, &miss)) return;
    size_t begin = text_begin(t);
    near_miss_words(t->view, &miss, &t->texts);
    struct explain_item found = {.text = text_end(t, begin)};
    begin = text_begin(t);
    near_miss_margin(t->view, &miss, &t->texts);
    found.note = text_end(t, begin);
    *explain_add(t, parent, &index) = found;
}

/* What the dates of a schedule are counted from, and its lengths. */
static void add_schedule(struct explain_tree *t, uint32_t parent, uint32_t row)
{
    const struct image_row *r = &t->view->image->ROWS[row];
    if (r->schedule == NONE32 || view_truth(t->view, row) == TRUTH_NO) return;
    const struct image_schedule *s = &t->view->image->SCHEDULES[r->schedule];
    const uint32_t nodes[] = {s->start_node, s->end_node, s->every_node, s->every_to_node};
    struct worksheet sheet = {0};
    worksheet_begin(&sheet, t->view);
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
        if (nodes[i] != NONE32) worksheet_reads(&sheet, nodes[i]);
    add_sheet(t, parent, &sheet);
}

static void add_row(struct explain_tree *t, uint32_t rule, uint32_t row)
{
    const struct image_row *r = &t->view->image->ROWS[row];
    size_t begin = text_begin(t);
    put_row_gives(t, rule, r);
    struct explain_item found = {.text = text_end(t, begin)};
    found.is = text_of(t, truth_word(view_truth(t->view, row)));
    found.note = row_note(t, rule, row);
    uint32_t index;
    *explain_add(t, t->under, &index) = found;
    explain_add_conditions(t, index, r->node);
    add_near_miss(t, index, rule, row);
    bool interval =
        r->type == ROWTYPE_TOO_EARLY || r->type == ROWTYPE_TOO_LATE; /* its condition has the value */
    if (r->value_node != NONE32 && !interval && view_truth(t->view, row) != TRUTH_NO)
        explain_add_reads(t, index, r->value_node);
    add_amounts(t, index, rule, row);
    add_schedule(t, index, row);
}

static bool in_run(const struct image *image, struct run indexes, uint32_t value)
{
    for (uint32_t i = indexes.first; i < indexes.first + indexes.count; i++)
        if (image->INDEXES[i] == value) return true;
    return false;
}

/* Whether an open row compares the subject. */
static bool is_read_open(const struct explain_tree *t, uint32_t rule, uint32_t subject)
{
    const struct image *image = t->view->image;
    struct run rows = image->RULES[rule].rows;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        enum truth truth = view_truth(t->view, row);
        if (truth != TRUTH_YES && truth != TRUTH_NO && !eval_row(t->view->context, row)->unchecked &&
            in_run(image, image->ROWS[row].reads, subject))
            return true;
    }
    return false;
}

/* A result that stands although rows are open: "whatever age_at_diagnosis is, the result is the same". */
static void add_whatever(struct explain_tree *t, uint32_t rule)
{
    const struct image *image = t->view->image;
    struct run subjects = image->RULES[rule].subjects;
    if (!view_decided_by_walk(t->view, rule)) return;
    for (uint32_t i = subjects.first; i < subjects.first + subjects.count; i++) {
        const struct image_subject *subject = &image->SUBJECTS[i];
        bool open = subject->node != NONE32 &&
                    !value_is_exact(eval_register(t->view->context, subject->reg)) &&
                    is_read_open(t, rule, i);
        if (!open) continue;
        uint32_t index;
        size_t begin = text_begin(t);
        buffer_put(&t->texts, "whatever ");
        node_words(t->view, subject->node, &t->texts);
        buffer_put(&t->texts, " is, the result is the same");
        *explain_add(t, t->under, &index) = (struct explain_item){.text = text_end(t, begin)};
        explain_add_reads(t, index, subject->node);
    }
}

/* The regions of one missing value, gathered while near_outcomes goes through them. */
struct outcome_lines {
    struct explain_tree *tree;
    uint32_t rule, subject;
    uint32_t parent; /* item */
    struct value region;
    struct buffer said;     /* the result of the line in hand */
    struct buffer as_it_is; /* the result of the record */
    bool begun, other, decides;
};

static void end_line(struct outcome_lines *l)
{
    struct explain_tree *t = l->tree;
    size_t begin = text_begin(t);
    uint32_t index;
    near_region_words(t->view, l->subject, &l->region, l->other, &t->texts);
    struct explain_item found = {.text = text_end(t, begin)};
    found.is = text_of(t, buffer_text(&l->said));
    *explain_add(t, l->parent, &index) = found;
}

/* Neighbours that give one result are one line. */
static void add_region(void *user, const struct value *region, bool other)
{
    struct outcome_lines *l = user;
    const struct image_subject *subject = &l->tree->view->image->SUBJECTS[l->subject];
    struct buffer result = {0};
    explain_result(l->tree->view, l->rule, &result);
    l->decides |= eval_result(l->tree->view->context, l->rule)->outcome != OUTCOME_UNKNOWN;
    if (rule_fills_set(&l->tree->view->image->RULES[l->rule]))
        l->decides |= strcmp(buffer_text(&result), buffer_text(&l->as_it_is)) != 0;
    bool range = subject->kind == KIND_NUM || subject->kind == KIND_DAY || subject->kind == KIND_TIME;
    if (range && l->begun && strcmp(buffer_text(&l->said), buffer_text(&result)) == 0) {
        near_extend(&l->region, region, (enum kind)subject->kind);
    } else {
        if (l->begun) end_line(l);
        l->region = *region;
        l->other = other;
        l->begun = true;
        buffer_clear(&l->said);
        buffer_put(&l->said, buffer_text(&result));
    }
    l->tree->items.failed |= result.failed || l->said.failed;
    buffer_free(&result);
}

/* What each missing value would decide by itself, the others staying unknown. */
static void add_outcomes(struct explain_tree *t, uint32_t rule, uint32_t subject)
{
    const struct image_subject *s = &t->view->image->SUBJECTS[subject];
    if (!near_is_shown(t->view->image, s)) return;
    size_t items = t->items.length, texts = text_begin(t);
    struct explain_item above = *explain_at(t, t->under);
    struct outcome_lines lines = {.tree = t, .rule = rule, .subject = subject};
    buffer_put(&t->texts, "what ");
    node_words(t->view, s->node, &t->texts);
    buffer_put(&t->texts, " would decide");
    size_t text = text_end(t, texts);
    explain_add(t, t->under, &lines.parent)->text = text;
    explain_result(t->view, rule, &lines.as_it_is);
    if (near_outcomes(t->view->context, rule, subject, add_region, &lines)) end_line(&lines);
    t->items.failed |= lines.as_it_is.failed;
    buffer_free(&lines.as_it_is);
    buffer_free(&lines.said);
    if (lines.decides || explain_failed(t)) return;
    if (above.last) explain_at(t, above.last)->next = 0;
    *explain_at(t, t->under) = above;
    buffer_cut(&t->items, items);
    buffer_cut(&t->texts, texts);
}

static void add_what_decides(struct explain_tree *t, uint32_t rule)
{
    struct run subjects = t->view->image->RULES[rule].subjects;
    if (eval_result(t->view->context, rule)->outcome != OUTCOME_UNKNOWN) return;
    for (uint32_t i = subjects.first; i < subjects.first + subjects.count && !explain_failed(t); i++)
        add_outcomes(t, rule, i);
}

void explain_result(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    if (result->outcome != OUTCOME_DECIDED) {
        buffer_put(out, outcome_word(result->outcome));
        if (result->outcome == OUTCOME_FAULT) buffer_printf(out, " (%s)", fault_sentence(result->fault));
        if (!rule_fills_set(r) || result->outcome != OUTCOME_UNKNOWN) return;
        buffer_put(out, "; ");
        set_words(v, rule, out);
    } else if (rule_fills_set(r))
        set_words(v, rule, out);
    else if (rule_tells(r))
        buffer_put(out, state_word(r, result->member));
    else if (r->kind == RULE_CLASSIFY)
        buffer_put(out, member_name(v->image, r->enumeration, result->member));
    else if (r->kind == RULE_GUARANTEE)
        buffer_put(out, result->member ? "holds" : "does not hold");
    else if (r->kind == RULE_EXPECT)
        buffer_put(out, result->member ? "yes" : "no");
    else {
        buffer_put(out, action_word(result->action));
        if (view_plan_is_amount(v, rule)) buffer_put(out, " ");
        if (view_plan_is_amount(v, rule)) view_plan(v, rule, VALUE_EXACT, out);
    }
}

static void add_applies(struct explain_tree *t, uint32_t rule)
{
    const struct image_rule *r = &t->view->image->RULES[rule];
    if (r->applies_node == NONE32) return;
    struct explain_item found = {.text = text_of(t, "applies")};
    found.is = text_of(t, truth_word(eval_result(t->view->context, rule)->applies));
    uint32_t index;
    *explain_add(t, t->under, &index) = found;
    explain_add_conditions(t, index, r->applies_node);
    add_near_miss(t, index, rule, NONE32);
}

void explain_add_rows(struct explain_tree *t, uint32_t rule)
{
    const struct image_rule *r = &t->view->image->RULES[rule];
    add_whatever(t, rule);
    add_what_decides(t, rule);
    explain_add_window(t, rule);
    if (r->condition_node != NONE32) add_condition(t, t->under, r->condition_node, 0);
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count; row++)
        add_row(t, rule, row);
}

void explain_build(struct explain_tree *tree, const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    *tree = (struct explain_tree){.view = v};
    buffer_bytes(&tree->texts, "", 1);
    buffer_bytes(&tree->items, (const char *)&(struct explain_item){0}, sizeof(struct explain_item));
    if (explain_failed(tree)) return;
    explain_at(tree, 0)->text = text_of(tree, view_text(v, r->name ? r->name : r->label));
    size_t begin = text_begin(tree);
    explain_result(v, rule, &tree->texts);
    explain_at(tree, 0)->value = text_end(tree, begin);
    add_applies(tree, rule);
    /* a guarantee may have made a fault of a rule whose rows have not run */
    const struct rule_result *result = eval_result(v->context, rule);
    if (result->outcome == OUTCOME_NOT_APPLICABLE || result->applies == TRUTH_NO) return;
    if (r->each == NONE32)
        explain_add_rows(tree, rule);
    else
        explain_add_each(tree, rule);
}

void explain_tree_free(struct explain_tree *tree)
{
    buffer_free(&tree->items);
    buffer_free(&tree->texts);
}
