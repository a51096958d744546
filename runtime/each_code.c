/*
 * The code of a rule for another element of its list.
 *
 * It is run in *units*: instructions side by side, a walk over a list with its whole body among them.  Every
 * register is written once in a rule, so what depends on no element is run before the first one and keeps its
 * value.  Of the rest goes first what `where` is made of: of an element that does not count nothing else is
 * asked.
 */
#include "runtime/each.h"
#include "runtime/opcode.h"

/* What a register has to do with the element in hand, in eval_context.roles. */
enum role {
    ROLE_VARIED = 1, /* depends on it */
    ROLE_WHERE = 2,  /* `where` depends on the register */
};

/* ---- What depends on what ------------------------------------------------------------------------- */

static bool has_role(const struct eval_context *context, uint32_t reg, enum role role)
{
    return reg != NONE32 && (context->roles[reg] & role);
}

static void give_role(struct eval_context *context, uint32_t reg, enum role role)
{
    if (reg != NONE32) context->roles[reg] |= (uint8_t)role;
}

static bool reads_role(const struct eval_context *context, const struct insn *i, enum role role)
{
    bool reads = false;
    for (int place = 1; place < OPERAND_COUNT; place++)
        reads |= has_role(context, insn_reads(i, place), role);
    return reads;
}

static void give_operands(struct eval_context *context, const struct insn *i, enum role role)
{
    for (int place = 1; place < OPERAND_COUNT; place++)
        give_role(context, insn_reads(i, place), role);
}

static uint32_t unit_length(const struct image *image, uint32_t pc)
{
    const struct insn *i = &image->CODE[pc];
    return i->op == OP_FOLD ? image->FOLDS[i->a].end + 1 - pc : 1;
}

static bool bounds_have_role(const struct eval_context *context, const struct image_fold *fold,
                             enum role role)
{
    return has_role(context, fold->lo, role) || has_role(context, fold->hi, role) ||
           has_role(context, fold->next, role);
}

/* A walk with all that is in it, the bounds of walks inside it too: these may be written in front of it. What
   its body writes, nothing behind it reads. */
static bool walk_reads_role(const struct eval_context *context, const struct image_fold *fold, enum role role)
{
    const struct insn *code = context->image->CODE;
    bool reads = bounds_have_role(context, fold, role);
    for (uint32_t pc = fold->begin + 1; pc < fold->end && !reads; pc++) {
        if (code[pc].op == OP_FOLD)
            reads = bounds_have_role(context, &context->image->FOLDS[code[pc].a], role);
        else
            reads = reads_role(context, &code[pc], role);
    }
    return reads;
}

/* What the unit writes depends on the element where something that it reads does. */
static void vary(struct eval_context *context, uint32_t pc)
{
    const struct insn *i = &context->image->CODE[pc];
    if (i->op != OP_FOLD) {
        if (reads_role(context, i, ROLE_VARIED)) give_role(context, i->d, ROLE_VARIED);
        return;
    }
    const struct image_fold *fold = &context->image->FOLDS[i->a];
    if (!walk_reads_role(context, fold, ROLE_VARIED)) return;
    give_role(context, fold->result, ROLE_VARIED);
    give_role(context, fold->element, ROLE_VARIED);
}

/* Whether what the unit writes has the role. */
static bool unit_has_role(const struct eval_context *context, uint32_t pc, enum role role)
{
    const struct insn *i = &context->image->CODE[pc];
    if (i->op != OP_FOLD) return has_role(context, i->d, role);
    const struct image_fold *fold = &context->image->FOLDS[i->a];
    return has_role(context, fold->result, role) || has_role(context, fold->element, role);
}

static void give_reads(struct eval_context *context, uint32_t pc, enum role role)
{
    const struct insn *i = &context->image->CODE[pc];
    if (i->op != OP_FOLD) {
        give_operands(context, i, role);
        return;
    }
    const struct image_fold *fold = &context->image->FOLDS[i->a];
    give_role(context, fold->lo, role);
    give_role(context, fold->hi, role);
    give_role(context, fold->next, role);
}

/* `where` depends on what a unit reads where it depends on what that writes. */
static void ask(struct eval_context *context, uint32_t pc)
{
    if (!unit_has_role(context, pc, ROLE_WHERE)) return;
    const uint32_t end = pc + unit_length(context->image, pc);
    for (; pc < end; pc++)
        give_reads(context, pc, ROLE_WHERE);
}

