/* Every combination of the regions of a rule's open subjects. */
#include "runtime/each.h"
#include "runtime/opcode.h"
#include "runtime/regions.h"
#include "runtime/verdict.h"
#include "runtime/walk.h"

#include <string.h>

/* In eval_context.choice_of, above every choice: a subject that is marked and none, and one that is not
 * marked. */
enum { CHOICE_NONE = 254, CHOICE_UNMARKED = 255 };
_Static_assert(WALK_LIMIT < 1 << 16, "a choice has two regions at least, so there are few");

void walk_prepare(struct eval_context *context, size_t subjects)
{
    memset(context->choice_of, CHOICE_UNMARKED, subjects);
}

struct walk {
    struct eval_context *context;
    const struct image_rule *rule;
    walk_visit *visit;
    void *data;
    uint32_t choices; /* that many of the variables, the first ones, have more than one region */
    uint64_t stale_applies, stale_rows; /* what has changed since these were decided */
};

/* The truth of a row; of an alert's also whether the element in hand is there. */
static uint8_t row_truth(const struct eval_context *context, const struct image_rule *rule, uint32_t place)
{
    enum truth truth = truth_at(context, context->row_facts[rule->rows.first + place].condition);
    if (rule->each == NONE32 || rule->kind != RULE_ALERT) return (uint8_t)truth;
    return (uint8_t)each_if_there(context, truth);
}

void walk_truths(struct eval_context *context, const struct image_rule *rule)
{
    if (context->each_list != EACH_GIVEN) {
        each_truths(context, rule);
        return;
    }
    const struct row_fact *facts = context->row_facts + rule->rows.first;
    const struct value *registers = context->registers;
    uint8_t *truths = context->truths;
    for (uint32_t k = 0; k < rule->rows.count; k++)
        truths[k] =
            (uint8_t)(facts[k].condition == NONE32 ? TRUTH_YES : truth_of(&registers[facts[k].condition]));
    if (rule->each == NONE32 || rule->kind != RULE_ALERT || !context->each_maybe_later) return;
    for (uint32_t k = 0; k < rule->rows.count; k++)
        truths[k] = (uint8_t)each_if_there(context, (enum truth)truths[k]);
}

/* ---- What is varied ------------------------------------------------------------------------------- */

void walk_matter_none(struct eval_context *context)
{
    context->matter_count = 0;
}

void walk_matter(struct eval_context *context, uint32_t place)
{
    context->matters[context->matter_count++] = place;
}

static void mark(struct eval_context *context, uint32_t subject)
{
    if (context->choice_of[subject] != CHOICE_UNMARKED) return;
    context->choice_of[subject] = CHOICE_NONE;
    context->marked[context->marked_count++] = subject;
}

void walk_mark(struct eval_context *context, const struct image_rule *rule)
{
    const struct image *image = context->image;
    for (uint32_t k = 0; k < context->marked_count; k++)
        context->choice_of[context->marked[k]] = CHOICE_UNMARKED;
    context->marked_count = 0;
    for (uint32_t k = 0; k < context->matter_count; k++) {
        struct run reads = image->ROWS[rule->rows.first + context->matters[k]].reads;
        for (uint32_t i = 0; i < reads.count; i++)
            mark(context, image->INDEXES[reads.first + i] - rule->subjects.first);
    }
    if (!truth_is_open((uint8_t)truth_at(context, rule->applies))) return;
    for (uint32_t k = 0; k < rule->applies_subjects.count; k++)
        mark(context, rule->applies_subjects.first - rule->subjects.first + k);
}

/* Finds what is varied, what has one region only standing in it already; false where that makes too many
   combinations. */
static bool vary(struct eval_context *context, const struct image_rule *rule)
{
    uint32_t room = 0, combinations = 1;
    for (uint32_t k = 0; k < context->marked_count; k++) {
        uint32_t place = context->marked[k];
        const struct image_subject *subject = &context->image->SUBJECTS[rule->subjects.first + place];
        if (!subject_is_open(context, subject)) continue;
        uint32_t count = regions_of(context, subject, context->regions + room);
        if (count == 0) continue;
        if (count > WALK_LIMIT / combinations) return false;
        combinations *= count;
        context->variables[context->variable_count++] =
            (struct variable){.subject = place,
                              .reg = subject->reg,
                              .bit = context->depends[subject->reg],
                              .saved = *eval_reg(context, subject->reg),
                              .first = room,
                              .count = count};
        room += count;
    }
    return true;
}

/* Puts the variables that have a choice before the others; their number. */
static uint32_t choices_first(struct eval_context *context)
{
    uint32_t choices = 0;
    for (uint32_t k = 0; k < context->variable_count; k++) {
        struct variable v = context->variables[k];
        if (v.count < 2) continue;
        context->variables[k] = context->variables[choices];
        context->variables[choices++] = v;
    }
    return choices;
}

