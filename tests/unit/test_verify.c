/* The verifier: each thing that an image must keep to is broken once, and the image is refused. */
#include "tests/unit/wide.h"

#include <stdio.h>

#include "runtime/opcode.h"

static void test_accepted(void **state)
{
    struct wide *w = *state;
    assert_true(accepted(w));
#define SECTION(name, type, digested) assert_true(w->image.name##_count > 0);
#include "runtime/sections.def"
#undef SECTION
}

/* ---- image_references.def, line by line, item by item --------------------------------------------- */

static void break_TEXT(struct wide *w, uint32_t *offset, uint32_t target)
{
    (void)w;
    *offset = target;
}

static void break_INDEX(struct wide *w, uint32_t *index, uint32_t target)
{
    (void)w;
    *index = target;
}

#define break_OPTIONAL break_INDEX
#define break_ASIDE    break_TEXT

static void break_RUN(struct wide *w, struct run *run, uint32_t target)
{
    (void)w;
    *run = (struct run){target, 1};
}

static void break_TYPE(struct wide *w, struct image_type *type, uint32_t target)
{
    (void)w;
    (void)target;
    type->kind = KIND_LIST + 1;
}

/* The run stays, but one of its items is none. */
static void break_TEXTS(struct wide *w, struct run *run, uint32_t target)
{
    if (run->count == 0)
        break_RUN(w, run, target);
    else
        *wide_INDEXES(w, run->first) = NONE32;
}

#define break_READS       break_TEXTS
#define break_RULE_RUN    break_TEXTS
#define break_ROW_RUN     break_TEXTS
#define break_SUBJECT_RUN break_TEXTS

