/* Which rows cannot be unknown: what must be known wherever a condition is asked, read off the code. */
#include "cli/trace_certain.h"

#include <string.h>

#include "runtime/opcode.h"

struct certainty certainty_new(struct arena *arena, const struct image *image, const uint32_t *writers)
{
    size_t size = image->PROGRAM->register_count * sizeof(unsigned);
    struct certainty c = {image, writers, arena_alloc(arena, size + 1)};
    memset(c.known, 0, size);
    return c;
}

static const struct insn *writer_of(const struct certainty *c, uint32_t reg)
{
    return c->writers[reg] == NONE32 ? NULL : &c->image->CODE[c->writers[reg]];
}

/* ---- What is known where a condition holds ---------------------------------------------------------------
 */

/* A register with an input or a parameter of which a known value is one value, and no range. */
static bool is_exact(const struct certainty *c, uint32_t reg)
{
    const struct insn *insn = writer_of(c, reg);
    bool input = insn && insn->op == OP_LOAD_INPUT;
    if (!input && !(insn && insn->op == OP_LOAD_PARAM)) return false;
    const struct image_type *type = input ? &c->image->INPUTS[insn->a].type : &c->image->PARAMS[insn->a].type;
    return type->kind == KIND_BOOL || type->kind == KIND_ENUM || type->kind == KIND_SET;
}

/* Takes what must be known where a condition holds for known, or takes that back: step is 1 or -1. */
static void suppose(struct certainty *c, uint32_t condition, int step)
{
    const struct insn *insn = writer_of(c, condition);
    if (insn && insn->op == OP_AND) {
        suppose(c, insn->a, step);
        suppose(c, insn->b, step);
    } else if (insn && insn->op == OP_KNOWN && is_exact(c, insn->a)) {
        c->known[insn->a] += (unsigned)step;
    }
}

/* ---- Conditions ------------------------------------------------------------------------------------------
 */

static bool certain(struct certainty *c, uint32_t reg);

static bool reads_certain(struct certainty *c, const struct insn *insn)
{
    for (int place = 1; place < OPERAND_COUNT; place++) {
        enum operand operand = (enum operand)OPCODES[insn->op].operands[place];
        if (operand_is_register(operand) && !certain(c, insn_operand(insn, place))) return false;
    }
    return true;
}

/* While something is not known that a part asks for, `and` is no whatever the other parts are. */
static bool certain_and(struct certainty *c, const struct insn *insn)
{
    suppose(c, insn->a, 1);
    suppose(c, insn->b, 1);
    bool result = reads_certain(c, insn);
    suppose(c, insn->a, -1);
    suppose(c, insn->b, -1);
    return result;
}

/* While something is not known that the left side asks for, `implies` is yes. */
static bool certain_implies(struct certainty *c, const struct insn *insn)
{
    if (!certain(c, insn->a)) return false;
    suppose(c, insn->a, 1);
    bool result = certain(c, insn->b);
    suppose(c, insn->a, -1);
    return result;
}

static bool certain(struct certainty *c, uint32_t reg)
{
    const struct insn *insn = writer_of(c, reg);
    if (reg < c->image->CONSTANTS_count) return c->image->CONSTANTS[reg].tag == TAG_KNOWN;
    if (!insn) return false;
    switch (insn->op) {
    case OP_LOAD_INPUT:
    case OP_LOAD_PARAM: return c->known[reg] > 0;
    case OP_KNOWN:
    case OP_KNOWN_LIST: return true;
    case OP_AND: return certain_and(c, insn);
    case OP_IMPLIES: return certain_implies(c, insn);
    case OP_OR:
    case OP_NOT:
    case OP_EQ_ENUM:
    case OP_LT_ENUM:
    case OP_LE_ENUM:
    case OP_EQ_BOOL:
    case OP_HAS: return reads_certain(c, insn);
    default: return false;
    }
}

bool is_certain(struct certainty *c, const struct image_rule *rule, uint32_t condition)
{
    if (rule->applies != NONE32) suppose(c, rule->applies, 1);
    bool result = certain(c, condition);
    if (rule->applies != NONE32) suppose(c, rule->applies, -1);
    return result;
}
