/*
 * The intermediate form: the tables of the image in the making, and the code of each rule as four streams.
 *
 * A rule has two halves, whether it applies and what it says, and each half has two streams.  A setup
 * stream computes values; it runs once for a record.  A decide stream compares them; where a record leaves
 * something unknown, the machine runs it again for other values of the subjects.  So a decide stream may
 * read what a setup stream made, never the other way round (see stream_sees in ir.c).
 *
 * Each register is written by one instruction.  A pure expression that stands twice in a rule is computed
 * once: ir_insn finds the earlier register.  That is more than a saving: it gives the walk over regions
 * its notion of "the same expression", so that `age >= 10 a` in two rows varies together.
 *
 * Items of the lists are the structs of runtime/image.h already, but registers are numbered as they come,
 * and constants apart.  emit.c gives both their final numbers.  Lists move when they grow: a pointer into
 * one is good until the next ir_add to it, and what must last longer is an index or a copy.
 */
#ifndef REGIMEN_IR_H
#define REGIMEN_IR_H

#include "compiler/compilation.h"
#include "runtime/image.h"

/* Constants are numbered apart until emit puts them first. */
#define IR_CONSTANT UINT32_C(0x40000000)

/* Chains of each hash table below.  A program of the size of the library fills them with a few entries
   each. */
enum { IR_CHAINS = 4096 };

/* A growing array of items of one size; capacity doubles, in the arena, so the old blocks stay until the
   compilation ends.  item is set before the first ir_add: a list is empty while the rest is zero. */
struct ir_list {
    char *items;
    uint32_t count, capacity;
    size_t item;
};

enum ir_stream { STREAM_APPLIES_SETUP, STREAM_APPLIES_DECIDE, STREAM_SETUP, STREAM_DECIDE, STREAM_COUNT };

/* An instruction before numbering.  d, a, b, c are as opcodes.def says; registers in the numbering of
   ir_reg or with IR_CONSTANT, NONE16 for an operand that may be left out and is. */
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

/* The code of one rule; index is its place in RULES. */
struct ir_rule {
    struct ir_list streams[STREAM_COUNT]; /* struct ir_insn */
    struct span span;
    uint32_t index;      /* in RULES */
    uint32_t first_fold; /* of FOLDS: those from here on are the rule's */
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
    enum ir_stream setup, decide;            /* where its instructions go */
    enum ir_stream stream;                   /* that of conditions: decide, or setup inside a value */
    struct ir_list known;                    /* struct ir_known: instructions that may be used again */
    uint32_t known_chains[IR_CHAINS];        /* by hash: index + 1 of the last one */
    uint32_t constant_chains[IR_CHAINS];     /* the same for CONSTANTS */
    struct ir_list constant_before;          /* uint32_t: the one before in its chain, + 1 */
    struct ir_list subjects;                 /* struct ir_subject_draft */
    struct ir_list *row_reads;               /* uint32_t subjects of the row in hand, or NULL */
    struct ir_memo *memo;                    /* selections already lowered */
    struct ir_fold_scope *fold;              /* the innermost fold whose body is being lowered, or NULL */
    struct ir_each *each;                    /* `for each` of the rule in hand, or NULL */
    struct ir_call_scope *call;              /* the function whose body is being expanded, or NULL */
    struct decl **inputs, **params, **ruled; /* in order of INPUTS, PARAMS, RULES */
    uint32_t input_count, param_count, ruled_count;
    struct ir_list strings_index; /* offsets of the texts so far, hashed */
};

/* ir.c */
/* A new item at the end, uninitialised; the pointer is good until the list grows again. */
void *ir_add(struct ir_program *p, struct ir_list *list);
/* index is below count: not looked at. */
void *ir_at(const struct ir_list *list, uint32_t index);
/* Of a list of uint32_t. */
void ir_push(struct ir_program *p, struct ir_list *list, uint32_t value);
/* Offset in STRINGS; the same text has one place; NULL is the empty text. */
uint32_t ir_text(struct ir_program *p, const char *text);
/* Offset in ASIDES: texts that the digest of the program leaves out, such as the names of its files.
   Each call makes a new copy; NULL is the empty text. */
uint32_t ir_aside(struct ir_program *p, const char *text);
/* The UCUM code of unit as an offset in STRINGS. */
uint32_t ir_unit(struct ir_program *p, const struct unit *unit);
/* INDEXES run of count values. */
struct run ir_indexes(struct ir_program *p, const uint32_t *values, uint32_t count);

/* A register of its own kind for each different constant: the same bytes give the same register.  So a
   number is made canonical first, and what is not used of the struct is zero. */