static void test_references(void **state)
{
    struct wide *w = *state;
#define REFERENCE(section, field, how, target)                                                               \
    for (uint32_t i = 0; i < w->image.section##_count; i++) {                                                \
        break_##how(w, &wide_##section(w, i)->field, w->image.target##_count);                               \
        expect_refused(w, #section, i, #field);                                                              \
    }
#define LIMIT(section, field, most)                                                                          \
    for (uint32_t i = 0; i < w->image.section##_count; i++) {                                                \
        wide_##section(w, i)->field = (uint32_t)(most) + 1;                                                  \
        expect_refused(w, #section, i, #field);                                                              \
    }
#define REGISTER(section, field, kind)                                                                       \
    for (uint32_t i = 0; i < w->image.section##_count; i++) {                                                \
        wide_##section(w, i)->field = w->image.PROGRAM->register_count;                                      \
        expect_refused(w, #section, i, #field);                                                              \
    }
#include "runtime/image_references.def"
#undef REFERENCE
#undef LIMIT
#undef REGISTER
}

/* ---- Instructions --------------------------------------------------------------------------------- */

static uint16_t *operand_at(struct wide *w, uint32_t pc, int place)
{
    struct insn *i = wide_CODE(w, pc);
    uint16_t *const operands[OPERAND_COUNT] = {&i->d, &i->a, &i->b, &i->c};
    return operands[place];
}

/* A number that no operand of this sort can be. */
static uint16_t no_operand(const struct wide *w, enum operand operand)
{
    switch (operand) {
    case OPERAND_NONE: return 1;
    case OPERAND_INPUT: return (uint16_t)w->image.INPUTS_count;
    case OPERAND_PARAM: return (uint16_t)w->image.PARAMS_count;
    case OPERAND_RULE: return (uint16_t)w->image.RULES_count;
    case OPERAND_FOLD: return (uint16_t)w->image.FOLDS_count;
    case OPERAND_RATIO: return (uint16_t)w->image.RATIOS_count;
    case OPERAND_FIELD:
    case OPERAND_FLAG: return 1000;
    default: return (uint16_t)w->image.PROGRAM->register_count;
    }
}

static void test_operands(void **state)
{
    struct wide *w = *state;
    for (uint32_t pc = 0; pc < w->image.CODE_count; pc++)
        for (int place = 0; place < OPERAND_COUNT; place++) {
            *operand_at(w, pc, place) =
                no_operand(w, (enum operand)OPCODES[w->image.CODE[pc].op].operands[place]);
            expect_refused(w, "CODE", pc, OPCODES[w->image.CODE[pc].op].name);
        }
}

static void test_opcodes(void **state)
{
    struct wide *w = *state;
    for (uint32_t pc = 0; pc < w->image.CODE_count; pc++) {
        wide_CODE(w, pc)->op = OP_COUNT;
        expect_refused(w, "CODE", pc, "no instruction");
        uint16_t op = w->image.CODE[pc].op;
        *wide_CODE(w, pc) = (struct insn){.op = OP_END};
        if (op != OP_END) expect_refused(w, "CODE", pc, "END before its time");
        wide_CODE(w, pc)->op = OP_FOLD;
        if (op != OP_FOLD) expect_refused(w, "CODE", pc, "FOLD out of place");
        wide_restore(w);
    }
}

/* Only the fold in whose body it stands can be told to go on. */
static void test_drop(void **state)
{
    struct wide *w = *state;
    unsigned drops = 0;
    for (uint32_t pc = 0; pc < w->image.CODE_count; pc++) {
        if (w->image.CODE[pc].op != OP_DROP) continue;
        struct insn *drop = wide_CODE(w, pc);
        drop->a = (uint16_t)((drop->a + 1) % w->image.FOLDS_count);
        expect_refused(w, "CODE", pc, "DROP of another fold");
        drops++;
    }
    assert_true(drops > 0);
}

/* A register of another kind, one that is written later, and one that is written twice. */
static void test_registers(void **state)
{
    struct wide *w = *state;
    uint32_t last = w->image.CODE_count;
    while (OPCODES[w->image.CODE[last - 1].op].operands[0] == OPERAND_NONE)
        last--;
    uint16_t late = w->image.CODE[last - 1].d;
    for (uint32_t pc = 0; pc + 1 < last; pc++)
        for (int place = 0; place < OPERAND_COUNT; place++) {
            if (!operand_is_register((enum operand)OPCODES[w->image.CODE[pc].op].operands[place])) continue;
            *operand_at(w, pc, place) = late;
            expect_refused(w, "CODE", pc, "a register of a later rule");
            if (place > 0) continue;
            *operand_at(w, pc, place) = 0;
            expect_refused(w, "CODE", pc, "writing a constant");
        }
}

/* The first instruction from there on that reads a yes or no. */
static uint32_t find_reader(const struct wide *w, uint32_t from)
{
    for (uint32_t pc = from; pc < w->image.CODE_count; pc++)
        if (OPCODES[w->image.CODE[pc].op].operands[1] == OPERAND_BOOL) return pc;
    fail_msg("nothing is read behind %u", from);
    return 0;
}

/* What the body of a fold writes is gone behind it. */
static void test_bodies(void **state)
{
    struct wide *w = *state;
    uint32_t bodies = 0;
    for (uint32_t i = 0; i < w->image.FOLDS_count; i++) {
        const struct image_fold *fold = &w->image.FOLDS[i];
        if (fold->where != NONE32) {
            uint32_t reader = find_reader(w, fold->end);
            wide_CODE(w, reader)->a = (uint16_t)fold->where;
            expect_refused(w, "CODE", reader, "a register of a body read behind it");
            bodies++;
        }
        wide_FOLDS(w, i)->begin++;
        expect_refused(w, "FOLDS", i, "begin");
        wide_FOLDS(w, i)->end++;
        expect_refused(w, "FOLDS", i, "end");
        wide_FOLDS(w, i)->outer = i;
        expect_refused(w, "FOLDS", i, "outer");
    }
    assert_true(bodies > 0);
}

/* The search runs parts of the decisions by themselves, so that no fold may stand in them. */
static void test_decisions_walk_over_nothing(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        uint32_t decide = w->image.RULES[i].decide, end = decide - 1;
        if (decide < 3 || w->image.CODE[end - 1].op != OP_END_FOLD || w->image.CODE[end - 2].op != OP_FOLD)
            continue;
        uint32_t fold = w->image.CODE[end - 2].a;
        for (uint32_t pc = end; pc > end - 2; pc--)
            *wide_CODE(w, pc) = w->image.CODE[pc - 1];
        *wide_CODE(w, end - 2) = (struct insn){.op = OP_END};
        wide_FOLDS(w, fold)->begin++;
        wide_FOLDS(w, fold)->end++;
        wide_RULES(w, i)->decide = end - 1;
        char reason[300] = "";
        assert_false(image_verify(&w->image, reason, sizeof reason));
        assert_non_null(strstr(reason, "a decision walks over no list"));
        wide_restore(w);
        return;
    }
    fail_msg("no setup of the test program ends with a fold");
}

static void test_rules_read_earlier_ones(void **state)
{
    struct wide *w = *state;
    uint32_t pc = find_op(w, OP_LOAD_RESULT);
    wide_CODE(w, pc)->a = (uint16_t)(w->image.RULES_count - 1);
    expect_refused(w, "CODE", pc, "a later rule read");
    wide_CODE(w, pc)->a++; /* itself */
    expect_refused(w, "CODE", pc, "a rule that reads itself");
    pc = find_op(w, OP_LOAD_TOTAL);
    wide_CODE(w, pc)->a = 0;
    expect_refused(w, "CODE", pc, "the total of a classification");
    pc = find_op(w, OP_TABLE);
    wide_CODE(w, pc)->a = 0;
    expect_refused(w, "CODE", pc, "a table that is none");
    pc = find_op(w, OP_LOAD_PARAM);
    wide_CODE(w, pc)->a = w->image.CODE[find_op(w, OP_TABLE)].a;
    expect_refused(w, "CODE", pc, "a table loaded whole");
}

/* ---- Values --------------------------------------------------------------------------------------- */

static uint32_t constant_not_of(const struct wide *w, enum kind kind)
{
    return constant_of(w, kind == KIND_NUM ? KIND_ENUM : KIND_NUM);
}

/* Members are of one enumeration of the image, and only what is of the same is joined with them. */
static void test_constant_members(void **state)
{
    struct wide *w = *state;
    static const enum kind listed[] = {KIND_ENUM, KIND_SET};
    uint32_t at = constant_of(w, KIND_ENUM);
    const struct image_enum *list = &w->image.ENUMS[w->image.CONSTANTS[at].enumeration];
    uint32_t beyond = list->members.count + list->or_other;
    for (size_t k = 0; k < sizeof listed / sizeof *listed; k++) {
        wide_CONSTANTS(w, at)->kind = listed[k];
        wide_CONSTANTS(w, at)->enumeration = w->image.ENUMS_count;
        expect_refused(w, "CONSTANTS", at, "members of no enumeration");
        wide_CONSTANTS(w, at)->kind = listed[k];
        wide_CONSTANTS(w, at)->tag = TAG_OFF;
        expect_refused(w, "CONSTANTS", at, "members that are switched off");
        wide_CONSTANTS(w, at)->kind = listed[k];
        wide_CONSTANTS(w, at)->code = (int32_t)beyond;
        wide_CONSTANTS(w, at)->words[beyond / 64] |= UINT64_C(1) << beyond % 64;
        expect_refused(w, "CONSTANTS", at, "a member beyond the last");
    }
    wide_CONSTANTS(w, at)->code = 0;
    wide_CONSTANTS(w, at)->enumeration += w->image.CONSTANTS[at].enumeration == 0 ? 1 : UINT32_MAX;
    char reason[300] = "";
    assert_false(image_verify(&w->image, reason, sizeof reason));
    wide_restore(w);
}

static void test_numbers(void **state)
{
    struct wide *w = *state;
    static const uint64_t bad[][2] = {
        {0, UINT64_C(0x7C00000000000000)},          /* not a number */
        {0, UINT64_C(0x7800000000000000)},          /* infinite */
        {UINT64_MAX, UINT64_C(0x3041FFFFFFFFFFFF)}, /* more than 34 digits */
        {10, UINT64_C(0x303E000000000000)},         /* 1 as 1.0 */
        {0, UINT64_C(0xB040000000000000)},          /* minus zero */
    };
    uint32_t at = constant_of(w, KIND_NUM);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct image_constant *c = wide_CONSTANTS(w, at);
        memcpy(&c->words[0], bad[i], sizeof bad[i]);
        memcpy(&c->words[2], bad[i], sizeof bad[i]);
        expect_refused(w, "CONSTANTS", at, "no number");
        memcpy(&wide_RATIOS(w, 0)->denominator, bad[i], sizeof bad[i]);
        expect_refused(w, "RATIOS", 0, "no number");
    }
    wide_restore(w);
    wide_CONSTANTS(w, at)->words[0] ^= 1;
    expect_refused(w, "CONSTANTS", at, "two ends of a known number");
    wide_CONSTANTS(w, at)->kind = KIND_ELEM;
    expect_refused(w, "CONSTANTS", at, "an element");
    wide_CONSTANTS(w, at)->tag = TAG_UNKNOWN;
    expect_refused(w, "CONSTANTS", at, "an unknown constant");
    wide_CONSTANTS(w, at)->enumeration = 1;
    expect_refused(w, "CONSTANTS", at, "a number of an enumeration");
    wide_RATIOS(w, 0)->numerator = DECIMAL_ZERO;
    expect_refused(w, "RATIOS", 0, "a ratio of zero");
}

/* A setting is a text that can be read as a value of its parameter. */
static void test_settings(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.SETTINGS_count; i++) {
        bool may_be_empty = w->image.PARAMS[w->image.SETTINGS[i].param].type.kind == KIND_SET;
        wide_SETTINGS(w, i)->value = 0;
        if (!may_be_empty) expect_refused(w, "SETTINGS", i, "an empty value");
        wide_SETTINGS(w, i)->value = w->image.SITE[0].title;
        expect_refused(w, "SETTINGS", i, "a value that is none");
    }
    const struct image whole = w->image;
    w->image.SITE_count = 2;
    expect_refused(w, "SITE", 1, "two sites");
    w->image = whole;
}