static void name_choices(struct walk *w)
{
    for (uint32_t k = 0; k < w->choices; k++)
        w->context->choice_of[w->context->variables[k].subject] = (uint8_t)k;
}

static void put(struct eval_context *context, const struct variable *v, uint32_t region)
{
    *eval_reg(context, v->reg) = context->regions[v->first + region];
}

/* ---- What depends on what ------------------------------------------------------------------------- */

static uint64_t depends_of(const struct eval_context *context, const struct insn *i)
{
    uint64_t depends = 0;
    for (int place = 1; place < OPERAND_COUNT; place++) {
        uint32_t reg = insn_reads(i, place);
        if (reg != NONE32) depends |= context->depends[reg];
    }
    return depends;
}

/* Decisions are straight on, and write each register before they read it. */
static void trace(struct eval_context *context, uint32_t pc)
{
    const struct insn *code = context->image->CODE;
    for (; code[pc].op != OP_END; pc++) {
        uint64_t depends = depends_of(context, &code[pc]);
        context->depends[code[pc].d] = depends;
        if (depends) context->dependents[context->dependent_count++] = pc;
    }
}

/* Once a rule, for all walks of it.  No other rule reads its registers. */
static void trace_rule(struct eval_context *context, const struct image_rule *rule)
{
    const struct image_subject *subjects = context->image->SUBJECTS + rule->subjects.first;
    unsigned open = 0;
    for (uint32_t k = 0; k < rule->subjects.count; k++)
        context->depends[subjects[k].reg] = 0;
    for (uint32_t k = 0; k < rule->subjects.count; k++)
        if (subject_is_open(context, &subjects[k]))
            context->depends[subjects[k].reg] |= UINT64_C(1) << open++ % 64;
    context->dependent_count = 0;
    trace(context, rule->applies_decide);
    context->applies_dependents = context->dependent_count;
    trace(context, rule->decide);
    context->traced = true;
}

static void need(struct eval_context *context, uint32_t reg)
{
    if (reg != NONE32) context->needed[reg] = context->walk_number;
}

static void need_operands(struct eval_context *context, const struct insn *i)
{
    for (int place = 1; place < OPERAND_COUNT; place++)
        need(context, insn_reads(i, place));
}

static void keep_live(struct eval_context *context, uint32_t pc)
{
    context->live[--context->live_first] =
        (struct decision){context->depends[context->image->CODE[pc].d], pc};
}

/* Of the instructions that depend on a subject, into context->live, in their order, those of `applies` and
   those that the conditions of the rows which matter are made of, and `where` of a monitor. */
static void find_live(struct eval_context *context, const struct image_rule *rule)
{
    const struct insn *code = context->image->CODE;
    uint32_t first = context->applies_dependents;
    context->walk_number++;
    for (uint32_t k = 0; k < context->matter_count; k++)
        need(context, context->row_facts[rule->rows.first + context->matters[k]].condition);
    if (rule->each != NONE32) need(context, context->image->EACHES[rule->each].where);
    context->live_first = context->dependent_count;
    for (uint32_t k = context->dependent_count; k-- > first;) {
        const struct insn *i = &code[context->dependents[k]];
        if (context->needed[i->d] != context->walk_number) continue;
        need_operands(context, i);
        keep_live(context, context->dependents[k]);
    }
    context->live_rows = context->live_first;
    for (uint32_t k = first; k-- > 0;)
        keep_live(context, context->dependents[k]);
}

/* ---- The search ----------------------------------------------------------------------------------- */

static void read_truths(const struct walk *w)
{
    struct eval_context *context = w->context;
    for (uint32_t k = 0; k < context->matter_count; k++)
        context->truths[context->matters[k]] = row_truth(context, w->rule, context->matters[k]);
}

static enum truth applies_of(const struct walk *w)
{
    return truth_at(w->context, w->rule->applies);
}

static void note_change(struct walk *w, const struct variable *v)
{
    w->stale_applies |= v->bit;
    w->stale_rows |= v->bit;
}

/* Decides anew what depends on subjects that have changed.  Of a rule that does not apply, or has no element,
   the rows are not asked. */
static void decide_changed(struct walk *w)
{
    struct eval_context *context = w->context;
    const struct decision *live = context->live;
    vm_run_some(context, live + context->live_first, context->live_rows - context->live_first,
                w->stale_applies);
    w->stale_applies = 0;
    if (applies_of(w) == TRUTH_NO || context->each_list != EACH_GIVEN) return;
    vm_run_some(context, live + context->live_rows, context->dependent_count - context->live_rows,
                w->stale_rows);
    w->stale_rows = 0;
    read_truths(w);
}

static void decide_all(const struct walk *w)
{
    vm_run(w->context, w->rule->applies_decide);
    if (w->context->each_list != EACH_GIVEN) return;
    vm_run(w->context, w->rule->decide);
    read_truths(w);
}

