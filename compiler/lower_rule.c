/* Rules: `applies when`, then the rows or the body of each kind.

   A row is filled in on the C stack and put into its place at the end: lowering its condition may move
   ROWS, and a pointer into it would point at the old block. */
#include "compiler/lower.h"
#include "compiler/types.h"
#include "compiler/unparse.h"

#include <string.h>

/* The parts are gathered first, so that they are one run of PARTS whatever lowering them adds. */
struct run lower_because(struct ir_program *p, const struct text *text)
{
    struct run run = {0, 0};
    if (text == NULL) return run;
    uint32_t count = 0;
    for (const struct text_part *t = text->parts; t; t = t->next)
        count++;
    struct image_part *parts = arena_alloc(p->arena, (count + 1) * sizeof *parts);
    for (const struct text_part *t = text->parts; t; t = t->next)
        parts[run.count++] = t->expr ? (struct image_part){0, lower_value(p, t->expr).node}
                                     : (struct image_part){ir_text(p, t->literal), NONE32};
    run.first = p->PARTS.count;
    for (uint32_t i = 0; i < run.count; i++)
        *(struct image_part *)ir_add(p, &p->PARTS) = parts[i];
    return run;
}

struct image_row *lower_row_new(struct ir_program *p, struct image_rule *rule)
{
    struct image_row *row = ir_add(p, &p->ROWS);
    *row = (struct image_row){.condition = NONE32,
                              .node = NONE32,
                              .instead_of = NONE32,
                              .schedule = NONE32,
                              .value = NONE32,
                              .value_node = NONE32};
    rule->rows.count++;
    return row;
}

/* Lowers a row's condition and notes which subjects it compares. */
void lower_row_condition(struct ir_program *p, struct image_row *row, const struct expr *when)
{
    struct ir_list reads;
    lower_row_begin(p, &reads);
    lower_row_end(p, row, lower_each_condition(p, when));
}

void lower_row_begin(struct ir_program *p, struct ir_list *reads)
{
    *reads = (struct ir_list){.item = sizeof(uint32_t)};
    p->row_reads = reads;
}

void lower_row_end(struct ir_program *p, struct image_row *row, struct operand condition)
{
    struct ir_list *reads = p->row_reads;
    p->row_reads = NULL;
    row->condition = condition.reg;
    row->node = condition.node;
    for (uint32_t i = 0; i < reads->count; i++)
        /* ir_rule_end puts the rule's subjects behind those that are there now */
        *(uint32_t *)ir_at(reads, i) += p->SUBJECTS.count;
    row->reads = ir_indexes(p, (const uint32_t *)(const void *)reads->items, reads->count);
}

void lower_row_tail(struct ir_program *p, struct image_row *row, const struct tail *tail)
{
    row->traces = lower_traces(p, tail);
    row->cites = lower_cites(p, tail);
    row->because = lower_because(p, tail->because);
}

/* ---- Classify ------------------------------------------------------------------------------------- */

const char *lower_row_id(struct ir_program *p, const struct decl *d, const struct row *row, uint32_t n)
{
    if (row->name.text) return arena_printf(p->arena, "%s.%s", d->name.text, row->name.text);
    return arena_printf(p->arena, "%s#%u", d->name.text, n);
}

/* The number of the row among those of the rule. */
static uint32_t row_named(const struct row *rows, const char *name)
{
    uint32_t i = 0;
    for (; rows; rows = rows->next, i++)
        if (rows->name.text && strcmp(rows->name.text, name) == 0) return i;
    return NONE32;
}

static void classify_row(struct ir_program *p, const struct decl *d, const struct row *row,
                         struct image_rule *rule)
{
    static const enum row_result results[] = {[ROW_VALUE] = RESULT_VALUE,
                                              [ROW_NO_STATEMENT] = RESULT_NO_STATEMENT,
                                              [ROW_EQUIPOISE] = RESULT_EQUIPOISE};
    struct image_row r = *lower_row_new(p, rule);
    uint32_t place = p->ROWS.count - 1;
    r.type = ROWTYPE_VALUE;
    r.id = ir_text(p, lower_row_id(p, d, row, rule->rows.count));
    r.otherwise = row->otherwise;
    r.result = results[row->kind];
    r.member = row->member ? (uint32_t)row->member->code : 0;
    if (row->instead_of.text) {
        uint32_t named = row_named(d->rows, row->instead_of.text);
        r.instead_of = named == NONE32 ? NONE32 : rule->rows.first + named;
    }
    lower_row_condition(p, &r, row->when);
    lower_row_tail(p, &r, &row->tail);
    *(struct image_row *)ir_at(&p->ROWS, place) = r;
}

static void lower_classify(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    static const enum rule_policy policies[] = {[POLICY_AGREEMENT] = RULE_AGREEMENT,
                                                [POLICY_FIRST_MATCH] = RULE_FIRST_MATCH,
                                                [POLICY_HIGHEST] = RULE_HIGHEST};
    rule->kind = RULE_CLASSIFY;
    rule->policy = policies[d->policy];
    rule->enumeration = (uint32_t)d->enumeration->index;
    for (const struct row *row = d->rows; row; row = row->next)
        classify_row(p, d, row, rule);
}

