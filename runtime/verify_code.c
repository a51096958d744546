/*
 * The code by abstract interpretation: once through each rule's four stretches, in the order in which they
 * run, with the kind of every register instead of its value.
 *
 * Each register is written by one instruction, one fold, or the machine for each element of a list.  It may
 * be read after that in the same rule; what a fold's body writes may be read in the body alone, since the
 * body may never run.
 */
#include "runtime/verify.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/calendar.h"
#include "runtime/eval.h"
#include "runtime/opcode.h"

struct scope {
    uint32_t fold;
    uint32_t mark; /* registers written before the body */
};

/* Where the interpretation stands. */
struct interpreter {
    struct verifier *v;
    uint32_t pc;
    uint32_t rule;
    enum stretch stretch;
    struct scope scopes[IMAGE_FOLD_DEPTH_MAX];
    uint32_t depth;
    uint32_t *written; /* registers of this rule in order of writing */
    uint32_t written_count;
    bool *walked; /* one a fold */
};

/* What an instruction leaves in d. */
struct outcome_type {
    enum kind kind;
    uint32_t detail;
};

static bool refuse(const struct interpreter *in, const char *what)
{
    return verify_refuse(in->v, "CODE", in->pc, what);
}

/* ---- Registers ------------------------------------------------------------------------------------ */

static bool is_constant(const struct verifier *v, uint32_t reg)
{
    return reg < v->image->CONSTANTS_count;
}

static void constants_begin(struct verifier *v)
{
    const struct image *image = v->image;
    for (uint32_t i = 0; i < image->CONSTANTS_count; i++) {
        const struct image_constant *c = &image->CONSTANTS[i];
        bool listed = c->kind == KIND_ENUM || c->kind == KIND_SET;
        v->regs[i] = (struct reg_fact){.kind = (uint8_t)c->kind,
                                       .live = true,
                                       .kept = true,
                                       .rule = REG_OF_NONE,
                                       .detail = listed ? c->enumeration : NONE32};
    }
}

static bool now_begins(struct verifier *v)
{
    uint32_t now = v->image->PROGRAM->now;
    if (now == NONE32) return true;
    if (now >= v->image->PROGRAM->register_count || is_constant(v, now))
        return verify_refuse(v, "PROGRAM", 0, "now is no register of its own");
    v->regs[now] = (struct reg_fact){
        .kind = KIND_TIME, .live = true, .kept = true, .rule = REG_OF_NONE, .detail = NONE32};
    return true;
}

bool verify_reg_fits(const struct verifier *v, uint32_t reg, uint32_t enumeration)
{
    return v->regs[reg].detail == enumeration;
}

bool verify_reg_kept(const struct verifier *v, uint32_t reg, enum kind kind, uint32_t rule)
{
    if (reg >= v->image->PROGRAM->register_count) return false;
    const struct reg_fact *fact = &v->regs[reg];
    return fact->kept && (kind == KIND_NONE || fact->kind == kind) &&
           (fact->rule == REG_OF_NONE || fact->rule == rule);
}

static bool is_live(const struct interpreter *in, uint32_t reg, enum kind kind)
{
    const struct verifier *v = in->v;
    if (reg >= v->image->PROGRAM->register_count || !v->regs[reg].live) return false;
    return kind == KIND_NONE || v->regs[reg].kind == kind;
}

/* Once in the whole program: so a register that is read has the value that its one instruction gave it. */
static bool write_reg(struct interpreter *in, uint32_t reg, struct outcome_type type)
{
    struct verifier *v = in->v;
    if (reg >= v->image->PROGRAM->register_count || v->regs[reg].kind != KIND_NONE)
        return refuse(in, "a register is written twice, or is none");
    v->regs[reg] = (struct reg_fact){.kind = (uint8_t)type.kind,
                                     .stretch = (uint8_t)in->stretch,
                                     .live = true,
                                     .rule = in->rule,
                                     .detail = type.detail};
    in->written[in->written_count++] = reg;
    return true;
}

/* ---- Enumerations and sets in registers ----------------------------------------------------------- */

/* Whether two registers can be compared: they are of one enumeration. */
static bool same_list(const struct interpreter *in, uint32_t a, uint32_t b)
{
    return in->v->regs[a].detail != NONE32 && in->v->regs[a].detail == in->v->regs[b].detail;
}

