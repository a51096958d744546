/*
 * The intermediate form: the tables of the image in the making, and the code of each rule as four streams.
 *
 * Values are numbered once (each register is written by one instruction).  A pure expression that stands twice in a rule
 * is computed once: ir_insn finds the earlier register.  That gives the walk over regions its notion of "the same
 * expression".
 */
#ifndef REGIMEN_IR_H
#define REGIMEN_IR_H

#include "compiler/compilation.h"
#include "runtime/image.h"

/* Constants are numbered apart until emit puts them first. */
#define IR_CONSTANT UINT32_C(0x40000000)

enum { IR_CHAINS = 4096 };

struct ir_list {
    char *items;
    uint32_t count, capacity;
    size_t item;
};

enum ir_stream { STREAM_APPLIES_SETUP, STREAM_APPLIES_DECIDE, STREAM_SETUP, STREAM_DECIDE, STREAM_COUNT };

struct ir_insn {
    enum opcode op;
    uint32_t d, a, b, c;
    struct span span;
};

/* What is known of a register while its rule is lowered. */
struct ir_reg {
    enum kind kind;
    uint32_t *reads; /* sorted: (read_kind << 28) | index */
    uint32_t read_count;
    struct span span;
};

struct ir_rule {
    struct ir_list streams[STREAM_COUNT]; /* struct ir_insn */
    struct span span;
    uint32_t index;
};

struct ir_memo;

struct ir_program {
    struct arena *arena;
    struct compilation *compilation;
#define SECTION(name, type, digested) struct ir_list name;
#include "runtime/sections.def"
#undef SECTION
    struct ir_list rules;      /* struct ir_rule, beside RULES */
    struct ir_list regs;       /* struct ir_reg */
    struct ir_list node_spans; /* struct span, beside NODES */
    uint32_t now;              /* register, or NONE32 */

    /* the rule that is being lowered */
    struct ir_rule *rule;
    enum ir_stream setup, decide; /* where its instructions go */
    enum ir_stream stream;     /* that of conditions: decide, or setup inside a value */
    struct ir_list known;      /* struct ir_known: instructions that may be used again */
    uint32_t known_chains[IR_CHAINS];    /* by hash: index + 1 of the last one */
    uint32_t constant_chains[IR_CHAINS]; /* the same for CONSTANTS */
    struct ir_list constant_before;      /* uint32_t: the one before in its chain, + 1 */
    struct ir_list subjects;   /* struct ir_subject_draft */
    struct ir_list *row_reads; /* uint32_t subjects of the row in hand, or NULL */
    struct ir_memo *memo;      /* selections already lowered */
    struct ir_fold_scope *fold; /* the innermost fold whose body is being lowered, or NULL */
    struct ir_each *each;      /* `for each` of the rule in hand, or NULL */
    struct ir_call_scope *call; /* the function whose body is being expanded, or NULL */
    struct decl **inputs, **params, **ruled; /* in order of INPUTS, PARAMS, RULES */
    uint32_t input_count, param_count, ruled_count;
    struct ir_list strings_index; /* offsets of the texts so far, hashed */
};

/* ir.c */
void *ir_add(struct ir_program *p, struct ir_list *list);
void *ir_at(const struct ir_list *list, uint32_t index);
void ir_push(struct ir_program *p, struct ir_list *list, uint32_t value);
/* Offset in STRINGS; the same text has one place; NULL is the empty text. */
uint32_t ir_text(struct ir_program *p, const char *text);
/* Offset in ASIDES. */
uint32_t ir_aside(struct ir_program *p, const char *text);
uint32_t ir_unit(struct ir_program *p, const struct unit *unit);
/* INDEXES run of count values. */
struct run ir_indexes(struct ir_program *p, const uint32_t *values, uint32_t count);

uint32_t ir_constant(struct ir_program *p, const struct image_constant *constant);
uint32_t ir_number(struct ir_program *p, decimal x);
uint32_t ir_bool(struct ir_program *p, bool yes);
uint32_t ir_code(struct ir_program *p, int32_t code);
bool ir_is_constant(uint32_t reg);
/* Whether an operand kind of opcodes.def is a register. */
bool ir_is_register(const char *kind);
const struct image_constant *ir_constant_of(struct ir_program *p, uint32_t reg);

uint32_t ir_reg(struct ir_program *p, enum kind kind, struct span span);
enum kind ir_kind(struct ir_program *p, uint32_t reg);
void ir_read(struct ir_program *p, uint32_t reg, enum read_kind kind, uint32_t index);
void ir_reads_from(struct ir_program *p, uint32_t reg, uint32_t other);
const struct ir_reg *ir_reads(struct ir_program *p, uint32_t reg); /* NULL for a constant */
/* True where the register depends on constants and parameters only: it can cut a subject into regions. */
bool ir_is_setting(struct ir_program *p, uint32_t reg);

/* The register of an instruction: an earlier one where the same was computed before. */
uint32_t ir_insn(struct ir_program *p, enum ir_stream stream, enum opcode op, enum kind kind, uint32_t a, uint32_t b,
                 uint32_t c, struct span span);
/* Starts the code of a rule, and of the second half of it (after `applies when`). */
struct ir_rule *ir_rule_begin(struct ir_program *p, struct span span);
void ir_rule_body(struct ir_program *p);
void ir_rule_end(struct ir_program *p);
/* What is computed inside a fold's body may not be used after it. */
uint32_t ir_scope(const struct ir_program *p);
void ir_scope_leave(struct ir_program *p, uint32_t mark);

uint32_t ir_node(struct ir_program *p, enum node_kind kind, const char *text, struct span span);
struct image_node *ir_node_at(struct ir_program *p, uint32_t node);
void ir_node_child(struct ir_program *p, uint32_t parent, uint32_t child);

/* Says that decide compares reg, cut at threshold (a register, or an enumeration's code; NONE32: none). */
void ir_subject(struct ir_program *p, uint32_t reg, uint32_t threshold, uint32_t enumeration, uint32_t node);
/* The same for an ORDER register: not varied while parameter (a register, or NONE32) is known. */
void ir_subject_order(struct ir_program *p, uint32_t reg, uint32_t parameter, uint32_t node);
/* The same for whether a set includes an item: the rule, and the code of the item or NONE32. */
void ir_subject_item(struct ir_program *p, uint32_t reg, uint32_t rule, uint32_t item, uint32_t node);
uint32_t ir_subject_reg(const struct ir_program *p, uint32_t index);
/* The run with one more value, as a new run. */
struct run ir_indexes_and(struct ir_program *p, struct run run, uint32_t value);

#endif
