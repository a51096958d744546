/* The lists of the intermediate form, its registers and instructions.

   Instructions and constants are found again by their content, through chains of indexes that lead to
   the entry before: an entry can be taken off again in the reverse order, which is how a fold's body is
   forgotten.  Texts have a table with open addressing, because they only ever grow.

   Each register carries the sorted set of what it reads.  The sets are copied at each instruction; they
   are short, and a set that is shared could not be added to. */
#include "compiler/ir.h"

#include <stdlib.h>
#include <string.h>

struct ir_known { /* an instruction that was emitted */
    enum ir_stream stream;
    enum opcode op;
    uint32_t a, b, c, d;
    uint32_t before; /* the one before it in its chain, plus 1 */
};

struct ir_subject_draft {
    uint32_t reg, enumeration, node, unless_known;
    uint32_t set; /* RULES of which it asks an item, or NONE32 */
    enum kind kind;
    struct ir_list thresholds; /* uint32_t */
    enum ir_stream stream;     /* that of the condition which compared it first */
};

/* ---- Lists ---------------------------------------------------------------------------------------- */

void *ir_add(struct ir_program *p, struct ir_list *list)
{
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 16;
        char *items = arena_alloc(p->arena, capacity * list->item);
        if (list->count) memcpy(items, list->items, list->count * list->item);
        list->items = items;
        list->capacity = capacity;
    }
    return list->items + list->count++ * list->item;
}

void *ir_at(const struct ir_list *list, uint32_t index)
{
    return list->items + index * list->item;
}

void ir_push(struct ir_program *p, struct ir_list *list, uint32_t value)
{
    uint32_t *place = ir_add(p, list);
    *place = value;
}

/* ---- Texts ---------------------------------------------------------------------------------------- */

/* FNV-1a with 32 bits.  The hash decides only where an entry lies, never the order of anything in the
   image. */
static uint32_t bytes_hash(const void *bytes, size_t size)
{
    uint32_t h = 2166136261u;
    for (const unsigned char *at = bytes, *end = at + size; at < end; at++)
        h = (h ^ *at) * 16777619u;
    return h;
}

static uint32_t text_hash(const char *text)
{
    return bytes_hash(text, strlen(text));
}

/* A slot holds offset + 1, so that 0 is an empty one.  There is always an empty one: ir_text keeps the
   table at most half full. */
static void index_put(struct ir_list *index, uint32_t offset, const char *text)
{
    uint32_t mask = index->capacity - 1;
    uint32_t *slots = (uint32_t *)(void *)index->items;
    uint32_t i = text_hash(text) & mask;
    while (slots[i] != 0)
        i = (i + 1) & mask;
    slots[i] = offset + 1;
    index->count++;
}

static void index_grow(struct ir_program *p, struct ir_list *index)
{
    struct ir_list old = *index;
    index->capacity = old.capacity ? old.capacity * 2 : 256;
    index->items = arena_alloc(p->arena, index->capacity * sizeof(uint32_t));
    index->count = 0;
    for (uint32_t i = 0; i < old.capacity; i++) {
        uint32_t slot = ((uint32_t *)(void *)old.items)[i];
        if (slot) index_put(index, slot - 1, p->STRINGS.items + slot - 1);
    }
}

/* The offset, or NONE32 for a new text. */
static uint32_t index_find(const struct ir_program *p, const char *text)
{
    const struct ir_list *index = &p->strings_index;
    if (index->capacity == 0) return NONE32;
    uint32_t mask = index->capacity - 1;
    const uint32_t *slots = (const uint32_t *)(const void *)index->items;
    for (uint32_t i = text_hash(text) & mask; slots[i] != 0; i = (i + 1) & mask)
        if (strcmp(p->STRINGS.items + slots[i] - 1, text) == 0) return slots[i] - 1;
    return NONE32;
}

uint32_t ir_text(struct ir_program *p, const char *text)
{
    if (p->STRINGS.count == 0) *(char *)ir_add(p, &p->STRINGS) = '\0';
    if (text == NULL || *text == '\0') return 0;
    uint32_t found = index_find(p, text);
    if (found != NONE32) return found;
    uint32_t offset = p->STRINGS.count;
    for (const char *c = text;; c++) {
        *(char *)ir_add(p, &p->STRINGS) = *c;
        if (*c == '\0') break;
    }
    if ((p->strings_index.count + 1) * 2 > p->strings_index.capacity) index_grow(p, &p->strings_index);
    index_put(&p->strings_index, offset, text);
    return offset;
}