/* The member stands for a bit of a set. */
static bool is_bit(const struct interpreter *in, uint32_t reg)
{
    if (is_constant(in->v, reg)) return in->v->image->CONSTANTS[reg].code < SET_MEMBERS;
    const struct image_enum *list = &in->v->image->ENUMS[in->v->regs[reg].detail];
    return list->members.count + list->or_other <= SET_MEMBERS;
}

static struct outcome_type type_of(const struct image_type *type)
{
    return (struct outcome_type){(enum kind)type->kind, type->enumeration};
}

/* ---- What single instructions ask beyond the kinds of their operands ------------------------------ */

static bool is_open(const struct interpreter *in, uint32_t fold)
{
    for (uint32_t i = 0; i < in->depth; i++)
        if (in->scopes[i].fold == fold) return true;
    return false;
}

static bool is_innermost(const struct interpreter *in, uint32_t fold)
{
    return in->depth > 0 && in->scopes[in->depth - 1].fold == fold;
}

static bool earlier_rule(const struct interpreter *in, uint32_t rule, bool dose_only)
{
    /* rules run in their order: the result of a later one is that of the record before */
    if (rule >= in->rule) return false;
    uint32_t kind = in->v->image->RULES[rule].kind;
    return kind == RULE_DOSE || (kind < RULE_GUARANTEE && !dose_only);
}

/* A field of an input's elements. */
static bool field_type(const struct interpreter *in, uint32_t input, uint32_t field,
                       struct outcome_type *type)
{
    const struct run *fields = &in->v->image->INPUTS[input].fields;
    if (field >= fields->count) return refuse(in, "the list has no such field");
    *type = type_of(&in->v->image->FIELDS[fields->first + field].type);
    return true;
}

static bool result_type(const struct interpreter *in, uint32_t rule, struct outcome_type *type)
{
    if (!earlier_rule(in, rule, false)) return refuse(in, "it reads no earlier rule");
    const struct image_rule *read = &in->v->image->RULES[rule];
    bool dose = read->kind == RULE_DOSE;
    if (!dose && read->enumeration == NONE32) return refuse(in, "the rule has no values");
    enum kind kind = dose ? KIND_NUM : rule_fills_set(read) ? KIND_SET : KIND_ENUM;
    *type = (struct outcome_type){kind, dose ? NONE32 : read->enumeration};
    return true;
}

static bool item_read(const struct interpreter *in, const struct insn *i)
{
    if (!earlier_rule(in, i->a, false)) return refuse(in, "it reads no earlier rule");
    const struct image_rule *read = &in->v->image->RULES[i->a];
    return (rule_fills_set(read) && read->enumeration != NONE32 &&
            verify_reg_fits(in->v, i->b, read->enumeration)) ||
           refuse(in, "the rule has other items");
}

static bool load_type(const struct interpreter *in, const struct insn *i, struct outcome_type *type)
{
    const struct image *image = in->v->image;
    const struct image_param *param = i->op == OP_LOAD_INPUT ? NULL : &image->PARAMS[i->a];
    *type = param ? type_of(&param->type) : type_of(&image->INPUTS[i->a].type);
    switch (i->op) {
    case OP_LOAD_INPUT: return image->INPUTS[i->a].list == LIST_NOT || refuse(in, "it loads a list");
    case OP_LOAD_PARAM: return param->key == NONE32 || refuse(in, "it loads a table");
    default:
        return (param->key != NONE32 && verify_reg_fits(in->v, i->b, param->key)) ||
               refuse(in, "the table has other keys");
    }
}

/* One of two registers, which must be of one kind and of one list. */
static bool joined_type(const struct interpreter *in, uint16_t one, uint16_t other, struct outcome_type *type)
{
    const struct reg_fact *a = &in->v->regs[one], *b = &in->v->regs[other];
    *type = (struct outcome_type){(enum kind)a->kind, a->detail};
    return (a->kind == b->kind && a->detail == b->detail) || refuse(in, "it joins two kinds");
}

static bool fold_field_type(const struct interpreter *in, const struct insn *i, struct outcome_type *type)
{
    if (!is_open(in, i->a)) return refuse(in, "it stands outside of its fold");
    const struct image_fold *fold = &in->v->image->FOLDS[i->a];
    *type = (struct outcome_type){KIND_NUM, NONE32};
    if (fold->gaps) return i->b == 0 || refuse(in, "gaps have one value");
    return field_type(in, fold->list, i->b, type);
}

