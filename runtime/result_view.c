/* Questions about one evaluated record: rules, rows and trees. */
#include "runtime/result_view.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/fact.h"
#include "runtime/set_view.h"

uint32_t view_order(const struct image *image, uint32_t *order)
{
    uint32_t count = 0;
    for (uint32_t rule = 0; rule < image->RULES_count; rule++) {
        if (!rule_is_listed(&image->RULES[rule])) continue;
        uint32_t at = count++;
        for (; at && image->RULES[order[at - 1]].order > image->RULES[rule].order; at--)
            order[at] = order[at - 1];
        order[at] = rule;
    }
    return count;
}

bool view_shows(const struct result_view *v, uint32_t rule)
{
    return rule_is_listed(&v->image->RULES[rule]) && (!v->only || v->only[rule]);
}

enum truth view_truth(const struct result_view *v, uint32_t row)
{
    return eval_row(v->context, row)->truth;
}

static enum truth truth_of(const struct value *value)
{
    if (value->tag == TAG_KNOWN) return value->yes ? TRUTH_YES : TRUTH_NO;
    return value->tag == TAG_FAULT ? TRUTH_FAULT : TRUTH_UNKNOWN;
}

bool view_node_truth(const struct result_view *v, uint32_t node, enum truth *out)
{
    const struct image_node *n = &v->image->NODES[node];
    if (n->type.kind != KIND_BOOL || n->reg == NONE32) return false;
    *out = truth_of(eval_register(v->context, n->reg));
    return true;
}

bool value_is_exact(const struct value *v)
{
    return v->tag == TAG_KNOWN || v->tag == TAG_OFF;
}

static bool is_open(enum truth truth)
{
    return truth == TRUTH_UNKNOWN || truth == TRUTH_FAULT;
}

/* The rows that carry a result, as against the clauses around it. */
static bool carries_result(const struct image_row *row)
{
    return row->type == ROWTYPE_VALUE || row->type == ROWTYPE_AMOUNT || row->type == ROWTYPE_STEP;
}

/* Of a conflict of two schedules the amounts are no part. */
static bool any_row_used(const struct result_view *v, uint32_t rule)
{
    struct run rows = v->image->RULES[rule].rows;
    for (uint32_t i = rows.first; i < rows.first + rows.count; i++)
        if ((carries_result(&v->image->ROWS[i]) || v->image->ROWS[i].type == ROWTYPE_SCHEDULE) &&
            eval_row(v->context, i)->used)
            return true;
    return false;
}

/* An open row of a classification that would give what came out. */
static bool gives_result(const struct image_row *row, const struct rule_result *r)
{
    if (row->type != ROWTYPE_VALUE) return false;
    switch (r->outcome) {
    case OUTCOME_DECIDED: return row->result == RESULT_VALUE && (int32_t)row->member == r->member;
    case OUTCOME_NO_STATEMENT: return row->result == RESULT_NO_STATEMENT;
    case OUTCOME_EQUIPOISE: return row->result == RESULT_EQUIPOISE;
    default: return false;
    }
}

/* A row of a set made the result where it made one of its items, or is shown beside what goes before it. */
static bool made_in_set(const struct result_view *v, uint32_t rule, uint32_t row)
{
    const struct image_row *r = &v->image->ROWS[row];
    if (set_row_shown(v, rule, row, (enum row_type)r->type)) return true;
    for (uint32_t i = 0; i < r->items.count; i++)
        if (set_row_beaten(v, rule, row, v->image->INDEXES[r->items.first + i])) return true;
    return false;
}

bool view_row_made(const struct result_view *v, uint32_t rule, uint32_t row)
{
    if (rule_fills_set(&v->image->RULES[rule])) return made_in_set(v, rule, row);
    const struct image_row *r = &v->image->ROWS[row];
    const struct row_state *state = eval_row(v->context, row);
    const struct rule_result *result = eval_result(v->context, rule);
    bool own_conflict = result->outcome == OUTCOME_CONFLICT && result->conflict_with == NONE32;
    if (own_conflict && !any_row_used(v, rule)) return carries_result(r) && state->truth == TRUTH_YES;
    if (state->used) return true;
    return is_open(state->truth) && !any_row_used(v, rule) && gives_result(r, result);
}

bool view_row_withholds(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    uint32_t type = v->image->ROWS[row].type;
    return (type == ROWTYPE_WITHHOLD || type == ROWTYPE_TOO_EARLY) && eval_row(v->context, row)->used;
}

const char *view_row_fault(const struct result_view *v, uint32_t row)
{
    uint32_t condition = v->image->ROWS[row].condition;
    if (view_truth(v, row) != TRUTH_FAULT || condition == NONE32) return NULL;
    return fault_sentence(eval_register(v->context, condition)->fault);
}

bool view_decided_by_walk(const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    struct run rows = v->image->RULES[rule].rows;
    if (result->outcome == OUTCOME_UNKNOWN || result->outcome == OUTCOME_FAULT ||
        result->outcome == OUTCOME_NOT_APPLICABLE)
        return false;
    if (result->outcome == OUTCOME_DECIDED && result->action == ACTION_WITHHOLD) return false;
    for (uint32_t i = rows.first; i < rows.first + rows.count; i++)
        if (is_open(view_truth(v, i)) && !eval_row(v->context, i)->unchecked) return true;
    return false;
}