uint32_t ir_aside(struct ir_program *p, const char *text)
{
    if (p->ASIDES.count == 0) *(char *)ir_add(p, &p->ASIDES) = '\0';
    if (text == NULL || *text == '\0') return 0;
    uint32_t offset = p->ASIDES.count;
    for (const char *c = text;; c++) {
        *(char *)ir_add(p, &p->ASIDES) = *c;
        if (*c == '\0') return offset;
    }
}

uint32_t ir_unit(struct ir_program *p, const struct unit *unit)
{
    char buffer[UNIT_TEXT_MAX];
    unit_format(unit, buffer);
    return ir_text(p, buffer);
}

struct run ir_indexes(struct ir_program *p, const uint32_t *values, uint32_t count)
{
    struct run run = {count ? p->INDEXES.count : 0, count};
    for (uint32_t i = 0; i < count; i++)
        ir_push(p, &p->INDEXES, values[i]);
    return run;
}

struct run ir_indexes_and(struct ir_program *p, struct run run, uint32_t value)
{
    /* the old run may be followed by another one: it cannot be made longer where it is */
    struct run longer = {p->INDEXES.count, run.count + 1};
    for (uint32_t i = 0; i < run.count; i++)
        ir_push(p, &p->INDEXES, *(uint32_t *)ir_at(&p->INDEXES, run.first + i));
    ir_push(p, &p->INDEXES, value);
    return longer;
}

/* ---- Constants ------------------------------------------------------------------------------------ */

uint32_t ir_constant(struct ir_program *p, const struct image_constant *constant)
{
    uint32_t *chain = &p->constant_chains[bytes_hash(constant, sizeof *constant) % IR_CHAINS];
    for (uint32_t i = *chain; i != 0; i = *(uint32_t *)ir_at(&p->constant_before, i - 1))
        if (memcmp(ir_at(&p->CONSTANTS, i - 1), constant, sizeof *constant) == 0)
            return (i - 1) | IR_CONSTANT;
    struct image_constant *place = ir_add(p, &p->CONSTANTS);
    *place = *constant;
    ir_push(p, &p->constant_before, *chain);
    *chain = p->CONSTANTS.count;
    return (p->CONSTANTS.count - 1) | IR_CONSTANT;
}

uint32_t ir_number(struct ir_program *p, decimal x)
{
    struct image_constant c = {.kind = KIND_NUM, .tag = TAG_KNOWN};
    /* 1.50 and 1.5 are one constant, so one threshold */
    decimal canonical = decimal_canonical(x);
    memcpy(c.words, &canonical, sizeof canonical);
    memcpy(c.words + 2, &canonical, sizeof canonical);
    return ir_constant(p, &c);
}

uint32_t ir_bool(struct ir_program *p, bool yes)
{
    struct image_constant c = {.kind = KIND_BOOL, .tag = TAG_KNOWN, .code = yes};
    return ir_constant(p, &c);
}

uint32_t ir_code(struct ir_program *p, int enumeration, int code)
{
    struct image_constant c = {
        .kind = KIND_ENUM, .tag = TAG_KNOWN, .code = code, .enumeration = (uint32_t)enumeration};
    return ir_constant(p, &c);
}

bool ir_is_constant(uint32_t reg)
{
    return reg != NONE32 && (reg & IR_CONSTANT) != 0;
}

const struct image_constant *ir_constant_of(struct ir_program *p, uint32_t reg)
{
    return ir_at(&p->CONSTANTS, reg & ~IR_CONSTANT);
}

/* ---- Registers ------------------------------------------------------------------------------------ */

uint32_t ir_reg(struct ir_program *p, enum kind kind, struct span span)
{
    struct ir_reg *reg = ir_add(p, &p->regs);
    *reg = (struct ir_reg){.kind = kind, .span = span};
    return p->regs.count - 1;
}

enum kind ir_kind(struct ir_program *p, uint32_t reg)
{
    if (ir_is_constant(reg)) return (enum kind)ir_constant_of(p, reg)->kind;
    return ((struct ir_reg *)ir_at(&p->regs, reg))->kind;
}

const struct ir_reg *ir_reads(struct ir_program *p, uint32_t reg)
{
    return ir_is_constant(reg) ? NULL : ir_at(&p->regs, reg);
}

