/*
 * What opcodes.def says of each instruction, for those who look at code without running it.
 */
#ifndef REGIMEN_OPCODE_H
#define REGIMEN_OPCODE_H

#include <stdint.h>

#include "runtime/image.h"

/* What an operand is; the registers first, in the order of enum kind where they have one. */
enum operand {
    OPERAND_NONE,
    OPERAND_BOOL,
    OPERAND_NUM,
    OPERAND_DAY,
    OPERAND_TIME,
    OPERAND_ENUM,
    OPERAND_SET,
    OPERAND_ELEM,
    OPERAND_ANY,
    OPERAND_SAME,
    OPERAND_ORD, /* the last register */
    OPERAND_INPUT,
    OPERAND_PARAM,
    OPERAND_RULE,
    OPERAND_FOLD,
    OPERAND_FIELD,
    OPERAND_RATIO,
    OPERAND_FLAG,
};

enum { OPERAND_COUNT = 4 }; /* d, a, b, c */

/* A line of opcodes.def; what the operands of the instruction are, for the verifier and the
   disassembler. */
struct opcode_fact {
    const char *name;
    uint8_t operands[OPERAND_COUNT]; /* enum operand */
    const char *summary;
};

/* One an opcode, below OP_COUNT. */
extern const struct opcode_fact OPCODES[OP_COUNT];

static inline bool operand_is_register(enum operand operand)
{
    return operand >= OPERAND_BOOL && operand <= OPERAND_ORD;
}

/* The kind that a register operand must have; KIND_NONE: any. */
static inline enum kind operand_kind(enum operand operand)
{
    if (operand == OPERAND_ORD) return KIND_NUM;
    if (operand == OPERAND_ELEM) return KIND_ELEM;
    return operand >= OPERAND_BOOL && operand <= OPERAND_SET ? (enum kind)operand : KIND_NONE;
}

static inline uint16_t insn_operand(const struct insn *insn, int place)
{
    const uint16_t operands[OPERAND_COUNT] = {insn->d, insn->a, insn->b, insn->c};
    return operands[place];
}

/* The register that an instruction reads at a place behind the first; NONE32 where there is none. */
static inline uint32_t insn_reads(const struct insn *insn, int place)
{
    uint16_t reg = insn_operand(insn, place);
    return operand_is_register((enum operand)OPCODES[insn->op].operands[place]) && reg != NONE16 ? reg
                                                                                                 : NONE32;
}

#endif