static void test_inputs(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.INPUTS_count; i++) {
        const struct image_input *input = &w->image.INPUTS[i];
        wide_INPUTS(w, i)->list = input->list == LIST_NOT ? LIST_EVENTS : LIST_NOT;
        expect_refused(w, "INPUTS", i, "list");
        wide_INPUTS(w, i)->type.kind = KIND_ELEM;
        expect_refused(w, "INPUTS", i, "type");
        if (input->low != NONE32) {
            wide_INPUTS(w, i)->low = input->high;
            wide_INPUTS(w, i)->high = constant_of(w, KIND_NUM);
            wide_CONSTANTS(w, input->high)->tag = TAG_OFF;
            expect_refused(w, "INPUTS", i, "a range without numbers");
        }
        if (input->type.kind == KIND_NUM) {
            wide_INPUTS(w, i)->type.unit = input->name;
            expect_refused(w, "INPUTS", i, "a unit that is none");
        }
    }
}

/* ---- Texts ---------------------------------------------------------------------------------------- */

static void test_texts(void **state)
{
    struct wide *w = *state;
    uint32_t last = w->image.STRINGS_count - 1;
    *wide_STRINGS(w, last) = 'x';
    expect_refused(w, "STRINGS", last, "no end");
    *wide_STRINGS(w, 0) = 'x';
    expect_refused(w, "STRINGS", 0, "no empty text");
    last = w->image.ASIDES_count - 1;
    *wide_ASIDES(w, last) = 'x';
    expect_refused(w, "ASIDES", last, "no end");
    *wide_STRINGS(w, 5) = '\xFF';
    expect_refused(w, "STRINGS", 5, "no UTF-8");
    memcpy(wide_STRINGS(w, w->image.PROGRAM->title), "\xC3\xA9", 2);
    assert_true(accepted(w));
    wide_PROGRAM(w, 0)->title++;
    expect_refused(w, "PROGRAM", 0, "a text from the middle of a character");
}

