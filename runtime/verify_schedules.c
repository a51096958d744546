/* When doses are given: days, phases, lengths. */
#include "runtime/verify.h"

#include <string.h>

#include "runtime/course.h"

bool verify_days(const struct verifier *v, struct run days)
{
    for (uint32_t i = 0; i < days.count; i++) {
        const struct image_days *d = &v->image->DAYS[days.first + i];
        if (d->from == 0 || d->from > d->to) return false;
    }
    return true;
}

bool verify_node_shows(const struct verifier *v, uint32_t node, uint32_t reg)
{
    if (node == NONE32) return true;
    return reg != NONE32 && v->image->NODES[node].type.kind == v->regs[reg].kind;
}

/* A register of the rule with its node, or neither. */
static bool value_holds(const struct verifier *v, uint32_t reg, uint32_t node, enum kind kind, uint32_t rule)
{
    return (reg == NONE32 || verify_reg_kept(v, reg, kind, rule)) && verify_node_shows(v, node, reg);
}

static bool values_hold(const struct verifier *v, const struct image_schedule *s, uint32_t rule)
{
    return value_holds(v, s->start, s->start_node, KIND_DAY, rule) &&
           value_holds(v, s->end, s->end_node, KIND_DAY, rule) &&
           value_holds(v, s->every, s->every_node, KIND_NUM, rule) &&
           value_holds(v, s->every_to, s->every_to_node, KIND_NUM, rule);
}

/* A start, an end and a phase stand together. */
static bool phase_holds(const struct image_schedule *s)
{
    bool of = s->phase != NONE32;
    bool needed = s->form == SCHEDULE_OF || s->form == SCHEDULE_CONTINUOUS;
    return (s->start != NONE32) == of && (s->end != NONE32) == of && (of || !needed);
}

/* One of the units in which the runtime can count and print a schedule. */
static bool unit_holds(const char *unit)
{
    bool months;
    return schedule_unit_count(unit, &months) > 0 || strcmp(unit, "h") == 0 || strcmp(unit, "min") == 0;
}

/* What a form has, and no other: days, a length, a number of times. */
static bool form_holds(const struct verifier *v, const struct image_schedule *s)
{
    bool counts = s->form == SCHEDULE_EVERY || s->form == SCHEDULE_TIMES;
    return (s->days.count > 0) == (s->form == SCHEDULE_DAYS) &&
           (s->every != NONE32) == (s->form == SCHEDULE_EVERY) &&
           (s->every_to == NONE32 || s->every != NONE32) && (s->times > 0) == (s->form == SCHEDULE_TIMES) &&
           (counts ? unit_holds(image_text(v->image, s->unit)) : s->unit == 0);
}

bool verify_row_schedule(const struct verifier *v, const struct image_row *row, uint32_t rule)
{
    bool dates = row->type == ROWTYPE_SCHEDULE;
    if (!dates || row->schedule == NONE32) return !dates && row->schedule == NONE32;
    const struct image_schedule *s = &v->image->SCHEDULES[row->schedule];
    return values_hold(v, s, rule) && phase_holds(s) && form_holds(v, s) && verify_days(v, s->days);
}