/* ---- Guarantees and expectations ------------------------------------------------------------------ */

/* `(R includes ITEM) is unknown`: the R, where it is a rule. */
static const struct decl *set_of_item(const struct expr *e)
{
    return e->kind == EXPR_INCLUDES && e->a->kind == EXPR_NAME && e->b->value ? lower_set_of(e->a) : NULL;
}

static bool asks_why_unknown(const struct expr *e)
{
    if (e->kind != EXPR_IS_STATE || e->state != STATE_UNKNOWN || e->negated) return false;
    return (e->a->kind == EXPR_NAME && e->a->decl && decl_is_rule(e->a->decl)) || set_of_item(e->a);
}

/* `is unknown because of A, B`: the machine compares the names with what the rule waits for. */
static void lower_unknown(struct ir_program *p, const struct expr *e, struct image_rule *rule)
{
    const struct decl *set = set_of_item(e->a);
    rule->question = QUESTION_UNKNOWN;
    rule->asked = lower_rule_index(p, set ? set : e->a->decl);
    if (set) rule->asked_item = (uint32_t)e->a->b->value->code;
    lower_reasons(p, e->reasons, rule);
}

/* A guarantee marks the rules that it reads where it does not hold. */
static void names_read(struct ir_program *p, uint32_t reg, struct image_rule *rule)
{
    const struct ir_reg *r = ir_reads(p, reg);
    struct ir_list names = {.item = sizeof(uint32_t)};
    for (uint32_t i = 0; r && i < r->read_count; i++)
        if (r->reads[i] >> 28 == READ_RULE) ir_push(p, &names, r->reads[i] & 0x0FFFFFFF);
    rule->names = ir_indexes(p, (const uint32_t *)(const void *)names.items, names.count);
}

/* The whole condition is a value: what a guarantee or a test says is not searched for, only looked at. */
void lower_guarantee_condition(struct ir_program *p, const struct expr *e, struct image_rule *rule)
{
    if (asks_why_unknown(e)) lower_unknown(p, e, rule);
    struct operand o = lower_value(p, lower_question(p, e, rule));
    rule->condition = o.reg;
    rule->condition_node = o.node;
    names_read(p, o.reg, rule);
}

/* ---- Entry ---------------------------------------------------------------------------------------- */

static void lower_applies(struct ir_program *p, const struct decl *d, struct image_rule *rule)
{
    if (d->applies == NULL) return;
    struct operand o = lower_condition(p, d->applies);
    rule->applies = o.reg;
    rule->applies_node = o.node;
}

/* The machine has room for so many. */
static void check_row_count(struct ir_program *p, const struct decl *d, uint32_t count)
{
    if (count <= IMAGE_ROWS_MAX) return;
    diag_report(&p->compilation->sink, DIAG_ROWS_TOO_MANY, d->name.span,
                "a rule has at most %d rows and clauses, this one has %u", IMAGE_ROWS_MAX, count);
}

struct image_rule *lower_rule_add(struct ir_program *p, const char *label, uint32_t order)
{
    struct image_rule *rule = ir_add(p, &p->RULES);
    *rule = (struct image_rule){.label = ir_text(p, label),
                                .order = order,
                                .enumeration = NONE32,
                                .applies = NONE32,
                                .applies_node = NONE32,
                                .condition = NONE32,
                                .condition_node = NONE32,
                                .test = NONE32,
                                .asked = NONE32,
                                .asked_item = NONE32,
                                .each = NONE32,
                                .alert = NONE32,
                                .monitor = NONE32};
    rule->rows.first = p->ROWS.count;
    return rule;
}

/* Called once for each rule, in the order in which they run; rows are appended, so the rule's own are
   one run. */
void lower_rule(struct ir_program *p, const struct decl *d, uint32_t order)
{
    struct image_rule *rule = lower_rule_add(p, d->label ? d->label->plain : NULL, order);
    rule->name = ir_text(p, d->kind == DECL_GUARANTEE ? NULL : d->name.text);
    rule->traces = lower_traces(p, &d->tail);
    rule->cites = lower_cites(p, &d->tail);
    ir_rule_begin(p, d->span);
    lower_applies(p, d, rule);
    ir_rule_body(p);
    if (d->kind == DECL_CLASSIFY) {
        lower_classify(p, d, rule);
    } else if (d->kind == DECL_DOSE) {
        lower_dose(p, d, rule);
    } else if (decl_fills_set(d)) {
        lower_set_rule(p, d, rule);
    } else if (d->kind == DECL_ALERT) {
        lower_alert(p, d, rule);
    } else if (d->kind == DECL_MONITOR) {
        lower_monitor(p, d, rule);
    } else {
        rule->kind = RULE_GUARANTEE;
        lower_guarantee_condition(p, d->body, rule);
    }
    ir_rule_end(p);
    check_row_count(p, d, rule->rows.count);
}