/* ---- Rules ---------------------------------------------------------------------------------------- */

static void test_rules(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        const struct image_rule *rule = &w->image.RULES[i];
        wide_RULES(w, i)->kind = rule->kind == RULE_DOSE    ? RULE_GUARANTEE
                                 : rule->kind == RULE_SHOWN ? RULE_EXPECT
                                                            : RULE_DOSE;
        expect_refused(w, "RULES", i, "kind");
        wide_RULES(w, i)->order = w->image.RULES[(i + 1) % w->image.RULES_count].order;
        expect_refused(w, "RULES", i, "order");
        wide_RULES(w, i)->setup++;
        expect_refused(w, "RULES", i, "setup");
        wide_RULES(w, i)->subjects = w->image.RULES[(i + 1) % w->image.RULES_count].subjects;
        if (rule->subjects.count > 0) expect_refused(w, "RULES", i, "the subjects of another");
        wide_restore(w);
        wide_RULES(w, i)->applies_subjects.count = rule->subjects.count + 1;
        expect_refused(w, "RULES", i, "applies_subjects");
    }
    wide_ENUMS(w, w->image.RULES[0].enumeration)->or_other = 1;
    expect_refused(w, "RULES", 0, "a classification with other");
}

static void test_rows(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.ROWS_count; i++) {
        const struct image_row *row = &w->image.ROWS[i];
        wide_ROWS(w, i)->instead_of = i;
        expect_refused(w, "ROWS", i, "a row instead of itself");
        wide_ROWS(w, i)->instead_of = i < w->image.RULES[0].rows.count ? w->image.ROWS_count - 1 : 0;
        expect_refused(w, "ROWS", i, "instead of a row of another rule");
        wide_ROWS(w, i)->type = row->type == ROWTYPE_VALUE ? ROWTYPE_WARN : ROWTYPE_VALUE;
        expect_refused(w, "ROWS", i, "type");
        wide_ROWS(w, i)->value = row->value == NONE32 ? 0 : NONE32;
        expect_refused(w, "ROWS", i, "value");
        if (row->reads.count == 0) continue;
        bool first = row->type == ROWTYPE_VALUE && i < w->image.RULES[0].rows.count;
        *wide_INDEXES(w, row->reads.first) = first ? w->image.SUBJECTS_count - 1 : 0;
        expect_refused(w, "ROWS", i, "a subject of another rule");
        if (row->type != ROWTYPE_VALUE) continue;
        wide_ROWS(w, i)->member = 3;
        if (row->result == RESULT_VALUE) expect_refused(w, "ROWS", i, "member");
        wide_restore(w);
    }
}