/* Keeps the set sorted and each entry once. */
static void add_read(struct ir_program *p, uint32_t reg, uint32_t read)
{
    struct ir_reg *r = ir_at(&p->regs, reg);
    uint32_t i = 0;
    while (i < r->read_count && r->reads[i] < read)
        i++;
    if (i < r->read_count && r->reads[i] == read) return;
    uint32_t *reads = arena_alloc(p->arena, (r->read_count + 1) * sizeof *reads);
    if (i) memcpy(reads, r->reads, i * sizeof *reads);
    reads[i] = read;
    if (i < r->read_count) memcpy(reads + i + 1, r->reads + i, (r->read_count - i) * sizeof *reads);
    r->reads = reads;
    r->read_count++;
}

void ir_read(struct ir_program *p, uint32_t reg, enum read_kind kind, uint32_t index)
{
    add_read(p, reg, (uint32_t)kind << 28 | index);
}

void ir_reads_from(struct ir_program *p, uint32_t reg, uint32_t other)
{
    if (other == NONE32 || ir_is_constant(other)) return;
    const struct ir_reg *from = ir_reads(p, other);
    for (uint32_t i = 0; i < from->read_count; i++)
        add_read(p, reg, from->reads[i]);
}

bool ir_is_setting(struct ir_program *p, uint32_t reg)
{
    if (ir_is_constant(reg)) return true;
    const struct ir_reg *r = ir_reads(p, reg);
    for (uint32_t i = 0; i < r->read_count; i++)
        if (r->reads[i] >> 28 != READ_PARAM) return false;
    return true;
}

/* ---- Instructions --------------------------------------------------------------------------------- */

const struct ir_operands IR_OPERANDS[OP_COUNT] = {
#define OPCODE(name, d_, a_, b_, c_, summary) [OP_##name] = {#d_, #a_, #b_, #c_},
#include "runtime/opcodes.def"
#undef OPCODE
};

bool ir_is_register(const char *kind)
{
    static const char *const others[] = {"NONE", "INPUT", "PARAM", "RULE", "FOLD", "FIELD", "RATIO", "FLAG"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(kind, others[i]) == 0) return false;
    return true;
}

/* What d reads by an operand of this kind of opcodes.def; a fold reads its list. */
static void note_operand(struct ir_program *p, uint32_t d, const char *kind, uint32_t operand)
{
    if (strcmp(kind, "INPUT") == 0)
        ir_read(p, d, READ_INPUT, operand);
    else if (strcmp(kind, "PARAM") == 0)
        ir_read(p, d, READ_PARAM, operand);
    else if (strcmp(kind, "RULE") == 0)
        ir_read(p, d, READ_RULE, operand);
    else if (strcmp(kind, "FOLD") == 0)
        ir_read(p, d, READ_INPUT, ((struct image_fold *)ir_at(&p->FOLDS, operand))->list);
    else if (ir_is_register(kind) && operand != NONE16)
        ir_reads_from(p, d, operand);
}

/* Whether what stream `from` computed is there, and stays the same, when `to` runs.  A setup stream sees
   no decide stream: it does not run again when the walk gives a subject another value, so it would keep
   what the first run made of it.  The streams of `applies when` see nothing of the second half, which
   runs after them. */
static bool stream_sees(enum ir_stream to, enum ir_stream from)
{
    static const bool sees[STREAM_COUNT][STREAM_COUNT] = {
        [STREAM_APPLIES_SETUP] = {true, false, false, false},
        [STREAM_APPLIES_DECIDE] = {true, true, false, false},
        [STREAM_SETUP] = {true, false, true, false},
        [STREAM_DECIDE] = {true, true, true, true},
    };
    return sees[to][from];
}

static uint32_t *chain_of(struct ir_program *p, const struct ir_known *k)
{
    uint32_t hash = (uint32_t)k->op;
    hash = (hash ^ k->a) * 16777619u;
    hash = (hash ^ k->b) * 16777619u;
    hash = (hash ^ k->c) * 16777619u;
    return &p->known_chains[(hash ^ hash >> 16) % IR_CHAINS];
}

static uint32_t find_known(struct ir_program *p, const struct ir_known *k)
{
    const struct ir_known *old;
    for (uint32_t i = *chain_of(p, k); i != 0; i = old->before) {
        old = ir_at(&p->known, i - 1);
        if (old->op == k->op && old->a == k->a && old->b == k->b && old->c == k->c &&
            stream_sees(k->stream, old->stream))
            return old->d;
    }
    return NONE32;
}

