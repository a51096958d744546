#include "runtime/disassemble.h"

#include "runtime/eval_internal.h"
#include "runtime/opcode.h"
#include "runtime/value_text.h"

static void put_constant(const struct image *image, uint32_t index, struct buffer *out)
{
    const struct image_constant *constant = &image->CONSTANTS[index];
    struct value value = value_of_constant(constant);
    struct image_type type = {.kind = (uint8_t)constant->kind, .enumeration = NONE32};
    switch ((enum kind)constant->kind) {
    case KIND_ENUM: buffer_printf(out, "member %d", (int)constant->code); break;
    case KIND_SET: buffer_put(out, "a set"); break;
    case KIND_TEXT: buffer_printf(out, "\"%s\"", image_text(image, (uint32_t)constant->code)); break;
    default: value_text(out, image, &type, &value, VALUE_EXACT); break;
    }
}

static void put_register(const struct image *image, uint32_t reg, struct buffer *out)
{
    if (reg == NONE16) {
        buffer_put(out, " -");
        return;
    }
    buffer_printf(out, " r%u", (unsigned)reg);
    if (reg >= image->CONSTANTS_count) return;
    buffer_put(out, "=");
    put_constant(image, reg, out);
}

static void put_named(const struct image *image, const char *word, uint32_t index, uint32_t name,
                      struct buffer *out)
{
    const char *text = image_text(image, name);
    if (*text)
        buffer_printf(out, " %s", text);
    else
        buffer_printf(out, " %s %u", word, (unsigned)index);
}

static void put_operand(const struct image *image, enum operand operand, uint16_t value, struct buffer *out)
{
    switch (operand) {
    case OPERAND_NONE: break;
    case OPERAND_INPUT: put_named(image, "input", value, image->INPUTS[value].name, out); break;
    case OPERAND_PARAM: put_named(image, "parameter", value, image->PARAMS[value].name, out); break;
    case OPERAND_RULE: put_named(image, "rule", value, image->RULES[value].name, out); break;
    case OPERAND_FOLD:
        put_named(image, "fold", value, image->INPUTS[image->FOLDS[value].list].name, out);
        buffer_printf(out, " (fold %u)", (unsigned)value);
        break;
    case OPERAND_FIELD: buffer_printf(out, " field %u", (unsigned)value); break;
    case OPERAND_RATIO: buffer_printf(out, " ratio %u", (unsigned)value); break;
    case OPERAND_FLAG: buffer_printf(out, " %u", (unsigned)value); break;
    default: put_register(image, value, out); break;
    }
}

static void put_insn(const struct image *image, uint32_t pc, struct buffer *out)
{
    const struct insn *insn = &image->CODE[pc];
    const struct opcode_fact *fact = &OPCODES[insn->op];
    buffer_printf(out, "    %5u  %-16s", (unsigned)pc, fact->name);
    put_operand(image, fact->operands[0], insn->d, out);
    if (fact->operands[0] != OPERAND_NONE) buffer_put(out, " <-");
    for (int place = 1; place < OPERAND_COUNT; place++)
        put_operand(image, fact->operands[place], insn_operand(insn, place), out);
    buffer_put(out, "\n");
}

/* A stretch ends at its first END; one that holds nothing else is not shown. */
static void put_stretch(const struct image *image, const char *name, uint32_t pc, struct buffer *out)
{
    if (image->CODE[pc].op == OP_END) return;
    buffer_printf(out, "  %s\n", name);
    for (; image->CODE[pc].op != OP_END; pc++)
        put_insn(image, pc, out);
}

static void put_row(const struct image *image, const struct image_row *row, struct buffer *out)
{
    buffer_printf(out, "  row %s", image_text(image, row->id));
    if (row->condition != NONE32) {
        buffer_put(out, " when");
        put_register(image, row->condition, out);
    }
    if (row->value != NONE32) {
        buffer_put(out, " value");
        put_register(image, row->value, out);
    }
    for (uint32_t i = 0; i < row->steps.count; i++) {
        const struct image_step *step = &image->STEPS[row->steps.first + i];
        if (step->lo == NONE32) continue;
        buffer_put(out, " amount");
        put_register(image, step->lo, out);
    }
    buffer_put(out, "\n");
}

static void put_named_register(const struct image *image, const char *name, uint32_t reg, struct buffer *out)
{
    if (reg == NONE32) return;
    buffer_printf(out, " %s", name);
    put_register(image, reg, out);
}

/* The registers that the machine sets for each element. */
static void put_each(const struct image *image, const struct image_each *each, struct buffer *out)
{
    buffer_printf(out, "  for each %s", image_text(image, image->INPUTS[each->list].name));
    put_named_register(image, "element", each->element, out);
    put_named_register(image, "next", each->next, out);
    put_named_register(image, "last", each->last, out);
    put_named_register(image, "where", each->where, out);
    buffer_put(out, "\n");
}

static void put_rule(const struct image *image, uint32_t index, struct buffer *out)
{
    const struct image_rule *rule = &image->RULES[index];
    buffer_printf(out, "\nrule %u", (unsigned)index);
    put_named(image, "label", index, *image_text(image, rule->name) ? rule->name : rule->label, out);
    buffer_put(out, "\n");
    if (rule->each != NONE32) put_each(image, &image->EACHES[rule->each], out);
    put_stretch(image, "applies, setup", rule->applies_setup, out);
    put_stretch(image, "applies, decide", rule->applies_decide, out);
    put_stretch(image, "setup", rule->setup, out);
    put_stretch(image, "decide", rule->decide, out);
    for (uint32_t i = 0; i < rule->rows.count; i++)
        put_row(image, &image->ROWS[rule->rows.first + i], out);
    if (rule->monitor == NONE32) return;
    const struct image_monitor *m = &image->MONITORS[rule->monitor];
    buffer_put(out, "  window");
    put_named_register(image, "from", m->from, out);
    put_named_register(image, "to", m->to, out);
    put_named_register(image, "overdue after", m->overdue, out);
    buffer_put(out, "\n");
}

void image_disassemble(const struct image *image, struct buffer *out)
{
    static const char *const sections[] = {
#define SECTION(name, type, digested) #name,
#include "runtime/sections.def"
#undef SECTION
    };
    buffer_printf(out, "format %u, %u bytes, %u registers\n", (unsigned)image->header->format,
                  (unsigned)image->header->size, (unsigned)image->PROGRAM->register_count);
    for (int i = 0; i < SECTION_COUNT; i++)
        if (image->header->sections[i].count)
            buffer_printf(out, "  %-10s %8u at %u\n", sections[i], (unsigned)image->header->sections[i].count,
                          (unsigned)image->header->sections[i].offset);
    for (uint32_t i = 0; i < image->RULES_count; i++)
        put_rule(image, i, out);
}