static void test_steps(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.STEPS_count; i++) {
        wide_STEPS(w, i)->lo = NONE32;
        expect_refused(w, "STEPS", i, "an upper end alone");
        wide_STEPS(w, i)->hi = NONE32;
        expect_refused(w, "STEPS", i, "a lower end alone");
    }
    for (uint32_t i = 0; i < w->image.DAYS_count; i++) {
        wide_DAYS(w, i)->from = 0;
        expect_refused(w, "DAYS", i, "day 0");
        wide_DAYS(w, i)->from = w->image.DAYS[i].to + 1;
        expect_refused(w, "DAYS", i, "days that go back");
    }
}

static void test_subjects(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.SUBJECTS_count; i++) {
        const struct image_subject *s = &w->image.SUBJECTS[i];
        wide_SUBJECTS(w, i)->reg = constant_of(w, KIND_NUM);
        expect_refused(w, "SUBJECTS", i, "a constant varied");
        wide_SUBJECTS(w, i)->kind = s->kind == KIND_BOOL ? KIND_NUM : KIND_BOOL;
        expect_refused(w, "SUBJECTS", i, "kind");
        wide_SUBJECTS(w, i)->rule = w->image.RULES_count - 1;
        expect_refused(w, "SUBJECTS", i, "rule");
        if (s->thresholds.count == 0) continue;
        *wide_INDEXES(w, s->thresholds.first) =
            s->kind == KIND_ENUM || s->kind == KIND_BOOL ? 1000 : constant_not_of(w, (enum kind)s->kind);
        expect_refused(w, "SUBJECTS", i, "threshold");
    }
}

/* ---- Nodes ---------------------------------------------------------------------------------------- */

static void test_nodes(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.NODES_count; i++) {
        const struct image_node *node = &w->image.NODES[i];
        wide_NODES(w, i)->child = i;
        expect_refused(w, "NODES", i, "its own child");
        if (node->child != NONE32) {
            wide_NODES(w, i)->next = node->child;
            expect_refused(w, "NODES", i, "a child twice");
            wide_NODES(w, node->child)->child = i;
            expect_refused(w, "NODES", i, "a ring");
        }
        wide_NODES(w, i)->ref = node->ref == NONE32 ? 0 : NONE32;
        expect_refused(w, "NODES", i, "ref");
        wide_NODES(w, i)->reg = constant_not_of(w, (enum kind)node->type.kind);
        expect_refused(w, "NODES", i, "a register of another kind");
        if (node->again != NONE32) continue;
        wide_NODES(w, i)->again = i;
        expect_refused(w, "NODES", i, "again");
    }
}

/* What no name of `report shows` becomes. */
static bool is_no_value(const struct wide *w, const struct image_node *node)
{
    if (node->kind == NODE_SELECT)
        return w->image.INPUTS[node->ref].list == LIST_EVENTS || node->reg == NONE32;
    return node->kind != NODE_INPUT && (node->kind != NODE_DEFINE || node->reg == NONE32);
}

