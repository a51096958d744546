/*
 * Alerts and monitors element by element: what the oracle says of each, and what lasts of it.
 */
#include "tests/oracle/trial_each.h"

#include <string.h>

/* ---- Elements at one moment ------------------------------------------------------------------------- */

/* The machine and the oracle list elements in the order of time, and those that can lie at the same moments
 * in any. */
static bool lie_together(const struct part *a, const struct part *b)
{
    return a->item->at.lo == b->item->at.lo && a->item->at.hi == b->item->at.hi;
}

bool part_is_alone(const struct verdict *v, int i)
{
    return (i == 0 || !lie_together(&v->parts[i], &v->parts[i - 1])) &&
           (i + 1 == v->part_count || !lie_together(&v->parts[i], &v->parts[i + 1]));
}

/* ---- Rows ------------------------------------------------------------------------------------------- */

/* The condition of a row in the image, as the oracle numbers them; -1: it has none. */
static int row_number(const struct specimen *s, const struct decl *rule, uint32_t first, uint32_t k)
{
    const struct image_row *row = &s->machine->image.ROWS[first + k];
    if (row->otherwise) return -1;
    return rule->kind == DECL_MONITOR ? (int)row->member : (int)k;
}

bool states_agree(struct specimen *s, const struct decl *rule, const enum truth *rows, int count,
                  FILE *report)
{
    const struct run in_image = s->machine->image.RULES[specimen_index(s, rule)].rows;
    bool good = true;
    for (uint32_t k = 0; k < in_image.count; k++) {
        int n = row_number(s, rule, in_image.first, k);
        if (n < 0 || n >= count) continue;
        enum truth found = (enum truth)eval_row(s->evaluator->context, in_image.first + k)->truth;
        bool decided = rows[n] == TRUTH_YES || rows[n] == TRUTH_NO;
        s->tally.truths++;
        s->tally.decided += decided;
        if (!decided || found == rows[n]) continue;
        fprintf(report, "%s row %u: the oracle says %s, the machine %s\n", rule->name.text, k + 1,
                truth_word(rows[n]), truth_word(found));
        good = false;
    }
    return good;
}

/* ---- The oracle and the machine --------------------------------------------------------------------- */

static bool decided(enum truth truth)
{
    return truth == TRUTH_YES || truth == TRUTH_NO;
}

/* What the machine says of an element; -1: nothing is decided.  An alert is not raised for one that does not
 * count. */
static int state_found(const struct decl *rule, const struct each_part *found)
{
    if (rule->kind == DECL_ALERT && found->counts == TRUTH_NO) return ALERT_NOT_RAISED;
    return found->outcome == OUTCOME_DECIDED ? found->member : -1;
}

static bool is_so(const struct decl *rule, const struct part *part, const struct each_part *found,
                  bool applies)
{
    if (applies && decided(part->counts) && found->counts != part->counts) return false;
    return !part->sure || part->counts == TRUTH_NO || !applies || state_found(rule, found) == part->member;
}

static void report_part(const struct decl *rule, const struct part *part, const struct each_part *found,
                        int at, FILE *report)
{
    fprintf(report, "%s, element %d: the oracle says that it counts: %s, state %d%s; the machine %s, %s %d\n",
            rule->name.text, at + 1, truth_word(part->counts), part->member, part->sure ? "" : " (not sure)",
            truth_word((enum truth)found->counts), outcome_word((enum outcome)found->outcome), found->member);
}

/* The rows of one element that may count, as the machine shows them for it alone. */
static bool focus_agrees(struct specimen *s, const struct decl *rule, const struct part *part, int at,
                         FILE *report)
{
    struct eval_context *context = s->evaluator->context;
    if (part->counts == TRUTH_NO || eval_each(context, specimen_index(s, rule))[at].counts == TRUTH_NO)
        return true;
    eval_focus(context, specimen_index(s, rule), (uint32_t)at);
    const struct rule_result *found = specimen_result(s, rule);
    bool good = states_agree(s, rule, part->rows, part->row_count, report);
    if (good && part->sure && found->applies == TRUTH_YES &&
        (found->outcome != OUTCOME_DECIDED || found->member != part->member)) {
        fprintf(report, "%s, looked at again: %s %d\n", rule->name.text,
                outcome_word((enum outcome)found->outcome), found->member);
        good = false;
    }
    eval_unfocus(context);
    if (!good) fprintf(report, "%s, of element %d\n", rule->name.text, at + 1);
    return good;
}

static bool part_agrees(struct specimen *s, const struct decl *rule, const struct verdict *v, int i,
                        FILE *report)
{
    const struct part *part = &v->parts[i];
    const struct each_part *found = &eval_each(s->evaluator->context, specimen_index(s, rule))[i];
    s->tally.parts++;
    s->tally.parts_sure += part->sure;
    s->tally.parts_out += part->counts == TRUTH_NO;
    if (is_so(rule, part, found, v->applies == TRUTH_YES)) return focus_agrees(s, rule, part, i, report);
    report_part(rule, part, found, i, report);
    return false;
}

/* Of those that lie together any may be which: each that the oracle is sure of must be there so often. */
static bool mixed_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, int first,
                        FILE *report)
{
    const struct each_part *found = eval_each(s->evaluator->context, specimen_index(s, rule));
    int wanted[MONITOR_STATE_COUNT] = {0}, there[MONITOR_STATE_COUNT] = {0}, i = first;
    for (; i == first || (i < v->part_count && lie_together(&v->parts[i], &v->parts[first])); i++) {
        wanted[v->parts[i].member] += v->parts[i].sure && v->parts[i].counts == TRUTH_YES;
        int state = state_found(rule, &found[i]);
        if (state >= 0) there[state]++;
    }
    bool good = true;
    for (int k = 0; k < MONITOR_STATE_COUNT; k++)
        good = good && there[k] >= wanted[k];
    if (!good)
        fprintf(report, "%s, elements %d to %d: not the states that the oracle is sure of\n", rule->name.text,
                first + 1, i);
    return good;
}

bool parts_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report)
{
    uint32_t index = specimen_index(s, rule), count = eval_each_count(s->evaluator->context, index);
    if (count != (uint32_t)v->part_count) {
        fprintf(report, "%s: %u elements are seen, the oracle sees %d\n", rule->name.text, count,
                v->part_count);
        return false;
    }
    bool good = true;
    for (int i = 0; i < v->part_count; i++) {
        if (part_is_alone(v, i))
            good = part_agrees(s, rule, v, i, report) && good;
        else if (i == 0 || !lie_together(&v->parts[i], &v->parts[i - 1]))
            good = (v->applies != TRUTH_YES || mixed_agree(s, rule, v, i, report)) && good;
    }
    return good;
}
