/*
 * The last stage: registers get their final numbers (constants first), the streams of each rule are laid
 * one after the other, and everything is packed into an image.
 *
 * The number of constants is known only when all rules are lowered; until then they are told apart by a
 * bit (IR_CONSTANT).  Which fields of which items hold registers stands in image_references.def, the list
 * that the verifier reads too: a field that is missing there is neither numbered nor verified.
 *
 * The order of everything is that of the lists, so the same program is packed into the same bytes.
 */
#include "compiler/ir.h"

#include <string.h>

struct emitter {
    struct ir_program *p;
    uint32_t constants;
};

/* NONE32 has the bit of a constant too, and stays what it is. */
static uint32_t final_reg(const struct emitter *e, uint32_t reg)
{
    if (reg == NONE32) return reg;
    return reg & IR_CONSTANT ? reg & ~IR_CONSTANT : reg + e->constants;
}

static void fix(const struct emitter *e, uint32_t *reg)
{
    *reg = final_reg(e, *reg);
}

/* ---- Tables --------------------------------------------------------------------------------------- */

#define SECTION(name, type, digested) typedef type item_of_##name;
#include "runtime/sections.def"
#undef SECTION

/* Where an item of a section has a register: image_references.def knows. */
struct register_field {
    size_t list, field; /* offsets in ir_program, and in the item */
};

