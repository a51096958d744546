/* Rules, their rows, what rows give, and what the walk over regions varies.

   Here it is shown that the walk is safe: a subject is computed in a setup stretch, so that no decision
   writes over the value that the walk has put there; its thresholds are values of its own kind; and the
   rows name only subjects of their own rule. */
#include "runtime/verify.h"

#include <stdlib.h>

/* Whether one run lies in another one. */
static bool run_is(struct run run, struct run whole)
{
    return run.first >= whole.first && (uint64_t)run.first + run.count <= (uint64_t)whole.first + whole.count;
}

/* A register that the rule leaves with a value of this kind, or NONE32. */
static bool kept_or_none(const struct verifier *v, uint32_t reg, enum kind kind, uint32_t rule)
{
    return reg == NONE32 || verify_reg_kept(v, reg, kind, rule);
}

/* ---- Subjects ------------------------------------------------------------------------------------- */

/* The walk writes into the register of a subject and runs the decisions again: they must not write it too. */
static bool subject_is_setup(const struct verifier *v, const struct image_subject *s, uint32_t rule,
                             bool applies)
{
    if (!verify_reg_kept(v, s->reg, (enum kind)s->kind, rule) || v->regs[s->reg].rule == REG_OF_NONE)
        return false;
    enum stretch stretch = (enum stretch)v->regs[s->reg].stretch;
    return stretch == STRETCH_APPLIES_SETUP || (stretch == STRETCH_SETUP && !applies);
}

static bool thresholds_hold(const struct verifier *v, const struct image_subject *s, uint32_t rule)
{
    for (uint32_t i = 0; i < s->thresholds.count; i++) {
        uint32_t threshold = v->image->INDEXES[s->thresholds.first + i];
        bool holds = s->kind == KIND_ENUM ? verify_code_fits(v, threshold, s->enumeration)
                                          : verify_reg_kept(v, threshold, (enum kind)s->kind, rule);
        if (!holds) return false;
    }
    return true;
}

static bool is_item(const struct image *image, const struct image_rule *rule, uint32_t code)
{
    return code < image->ENUMS[rule->enumeration].members.count;
}

/* Whether an earlier set includes one item, or one that varies. */
static bool item_subject_holds(const struct verifier *v, const struct image_subject *s, uint32_t rule)
{
    const struct run items = s->thresholds;
    if (s->rule == NONE32) return items.count == 0;
    const struct image_rule *read = &v->image->RULES[s->rule];
    return s->rule < rule && rule_fills_set(read) && items.count <= 1 &&
           (items.count == 0 || is_item(v->image, read, v->image->INDEXES[items.first]));
}

static bool subject_enumeration_holds(const struct verifier *v, const struct image_subject *s, uint32_t rule)
{
    if (s->kind == KIND_BOOL) return item_subject_holds(v, s, rule);
    if (s->kind != KIND_ENUM) return s->rule == NONE32;
    if (s->enumeration == NONE32 || v->regs[s->reg].detail != s->enumeration) return false;
    if (s->rule == NONE32) return true;
    const struct image_rule *read = &v->image->RULES[s->rule];
    return s->rule < rule && rule_is_classified(read) && read->enumeration == s->enumeration;
}

static bool subjects_hold(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    if (rule->applies_subjects.count > 0 && rule->applies_subjects.first != rule->subjects.first)
        return verify_refuse(v, "RULES", index, "the subjects of `applies` do not come first");
    if (rule->applies_subjects.count > rule->subjects.count)
        return verify_refuse(v, "RULES", index, "`applies` has more subjects than the rule");
    for (uint32_t i = 0; i < rule->subjects.count; i++) {
        const struct image_subject *s = &v->image->SUBJECTS[rule->subjects.first + i];
        bool holds = s->kind != KIND_NONE &&
                     subject_is_setup(v, s, index, i < rule->applies_subjects.count) &&
                     subject_enumeration_holds(v, s, index) &&
                     (s->kind == KIND_BOOL || thresholds_hold(v, s, index)) &&
                     kept_or_none(v, s->unless_known, KIND_NONE, index);
        if (!holds) return verify_refuse(v, "SUBJECTS", rule->subjects.first + i, "nothing can vary it");
    }
    return true;
}

/* ---- What rows give ------------------------------------------------------------------------------- */

/* by_day: the step is one of several, or of a table. */
static bool step_holds(const struct verifier *v, const struct image_step *step, uint32_t rule, bool by_day)
{
    bool amount =
        verify_reg_kept(v, step->lo, KIND_NUM, rule) && verify_reg_kept(v, step->hi, KIND_NUM, rule);
    bool none = step->lo == NONE32 && step->hi == NONE32;
    return (amount || none) && verify_node_shows(v, step->lo_node, step->lo) &&
           verify_node_shows(v, step->hi_node, step->hi) && verify_days(v, step->days) &&
           (step->days.count > 0 || !by_day);
}

