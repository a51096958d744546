/*
 * Small images in memory, built rule by rule, and a record beside them: for the tests of the machine.
 *
 * A rule is built in the order of its code: build_rule, then build_part for the later stretches, rows while
 * the last of them (decide) is open, and build_rule_end.  Conditions made with build_below and its like enter
 * their subject, its threshold and the reads of the row in hand.
 */
#ifndef REGIMEN_TESTS_IMAGE_BUILDER_H
#define REGIMEN_TESTS_IMAGE_BUILDER_H

#include "tests/unit/interval_words.h"

#include "runtime/eval_internal.h"

enum { BUILD_MAX = 256, BUILD_CONSTANTS = 128, BUILD_LIST = 24 };

enum part { PART_APPLIES_SETUP, PART_APPLIES_DECIDE, PART_SETUP, PART_DECIDE };

struct build_list {
    uint32_t items[BUILD_LIST], count;
};

struct build_subject {
    struct image_subject s;
    struct build_list thresholds, reads;
};

struct build_row {
    struct image_row row;
    struct build_list reads;
};

struct build {
    struct image image;
    struct image_program program;
    char strings[4096];
    struct image_constant constants[BUILD_CONSTANTS];
    struct image_enum enums[8];
    struct image_member members[BUILD_MAX];
    struct image_input inputs[BUILD_MAX];
    struct image_field fields[BUILD_MAX];
    struct image_param params[BUILD_MAX];
    struct image_rule rules[BUILD_MAX];
    struct image_row rows[BUILD_MAX];
    struct image_step steps[BUILD_MAX];
    struct image_days days[BUILD_MAX];
    struct image_route routes[BUILD_MAX];
    struct image_schedule schedules[BUILD_LIST];
    struct image_phase phases[BUILD_LIST];
    struct image_subject subjects[BUILD_MAX];
    struct image_fold folds[BUILD_MAX];
    struct image_each eaches[8];
    struct image_alert alerts[8];
    struct image_monitor monitors[8];
    struct image_node nodes[BUILD_MAX];
    struct image_ratio ratios[8];
    struct image_setting settings[8];
    uint32_t indexes[4 * BUILD_MAX];
    struct insn code[8 * BUILD_MAX];
    uint32_t constants_used, registers;
    /* the rule in hand */
    enum part part;
    struct build_subject rule_subjects[BUILD_LIST];
    struct build_row rule_rows[BUILD_LIST];
    uint32_t rule_subject_count, rule_row_count;
    bool in_row;
    /* the record */
    struct record record;
    struct slot slots[BUILD_MAX];
    struct element elements[BUILD_MAX];
    struct value element_fields[4 * BUILD_MAX];
    const char *element_notes[4 * BUILD_MAX];
    uint32_t element_count;
};

static inline void build_start(struct build *b)
{
    memset(b, 0, sizeof *b);
    b->image = (struct image){.STRINGS = b->strings,
                              .PROGRAM = &b->program,
                              .ENUMS = b->enums,
                              .MEMBERS = b->members,
                              .FIELDS = b->fields,
                              .INPUTS = b->inputs,
                              .PARAMS = b->params,
                              .CONSTANTS = b->constants,
                              .RATIOS = b->ratios,
                              .RULES = b->rules,
                              .ROWS = b->rows,
                              .STEPS = b->steps,
                              .DAYS = b->days,
                              .ROUTES = b->routes,
                              .SCHEDULES = b->schedules,
                              .PHASES = b->phases,
                              .EACHES = b->eaches,
                              .ALERTS = b->alerts,
                              .MONITORS = b->monitors,
                              .SUBJECTS = b->subjects,
                              .INDEXES = b->indexes,
                              .FOLDS = b->folds,
                              .NODES = b->nodes,
                              .CODE = b->code,
                              .SETTINGS = b->settings,
                              .ASIDES = b->strings,
                              .PROGRAM_count = 1,
                              .STRINGS_count = 1,
                              .CONSTANTS_count = BUILD_CONSTANTS};
    b->registers = b->program.register_count = BUILD_CONSTANTS;
    b->program.now = NONE32;
    b->record.slots = b->slots;
}

static inline uint32_t build_text(struct build *b, const char *text)
{
    uint32_t at = b->image.STRINGS_count;
    size_t size = strlen(text) + 1;
    assert_true(at + size <= sizeof b->strings);
    memcpy(b->strings + at, text, size);
    b->image.STRINGS_count += (uint32_t)size;
    return at;
}

static inline void list_add(struct build_list *list, uint32_t item)
{
    for (uint32_t k = 0; k < list->count; k++)
        if (list->items[k] == item) return;
    assert_true(list->count < BUILD_LIST);
    list->items[list->count++] = item;
}