static void fix_registers(const struct emitter *e)
{
    static const struct register_field fields[] = {
#define REFERENCE(section, field, how, target)
#define LIMIT(section, field, most)
#define REGISTER(section, field, kind)                                                                       \
    {offsetof(struct ir_program, section), offsetof(item_of_##section, field)},
#include "runtime/image_references.def"
#undef REFERENCE
#undef LIMIT
#undef REGISTER
    };
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
        const struct ir_list *list = (const void *)((const char *)e->p + fields[k].list);
        for (uint32_t i = 0; i < list->count; i++)
            fix(e, (uint32_t *)(void *)((char *)ir_at(list, i) + fields[k].field));
    }
}

/* Thresholds of numbers, days and times are registers; of enumerations and set items they are codes of
   members. */
static void fix_thresholds(const struct emitter *e)
{
    for (uint32_t i = 0; i < e->p->SUBJECTS.count; i++) {
        const struct image_subject *s = ir_at(&e->p->SUBJECTS, i);
        if (s->kind == KIND_ENUM || s->kind == KIND_BOOL) continue;
        for (uint32_t k = 0; k < s->thresholds.count; k++)
            fix(e, ir_at(&e->p->INDEXES, s->thresholds.first + k));
    }
}

/* ---- Code ----------------------------------------------------------------------------------------- */

/* lower_program has made sure that it fits into 16 bits. */
static uint16_t operand(const struct emitter *e, const char *kind, uint32_t value)
{
    if (!ir_is_register(kind)) return (uint16_t)value;
    return value == NONE16 ? NONE16 : (uint16_t)final_reg(e, value);
}

static struct insn final_insn(const struct emitter *e, const struct ir_insn *i)
{
    switch (i->op) {
#define OPCODE(name, d_, a_, b_, c_, summary)                                                                \
    case OP_##name:                                                                                          \
        return (struct insn){OP_##name, operand(e, #d_, i->d), operand(e, #a_, i->a), operand(e, #b_, i->b), \
                             operand(e, #c_, i->c)};
#include "runtime/opcodes.def"
#undef OPCODE
    default: return (struct insn){OP_END, 0, 0, 0, 0};
    }
}

/* The line is kept beside the offsets: the runtime has no text to count lines in. */
static struct image_span final_span(const struct emitter *e, struct span span)
{
    const struct source_file *file = &e->p->compilation->files[span.file];
    return (struct image_span){span.file, span.start, span.end,
                               (uint32_t)source_locate(file, span.start).line};
}

/* CODE and SPANS grow together: the span of an instruction has its pc. */
static void put_insn(const struct emitter *e, const struct ir_insn *i)
{
    uint32_t pc = e->p->CODE.count;
    if (i->op == OP_FOLD)
        ((struct image_fold *)ir_at(&e->p->FOLDS, i->a))->begin = pc;
    else if (i->op == OP_END_FOLD)
        ((struct image_fold *)ir_at(&e->p->FOLDS, i->a))->end = pc;
    *(struct insn *)ir_add(e->p, &e->p->CODE) = final_insn(e, i);
    *(struct image_span *)ir_add(e->p, &e->p->SPANS) = final_span(e, i->span);
}

static uint32_t put_stream(const struct emitter *e, const struct ir_rule *rule, enum ir_stream stream)
{
    uint32_t pc = e->p->CODE.count;
    const struct ir_list *list = &rule->streams[stream];
    for (uint32_t i = 0; i < list->count; i++)
        put_insn(e, ir_at(list, i));
    struct ir_insn end = {.op = OP_END, .span = rule->span};
    put_insn(e, &end);
    return pc;
}

/* A stream that is empty is still an END, so each rule has four places to begin at. */
static void put_code(const struct emitter *e)
{
    for (uint32_t i = 0; i < e->p->rules.count; i++) {
        const struct ir_rule *code = ir_at(&e->p->rules, i);
        struct image_rule *rule = ir_at(&e->p->RULES, i);
        rule->applies_setup = put_stream(e, code, STREAM_APPLIES_SETUP);
        rule->applies_decide = put_stream(e, code, STREAM_APPLIES_DECIDE);
        rule->setup = put_stream(e, code, STREAM_SETUP);
        rule->decide = put_stream(e, code, STREAM_DECIDE);
    }
}

static void put_positions(const struct emitter *e)
{
    for (uint32_t i = 0; i < e->p->node_spans.count; i++)
        *(struct image_span *)ir_add(e->p, &e->p->NODE_SPANS) =
            final_span(e, *(struct span *)ir_at(&e->p->node_spans, i));
    for (uint32_t i = 0; i < e->p->compilation->file_count; i++)
        ir_push(e->p, &e->p->FILES, ir_aside(e->p, e->p->compilation->files[i].name));
}

/* ---- The program ---------------------------------------------------------------------------------- */

static const char *plain(const struct text *text)
{
    return text ? text->plain : NULL;
}

static enum program_status program_status(const char *word)
{
    if (word == NULL) return STATUS_NONE;
    return strcmp(word, "approved") == 0  ? STATUS_APPROVED
           : strcmp(word, "retired") == 0 ? STATUS_RETIRED
                                          : STATUS_DRAFT;
}

static void put_program(const struct emitter *e)
{
    struct ir_program *p = e->p;
    const struct protocol *head = p->compilation->head;
    char date[CAL_TEXT_MAX] = "";
    if (head->approved_on) cal_format(&head->approved_on->date, date);
    struct image_program program = {
        .name = ir_text(p, head->name.text),
        .title = ir_text(p, plain(head->title)),
        .version = ir_text(p, head->version),
        .status = program_status(head->status),
        .approved_by = ir_text(p, plain(head->approved_by)),
        .approved_on = ir_text(p, date),
        .register_count = p->CONSTANTS.count + p->regs.count,
        .now = final_reg(e, p->now),
    };
    *(struct image_program *)ir_add(p, &p->PROGRAM) = program;
}

bool emit_image(struct compilation *c, uint8_t **image, size_t *size)
{
    struct ir_program *p = c->ir;
    struct emitter e = {p, p->CONSTANTS.count};
    fix_registers(&e);
    fix_thresholds(&e);
    put_code(&e);
    put_positions(&e);
    put_program(&e);
    struct image parts = {0};
#define SECTION(name_, type, digested)                                                                       \
    parts.name_ = (const type *)(const void *)p->name_.items;                                                \
    parts.name_##_count = p->name_.count;
#include "runtime/sections.def"
#undef SECTION
    *image = image_pack(&parts, size);
    return *image != NULL;
}
