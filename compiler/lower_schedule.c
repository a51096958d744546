/* Schedules of doses, as the image keeps them, and what a rule asks of a plan.  SPEC.md, "Schedules".

   Only numbers and days that the record may decide are registers; the days of a plan are in the image as
   they were written, and the dates come from both when results are written (runtime/plan.c,
   runtime/treatment.c). */
#include "compiler/lower.h"
#include "compiler/types.h"

#include <string.h>

/* ---- Lengths ---------------------------------------------------------------------------------------- */

static struct unit unit_named(const char *code)
{
    struct unit unit;
    unit_parse(code, strlen(code), UNIT_RULES, &unit, NULL);
    return unit;
}

static bool is_unit(const struct unit *unit, const char *code)
{
    struct unit other = unit_named(code);
    return unit_equal(unit, &other);
}

/* Half a year is six months: years that are no whole number, or may turn out to be none, count in months. */
static bool stays_whole(const struct expr *length)
{
    return length == NULL || (length->kind == EXPR_NUMBER && decimal_is_whole(length->number));
}

/* The unit in which a schedule is printed: that of the rule, where it is one of those that the image knows.
 */
static struct unit unit_of(const struct schedule *s)
{
    static const char *const codes[] = {"min", "h", "d", "wk", "mo"};
    const struct unit *unit = &s->every->type->unit;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (is_unit(unit, codes[i])) return *unit;
    bool years = is_unit(unit, "a") && stays_whole(s->every) && stays_whole(s->every_to);
    return unit_named(years ? "a" : unit_is_calendar(unit) ? "mo" : "min");
}

static void put_every(struct ir_program *p, const struct schedule *s, struct image_schedule *out)
{
    struct unit unit = unit_of(s);
    struct operand every = lower_number(p, s->every, &unit);
    out->unit = ir_unit(p, &unit);
    out->every = every.reg;
    out->every_node = every.node;
    if (!s->every_to) return;
    struct operand to = lower_number(p, s->every_to, &unit);
    out->every_to = to.reg;
    out->every_to_node = to.node;
}

/* ---- Schedules -------------------------------------------------------------------------------------- */

struct image_schedule lower_schedule(struct ir_program *p, const struct schedule *s)
{
    struct image_schedule out = {.form = s->form,
                                 .phase = NONE32,
                                 .start = NONE32,
                                 .end = NONE32,
                                 .every = NONE32,
                                 .every_to = NONE32,
                                 .start_node = NONE32,
                                 .end_node = NONE32,
                                 .every_node = NONE32,
                                 .every_to_node = NONE32};
    if (s->phase) {
        out.phase = (uint32_t)s->phase->decl->index;
        out.start = lower_phase_shown(p, s->phase, EXPR_PHASE_START, &out.start_node);
        out.end = lower_phase_shown(p, s->phase, EXPR_PHASE_END, &out.end_node);
    }
    if (s->form == SCHEDULE_EVERY) put_every(p, s, &out);
    if (s->form == SCHEDULE_TIMES) {
        int64_t times = 1;
        if (s->times) decimal_to_int(s->times->number, &times);
        out.times = (uint32_t)times;
        out.unit = ir_unit(p, &s->unit);
    }
    return out;
}

/* Which inputs and rules a schedule rests on: what is missing for its dates is named from here, apart
   from what is missing for its amount. */
struct run lower_schedule_reads(struct ir_program *p, const struct image_schedule *s, struct span span)
{
    const uint32_t regs[] = {s->start, s->end, s->every, s->every_to};
    uint32_t all = ir_reg(p, KIND_NUM, span); /* only to join the lists */
    for (size_t i = 0; i < sizeof regs / sizeof *regs; i++)
        ir_reads_from(p, all, regs[i]);
    const struct ir_reg *joined = ir_reads(p, all);
    return ir_indexes(p, joined->reads, joined->read_count);
}

/* ---- What is asked of a plan ------------------------------------------------------------------------ */

struct operand lower_on(struct ir_program *p, const struct expr *e)
{
    uint32_t rule = lower_rule_index(p, e->a->decl), day_node;
    uint32_t node = lower_node(p, NODE_RESULT, e);
    bool date = e->kind == EXPR_ON_DATE;
    struct operand number = date ? (struct operand){NONE32, NONE32, NONE32} : lower_value(p, e->b);
    uint32_t day = date ? lower_day(p, e->b, &day_node) : number.reg;
    ir_node_at(p, node)->ref = rule;
    uint32_t reg = lower_setup(p, date ? OP_DATE_AMOUNT : OP_DAY_AMOUNT, KIND_NUM, rule, day, 0, e->span);
    lower_show(p, node, e->type, reg);
    return (struct operand){reg, NONE32, node};
}

uint32_t lower_none_on(struct ir_program *p, const struct expr *e, uint32_t node)
{
    struct operand amount = lower_on(p, e->a);
    ir_node_child(p, node, amount.node);
    return lower_setup(p, OP_EQ, KIND_BOOL, amount.reg, ir_number(p, DECIMAL_ZERO), NONE16, e->span);
}