struct run view_traces(const struct result_view *v, uint32_t rule, uint32_t row)
{
    struct run own = v->image->ROWS[row].traces;
    return own.count ? own : v->image->RULES[rule].traces;
}

struct run view_cites(const struct result_view *v, uint32_t rule, uint32_t row)
{
    struct run own = v->image->ROWS[row].cites;
    return own.count ? own : v->image->RULES[rule].cites;
}

void view_parts(const struct result_view *v, struct run parts, struct buffer *out)
{
    for (uint32_t i = parts.first; i < parts.first + parts.count; i++) {
        const struct image_part *part = &v->image->PARTS[i];
        if (part->node == NONE32)
            buffer_put(out, view_text(v, part->literal));
        else
            node_value_text(v, part->node, VALUE_SHORT, out);
    }
}

void view_because(const struct result_view *v, uint32_t row, struct buffer *out)
{
    const struct image_row *r = &v->image->ROWS[row];
    if (!r->because.count && r->node != NONE32) node_words(v, r->node, out);
    view_parts(v, r->because, out);
}

void view_position(const struct result_view *v, uint32_t pc, struct buffer *out)
{
    if (pc >= v->image->SPANS_count) return;
    const struct image_span *span = &v->image->SPANS[pc];
    if (span->file >= v->image->FILES_count) return;
    buffer_printf(out, "%s:%u", image_aside(v->image, v->image->FILES[span->file]), span->line);
}

static void walk_to(const struct result_view *v, uint32_t node, unsigned depth, node_visit *visit, void *user)
{
    if (node == NONE32 || depth > IMAGE_NODE_DEPTH_MAX || !visit(user, v, node)) return;
    for (uint32_t child = v->image->NODES[node].child; child != NONE32; child = v->image->NODES[child].next)
        walk_to(v, child, depth + 1, visit, user);
}

void view_walk(const struct result_view *v, uint32_t root, node_visit *visit, void *user)
{
    walk_to(v, root, 0, visit, user);
}

static void walk_row(const struct result_view *v, const struct image_row *row, node_visit *visit, void *user)
{
    view_walk(v, row->node, visit, user);
    view_walk(v, row->value_node, visit, user);
    for (uint32_t i = row->steps.first; i < row->steps.first + row->steps.count; i++) {
        view_walk(v, v->image->STEPS[i].lo_node, visit, user);
        view_walk(v, v->image->STEPS[i].hi_node, visit, user);
    }
}

/* Of a rule for each element only where one counts or may: else the registers of its rows are of another
 * record. */
static bool rows_were_run(const struct result_view *v, uint32_t rule)
{
    if (v->image->RULES[rule].each == NONE32) return true;
    const struct each_part *parts = eval_each(v->context, rule);
    for (uint32_t k = 0; k < eval_each_count(v->context, rule); k++)
        if (parts[k].counts != TRUTH_NO) return true;
    return false;
}

void view_walk_rule(const struct result_view *v, uint32_t rule, node_visit *visit, void *user)
{
    const struct image_rule *r = &v->image->RULES[rule];
    view_walk(v, r->applies_node, visit, user);
    view_walk(v, r->condition_node, visit, user);
    if (!rows_were_run(v, rule)) return;
    for (uint32_t i = r->rows.first; i < r->rows.first + r->rows.count; i++)
        walk_row(v, &v->image->ROWS[i], visit, user);
}

static int compare_reads(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void add_missing(const struct result_view *v, struct run reads, struct buffer *scratch)
{
    size_t before = scratch->length;
    buffer_repeat(scratch, 0, reads.count * sizeof(uint32_t));
    if (scratch->failed) return;
    uint32_t found = eval_missing_of(v->context, reads, (uint32_t *)(void *)(scratch->data + before));
    buffer_cut(scratch, before + found * sizeof(uint32_t));
}

uint32_t view_row_missing(const struct result_view *v, uint32_t row, struct buffer *scratch,
                          const uint32_t **out)
{
    const struct image_row *r = &v->image->ROWS[row];
    buffer_clear(scratch);
    for (uint32_t i = r->reads.first; i < r->reads.first + r->reads.count; i++) {
        const struct image_subject *subject = &v->image->SUBJECTS[v->image->INDEXES[i]];
        if (!value_is_exact(eval_register(v->context, subject->reg))) add_missing(v, subject->reads, scratch);
    }
    uint32_t count = (uint32_t)(scratch->length / sizeof(uint32_t)), kept = 0;
    if (scratch->failed || !count) return 0;
    uint32_t *reads = (uint32_t *)(void *)scratch->data;
    qsort(reads, count, sizeof *reads, compare_reads);
    for (uint32_t i = 0; i < count; i++)
        if (!kept || reads[kept - 1] != reads[i]) reads[kept++] = reads[i];
    *out = reads;
    return kept;
}

uint32_t view_rule_missing(const struct result_view *v, uint32_t rule, const uint32_t **out)
{
    struct run missing = eval_result(v->context, rule)->missing;
    *out = eval_missing(v->context) + missing.first;
    return missing.count;
}
