#include "runtime/opcode.h"

const struct opcode_fact OPCODES[OP_COUNT] = {
#define OPCODE(name, d, a, b, c, summary)                                                                    \
    {#name, {OPERAND_##d, OPERAND_##a, OPERAND_##b, OPERAND_##c}, summary},
#include "runtime/opcodes.def"
#undef OPCODE
};

_Static_assert((int)OPERAND_BOOL == (int)KIND_BOOL && (int)OPERAND_SET == (int)KIND_SET,
               "operand_kind goes from one to the other");