static inline struct run build_indexes(struct build *b, const struct build_list *list)
{
    struct run run = {b->image.INDEXES_count, list->count};
    for (uint32_t k = 0; k < list->count; k++)
        b->indexes[b->image.INDEXES_count++] = list->items[k];
    return run;
}

/* ---- Constants, registers, code ------------------------------------------------------------------- */

static inline struct image_constant *build_constant(struct build *b, enum kind kind)
{
    assert_true(b->constants_used < BUILD_CONSTANTS);
    struct image_constant *c = &b->constants[b->constants_used++];
    *c = (struct image_constant){.kind = kind, .tag = TAG_KNOWN};
    return c;
}

/* The register of a number. */
static inline uint32_t build_number(struct build *b, const char *text)
{
    decimal x = dec(text);
    struct image_constant *c = build_constant(b, KIND_NUM);
    memcpy(c->words, &x, sizeof x);
    memcpy(c->words + 2, &x, sizeof x);
    return b->constants_used - 1;
}

static inline uint32_t build_none(struct build *b)
{
    build_constant(b, KIND_NUM)->tag = TAG_OFF;
    return b->constants_used - 1;
}

static inline uint32_t build_code(struct build *b, int32_t code)
{
    build_constant(b, KIND_ENUM)->code = code;
    return b->constants_used - 1;
}

static inline cal_day build_day_of(const char *text)
{
    struct cal_value c;
    assert_int_equal(cal_parse(text, strlen(text), &c), CAL_OK);
    return cal_day_of(c.from);
}

static inline uint32_t build_day(struct build *b, const char *text)
{
    struct image_constant *c = build_constant(b, KIND_DAY);
    c->words[0] = c->words[1] = (uint64_t)build_day_of(text);
    return b->constants_used - 1;
}

static inline uint32_t build_time(struct build *b, const char *text)
{
    struct cal_value v;
    assert_int_equal(cal_parse(text, strlen(text), &v), CAL_OK);
    struct image_constant *c = build_constant(b, KIND_TIME);
    c->words[0] = (uint64_t)v.from;
    c->words[1] = (uint64_t)v.to;
    c->words[2] = (uint64_t)(int64_t)v.offset;
    return b->constants_used - 1;
}

static inline uint32_t build_register(struct build *b)
{
    b->program.register_count = b->registers + 1;
    return b->registers++;
}

static inline void build_insn(struct build *b, enum opcode op, uint32_t d, uint32_t a, uint32_t x, uint32_t c)
{
    b->code[b->image.CODE_count++] =
        (struct insn){(uint16_t)op, (uint16_t)d, (uint16_t)a, (uint16_t)x, (uint16_t)c};
}

/* Emits an instruction; its result's register. */
static inline uint32_t build_op(struct build *b, enum opcode op, uint32_t a, uint32_t x, uint32_t c)
{
    uint32_t d = build_register(b);
    build_insn(b, op, d, a, x, c);
    return d;
}

/* ---- Inputs, parameters, enumerations ------------------------------------------------------------- */

static inline uint32_t build_input(struct build *b, enum kind kind, const char *name)
{
    uint32_t input = b->image.INPUTS_count++;
    b->inputs[input] = (struct image_input){.name = build_text(b, name),
                                            .type = {.kind = (uint8_t)kind, .enumeration = NONE32},
                                            .low = NONE32,
                                            .high = NONE32,
                                            .negative_below = NONE32};
    b->slots[input].value = value_unknown(WHY_MISSING);
    return input;
}

/* A list whose elements have so many numbers as fields. */
static inline uint32_t build_events(struct build *b, const char *name, uint32_t fields)
{
    uint32_t input = build_input(b, KIND_LIST, name);
    b->inputs[input].list = LIST_EVENTS;
    b->inputs[input].fields = (struct run){b->image.FIELDS_count, fields};
    for (uint32_t k = 0; k < fields; k++)
        b->fields[b->image.FIELDS_count++] = (struct image_field){.type = {.kind = KIND_NUM}};
    return input;
}

static inline uint32_t build_param(struct build *b, const char *name)
{
    uint32_t param = b->image.PARAMS_count++;
    b->params[param] = (struct image_param){.name = build_text(b, name),
                                            .type = {.kind = KIND_NUM, .unit = build_text(b, "1")},
                                            .or_none = 1,
                                            .key = NONE32};
    return param;
}

/* What an institution has set. */
static inline void build_setting(struct build *b, uint32_t param, const char *text)
{
    b->settings[b->image.SETTINGS_count++] =
        (struct image_setting){.param = param, .value = build_text(b, text)};
}