void ir_know(struct ir_program *p, enum ir_stream stream, const struct ir_insn *insn)
{
    struct ir_known k = {stream, insn->op, insn->a, insn->b, insn->c, insn->d, 0};
    uint32_t *chain = chain_of(p, &k);
    struct ir_known *place = ir_add(p, &p->known);
    k.before = *chain;
    *chain = p->known.count;
    *place = k;
}

uint32_t ir_insn(struct ir_program *p, enum ir_stream stream, enum opcode op, enum kind kind, uint32_t a,
                 uint32_t b, uint32_t c, struct span span)
{
    struct ir_known k = {stream, op, a, b, c, NONE32, 0};
    /* what goes round a loop is no value; two folds that look alike are still two */
    bool pure = op != OP_FOLD && op != OP_END_FOLD && op != OP_DROP;
    uint32_t found = pure ? find_known(p, &k) : NONE32;
    if (found != NONE32) return found;
    if (kind != KIND_NONE) {
        k.d = ir_reg(p, kind, span);
        note_operand(p, k.d, IR_OPERANDS[op].a, a);
        note_operand(p, k.d, IR_OPERANDS[op].b, b);
        note_operand(p, k.d, IR_OPERANDS[op].c, c);
    }
    struct ir_insn *insn = ir_add(p, &p->rule->streams[stream]);
    /* an operand that is not used is 0, so that the same program is the same bytes */
    *insn = (struct ir_insn){op, kind == KIND_NONE ? 0 : k.d, a, b, c, span};
    if (pure) ir_know(p, stream, insn);
    return k.d;
}

/* From the last one back: each is then the head of its chain. */
void ir_forget(struct ir_program *p, uint32_t count)
{
    while (p->known.count > count) {
        const struct ir_known *last = ir_at(&p->known, p->known.count - 1);
        *chain_of(p, last) = last->before;
        p->known.count--;
    }
}

/* ---- Rules ---------------------------------------------------------------------------------------- */

struct ir_rule *ir_rule_begin(struct ir_program *p, struct span span)
{
    struct ir_rule *rule = ir_add(p, &p->rules);
    *rule = (struct ir_rule){.span = span, .index = p->rules.count - 1, .first_fold = p->FOLDS.count};
    for (int i = 0; i < STREAM_COUNT; i++)
        rule->streams[i].item = sizeof(struct ir_insn);
    p->rule = rule;
    p->setup = STREAM_APPLIES_SETUP;
    p->decide = p->stream = STREAM_APPLIES_DECIDE;
    p->known = (struct ir_list){.item = sizeof(struct ir_known)};
    memset(p->known_chains, 0, sizeof p->known_chains);
    p->subjects = (struct ir_list){.item = sizeof(struct ir_subject_draft)};
    p->row_reads = NULL;
    p->memo = NULL;
    return rule;
}

void ir_rule_body(struct ir_program *p)
{
    p->setup = STREAM_SETUP;
    p->decide = p->stream = STREAM_DECIDE;
}

/* The rule whose result a subject is, or NONE32: the rule of a set's item, or the only thing that a
   member of an enumeration reads. */
static uint32_t rule_of(struct ir_program *p, const struct ir_subject_draft *draft)
{
    const struct ir_reg *reg = ir_reads(p, draft->reg);
    if (draft->set != NONE32) return draft->set;
    if (draft->kind != KIND_ENUM || reg->read_count != 1 || reg->reads[0] >> 28 != READ_RULE) return NONE32;
    return reg->reads[0] & 0x0FFFFFFF;
}

static void subject_put(struct ir_program *p, const struct ir_subject_draft *draft)
{
    const struct ir_reg *reg = ir_reads(p, draft->reg);
    struct image_subject s = {
        .reg = draft->reg,
        .kind = draft->kind,
        .enumeration = draft->enumeration,
        .rule = rule_of(p, draft),
        .thresholds =
            ir_indexes(p, (const uint32_t *)(const void *)draft->thresholds.items, draft->thresholds.count),
        .reads = ir_indexes(p, reg->reads, reg->read_count),
        .unless_known = draft->unless_known,
        .node = draft->node,
    };
    struct image_subject *place = ir_add(p, &p->SUBJECTS);
    *place = s;
}

/* Subjects were numbered within the rule; they follow those of the earlier rules in SUBJECTS.  Those of
   `applies when` come first, because they were met first. */
