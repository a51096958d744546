#include "cli/trace_certain.h"

#include <string.h>

#include "runtime/opcode.h"

struct certainty {
    const struct image *image;
    bool *certain; /* one a register, as the two below */
    bool *holds;   /* wherever the rule applies */
    bool *guarded; /* known wherever the rule applies */
};

/* ---- What a rule asks before it applies ---------------------------------------------------------------- */

/* Where a conjunction holds its parts do, and where `x is known` holds x is. */
static void look_behind(struct certainty *c, const struct insn *insn)
{
    if (!c->holds[insn->d]) return;
    if (insn->op == OP_AND) c->holds[insn->a] = c->holds[insn->b] = true;
    if (insn->op == OP_KNOWN) c->guarded[insn->a] = true;
}

static uint32_t end_of(const struct image *image, uint32_t pc)
{
    while (image->CODE[pc].op != OP_END)
        pc++;
    return pc;
}

static bool writes_register(const struct insn *insn)
{
    return OPCODES[insn->op].operands[0] != OPERAND_NONE;
}

static void walk_back(struct certainty *c, uint32_t begin)
{
    for (uint32_t pc = end_of(c->image, begin); pc-- > begin;)
        if (writes_register(&c->image->CODE[pc])) look_behind(c, &c->image->CODE[pc]);
}

/* ---- What the code of a rule leaves ------------------------------------------------------------------ */

/* Of these kinds a known value is one value; of the others it may be a range. */
static bool is_exact(const struct image_type *type)
{
    return type->kind == KIND_BOOL || type->kind == KIND_ENUM || type->kind == KIND_SET;
}

static bool reads_certain(const struct certainty *c, const struct insn *insn)
{
    for (int place = 1; place < OPERAND_COUNT; place++) {
        enum operand operand = (enum operand)OPCODES[insn->op].operands[place];
        if (operand_is_register(operand) && !c->certain[insn_operand(insn, place)]) return false;
    }
    return true;
}

static void take(struct certainty *c, const struct insn *insn)
{
    if (!writes_register(insn)) return;
    bool *d = &c->certain[insn->d];
    switch (insn->op) {
    case OP_LOAD_INPUT: *d = c->guarded[insn->d] && is_exact(&c->image->INPUTS[insn->a].type); break;
    case OP_LOAD_PARAM: *d = c->guarded[insn->d] && is_exact(&c->image->PARAMS[insn->a].type); break;
    case OP_KNOWN:
    case OP_KNOWN_LIST: *d = true; break;
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_IMPLIES:
    case OP_EQ_ENUM:
    case OP_LT_ENUM:
    case OP_LE_ENUM:
    case OP_EQ_BOOL:
    case OP_HAS: *d = reads_certain(c, insn); break;
    default: break;
    }
}

static void walk(struct certainty *c, uint32_t begin)
{
    for (uint32_t pc = begin; c->image->CODE[pc].op != OP_END; pc++)
        take(c, &c->image->CODE[pc]);
}

static void walk_rule(struct certainty *c, const struct image_rule *rule)
{
    if (rule->applies != NONE32) {
        c->holds[rule->applies] = true;
        walk_back(c, rule->applies_decide);
        walk_back(c, rule->applies_setup);
    }
    walk(c, rule->applies_setup);
    walk(c, rule->applies_decide);
    walk(c, rule->setup);
    walk(c, rule->decide);
}

const bool *certain_registers(struct arena *arena, const struct image *image)
{
    size_t count = image->PROGRAM->register_count;
    bool *facts = arena_alloc(arena, (3 * count + 1) * sizeof *facts);
    struct certainty c = {image, facts, facts + count, facts + 2 * count};
    memset(facts, 0, 3 * count * sizeof *facts);
    for (uint32_t i = 0; i < image->CONSTANTS_count; i++)
        c.certain[i] = image->CONSTANTS[i].tag == TAG_KNOWN;
    for (uint32_t i = 0; i < image->RULES_count; i++)
        walk_rule(&c, &image->RULES[i]);
    return c.certain;
}
