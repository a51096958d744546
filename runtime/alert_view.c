/* Questions about one evaluated alert or monitor. */
#include "runtime/alert_view.h"

#include "runtime/fact.h"

static const struct image_rule *rule_of(const struct result_view *v, uint32_t rule)
{
    return &v->image->RULES[rule];
}

enum alert_severity alert_severity(const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = rule_of(v, rule);
    return r->kind == RULE_ALERT ? (enum alert_severity)v->image->ALERTS[r->alert].severity
                                 : ALERT_SEVERITY_NONE;
}

static bool state_tells(const struct image_rule *rule, uint32_t state)
{
    if (rule->kind == RULE_ALERT) return state == ALERT_RAISED;
    return state == MONITOR_OVERDUE || state == MONITOR_LATE || state == MONITOR_MISSED;
}

bool alert_tells(const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    return result->outcome == OUTCOME_DECIDED && state_tells(rule_of(v, rule), (uint32_t)result->member);
}

bool alert_row_tells(const struct result_view *v, uint32_t rule, uint32_t row)
{
    return alert_tells(v, rule) && state_tells(rule_of(v, rule), v->image->ROWS[row].member) &&
           view_row_made(v, rule, row);
}

bool alert_row_unchecked(const struct result_view *v, uint32_t rule, uint32_t row)
{
    (void)rule;
    return eval_row(v->context, row)->unchecked;
}

/* What the row says, else the rule. */
static struct run say_of(const struct result_view *v, uint32_t rule, uint32_t row)
{
    const struct image_rule *r = rule_of(v, rule);
    struct run own = v->image->ROWS[row].say;
    return own.count || r->alert == NONE32 ? own : v->image->ALERTS[r->alert].say;
}

bool alert_says(const struct result_view *v, uint32_t rule, uint32_t row)
{
    return say_of(v, rule, row).count > 0;
}

void alert_message(const struct result_view *v, uint32_t rule, uint32_t row, struct buffer *out)
{
    const struct image_rule *r = rule_of(v, rule);
    if (alert_says(v, rule, row))
        view_parts(v, say_of(v, rule, row), out);
    else
        buffer_put(out, view_text(v, *view_text(v, r->label) ? r->label : r->name));
}

struct run alert_advices(const struct result_view *v, uint32_t rule, uint32_t row)
{
    const struct image_rule *r = rule_of(v, rule);
    struct run own = v->image->ROWS[row].advices;
    return own.count || r->alert == NONE32 ? own : v->image->ALERTS[r->alert].advices;
}

unsigned alert_force(const struct result_view *v, uint32_t rule)
{
    struct run rows = rule_of(v, rule)->rows;
    unsigned force = STRENGTH_COUNT;
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        struct run advices = alert_advices(v, rule, row);
        for (uint32_t i = advices.first; i < advices.first + advices.count; i++) {
            unsigned strength = v->image->ADVICES[i].strength;
            if (strength != STRENGTH_NONE && strength < force) force = strength;
        }
    }
    return force;
}

/* ---- Monitors ------------------------------------------------------------------------------------- */

const struct image_monitor *monitor_of(const struct result_view *v, uint32_t rule)
{
    return &v->image->MONITORS[rule_of(v, rule)->monitor];
}

static void put_moment(const struct value *value, bool by_day, struct buffer *out)
{
    const struct image_type type = {.kind = by_day ? KIND_DAY : KIND_TIME, .enumeration = NONE32};
    if (value->tag == TAG_KNOWN || value->tag == TAG_RANGE) value_text(out, NULL, &type, value, VALUE_EXACT);
}

void monitor_moment(const struct result_view *v, uint32_t rule, uint32_t reg, struct buffer *out)
{
    put_moment(eval_register(v->context, reg), monitor_of(v, rule)->by_day, out);
}

void monitor_since(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct image_monitor *m = monitor_of(v, rule);
    struct value since = *eval_register(v->context, m->overdue);
    if (m->by_day) since.t.lo++, since.t.hi++;
    put_moment(&since, m->by_day, out);
}

const struct element *monitor_element(const struct result_view *v, uint32_t reg)
{
    const struct value *taken = reg == NONE32 ? NULL : eval_register(v->context, reg);
    return taken && taken->tag == TAG_KNOWN ? &v->record->slots[taken->e.list].elements[taken->e.first]
                                            : NULL;
}

/* ---- Elements ------------------------------------------------------------------------------------- */

bool each_is_shown(const struct result_view *v, uint32_t rule, uint32_t element)
{
    return eval_each(v->context, rule)[element].counts != TRUTH_NO;
}

bool each_is_open(const struct result_view *v, uint32_t rule, uint32_t element)
{
    uint8_t outcome = eval_each(v->context, rule)[element].outcome;
    return outcome == OUTCOME_UNKNOWN || outcome == OUTCOME_FAULT;
}

static uint32_t list_of(const struct result_view *v, uint32_t rule)
{
    return v->image->EACHES[rule_of(v, rule)->each].list;
}

const struct element *each_element(const struct result_view *v, uint32_t rule, uint32_t element)
{
    return &v->record->slots[list_of(v, rule)].elements[element];
}

static void put_field(const struct result_view *v, uint32_t field, const struct value *value,
                      const char *note, struct buffer *out)
{
    const struct image_type *type = &v->image->FIELDS[field].type;
    buffer_printf(out, "%s ", view_text(v, v->image->FIELDS[field].name));
    if (type->kind == KIND_TEXT)
        buffer_put(out, note ? note : "");
    else
        value_text(out, v->image, type, value, VALUE_SHORT);
    if (type->kind == KIND_ENUM && note) buffer_printf(out, " (%s)", note);
}

void element_fields(const struct result_view *v, uint32_t list, const struct element *element, struct buffer *out)
{
    const struct image_input *input = &v->image->INPUTS[list];
    const char *between = " (";
    for (uint32_t i = 0; i < input->fields.count; i++) {
        const struct value *value = &element->fields[i];
        if (value->tag != TAG_KNOWN && value->tag != TAG_RANGE) continue;
        buffer_put(out, between);
        put_field(v, input->fields.first + i, value, element->notes[i], out);
        between = ", ";
    }
    if (*between == ',') buffer_put(out, ")");
}

void element_words(const struct result_view *v, uint32_t list, const struct element *element,
                   struct buffer *out)
{
    element_date(element, out);
    element_fields(v, list, element, out);
}

void each_words(const struct result_view *v, uint32_t rule, uint32_t element, struct buffer *out)
{
    uint32_t list = list_of(v, rule);
    buffer_printf(out, "%s of ", view_text(v, v->image->INPUTS[list].name));
    element_words(v, list, each_element(v, rule, element), out);
}
