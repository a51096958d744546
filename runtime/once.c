/* Open subjects that are asked once.

   Where each open subject of the rows that matter is compared in one place, and what is made of that is used
   in one place up to the row, the rows say by themselves all that a search would find: no answer to one
   comparison rules out an answer to another, and no two rows wait for the same.  Then `unknown` of Kleene's
   logic is exact, and so is what the truths of the rows allow (docs/evaluation.md, "How the search is done").
 */
#include "runtime/each.h"
#include "runtime/opcode.h"
#include "runtime/regions.h"
#include "runtime/walk.h"

#include <stdlib.h>
#include <string.h>

/* ---- Once a context ------------------------------------------------------------------------------- */

/* Of each register of a rule's decisions: how often it is used, 2 for more than once; where it is read, or
   NONE32 where it is the condition of a row; and whether all that is made of it is used once, up to a row. */
struct uses {
    const struct image *image;
    uint8_t *count;
    uint32_t *reader;
    bool *single;
};

static void use(struct uses *u, uint32_t reg, uint32_t reader)
{
    if (reg == NONE32) return;
    if (u->count[reg] < 2) u->count[reg]++;
    u->reader[reg] = reader;
}

static void use_operands(struct uses *u, uint32_t pc)
{
    const struct insn *code = u->image->CODE;
    for (; code[pc].op != OP_END; pc++)
        for (int place = 1; place < OPERAND_COUNT; place++)
            use(u, insn_reads(&code[pc], place), pc);
}

/* Registers keep what the rule before has said of them. */
static void forget(struct uses *u, const struct image_rule *rule, uint32_t pc)
{
    const struct insn *code = u->image->CODE;
    for (uint32_t k = 0; k < rule->subjects.count; k++)
        u->count[u->image->SUBJECTS[rule->subjects.first + k].reg] = 0;
    for (; code[pc].op != OP_END; pc++)
        u->count[code[pc].d] = 0;
}

/* What joins conditions, or compares: its answer may be either whatever another one's is. */
static bool decides(enum opcode op)
{
    switch (op) {
    case OP_LT:
    case OP_LE:
    case OP_EQ:
    case OP_NEGATIVE:
    case OP_LT_DAY:
    case OP_LE_DAY:
    case OP_EQ_DAY:
    case OP_LT_TIME:
    case OP_LE_TIME:
    case OP_EQ_TIME:
    case OP_EQ_ENUM:
    case OP_EQ_BOOL:
    case OP_HAS:
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_IMPLIES: return true;
    default: return false;
    }
}

static bool is_single(const struct uses *u, uint32_t reg)
{
    uint32_t reader = u->reader[reg];
    if (u->count[reg] != 1) return false;
    return reader == NONE32 ||
           (decides((enum opcode)u->image->CODE[reader].op) && u->single[u->image->CODE[reader].d]);
}

/* From the rows back to what they are made of. */
static void find_single(struct uses *u, uint32_t first)
{
    const struct insn *code = u->image->CODE;
    uint32_t pc = first;
    while (code[pc].op != OP_END)
        pc++;
    while (pc-- > first)
        u->single[code[pc].d] = is_single(u, code[pc].d);
}

static void count_uses(struct uses *u, const struct image_rule *rule)
{
    forget(u, rule, rule->applies_decide);
    forget(u, rule, rule->decide);
    use_operands(u, rule->applies_decide);
    use_operands(u, rule->decide);
    for (uint32_t k = 0; k < rule->rows.count; k++)
        use(u, u->image->ROWS[rule->rows.first + k].condition, NONE32);
    /* whether a rule applies, or an element counts, is asked beside every row */
    const uint32_t all[] = {rule->applies,
                            rule->each == NONE32 ? NONE32 : u->image->EACHES[rule->each].where};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        use(u, all[k], NONE32);
        use(u, all[k], NONE32);
    }
    find_single(u, rule->decide);
}

static uint32_t members_of(const struct image *image, const struct image_subject *subject)
{
    const struct image_enum *enumeration = &image->ENUMS[subject->enumeration];
    return enumeration->members.count + (enumeration->or_other != 0);
}

/* Whether a comparison with the subject that is open can have either answer: not where another rule rules one
   out, where all members are named, or where a count is asked whether it is a number that no count is. */
static bool is_either(const struct uses *u, const struct image_subject *subject)
{
    uint32_t reader = u->reader[subject->reg];
    bool equal = reader != NONE32 && u->image->CODE[reader].op == OP_EQ;
    if (subject->rule != NONE32) return false;
    if (subject->kind == KIND_ENUM) return subject->thresholds.count < members_of(u->image, subject);
    return !equal || !subject_is_whole(u->image, subject);
}

static void find_once(struct uses *u, const struct image_rule *rule, bool *once)
{
    count_uses(u, rule);
    for (uint32_t k = rule->subjects.first; k < rule->subjects.first + rule->subjects.count; k++) {
        const struct image_subject *subject = &u->image->SUBJECTS[k];
        once[k] = is_single(u, subject->reg) && is_either(u, subject);
    }
}

bool once_prepare(struct eval_context *context)
{
    const struct image *image = context->image;
    uint32_t count = image->PROGRAM->register_count;
    struct uses u = {image, calloc(count, sizeof *u.count), calloc(count, sizeof *u.reader),
                     calloc(count, sizeof *u.single)};
    bool made = u.count && u.reader && u.single;
    for (uint32_t k = 0; k < image->RULES_count && made; k++)
        find_once(&u, &image->RULES[k], context->once);
    free(u.count);
    free(u.reader);
    free(u.single);
    return made;
}

/* ---- For a record --------------------------------------------------------------------------------- */

static bool end_is_whole(const struct value *v, decimal end, uint8_t none, uint8_t open)
{
    return (v->flags & none) || (!(v->flags & open) && decimal_is_whole(end));
}

/* Whether both ends are such numbers or none: else there may be no whole number on one side of what v is
 * compared with. */
static bool ends_are_whole(const struct value *v)
{
    return end_is_whole(v, v->n.lo, VALUE_LO_NONE, VALUE_LO_OPEN) &&
           end_is_whole(v, v->n.hi, VALUE_HI_NONE, VALUE_HI_OPEN);
}

static bool subject_asks_once(const struct eval_context *context, uint32_t index)
{
    const struct image_subject *subject = &context->image->SUBJECTS[index];
    const struct value *v = eval_reg(context, subject->reg);
    if (!subject_is_open(context, subject)) return true;
    if (!context->once[index] || v->tag == TAG_FAULT) return false;
    return !subject_is_whole(context->image, subject) || ends_are_whole(v);
}

static bool row_asks_once(const struct eval_context *context, const struct image_rule *rule, uint32_t place)
{
    struct run reads = context->image->ROWS[rule->rows.first + place].reads;
    if (context->truths[place] != TRUTH_UNKNOWN) return false;
    for (uint32_t k = 0; k < reads.count; k++)
        if (!subject_asks_once(context, context->image->INDEXES[reads.first + k])) return false;
    return true;
}

bool rows_ask_once(const struct eval_context *context, const struct image_rule *rule)
{
    bool doubtful = rule->each != NONE32 && context->each_maybe_later;
    if (context->each_list != EACH_GIVEN || doubtful) return false;
    if (truth_at(context, rule->applies) != TRUTH_YES || each_counts(context, rule) != TRUTH_YES)
        return false;
    for (uint32_t k = 0; k < context->matter_count; k++)
        if (!row_asks_once(context, rule, context->matters[k])) return false;
    return true;
}