/* ---- Once a context ------------------------------------------------------------------------------- */

/* When a unit is run. */
enum turn {
    TURN_ONCE,  /* before the first element */
    TURN_WHERE, /* for each: what `where` is made of */
    TURN_REST,  /* for each that counts or may */
};

static enum turn turn_of(const struct eval_context *context, uint32_t pc)
{
    if (!unit_has_role(context, pc, ROLE_VARIED)) return TURN_ONCE;
    return unit_has_role(context, pc, ROLE_WHERE) ? TURN_WHERE : TURN_REST;
}

/* The units of a stretch in the order of their code, from the end of context->units on; those side by side
 * are one. */
static void list_stretch(struct eval_context *context, uint32_t pc, enum turn turn)
{
    const struct image *image = context->image;
    uint32_t end = NONE32;
    for (uint32_t length; image->CODE[pc].op != OP_END; pc += length) {
        length = unit_length(image, pc);
        if (turn_of(context, pc) != turn) continue;
        if (pc == end)
            context->units[context->unit_count - 1].count += length;
        else
            context->units[context->unit_count++] = (struct run){pc, length};
        end = pc + length;
    }
}

static struct run list_rows(struct eval_context *context, const struct image_rule *rule, enum turn turn)
{
    uint32_t first = context->unit_count;
    list_stretch(context, rule->setup, turn);
    list_stretch(context, rule->decide, turn);
    return (struct run){first, context->unit_count - first};
}

static void vary_stretch(struct eval_context *context, uint32_t pc)
{
    for (; context->image->CODE[pc].op != OP_END; pc += unit_length(context->image, pc))
        vary(context, pc);
}

/* From its end on, which a walk over a list has at its own end. */
static void ask_stretch(struct eval_context *context, uint32_t first)
{
    const struct insn *code = context->image->CODE;
    uint32_t pc = first;
    while (code[pc].op != OP_END)
        pc++;
    while (pc-- > first) {
        if (code[pc].op == OP_END_FOLD) pc = context->image->FOLDS[code[pc].a].begin;
        ask(context, pc);
    }
}

static void prepare_rule(struct eval_context *context, const struct image_rule *rule)
{
    const struct image_each *each = &context->image->EACHES[rule->each];
    struct each_code *code = &context->each_codes[rule->each];
    give_role(context, each->element, ROLE_VARIED);
    give_role(context, each->next, ROLE_VARIED);
    give_role(context, each->last, ROLE_VARIED);
    vary_stretch(context, rule->setup);
    vary_stretch(context, rule->decide);
    give_role(context, each->where, ROLE_WHERE);
    ask_stretch(context, rule->decide);
    ask_stretch(context, rule->setup);
    code->once = list_rows(context, rule, TURN_ONCE);
    code->where = list_rows(context, rule, TURN_WHERE);
    code->rest = list_rows(context, rule, TURN_REST);
}

void each_code_prepare(struct eval_context *context)
{
    context->unit_count = 0;
    for (uint32_t k = 0; k < context->image->RULES_count; k++)
        if (context->image->RULES[k].each != NONE32) prepare_rule(context, &context->image->RULES[k]);
}

/* ---- For each element ----------------------------------------------------------------------------- */

static void run_units(struct eval_context *context, struct run units)
{
    vm_run_units(context, context->units + units.first, units.count);
}

void each_code_begin(struct eval_context *context)
{
    context->each_applied = context->each_shared = false;
}

void each_code_applies(struct eval_context *context, const struct image_rule *rule)
{
    if (context->each_applied) return;
    vm_run(context, rule->applies_setup);
    vm_run(context, rule->applies_decide);
    context->each_applied = true;
}

void each_code_where(struct eval_context *context, const struct image_rule *rule)
{
    const struct each_code *code = &context->each_codes[rule->each];
    if (!context->each_shared) run_units(context, code->once);
    context->each_shared = true;
    run_units(context, code->where);
}

void each_code_rows(struct eval_context *context, const struct image_rule *rule)
{
    each_code_where(context, rule);
    run_units(context, context->each_codes[rule->each].rest);
}
