/* The body of a walk over a list: what it computes alike for each element is computed once, before the walk.
 */
#include "compiler/ir.h"

#include <string.h>

struct ir_body ir_body_begin(const struct ir_program *p)
{
    return (struct ir_body){
        .known = p->known.count, .first = p->rule->streams[p->setup].count, .reg = p->regs.count};
}

/* The body while its instructions are told apart. */
struct sorting {
    struct ir_program *p;
    const struct ir_body *body;
    bool *fixed; /* by register, from body->reg on: it is the same for all elements */
};

static bool is_fixed(const struct sorting *s, uint32_t reg)
{
    return ir_is_constant(reg) || reg < s->body->reg || s->fixed[reg - s->body->reg];
}

static bool operand_is_fixed(const struct sorting *s, const char *kind, uint32_t operand)
{
    if (strcmp(kind, "FOLD") == 0) return false;
    return !ir_is_register(kind) || operand == NONE16 || is_fixed(s, operand);
}

static bool is_alike(const struct sorting *s, const struct ir_insn *i)
{
    const struct ir_operands *kinds = &IR_OPERANDS[i->op];
    return operand_is_fixed(s, kinds->a, i->a) && operand_is_fixed(s, kinds->b, i->b) &&
           operand_is_fixed(s, kinds->c, i->c);
}

/* Sorts what is alike for all elements to the front of moved, the rest behind it; how many are alike.  Of a
   walk inside the body that has been done already: it stays as it is. */
static uint32_t sort_body(struct sorting *s, const struct ir_list *stream, struct ir_insn *alike,
                          struct ir_insn *rest)
{
    uint32_t count = 0, others = 0, depth = 0;
    for (uint32_t k = s->body->first; k < stream->count; k++) {
        const struct ir_insn *i = ir_at(stream, k);
        bool walk = i->op == OP_FOLD || i->op == OP_END_FOLD;
        if (!walk && depth == 1 && is_alike(s, i)) {
            s->fixed[i->d - s->body->reg] = true;
            alike[count++] = *i;
            continue;
        }
        if (i->op == OP_FOLD) depth++;
        if (i->op == OP_END_FOLD) depth--;
        rest[others++] = *i;
    }
    return count;
}

void ir_body_end(struct ir_program *p, const struct ir_body *body)
{
    struct ir_list *stream = &p->rule->streams[p->setup];
    uint32_t length = stream->count - body->first, regs = p->regs.count - body->reg;
    struct sorting s = {p, body, arena_alloc(p->arena, (regs + 1) * sizeof *s.fixed)};
    struct ir_insn *alike = arena_alloc(p->arena, length * sizeof *alike);
    struct ir_insn *rest = arena_alloc(p->arena, length * sizeof *rest);
    memset(s.fixed, 0, (regs + 1) * sizeof *s.fixed);
    uint32_t count = sort_body(&s, stream, alike, rest);
    ir_forget(p, body->known);
    if (count == 0) return;
    memcpy(ir_at(stream, body->first), alike, count * sizeof *alike);
    memcpy(ir_at(stream, body->first + count), rest, (length - count) * sizeof *rest);
    for (uint32_t k = 0; k < count; k++)
        ir_know(p, p->setup, &alike[k]);
}