/* A choice among these subjects that is not made yet; w->choices: none. */
static uint32_t choice_among(const struct walk *w, const uint32_t *subjects, uint32_t count)
{
    const struct eval_context *context = w->context;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t choice = context->choice_of[subjects[k] - w->rule->subjects.first];
        if (choice < CHOICE_NONE && !context->variables[choice].placed) return choice;
    }
    return w->choices;
}

static uint32_t choice_of_applies(const struct walk *w)
{
    const struct image_rule *rule = w->rule;
    uint32_t choice = w->choices;
    for (uint32_t k = 0; k < rule->applies_subjects.count && choice == w->choices; k++) {
        uint32_t subject = rule->applies_subjects.first + k;
        choice = choice_among(w, &subject, 1);
    }
    return choice;
}

bool walk_is_touched(const struct eval_context *context, const struct image_rule *rule, uint32_t place)
{
    struct run reads = context->image->ROWS[rule->rows.first + place].reads;
    for (uint32_t k = 0; k < reads.count; k++) {
        uint32_t choice = context->choice_of[context->image->INDEXES[reads.first + k] - rule->subjects.first];
        if (choice < CHOICE_NONE && context->variables[choice].placed) return true;
    }
    return false;
}

/* What is to be told apart next: a subject of `applies`, then one of the first row that is still open, or of
   any while it is open whether a monitor's element counts. */
static uint32_t next_choice(const struct walk *w, enum truth applies)
{
    const struct eval_context *context = w->context;
    uint32_t choice = w->choices;
    bool each = truth_is_open((uint8_t)each_counts(context, w->rule));
    if (applies == TRUTH_NO) return choice;
    if (truth_is_open((uint8_t)applies)) choice = choice_of_applies(w);
    for (uint32_t k = 0; k < context->matter_count && choice == w->choices; k++) {
        uint32_t place = context->matters[k];
        struct run reads = context->image->ROWS[w->rule->rows.first + place].reads;
        if (each || truth_is_open(context->truths[place]))
            choice = choice_among(w, context->image->INDEXES + reads.first, reads.count);
    }
    return choice;
}

/* What has been changed below a node is put back with the next change above it. */
static enum walk_answer search(struct walk *w)
{
    struct eval_context *context = w->context;
    enum truth applies = applies_of(w);
    uint32_t choice = next_choice(w, applies);
    enum walk_answer answer = w->visit(context, w->rule, applies, choice == w->choices, w->data);
    if (answer != WALK_ON || choice == w->choices) return answer;
    struct variable *v = &context->variables[choice];
    v->placed = true;
    for (uint32_t k = 0; k < v->count && answer != WALK_STOP; k++) {
        put(context, v, k);
        note_change(w, v);
        decide_changed(w);
        answer = search(w);
    }
    v->placed = false;
    *eval_reg(context, v->reg) = v->saved;
    note_change(w, v);
    return answer == WALK_STOP ? WALK_STOP : WALK_BACK;
}

/* Every choice at its first region. */
static void visit_first(const struct walk *w)
{
    struct eval_context *context = w->context;
    for (uint32_t k = 0; k < w->choices; k++)
        put(context, &context->variables[k], 0);
    decide_all(w);
    (void)w->visit(context, w->rule, applies_of(w), true, w->data);
    for (uint32_t k = 0; k < w->choices; k++)
        *eval_reg(context, context->variables[k].reg) = context->variables[k].saved;
}

static void visit_all(struct walk *w, bool first)
{
    struct eval_context *context = w->context;
    w->choices = choices_first(context);
    bool forced = w->choices < context->variable_count;
    name_choices(w);
    for (uint32_t k = w->choices; k < context->variable_count; k++)
        put(context, &context->variables[k], 0);
    if (first) visit_first(w);
    if (first || forced) decide_all(w);
    (void)search(w);
    decide_changed(w);
    for (uint32_t k = w->choices; k < context->variable_count; k++)
        *eval_reg(context, context->variables[k].reg) = context->variables[k].saved;
    if (forced) decide_all(w);
}

bool walk(struct eval_context *context, const struct image_rule *rule, bool first, walk_visit *visit,
          void *data)
{
    struct walk w = {.context = context, .rule = rule, .visit = visit, .data = data};
    context->variable_count = 0;
    if (!context->traced) trace_rule(context, rule);
    walk_mark(context, rule);
    if (!vary(context, rule)) return false;
    find_live(context, rule);
    visit_all(&w, first);
    return true;
}

bool walk_waits(const struct eval_context *context, const struct image_rule *rule)
{
    for (uint32_t k = 0; k < context->variable_count; k++) {
        const struct variable *variable = &context->variables[k];
        const struct value *v = &variable->saved;
        if (v->tag != TAG_FAULT || v->fault == FAULT_OTHER_RULE) return true;
        struct run reads = context->image->SUBJECTS[rule->subjects.first + variable->subject].reads;
        if (missing_may_end_fault(context, reads)) return true;
    }
    return false;
}