void ir_rule_end(struct ir_program *p)
{
    struct image_rule *rule = ir_at(&p->RULES, p->RULES.count - 1);
    rule->subjects = (struct run){p->SUBJECTS.count, p->subjects.count};
    rule->applies_subjects = (struct run){p->SUBJECTS.count, 0};
    for (uint32_t i = 0; i < p->subjects.count; i++) {
        const struct ir_subject_draft *draft = ir_at(&p->subjects, i);
        if (draft->stream == STREAM_APPLIES_SETUP) rule->applies_subjects.count++;
        subject_put(p, draft);
    }
    p->rule = NULL;
}

/* ---- Subjects and nodes --------------------------------------------------------------------------- */

/* The subject that reg is, and its number in the rule; else NULL. */
static struct ir_subject_draft *subject_find(struct ir_program *p, uint32_t reg, uint32_t *index)
{
    for (*index = 0; *index < p->subjects.count; ++*index) {
        struct ir_subject_draft *draft = ir_at(&p->subjects, *index);
        if (draft->reg == reg) return draft;
    }
    return NULL;
}

/* Each once, in the order of the source: the machine puts those of numbers and times in order for each
 * record. */
static void threshold_add(struct ir_program *p, struct ir_list *list, uint32_t threshold)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (*(uint32_t *)ir_at(list, i) == threshold) return;
    ir_push(p, list, threshold);
}

static void row_read(struct ir_program *p, uint32_t subject)
{
    if (p->row_reads == NULL) return;
    threshold_add(p, p->row_reads, subject);
}

void ir_subject(struct ir_program *p, uint32_t reg, uint32_t threshold, uint32_t enumeration, uint32_t node)
{
    /* these are known for each record: nothing of them can vary */
    if (ir_is_constant(reg) || reg == p->now) return;
    uint32_t index;
    struct ir_subject_draft *draft = subject_find(p, reg, &index);
    if (draft == NULL) {
        draft = ir_add(p, &p->subjects);
        *draft = (struct ir_subject_draft){.reg = reg,
                                           .enumeration = enumeration,
                                           .node = node,
                                           .unless_known = NONE32,
                                           .set = NONE32,
                                           .kind = ir_kind(p, reg),
                                           .thresholds = {.item = sizeof(uint32_t)},
                                           .stream = p->setup};
    }
    if (threshold != NONE32) threshold_add(p, &draft->thresholds, threshold);
    row_read(p, index);
}

uint32_t ir_subject_reg(const struct ir_program *p, uint32_t index)
{
    return ((struct ir_subject_draft *)ir_at(&p->subjects, index))->reg;
}

void ir_subject_order(struct ir_program *p, uint32_t reg, uint32_t parameter, uint32_t node)
{
    ir_subject(p, reg, ir_number(p, DECIMAL_ZERO), NONE32, node);
    uint32_t index;
    struct ir_subject_draft *draft = subject_find(p, reg, &index);
    draft->unless_known = parameter;
}

void ir_subject_item(struct ir_program *p, uint32_t reg, uint32_t rule, uint32_t item, uint32_t node)
{
    ir_subject(p, reg, item, NONE32, node);
    uint32_t index;
    struct ir_subject_draft *draft = subject_find(p, reg, &index);
    draft->set = rule;
}

uint32_t ir_node(struct ir_program *p, enum node_kind kind, const char *text, struct span span)
{
    struct image_node *node = ir_add(p, &p->NODES);
    *node = (struct image_node){.kind = kind,
                                .text = ir_text(p, text),
                                .type = {.kind = KIND_NONE, .enumeration = NONE32},
                                .reg = NONE32,
                                .element = NONE32,
                                .ref = NONE32,
                                .child = NONE32,
                                .next = NONE32,
                                .again = NONE32};
    struct span *place = ir_add(p, &p->node_spans);
    *place = span;
    return p->NODES.count - 1;
}

struct image_node *ir_node_at(struct ir_program *p, uint32_t node)
{
    return ir_at(&p->NODES, node);
}

void ir_node_child(struct ir_program *p, uint32_t parent, uint32_t child)
{
    if (parent == NONE32 || child == NONE32) return;
    /* children stand in the order in which they are read, so a new one is the last */
    uint32_t *link = &ir_node_at(p, parent)->child;
    while (*link != NONE32)
        link = &ir_node_at(p, *link)->next;
    *link = child;
}