static void test_shown(void **state)
{
    struct wide *w = *state;
    unsigned refused = 0, taken = 0;
    for (uint32_t i = 0; i < w->image.NODES_count; i++) {
        wide_SHOWN(w, 0)->node = i;
        bool none = is_no_value(w, &w->image.NODES[i]);
        if (accepted(w) == none) fail_msg("NODES[%u] is %s", i, none ? "shown" : "not shown");
        refused += none;
        taken += !none;
    }
    assert_true(refused > 20 && taken > 20);
    uint32_t code = w->image.RULES_count;
    while (code-- > 0 && w->image.RULES[code].kind != RULE_SHOWN)
        continue;
    wide_restore(w);
    wide_RULES(w, code)->condition = constant_of(w, KIND_NUM);
    expect_refused(w, "RULES", code, "a condition of what is no rule");
    wide_RULES(w, code)->rows.count = 1;
    expect_refused(w, "RULES", code, "a row of what is no rule");
    wide_RULES(w, code)->names.count = 1;
    expect_refused(w, "RULES", code, "a name of what is no rule");
}

static void test_depth(void **state)
{
    struct wide *w = *state;
    struct image deep = w->image;
    uint32_t first = w->image.NODES_count, count = first + IMAGE_NODE_DEPTH_MAX + 1;
    struct image_node *nodes = calloc(count, sizeof *nodes);
    struct image_span *spans = calloc(count, sizeof *spans);
    char reason[300];
    assert_true(nodes && spans);
    memcpy(nodes, w->image.NODES, first * sizeof *nodes);
    for (uint32_t i = first; i < count; i++) {
        nodes[i] = w->image.NODES[0];
        nodes[i].kind = NODE_AND;
        nodes[i].next = nodes[i].reg = nodes[i].ref = nodes[i].element = NONE32;
        nodes[i].child = i + 1 < count ? i + 1 : NONE32;
    }
    deep.NODES = nodes;
    deep.NODE_SPANS = spans;
    deep.NODES_count = deep.NODE_SPANS_count = count;
    assert_false(image_verify(&deep, reason, sizeof reason));
    nodes[count - 2].child = NONE32;
    if (!image_verify(&deep, reason, sizeof reason)) fail_msg("%s", reason);
    free(nodes);
    free(spans);
}

/* No two runs share an item, though together they hold no more than there are. */
static void test_owners(void **state)
{
    struct wide *w = *state;
    wide_ENUMS(w, 1)->members.first = w->image.ENUMS[0].members.first + w->image.ENUMS[0].members.count - 1;
    wide_ENUMS(w, 1)->members.count = 1;
    expect_refused(w, "ENUMS", 1, "the last member of another");
    uint32_t rule = 1;
    while (w->image.RULES[rule].rows.count == 0)
        rule++;
    wide_RULES(w, rule)->rows = (struct run){w->image.RULES[0].rows.first, 1};
    expect_refused(w, "RULES", rule, "the first row of another");
    wide_RULES(w, rule)->rows.count = 0;
    wide_RULES(w, 0)->rows.count = 0;
    char reason[300] = "";
    (void)image_verify(&w->image, reason, sizeof reason);
    assert_null(strstr(reason, "rows points")); /* of nothing there are many owners */
    wide_restore(w);
}

static void test_counts(void **state)
{
    struct wide *w = *state;
    const struct image whole = w->image;
    w->image.SPANS_count--;
    expect_refused(w, "SPANS", 0, "a position for each instruction");
    w->image = whole;
    w->image.NODE_SPANS_count--;
    expect_refused(w, "NODE_SPANS", 0, "a position for each node");
    w->image = whole;
    w->image.PROGRAM_count = 0;
    expect_refused(w, "PROGRAM", 0, "no program");
    w->image = whole;
    wide_PROGRAM(w, 0)->register_count = w->image.CONSTANTS_count - 1;
    expect_refused(w, "PROGRAM", 0, "fewer registers than constants");
    w->image.CODE_count--;
    expect_refused(w, "CODE", 0, "no end");
    w->image = whole;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_operands),
        cmocka_unit_test(test_opcodes),
        cmocka_unit_test(test_drop),
        cmocka_unit_test(test_registers),
        cmocka_unit_test(test_bodies),
        cmocka_unit_test(test_decisions_walk_over_nothing),
        cmocka_unit_test(test_rules_read_earlier_ones),
        cmocka_unit_test(test_constant_members),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_subjects),
        cmocka_unit_test(test_nodes),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, wide_set_up, wide_tear_down);
}