uint32_t ir_constant(struct ir_program *p, const struct image_constant *constant);
uint32_t ir_number(struct ir_program *p, decimal x);
uint32_t ir_bool(struct ir_program *p, bool yes);
/* The member with this code of an enumeration, given by its place in the image's list. */
uint32_t ir_code(struct ir_program *p, int enumeration, int code);
bool ir_is_constant(uint32_t reg);
/* What the operands of an instruction are, as opcodes.def has it. */
struct ir_operands {
    const char *d, *a, *b, *c;
};
extern const struct ir_operands IR_OPERANDS[OP_COUNT];
/* Whether an operand kind of opcodes.def is a register. */
bool ir_is_register(const char *kind);
/* Only where ir_is_constant(reg). */
const struct image_constant *ir_constant_of(struct ir_program *p, uint32_t reg);

/* A new register that nothing writes yet and that reads nothing. */
uint32_t ir_reg(struct ir_program *p, enum kind kind, struct span span);
/* Of a constant or a register; not NONE32. */
enum kind ir_kind(struct ir_program *p, uint32_t reg);
/* Notes that the value of reg comes from an input, a parameter or a rule (index in its section), or from
   all that other does; a constant and NONE32 read nothing.  What is read is what a result can wait for. */
void ir_read(struct ir_program *p, uint32_t reg, enum read_kind kind, uint32_t index);
void ir_reads_from(struct ir_program *p, uint32_t reg, uint32_t other);
const struct ir_reg *ir_reads(struct ir_program *p, uint32_t reg); /* NULL for a constant */
/* True where the register depends on constants and parameters only: it can cut a subject into regions. */
bool ir_is_setting(struct ir_program *p, uint32_t reg);

/* The register, of this kind, of an instruction at the end of a stream: an earlier one where the same
   was computed before and the stream sees it.  It reads what its operands read.  kind NONE: the
   instruction has no result, and NONE32 is returned. */
uint32_t ir_insn(struct ir_program *p, enum ir_stream stream, enum opcode op, enum kind kind, uint32_t a,
                 uint32_t b, uint32_t c, struct span span);
/* The code of a rule: begins its first half (`applies when`), goes on to the second, and ends it, which
   puts its subjects beside its image_rule, the last of RULES.  What was computed in one rule is not
   found in another one. */
struct ir_rule *ir_rule_begin(struct ir_program *p, struct span span);
void ir_rule_body(struct ir_program *p);
void ir_rule_end(struct ir_program *p);
/* The instruction is found again by ir_insn; what was known behind the first count is forgotten, as if it had
   not been emitted. */
void ir_know(struct ir_program *p, enum ir_stream stream, const struct ir_insn *insn);
void ir_forget(struct ir_program *p, uint32_t count);

/* ir_body.c: before OP_FOLD, and behind OP_END_FOLD.  What a fold's body computes alike for each element
   moves before the walk, and is known behind it.  The rest may not be used there: it has the value of the
   last element. */
struct ir_body {
    uint32_t known, first, reg;
};
struct ir_body ir_body_begin(const struct ir_program *p);
void ir_body_end(struct ir_program *p, const struct ir_body *body);

/* A node of the tree that an explanation shows, with nothing in it but its words. */
uint32_t ir_node(struct ir_program *p, enum node_kind kind, const char *text, struct span span);
struct image_node *ir_node_at(struct ir_program *p, uint32_t node);
/* Appends child below parent; nothing where one of them is NONE32.  A node has one parent: its `next` is
   used up. */
void ir_node_child(struct ir_program *p, uint32_t parent, uint32_t child);

/* Says that decide compares reg, cut at threshold (a register, or an enumeration's code; NONE32: none). */
void ir_subject(struct ir_program *p, uint32_t reg, uint32_t threshold, uint32_t enumeration, uint32_t node);
/* The same for an ORDER register: not varied while parameter (a register, or NONE32) is known. */
void ir_subject_order(struct ir_program *p, uint32_t reg, uint32_t parameter, uint32_t node);
/* The same for whether a set includes an item: the rule, and the code of the item or NONE32. */
void ir_subject_item(struct ir_program *p, uint32_t reg, uint32_t rule, uint32_t item, uint32_t node);
/* Of a subject of the rule in hand, numbered from 0 within the rule. */
uint32_t ir_subject_reg(const struct ir_program *p, uint32_t index);
/* The run with one more value, as a new run. */
struct run ir_indexes_and(struct ir_program *p, struct run run, uint32_t value);

#endif
