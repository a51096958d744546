/*
 * The code of a rule for another element of its list.
 *
 * Only what depends on the element in hand is run again, in *units*: instructions side by side, a walk over a list with
 * its whole body among them.  Every register is written once in a rule, so what depends on no element keeps its value
 * from the element before.
 */
#include "runtime/each.h"
#include "runtime/opcode.h"

/* ---- What depends on what ------------------------------------------------------------------------- */

static bool reads_varied(const struct eval_context *context, const struct insn *i)
{
    for (int place = 1; place < OPERAND_COUNT; place++) {
        uint16_t reg = insn_operand(i, place);
        if (operand_is_register((enum operand)OPCODES[i->op].operands[place]) && reg != NONE16 && context->varied[reg])
            return true;
    }
    return false;
}

static bool is_varied(const struct eval_context *context, uint32_t reg)
{
    return reg != NONE32 && context->varied[reg];
}

static void vary(struct eval_context *context, uint32_t reg, bool varied)
{
    if (reg != NONE32) context->varied[reg] = varied;
}

/* A walk with all that is in it; what its body writes, nothing behind it reads. */
static bool mark_walk(struct eval_context *context, const struct image_fold *fold)
{
    const struct insn *code = context->image->CODE;
    bool varied = is_varied(context, fold->lo) || is_varied(context, fold->hi) || is_varied(context, fold->next);
    for (uint32_t pc = fold->begin + 1; pc < fold->end && !varied; pc++)
        varied = reads_varied(context, &code[pc]);
    vary(context, fold->result, varied);
    vary(context, fold->element, varied);
    return varied;
}

/* The unit that begins at pc: whether it depends on the element. */
static bool mark_unit(struct eval_context *context, uint32_t pc)
{
    const struct insn *i = &context->image->CODE[pc];
    if (i->op == OP_FOLD) return mark_walk(context, &context->image->FOLDS[i->a]);
    context->varied[i->d] = reads_varied(context, i);
    return context->varied[i->d];
}

static uint32_t unit_length(const struct image *image, uint32_t pc)
{
    const struct insn *i = &image->CODE[pc];
    return i->op == OP_FOLD ? image->FOLDS[i->a].end + 1 - pc : 1;
}

/* ---- Once a context ------------------------------------------------------------------------------- */

/* The units of a stretch that depend on the element; how many. */
static uint32_t list_units(struct eval_context *context, uint32_t pc, struct run *units)
{
    const struct image *image = context->image;
    uint32_t count = 0, end = NONE32;
    for (uint32_t length; image->CODE[pc].op != OP_END; pc += length) {
        length = unit_length(image, pc);
        if (!mark_unit(context, pc)) continue;
        if (pc == end)
            units[count - 1].count += length;
        else
            units[count++] = (struct run){pc, length};
        end = pc + length;
    }
    return count;
}

/* Those of a rule, behind those of the rules before it; how many there are then. */
static uint32_t list_rule(struct eval_context *context, const struct image_rule *rule, uint32_t count)
{
    const struct image_each *each = &context->image->EACHES[rule->each];
    struct each_code *code = &context->each_codes[rule->each];
    struct run *units = context->units;
    vary(context, each->element, true);
    vary(context, each->next, true);
    vary(context, each->last, true);
    code->first = count;
    count += list_units(context, rule->applies_setup, units + count);
    count += list_units(context, rule->applies_decide, units + count);
    code->rows = count;
    count += list_units(context, rule->setup, units + count);
    count += list_units(context, rule->decide, units + count);
    code->end = count;
    return count;
}

void each_code_prepare(struct eval_context *context)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < context->image->RULES_count; k++)
        if (context->image->RULES[k].each != NONE32) count = list_rule(context, &context->image->RULES[k], count);
}

/* ---- For each element ----------------------------------------------------------------------------- */

void each_code_begin(struct eval_context *context)
{
    context->each_shared = false;
}

void each_code_applies(struct eval_context *context, const struct image_rule *rule)
{
    const struct each_code *code = &context->each_codes[rule->each];
    if (context->each_shared) {
        vm_run_units(context, context->units + code->first, code->rows - code->first);
        return;
    }
    vm_run(context, rule->applies_setup);
    vm_run(context, rule->applies_decide);
}

void each_code_rows(struct eval_context *context, const struct image_rule *rule)
{
    const struct each_code *code = &context->each_codes[rule->each];
    if (context->each_shared) {
        vm_run_units(context, context->units + code->rows, code->end - code->rows);
        return;
    }
    vm_run(context, rule->setup);
    vm_run(context, rule->decide);
    context->each_shared = true;
}