static bool steps_hold(const struct verifier *v, const struct image_row *row, uint32_t rule)
{
    bool gives = row->type == ROWTYPE_AMOUNT || row->type == ROWTYPE_STEP;
    if ((row->steps.count > 0) != gives) return false;
    for (uint32_t i = 0; i < row->steps.count; i++)
        if (!step_holds(v, &v->image->STEPS[row->steps.first + i], rule,
                        row->type == ROWTYPE_STEP || row->steps.count > 1))
            return false;
    return true;
}

static bool routes_hold(const struct verifier *v, const struct image_row *row, uint32_t rule)
{
    if (row->routes.count > 0 && row->type != ROWTYPE_ROUTE) return false;
    for (uint32_t i = 0; i < row->routes.count; i++) {
        const struct image_route *route = &v->image->ROUTES[row->routes.first + i];
        if (!kept_or_none(v, route->over, KIND_NUM, rule) || !kept_or_none(v, route->over_to, KIND_NUM, rule))
            return false;
        if (route->over == NONE32 && route->over_to != NONE32) return false;
    }
    return true;
}

static bool value_holds(const struct verifier *v, const struct image_row *row, uint32_t rule)
{
    switch (row->type) {
    case ROWTYPE_CHOOSE:
    case ROWTYPE_LEAST:
    case ROWTYPE_MOST:
    case ROWTYPE_ROUND: return verify_reg_kept(v, row->value, KIND_NUM, rule);
    case ROWTYPE_TOO_EARLY:
    case ROWTYPE_TOO_LATE:
        return verify_reg_kept(v, row->value, KIND_DAY, rule) ||
               verify_reg_kept(v, row->value, KIND_TIME, rule);
    default: return row->value == NONE32;
    }
}

/* ---- Rows ----------------------------------------------------------------------------------------- */

static bool row_reads_hold(const struct verifier *v, const struct image_row *row,
                           const struct image_rule *rule)
{
    for (uint32_t i = 0; i < row->reads.count; i++) {
        struct run one = {v->image->INDEXES[row->reads.first + i], 1};
        if (!run_is(one, rule->subjects)) return false;
    }
    return true;
}

static bool classify_row_holds(const struct verifier *v, const struct image_row *row,
                               const struct image_rule *rule)
{
    bool member = row->result != RESULT_VALUE || verify_code_fits(v, row->member, rule->enumeration);
    return row->type == ROWTYPE_VALUE && member;
}

static bool is_set_row(const struct image_row *row)
{
    return row->type >= ROWTYPE_INCLUDE && row->type <= ROWTYPE_EXCLUDE;
}

/* The rows of a set name its items, each with a strength where it is a recommendation. */
static bool set_row_holds(const struct verifier *v, const struct image_row *row,
                          const struct image_rule *rule)
{
    bool strong = rule->kind == RULE_RECOMMEND && row->type != ROWTYPE_EQUIPOISE;
    for (uint32_t i = 0; i < row->items.count; i++)
        if (!is_item(v->image, rule, v->image->INDEXES[row->items.first + i])) return false;
    return is_set_row(row) && row->items.count > 0 && row->items.count <= SET_MEMBERS &&
           (row->strength != STRENGTH_NONE) == strong && !row->otherwise && row->result == RESULT_VALUE &&
           row->instead_of == NONE32;
}

static bool dose_row_holds(const struct image_row *row)
{
    return row->type != ROWTYPE_VALUE && !is_set_row(row) && !row->otherwise && row->result == RESULT_VALUE;
}

static bool row_is_of_kind(const struct verifier *v, const struct image_row *row,
                           const struct image_rule *rule)
{
    if (rule_fills_set(rule)) return set_row_holds(v, row, rule);
    if (row->items.count > 0 || row->strength != STRENGTH_NONE) return false;
    if (!rule_tells(rule) && (row->say.count > 0 || row->advices.count > 0)) return false;
    return rule_is_classified(rule) ? classify_row_holds(v, row, rule) : dose_row_holds(row);
}

static bool row_holds(const struct verifier *v, const struct image_row *row, uint32_t at, uint32_t index)
{
    const struct image_rule *rule = &v->image->RULES[index];
    bool overrides = row->instead_of == NONE32 ||
                     (row->instead_of != at && run_is((struct run){row->instead_of, 1}, rule->rows));
    return row_is_of_kind(v, row, rule) && overrides && kept_or_none(v, row->condition, KIND_BOOL, index) &&
           value_holds(v, row, index) && verify_node_shows(v, row->value_node, row->value) &&
           steps_hold(v, row, index) && routes_hold(v, row, index) && row_reads_hold(v, row, rule) &&
           verify_row_schedule(v, row, index);
}

static bool rows_hold(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    if (rule->rows.count > IMAGE_ROWS_MAX) return verify_refuse(v, "RULES", index, "it has too many rows");
    for (uint32_t i = 0; i < rule->rows.count; i++) {
        uint32_t at = rule->rows.first + i;
        if (!row_holds(v, &v->image->ROWS[at], at, index))
            return verify_refuse(v, "ROWS", at, "it is no row of its rule");
    }
    return true;
}