static inline uint32_t build_enum(struct build *b, uint32_t members, bool or_other)
{
    uint32_t index = b->image.ENUMS_count++;
    b->enums[index] = (struct image_enum){.members = {b->image.MEMBERS_count, members}, .or_other = or_other};
    b->image.MEMBERS_count += members;
    return index;
}

/* ---- Rules ---------------------------------------------------------------------------------------- */

static inline struct image_rule *build_rule(struct build *b, enum rule_kind kind, enum rule_policy policy)
{
    struct image_rule *rule = &b->rules[b->image.RULES_count];
    *rule = (struct image_rule){.kind = kind,
                                .policy = policy,
                                .applies = NONE32,
                                .applies_node = NONE32,
                                .applies_setup = b->image.CODE_count,
                                .condition = NONE32,
                                .test = NONE32,
                                .asked = NONE32,
                                .asked_item = NONE32,
                                .each = NONE32,
                                .alert = NONE32,
                                .monitor = NONE32};
    b->part = PART_APPLIES_SETUP;
    b->rule_subject_count = b->rule_row_count = 0;
    b->in_row = false;
    return rule;
}

static inline struct image_rule *build_current(struct build *b)
{
    return &b->rules[b->image.RULES_count];
}

/* Ends the stretches of code before part. */
static inline void build_part(struct build *b, enum part part)
{
    struct image_rule *rule = build_current(b);
    uint32_t *const starts[] = {&rule->applies_setup, &rule->applies_decide, &rule->setup, &rule->decide};
    while (b->part < part) {
        build_insn(b, OP_END, 0, 0, 0, 0);
        *starts[++b->part] = b->image.CODE_count;
        if (b->part == PART_SETUP) rule->applies_subjects.count = b->rule_subject_count;
    }
}

/* Gives the rule its place; its index. */
static inline uint32_t build_rule_end(struct build *b)
{
    struct image_rule *rule = build_current(b);
    build_part(b, PART_DECIDE);
    build_insn(b, OP_END, 0, 0, 0, 0);
    rule->rows = (struct run){b->image.ROWS_count, b->rule_row_count};
    rule->subjects = (struct run){b->image.SUBJECTS_count, b->rule_subject_count};
    rule->applies_subjects.first = rule->subjects.first;
    for (uint32_t k = 0; k < b->rule_subject_count; k++) {
        struct build_subject *s = &b->rule_subjects[k];
        s->s.thresholds = build_indexes(b, &s->thresholds);
        s->s.reads = build_indexes(b, &s->reads);
        b->subjects[b->image.SUBJECTS_count++] = s->s;
    }
    for (uint32_t k = 0; k < b->rule_row_count; k++) {
        struct build_row *r = &b->rule_rows[k];
        for (uint32_t i = 0; i < r->reads.count; i++)
            r->reads.items[i] += rule->subjects.first;
        r->row.reads = build_indexes(b, &r->reads);
        if (r->row.instead_of != NONE32) r->row.instead_of += rule->rows.first;
        b->rows[b->image.ROWS_count++] = r->row;
    }
    return b->image.RULES_count++;
}

/* The rule in hand runs for each element of the list; the registers of element, next and last are new. */
static inline struct image_each *build_each(struct build *b, uint32_t list)
{
    struct image_each *each = &b->eaches[b->image.EACHES_count];
    build_current(b)->each = b->image.EACHES_count++;
    *each = (struct image_each){.list = list,
                                .element = build_register(b),
                                .next = build_register(b),
                                .last = build_register(b),
                                .where = NONE32,
                                .where_node = NONE32};
    return each;
}

/* ---- Subjects and conditions ---------------------------------------------------------------------- */

/* Declares a register as a subject that reads an input, a parameter or a rule. */
static inline uint32_t build_subject(struct build *b, uint32_t reg, enum kind kind, enum read_kind read,
                                     uint32_t index)
{
    struct build_subject *s = &b->rule_subjects[b->rule_subject_count];
    assert_true(b->rule_subject_count < BUILD_LIST);
    *s = (struct build_subject){.s = {.reg = reg,
                                      .kind = kind,
                                      .enumeration = NONE32,
                                      .rule = NONE32,
                                      .unless_known = NONE32,
                                      .node = NONE32}};
    list_add(&s->reads, (uint32_t)read << 28 | index);
    return b->rule_subject_count++;
}

/* Loads an input in the part in hand, as a subject. */
static inline uint32_t build_load(struct build *b, uint32_t input)
{
    enum kind kind = (enum kind)b->inputs[input].type.kind;
    uint32_t subject = build_subject(b, build_op(b, OP_LOAD_INPUT, input, 0, 0), kind, READ_INPUT, input);
    b->rule_subjects[subject].s.enumeration = b->inputs[input].type.enumeration;
    return subject;
}

