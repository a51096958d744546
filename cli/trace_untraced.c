/* Why a row may have no requirement of its own: it passes on what others trace, or stands beside an amount
 * that does. */
#include "cli/trace_untraced.h"

const char *const untraced_words[UNTRACED_COUNT] = {
#define UNTRACED(name, word, meaning) word,
#include "cli/trace_untraced.def"
#undef UNTRACED
};

/* A clause that only says when a dose is not simply given. */
static bool speaks_up(const struct image_row *row)
{
    return row->type == ROWTYPE_ASK || row->type == ROWTYPE_WARN || row->type == ROWTYPE_WITHHOLD;
}

/* ---- What it passes on ------------------------------------------------------------------------------------
 */

static bool rule_traces(const struct image *image, uint32_t rule)
{
    const struct image_rule *r = &image->RULES[rule];
    bool traces = r->traces.count > 0;
    for (uint32_t row = r->rows.first; row < r->rows.first + r->rows.count && !traces; row++)
        traces = image->ROWS[row].traces.count > 0;
    return traces;
}

static bool reads_traced_rules(const struct image *image, const struct image_subject *subject)
{
    for (uint32_t i = subject->reads.first; i < subject->reads.first + subject->reads.count; i++) {
        uint32_t read = image->INDEXES[i];
        if (read_kind_of(read) != READ_RULE || !rule_traces(image, read_index_of(read))) return false;
    }
    return subject->reads.count > 0;
}

static bool passes_on(const struct image *image, const struct image_row *row)
{
    bool passes = speaks_up(row) && row->reads.count > 0;
    for (uint32_t i = row->reads.first; i < row->reads.first + row->reads.count && passes; i++)
        passes = reads_traced_rules(image, &image->SUBJECTS[image->INDEXES[i]]);
    return passes;
}

/* ---- What stands with the amounts ------------------------------------------------------------------------
 */

static bool is_amount(const struct image_row *row)
{
    return row->type == ROWTYPE_AMOUNT || row->type == ROWTYPE_STEP;
}

static bool amounts_trace(const struct image *image, const struct image_rule *rule)
{
    for (uint32_t row = rule->rows.first; row < rule->rows.first + rule->rows.count; row++)
        if (is_amount(&image->ROWS[row]) && !image->ROWS[row].traces.count) return false;
    return true;
}

static bool stands_with_amount(const struct image *image, uint32_t rule, const struct image_row *row)
{
    return (row->type == ROWTYPE_ROUTE || row->type == ROWTYPE_SCHEDULE) &&
           amounts_trace(image, &image->RULES[rule]);
}

/* ---- What is the institution's --------------------------------------------------------------------------
 */

static bool changes_amount(const struct image_row *row)
{
    return row->type == ROWTYPE_CHOOSE || row->type == ROWTYPE_LEAST || row->type == ROWTYPE_MOST ||
           row->type == ROWTYPE_ROUND;
}

static bool reads_parameter(const struct image *image, struct run reads)
{
    for (uint32_t i = reads.first; i < reads.first + reads.count; i++)
        if (read_kind_of(image->INDEXES[i]) == READ_PARAM) return true;
    return false;
}

struct limits {
    bool of_parameter, of_rule; /* a parameter is a limit; the rule itself writes a value */
};

static bool look_at(void *user, const struct result_view *v, uint32_t node)
{
    struct limits *limits = user;
    const struct image_node *n = &v->image->NODES[node];
    limits->of_rule |= n->kind == NODE_LITERAL;
    for (uint32_t child = n->child; n->kind == NODE_COMPARE && child != NONE32;
         child = v->image->NODES[child].next)
        limits->of_parameter |=
            v->image->NODES[child].kind == NODE_PARAM && v->image->NODES[child].type.kind == KIND_NUM;
    return true;
}

static bool is_institution(const struct result_view *v, const struct image_row *row)
{
    struct limits limits = {false, false};
    if (changes_amount(row)) return reads_parameter(v->image, row->value_reads);
    if (!speaks_up(row) || row->node == NONE32) return false;
    view_walk(v, row->node, look_at, &limits);
    return limits.of_parameter && !limits.of_rule;
}

enum trace_untraced untraced_of(const struct result_view *v, uint32_t rule, uint32_t row)
{
    const struct image_row *r = &v->image->ROWS[row];
    if (passes_on(v->image, r)) return UNTRACED_PASSES_ON;
    if (stands_with_amount(v->image, rule, r)) return UNTRACED_WITH_AMOUNT;
    return is_institution(v, r) ? UNTRACED_INSTITUTION : UNTRACED_BARE;
}