/* ---- Rules ---------------------------------------------------------------------------------------- */

static bool classes_hold(const struct verifier *v, const struct image_rule *rule)
{
    if (rule->enumeration == NONE32) return false;
    const struct image_enum *classes = &v->image->ENUMS[rule->enumeration];
    return classes->members.count > 0 && classes->members.count <= IMAGE_CLASSES_MAX && !classes->or_other;
}

static bool items_hold(const struct verifier *v, const struct image_rule *rule)
{
    return rule->enumeration != NONE32 && v->image->ENUMS[rule->enumeration].members.count <= SET_MEMBERS;
}

static bool is_read(const struct verifier *v, uint32_t read, uint32_t rule)
{
    return read < rule && v->image->RULES[read].kind < RULE_GUARANTEE;
}

static bool asked_item_holds(const struct image *image, const struct image_rule *rule)
{
    const struct image_rule *set = &image->RULES[rule->asked];
    return rule_fills_set(set) && is_item(image, set, rule->asked_item);
}

static bool asked_rows_hold(const struct image *image, const struct image_rule *rule)
{
    struct run rows = image->RULES[rule->asked].rows;
    for (uint32_t k = 0; k < rule->asked_rows.count; k++)
        if (image->INDEXES[rule->asked_rows.first + k] - rows.first >= rows.count) return false;
    return true;
}

static bool question_holds(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    const bool item = rule->asked_item != NONE32, rows = rule->asked_rows.count > 0;
    if (rule->question == QUESTION_NONE) return rule->asked == NONE32 && !item && !rows;
    if (rule->asked == NONE32 || !is_read(v, rule->asked, index)) return false;
    if (item && !asked_item_holds(v->image, rule)) return false;
    if (rule->question <= QUESTION_ITEM) return !rows && (item || rule->question == QUESTION_UNKNOWN);
    return !item && v->image->RULES[rule->asked].kind == RULE_DOSE && asked_rows_hold(v->image, rule);
}

static bool test_holds(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    if (rule->kind != RULE_EXPECT)
        return rule->test == NONE32 && rule->question == QUESTION_NONE && rule->asked == NONE32 &&
               rule->asked_item == NONE32 && rule->asked_rows.count == 0;
    return rule->test != NONE32 && run_is((struct run){index, 1}, v->image->TESTS[rule->test].expects) &&
           question_holds(v, rule, index);
}

static bool condition_holds(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    for (uint32_t i = 0; i < rule->names.count; i++)
        if (!is_read(v, v->image->INDEXES[rule->names.first + i], index)) return false;
    if (rule->kind < RULE_GUARANTEE) return rule->condition == NONE32 && rule->names.count == 0;
    if (rule->rows.count != 0 || rule->subjects.count != 0) return false;
    if (rule->kind == RULE_SHOWN) return rule->condition == NONE32 && rule->names.count == 0;
    return verify_reg_kept(v, rule->condition, KIND_BOOL, index);
}

static bool applies_holds(const struct verifier *v, const struct image_rule *rule, uint32_t index)
{
    if (rule->applies == NONE32) return true;
    if (!verify_reg_kept(v, rule->applies, KIND_BOOL, index)) return false;
    const struct reg_fact *fact = &v->regs[rule->applies];
    return fact->rule == REG_OF_NONE || fact->stretch <= STRETCH_APPLIES_DECIDE;
}

static bool rule_holds(const struct verifier *v, uint32_t index)
{
    const struct image_rule *rule = &v->image->RULES[index];
    if (rule_is_classified(rule) && !classes_hold(v, rule))
        return verify_refuse(v, "RULES", index, "its values are none of a classification");
    if (rule_fills_set(rule) && !items_hold(v, rule))
        return verify_refuse(v, "RULES", index, "its items are none of a set");
    if (!applies_holds(v, rule, index) || !condition_holds(v, rule, index) || !test_holds(v, rule, index))
        return verify_refuse(v, "RULES", index, "it is none of its kind");
    return subjects_hold(v, rule, index) && rows_hold(v, rule, index) && verify_alert(v, index);
}

/* Each place in the order of output is taken once. */
static bool order_holds(const struct verifier *v)
{
    bool *taken = calloc(v->image->RULES_count + (size_t)1, sizeof *taken), holds = taken != NULL;
    for (uint32_t i = 0; holds && i < v->image->RULES_count; i++) {
        bool *place = &taken[v->image->RULES[i].order];
        holds = !*place;
        *place = true;
    }
    free(taken);
    return holds || verify_refuse(v, "RULES", 0, "their order is none");
}

bool verify_rules(const struct verifier *v)
{
    for (uint32_t i = 0; i < v->image->RULES_count; i++)
        if (!rule_holds(v, i)) return false;
    return order_holds(v);
}