/* Says that the row in hand compares the subject, cut at threshold (NONE32: it is the condition itself). */
static inline void build_reads(struct build *b, uint32_t subject, uint32_t threshold)
{
    if (threshold != NONE32) list_add(&b->rule_subjects[subject].thresholds, threshold);
    if (b->in_row) list_add(&b->rule_rows[b->rule_row_count - 1].reads, subject);
}

static inline uint32_t build_compare(struct build *b, enum opcode op, uint32_t subject, uint32_t threshold)
{
    build_reads(b, subject, threshold);
    return build_op(b, op, b->rule_subjects[subject].s.reg, threshold, NONE16);
}

static inline uint32_t build_below(struct build *b, uint32_t subject, const char *number)
{
    return build_compare(b, OP_LT, subject, build_number(b, number));
}

static inline uint32_t build_not(struct build *b, uint32_t condition)
{
    return build_op(b, OP_NOT, condition, 0, 0);
}

static inline uint32_t build_from(struct build *b, uint32_t subject, const char *number)
{
    return build_not(b, build_below(b, subject, number));
}

static inline uint32_t build_and(struct build *b, uint32_t x, uint32_t y)
{
    return build_op(b, OP_AND, x, y, 0);
}

/* A yes or no subject as a condition. */
static inline uint32_t build_holds(struct build *b, uint32_t subject)
{
    build_reads(b, subject, NONE32);
    return b->rule_subjects[subject].s.reg;
}

static inline uint32_t build_is(struct build *b, uint32_t subject, int32_t code)
{
    build_reads(b, subject, (uint32_t)code);
    return build_op(b, OP_EQ_ENUM, b->rule_subjects[subject].s.reg, build_code(b, code), 0);
}

/* ---- Rows ----------------------------------------------------------------------------------------- */

static inline struct image_row *build_row(struct build *b, enum row_type type)
{
    build_part(b, PART_DECIDE);
    assert_true(b->rule_row_count < BUILD_LIST);
    struct build_row *r = &b->rule_rows[b->rule_row_count++];
    *r = (struct build_row){.row = {.type = type,
                                    .condition = NONE32,
                                    .node = NONE32,
                                    .instead_of = NONE32,
                                    .schedule = NONE32,
                                    .value = NONE32,
                                    .value_node = NONE32}};
    b->in_row = true;
    return &r->row;
}

/* A classification's row; its condition is set by the caller. */
static inline struct image_row *build_value_row(struct build *b, uint32_t member)
{
    struct image_row *row = build_row(b, ROWTYPE_VALUE);
    row->member = member;
    return row;
}

/* ---- The record ----------------------------------------------------------------------------------- */

static inline void give(struct build *b, uint32_t input, struct value value)
{
    b->slots[input].state = SLOT_PRESENT;
    b->slots[input].value = value;
}

static inline void give_words(struct build *b, uint32_t input, const char *words)
{
    give(b, input, val(words));
}

static inline void take_away(struct build *b, uint32_t input, const char *bounds)
{
    b->slots[input].state = SLOT_ABSENT;
    b->slots[input].value = val(bounds);
}

/* A moment as a record writes it: a date or a time, perhaps partial. */
static inline struct value moment_of_text(const char *text, uint8_t *kind)
{
    struct cal_value c;
    assert_int_equal(cal_parse(text, strlen(text), &c), CAL_OK);
    bool timed = c.precision == CAL_TIME;
    struct value v = {.tag = TAG_KNOWN};
    v.t.lo = timed ? c.from : cal_day_of(c.from);
    v.t.hi = timed ? c.to : cal_day_of(c.to);
    v.t.lo_offset = v.t.hi_offset = c.offset;
    if (v.t.lo != v.t.hi) v.tag = TAG_RANGE;
    *kind = timed ? KIND_TIME : KIND_DAY;
    return v;
}

/* The list is there, and empty. */
static inline void give_list(struct build *b, uint32_t input)
{
    b->slots[input] = (struct slot){.state = SLOT_PRESENT, .elements = &b->elements[b->element_count]};
}

/* Adds an element to the list given last, with its first field. */
static inline struct element *give_element(struct build *b, uint32_t input, const char *at, const char *value)
{
    struct element *e = &b->elements[b->element_count];
    struct value *fields = &b->element_fields[4 * b->element_count];
    *e = (struct element){.fields = fields, .notes = &b->element_notes[4 * b->element_count]};
    e->at = moment_of_text(at, &e->at_kind);
    element_place(e, b->slots[input].count ? e - 1 : NULL, CAL_NO_OFFSET);
    for (int k = 0; k < 4; k++)
        fields[k] = value_unknown(WHY_MISSING);
    fields[0] = val(value);
    b->element_count++;
    b->slots[input].count++;
    return e;
}

#endif