static bool flag_holds(const struct interpreter *in, const struct insn *i)
{
    switch (i->op) {
    case OP_IS_OUTCOME:
        return i->b <= OUTCOME_COUNT + ACTION_WITHHOLD || refuse(in, "there is no such outcome");
    case OP_COMPLETED:
    case OP_COMPLETED_TIME:
        return (i->c >= CAL_DAYS && i->c <= CAL_YEARS) || refuse(in, "that is no calendar unit");
    case OP_SHIFT_DAY:
    case OP_PHASE_END:
        return i->c == CAL_DAYS || i->c == CAL_MONTHS || refuse(in, "days move by days or months");
    default:
        return i->c == CAL_SECOND || i->c == CAL_DAYS || i->c == CAL_MONTHS ||
               refuse(in, "times move by seconds, days or months");
    }
}

/* The kind of what is written where opcodes.def says ANY, and all other conditions. */
static bool insn_type(const struct interpreter *in, const struct insn *i, struct outcome_type *type)
{
    switch ((enum opcode)i->op) {
    case OP_LOAD_INPUT:
    case OP_LOAD_PARAM:
    case OP_TABLE: return load_type(in, i, type);
    case OP_LOAD_RESULT: return result_type(in, i->a, type);
    case OP_STATE_ON:
    case OP_STATE_AT:
        return result_type(in, i->a, type) &&
               (in->v->image->RULES[i->a].each != NONE32 || refuse(in, "the rule runs for no list"));
    case OP_HAS_ITEM: return item_read(in, i);
    case OP_LOAD_TOTAL:
    case OP_DAY_AMOUNT:
    case OP_DATE_AMOUNT: return earlier_rule(in, i->a, true) || refuse(in, "it reads no earlier dose");
    case OP_WITHIN: return earlier_rule(in, i->b, true) || refuse(in, "it reads no earlier dose");
    case OP_IS_OUTCOME:
        return (earlier_rule(in, i->a, false) || refuse(in, "it reads no earlier rule")) && flag_holds(in, i);
    case OP_COMPLETED:
    case OP_COMPLETED_TIME:
    case OP_SHIFT_DAY:
    case OP_PHASE_END:
    case OP_SHIFT_TIME: return flag_holds(in, i);
    case OP_KNOWN_LIST:
        return in->v->image->INPUTS[i->a].list != LIST_NOT || refuse(in, "it asks for no list");
    case OP_LT_ENUM:
    case OP_LE_ENUM:
    case OP_EQ_ENUM: return same_list(in, i->a, i->b) || refuse(in, "it compares two enumerations");
    case OP_HAS:
        return (same_list(in, i->a, i->b) && is_bit(in, i->b)) || refuse(in, "the set has other members");
    case OP_MEETS: return same_list(in, i->a, i->b) || refuse(in, "the sets have other members");
    case OP_OR_ELSE: return joined_type(in, i->a, i->b, type);
    case OP_PICK: return joined_type(in, i->b, i->c, type);
    case OP_ONLY: return joined_type(in, i->b, i->b, type);
    case OP_FIELD: return fold_field_type(in, i, type);
    case OP_DROP: return is_innermost(in, i->a) || refuse(in, "it leaves a fold that it does not stand in");
    case OP_AT_DAY:
    case OP_AT_TIME:
    case OP_ACTIVE_DAY:
    case OP_ACTIVE_TIME: return is_open(in, i->a) || refuse(in, "it stands outside of its fold");
    case OP_GET: return field_type(in, in->v->regs[i->a].detail, i->b, type);
    default: return true;
    }
}

/* ---- Operands ------------------------------------------------------------------------------------- */

static bool operand_holds(const struct interpreter *in, enum operand operand, uint16_t value)
{
    const struct image *image = in->v->image;
    switch (operand) {
    /* bytes that nobody reads are not left to hide anything */
    case OPERAND_NONE: return value == 0;
    case OPERAND_INPUT: return value < image->INPUTS_count;
    case OPERAND_PARAM: return value < image->PARAMS_count;
    case OPERAND_RULE: return value < image->RULES_count;
    case OPERAND_FOLD: return value < image->FOLDS_count;
    case OPERAND_RATIO: return value < image->RATIOS_count;
    case OPERAND_FIELD:
    case OPERAND_FLAG: return true; /* insn_type looks at them */
    case OPERAND_ORD: return value == NONE16 || is_live(in, value, KIND_NUM);
    default: return is_live(in, value, operand_kind(operand));
    }
}

