/*
 * Alerts and monitors element by element: what the oracle says of each, and what lasts of it.
 */
#include "tests/oracle/trial_each.h"

#include "runtime/alert_view.h"

#include <string.h>

/* ---- Elements at one moment ------------------------------------------------------------------------- */

/* The machine and the oracle list elements in the order of time, and those that can lie at the same moments
 * in any. */
static bool lie_together(const struct happening *a, const struct happening *b)
{
    return a->start == b->start && a->end == b->end;
}

static const struct list_view *view_of(const struct specimen *s, const struct decl *rule)
{
    return &s->oracle->lists[rule->each->a->a->decl->index];
}

/* Whether no other element can lie at the same moments: then it stands in one place of the order for both. */
static bool is_alone(const struct list_view *view, int i)
{
    const struct happening *h = &view->items[i];
    return (i == 0 || !lie_together(h, h - 1)) && (i + 1 == view->count || !lie_together(h, h + 1));
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
        bool sure = rows[n] != TRUTH_UNKNOWN && (rows[n] != TRUTH_FAULT || rule->kind == DECL_ALERT);
        s->tally.truths++;
        s->tally.decided += sure;
        if (!sure || found == rows[n]) continue;
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

/* No state but a fault. */
enum { STATE_BROKEN = MONITOR_STATE_COUNT, STATES };

/* What the machine says of an element; -1: it is open.  An alert is not raised for one that does not count.
 */
static int state_found(const struct decl *rule, const struct each_part *found)
{
    if (rule->kind == DECL_ALERT && found->counts == TRUTH_NO) return ALERT_NOT_RAISED;
    if (found->outcome == OUTCOME_FAULT) return STATE_BROKEN;
    return found->outcome == OUTCOME_DECIDED ? found->member : -1;
}

/* The same of the oracle, where it is sure. */
static int state_said(const struct part *part)
{
    return part->outcome == OUTCOME_FAULT ? STATE_BROKEN : part->member;
}

static bool is_so(const struct decl *rule, const struct part *part, const struct each_part *found,
                  bool applies)
{
    if (applies && decided(part->counts) && found->counts != part->counts) return false;
    return !part->sure || part->counts == TRUTH_NO || !applies ||
           state_found(rule, found) == state_said(part);
}

static void report_part(const struct decl *rule, const struct part *part, const struct each_part *found,
                        int at, FILE *report)
{
    fprintf(report, "%s, element %d: the oracle says that it counts: %s, state %d%s; the machine %s, %s %d\n",
            rule->name.text, at + 1, truth_word(part->counts), part->member, part->sure ? "" : " (not sure)",
            truth_word((enum truth)found->counts), outcome_word((enum outcome)found->outcome), found->member);
}

/* What the rows tell of the element in focus. */
static bool messages_agree(struct specimen *s, const struct decl *rule, const struct part *part, FILE *report)
{
    uint32_t index = specimen_index(s, rule), first = s->machine->image.RULES[index].rows.first;
    struct result_view view = api_view(s->evaluator);
    struct buffer words = {0};
    bool good = true;
    for (int k = 0; k < part->row_count; k++) {
        if (part->says[k] == NULL) continue;
        buffer_clear(&words);
        alert_message(&view, index, first + (uint32_t)k, &words);
        s->tally.told++;
        if (strcmp(buffer_text(&words), part->says[k]) == 0) continue;
        fprintf(report, "%s row %d: the oracle tells \"%s\", the machine \"%s\"\n", rule->name.text, k + 1,
                part->says[k], buffer_text(&words));
        good = false;
    }
    buffer_free(&words);
    return good;
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
    bool good =
        states_agree(s, rule, part->rows, part->row_count, report) && messages_agree(s, rule, part, report);
    if (good && part->sure && found->applies == TRUTH_YES &&
        (found->outcome != part->outcome ||
         (part->outcome == OUTCOME_DECIDED && found->member != part->member))) {
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
    int wanted[STATES] = {0}, there[STATES] = {0}, i = first;
    for (; i == first || (i < v->part_count && lie_together(v->parts[i].item, v->parts[first].item)); i++) {
        wanted[state_said(&v->parts[i])] += v->parts[i].sure && v->parts[i].counts == TRUTH_YES;
        int state = state_found(rule, &found[i]);
        if (state >= 0) there[state]++;
    }
    bool good = true;
    for (int k = 0; k < STATES; k++)
        good = good && there[k] >= wanted[k];
    if (!good)
        fprintf(report, "%s, elements %d to %d: not the states that the oracle is sure of\n", rule->name.text,
                first + 1, i);
    return good;
}

/* An alert is raised where it is for one element, and is not where it is for none. */
static bool whole_follows(struct specimen *s, const struct decl *rule, FILE *report)
{
    const struct rule_result *r = specimen_result(s, rule);
    uint32_t index = specimen_index(s, rule), count = eval_each_count(s->evaluator->context, index);
    bool raised = false, all_not = count > 0, any = false;
    for (uint32_t i = 0; i < count; i++) {
        const struct each_part *part = &eval_each(s->evaluator->context, index)[i];
        if (part->counts == TRUTH_NO) continue;
        any = true;
        raised = raised || (part->outcome == OUTCOME_DECIDED && part->member == ALERT_RAISED);
        all_not = all_not && part->outcome == OUTCOME_DECIDED && part->member == ALERT_NOT_RAISED;
    }
    if (!any || (!raised && !all_not) || oracle_marked(s->oracle, rule) != TRUTH_NO) return true;
    if (r->outcome == OUTCOME_DECIDED && r->member == (raised ? ALERT_RAISED : ALERT_NOT_RAISED)) return true;
    fprintf(report, "%s: %s for %s element, and as a whole %s\n", rule->name.text,
            raised ? "raised" : "not raised", raised ? "one" : "each",
            outcome_word((enum outcome)r->outcome));
    return false;
}

bool parts_agree(struct specimen *s, const struct decl *rule, const struct verdict *v, FILE *report)
{
    uint32_t index = specimen_index(s, rule), count = eval_each_count(s->evaluator->context, index);
    if (count != (uint32_t)v->part_count) {
        fprintf(report, "%s: %u elements are seen, the oracle sees %d\n", rule->name.text, count,
                v->part_count);
        return false;
    }
    bool good = rule->kind != DECL_ALERT || whole_follows(s, rule, report);
    for (int i = 0; i < v->part_count; i++) {
        if (is_alone(view_of(s, rule), i))
            good = part_agrees(s, rule, v, i, report) && good;
        else if (i == 0 || !lie_together(v->parts[i].item, v->parts[i - 1].item))
            good = (v->applies != TRUTH_YES || mixed_agree(s, rule, v, i, report)) && good;
    }
    return good;
}

/* ---- What is decided of an element lasts ------------------------------------------------------------ */

struct kept_parts {
    int count;
    struct kept_part {
        int place;
        struct each_part part;
    } parts[];
};

struct kept_parts *parts_keep(struct specimen *s, const struct decl *rule)
{
    const struct list_view *view = view_of(s, rule);
    struct kept_parts *kept =
        arena_alloc(s->program.arena, sizeof *kept + ((size_t)view->count + 1) * sizeof *kept->parts);
    const struct each_part *parts = eval_each(s->evaluator->context, specimen_index(s, rule));
    for (int i = 0; i < view->count; i++)
        if (is_alone(view, i))
            kept->parts[kept->count++] = (struct kept_part){view->items[i].place, parts[i]};
    return kept;
}

/* The element of that place in the record; NULL where it is not seen, and *mixed where it has no place of its
 * own. */
static const struct each_part *part_at(const struct specimen *s, const struct decl *rule, int place,
                                       bool *mixed)
{
    const struct list_view *view = view_of(s, rule);
    *mixed = false;
    for (int i = 0; i < view->count; i++) {
        if (view->items[i].place != place) continue;
        *mixed = !is_alone(view, i);
        return &eval_each(s->evaluator->context, specimen_index(s, rule))[i];
    }
    return NULL;
}

static uint64_t state_bit(int state)
{
    return UINT64_C(1) << state;
}

/* The states that an element has or may have; OUT: none, since it does not count or the rule does not apply.
 */
enum { OUT = 63 };

static uint64_t states_of(const struct decl *rule, const struct each_part *part)
{
    uint64_t out = state_bit(rule->kind == DECL_ALERT ? ALERT_NOT_RAISED : OUT);
    if (part == NULL || part->counts == TRUTH_NO) return out;
    if (part->outcome == OUTCOME_DECIDED) return state_bit(part->member);
    if (part->outcome == OUTCOME_NOT_APPLICABLE) return state_bit(OUT);
    bool may_be_out = part->possible_outcomes >> OUTCOME_NOT_APPLICABLE & 1;
    return part->possible | (may_be_out ? state_bit(OUT) : 0);
}

bool parts_last(struct specimen *s, const struct decl *rule, const struct kept_parts *before, FILE *report)
{
    bool good = true, mixed;
    for (int i = 0; i < before->count; i++) {
        const struct each_part *part = &before->parts[i].part;
        const struct each_part *now = part_at(s, rule, before->parts[i].place, &mixed);
        bool faulty = part->outcome == OUTCOME_FAULT || (now && now->outcome == OUTCOME_FAULT);
        if (mixed || faulty) continue;
        uint64_t then = states_of(rule, part), after = states_of(rule, now);
        if ((after & ~then) == 0) continue;
        fprintf(
            report, "%s, entry %d of the record: the states %llx are possible with gaps, and %llx without\n",
            rule->name.text, before->parts[i].place + 1, (unsigned long long)then, (unsigned long long)after);
        good = false;
    }
    return good;
}

/* ---- What an element always comes to is decided ----------------------------------------------------- */

struct reached_parts {
    int count;
    struct reached_part {
        bool open; /* the oracle could not tell of one patient */
        uint64_t states;
    } parts[];
};

static struct reached_parts *nothing_reached(struct specimen *s, int count)
{
    struct reached_parts *r =
        arena_alloc(s->program.arena, sizeof *r + ((size_t)count + 1) * sizeof *r->parts);
    r->count = count;
    return r;
}

/* What the oracle says of an element as one bit; 0 where it cannot tell. */
static uint64_t oracle_state(const struct decl *rule, const struct verdict *v, const struct part *part)
{
    if (v->applies == TRUTH_NO) return state_bit(OUT);
    if (v->applies != TRUTH_YES) return 0;
    if (rule->kind == DECL_MONITOR && part->counts == TRUTH_NO) return state_bit(OUT);
    return part->sure && part->outcome == OUTCOME_DECIDED ? state_bit(part->member) : 0;
}

struct reached_parts *parts_reach(struct specimen *s, const struct decl *rule, struct reached_parts *so_far)
{
    const struct verdict *v = oracle_verdict(s->oracle, rule);
    int count = view_of(s, rule)->count;
    if (so_far == NULL) so_far = nothing_reached(s, count);
    for (int i = 0; i < count; i++) {
        uint64_t state = v->part_count == count ? oracle_state(rule, v, &v->parts[i]) : 0;
        so_far->parts[i].states |= state;
        so_far->parts[i].open |= state == 0;
    }
    return so_far;
}

/* Whether it is open of an element whether it counts: then where the windows of the others end is open too,
   and that is not weighed against what lies in them. */
static bool any_may_count(const struct each_part *parts, int count)
{
    for (int i = 0; i < count; i++)
        if (!decided((enum truth)parts[i].counts)) return true;
    return false;
}

bool parts_complete(struct specimen *s, const struct decl *rule, const struct reached_parts *reached,
                    FILE *report)
{
    bool sure = specimen_result(s, rule)->applies == TRUTH_YES;
    const struct each_part *parts = eval_each(s->evaluator->context, specimen_index(s, rule));
    bool good = true, applies = specimen_result(s, rule)->applies != TRUTH_NO;
    bool apart = !any_may_count(parts, reached->count);
    for (int i = 0; i < reached->count; i++) {
        const struct reached_part *r = &reached->parts[i];
        bool judged = rule->kind == DECL_ALERT || (applies && parts[i].counts == TRUTH_YES);
        if (r->open || !judged || !is_alone(view_of(s, rule), i)) continue;
        if (applies && parts[i].outcome == OUTCOME_FAULT) continue;
        uint64_t found = applies ? states_of(rule, &parts[i]) : state_bit(OUT);
        if (!sure && parts[i].counts == TRUTH_NO) found |= state_bit(OUT);
        s->tally.searched++;
        s->tally.same += (r->states & (r->states - 1)) == 0;
        /* of an element that does not count it is not searched whether the rule applies */
        bool bounded = applies && (!apart || !parts[i].exact || parts[i].counts == TRUTH_NO);
        if (bounded ? (r->states & ~found) == 0 : r->states == found) continue;
        fprintf(report,
                "%s, element %d: the states %llx are reached, the machine says that %llx are possible\n",
                rule->name.text, i + 1, (unsigned long long)r->states, (unsigned long long)found);
        good = false;
    }
    return good;
}