static bool insn_holds(struct interpreter *in, const struct insn *i)
{
    const struct opcode_fact *fact = &OPCODES[i->op];
    for (int place = 1; place < OPERAND_COUNT; place++)
        if (!operand_holds(in, (enum operand)fact->operands[place], insn_operand(i, place)))
            return refuse(in, "an operand is not of its kind");
    enum operand d = (enum operand)fact->operands[0];
    struct outcome_type type = {operand_kind(d), NONE32};
    if (!insn_type(in, i, &type)) return false;
    if (d == OPERAND_NONE) return i->d == 0 || refuse(in, "an operand is not of its kind");
    return write_reg(in, i->d, type);
}

/* ---- Folds ---------------------------------------------------------------------------------------- */

static bool bound_is_live(const struct interpreter *in, const struct image_fold *fold, uint32_t reg)
{
    return reg == NONE32 || is_live(in, reg, fold->window & FOLD_BY_DAY ? KIND_DAY : KIND_TIME);
}

static bool fold_open(struct interpreter *in, uint32_t index)
{
    const struct image_fold *fold = &in->v->image->FOLDS[index];
    uint32_t outer = in->depth ? in->scopes[in->depth - 1].fold : NONE32;
    /* each fold is walked by one place in the code, inside of the one that it names */
    if (fold->begin != in->pc || in->walked[index] || fold->outer != outer)
        return refuse(in, "another fold begins here");
    if (in->stretch == STRETCH_APPLIES_DECIDE || in->stretch == STRETCH_DECIDE)
        return refuse(in, "a decision walks over no list"); /* the search runs parts of it */
    if (in->depth == IMAGE_FOLD_DEPTH_MAX) return refuse(in, "folds are nested too deep");
    if (in->v->image->INPUTS[fold->list].list == LIST_NOT) return refuse(in, "it walks over no list");
    if (!bound_is_live(in, fold, fold->lo) || !bound_is_live(in, fold, fold->hi))
        return refuse(in, "an end of its window is no moment");
    if (fold->next != NONE32 && !is_live(in, fold->next, KIND_TIME))
        return refuse(in, "where its window ends at the latest is no time");
    in->walked[index] = true;
    in->scopes[in->depth++] = (struct scope){index, in->written_count};
    return true;
}

static bool takes_values(const struct image_fold *fold)
{
    return fold->selector >= FOLD_HIGHEST && fold->selector <= FOLD_TOTAL;
}

/* What it compares or adds are numbers. */
static bool fold_value_holds(const struct interpreter *in, const struct image_fold *fold)
{
    struct outcome_type type;
    if (!takes_values(fold)) return true;
    if (fold->gaps) return true;
    return field_type(in, fold->list, 0, &type) &&
           (type.kind == KIND_NUM || refuse(in, "it adds no numbers"));
}

/* KIND_NONE: the selector has no result of its own. */
static enum kind fold_result_kind(const struct image_fold *fold)
{
    switch (fold->selector) {
    case FOLD_ANY:
    case FOLD_EVERY: return KIND_BOOL;
    case FOLD_LATEST:
    case FOLD_FIRST: return fold->gaps ? KIND_NUM : KIND_NONE;
    default: return KIND_NUM;
    }
}

static bool fold_selects(const struct image_fold *fold)
{
    return !fold->gaps && (fold->selector <= FOLD_LOWEST || fold->selector == FOLD_ANY);
}

/* What the fold leaves behind. */
static bool fold_results(struct interpreter *in, const struct image_fold *fold)
{
    enum kind kind = fold_result_kind(fold);
    if (fold->result != NONE32) {
        if (kind == KIND_NONE) return refuse(in, "it has no result of its own");
        if (!write_reg(in, fold->result, (struct outcome_type){kind, NONE32})) return false;
    }
    if (fold->element == NONE32) return true;
    if (!fold_selects(fold)) return refuse(in, "it selects no element");
    return write_reg(in, fold->element, (struct outcome_type){KIND_ELEM, fold->list});
}

static bool fold_close(struct interpreter *in, uint32_t index)
{
    const struct image_fold *fold = &in->v->image->FOLDS[index];
    if (!is_innermost(in, index) || fold->end != in->pc) return refuse(in, "another fold ends here");
    if (fold->where != NONE32 && !is_live(in, fold->where, KIND_BOOL))
        return refuse(in, "its condition is none");
    bool claims = fold->selector == FOLD_EVERY;
    if (claims ? !is_live(in, fold->claim, KIND_BOOL) : fold->claim != NONE32)
        return refuse(in, "its claim is none");
    if (!fold_value_holds(in, fold)) return false;
    const struct scope *scope = &in->scopes[--in->depth];
    for (uint32_t i = scope->mark; i < in->written_count; i++)
        /* what the body wrote is gone: there may have been no element */
        in->v->regs[in->written[i]].live = false;
    return fold_results(in, fold);
}

/* ---- Stretches ------------------------------------------------------------------------------------ */

static bool step_holds(struct interpreter *in, const struct insn *i)
{
    if (i->op >= OP_COUNT) return refuse(in, "there is no such instruction");
    if (!insn_holds(in, i)) return false;
    if (i->op == OP_FOLD) return fold_open(in, i->a);
    return i->op != OP_END_FOLD || fold_close(in, i->a);
}

/* From where the stretch before has ended to its END. */
static bool stretch_holds(struct interpreter *in, uint32_t begin)
{
    if (begin != in->pc) return refuse(in, "the stretches do not follow each other");
    for (; in->pc < in->v->image->CODE_count; in->pc++) {
        const struct insn *i = &in->v->image->CODE[in->pc];
        if (!step_holds(in, i)) return false;
        if (i->op != OP_END) continue;
        in->pc++;
        return in->depth == 0 || refuse(in, "a fold does not end");
    }
    return refuse(in, "the code does not end");
}

/* What the machine writes before `setup`: `applies` does not see it, so that it is the same for all elements.
 */
static bool each_begins(struct interpreter *in, const struct image_rule *rule)
{
    if (in->stretch != STRETCH_SETUP || rule->each == NONE32) return true;
    const struct image_each *each = &in->v->image->EACHES[rule->each];
    if (in->v->image->INPUTS[each->list].list == LIST_NOT)
        return verify_refuse(in->v, "EACHES", rule->each, "it runs for no list");
    return write_reg(in, each->element, (struct outcome_type){KIND_ELEM, each->list}) &&
           (each->next == NONE32 || write_reg(in, each->next, (struct outcome_type){KIND_TIME, NONE32})) &&
           (each->last == NONE32 || write_reg(in, each->last, (struct outcome_type){KIND_BOOL, NONE32}));
}

static bool rule_code_holds(struct interpreter *in, uint32_t index)
{
    const struct image_rule *rule = &in->v->image->RULES[index];
    const uint32_t begins[STRETCH_COUNT] = {rule->applies_setup, rule->applies_decide, rule->setup,
                                            rule->decide};
    in->rule = index;
    in->written_count = 0;
    for (int i = 0; i < STRETCH_COUNT; i++) {
        in->stretch = (enum stretch)i;
        if (!each_begins(in, rule) || !stretch_holds(in, begins[i])) return false;
    }
    for (uint32_t i = 0; i < in->written_count; i++) {
        struct reg_fact *fact = &in->v->regs[in->written[i]];
        /* what was written outside of folds is shown afterwards, until the next record */
        fact->kept = fact->live;
        fact->live = false;
    }
    return true;
}

static bool rules_code_holds(struct interpreter *in)
{
    const struct image *image = in->v->image;
    for (uint32_t i = 0; i < image->RULES_count; i++)
        if (!rule_code_holds(in, i)) return false;
    if (in->pc != image->CODE_count) return refuse(in, "no rule runs this");
    for (uint32_t i = 0; i < image->FOLDS_count; i++)
        if (!in->walked[i]) return verify_refuse(in->v, "FOLDS", i, "no code walks it");
    return true;
}

bool verify_code(struct verifier *v)
{
    struct interpreter in = {.v = v};
    in.written = calloc(v->image->PROGRAM->register_count + (size_t)1, sizeof *in.written);
    in.walked = calloc(v->image->FOLDS_count + (size_t)1, sizeof *in.walked);
    constants_begin(v);
    bool holds = in.written && in.walked ? now_begins(v) && rules_code_holds(&in)
                                         : verify_refuse(v, "CODE", 0, "the memory is not sufficient");
    free(in.written);
    free(in.walked);
    return holds;
}
