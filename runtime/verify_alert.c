/* Alerts, monitors, and what they run for. */
#include "runtime/verify.h"

static bool refuse_rule(const struct verifier *v, uint32_t rule, const char *what)
{
    return verify_refuse(v, "RULES", rule, what);
}

/* Its values are the states of its kind, by their places. */
static bool states_hold(const struct verifier *v, const struct image_rule *rule)
{
    uint32_t count = rule->kind == RULE_ALERT ? ALERT_STATE_COUNT : MONITOR_STATE_COUNT;
    return v->image->ENUMS[rule->enumeration].members.count == count;
}

/* Rows that hold, and one for where none does. */
static bool states_of_rows_hold(const struct verifier *v, const struct image_rule *rule)
{
    const uint32_t none = rule->kind == RULE_ALERT ? ALERT_NOT_RAISED : MONITOR_DUE;
    uint64_t states = 0;
    for (uint32_t i = rule->rows.first; i < rule->rows.first + rule->rows.count; i++) {
        const struct image_row *row = &v->image->ROWS[i];
        uint64_t state = UINT64_C(1) << row->member;
        bool otherwise = row->member == none;
        bool twice = states & state && (otherwise || rule->kind == RULE_MONITOR);
        bool plain = row->result == RESULT_VALUE && row->instead_of == NONE32;
        if (twice || !plain || (row->otherwise != 0) != otherwise)
            return verify_refuse(v, "ROWS", i, "it is no row of an alert or a monitor");
        states |= state;
    }
    const uint64_t needed =
        UINT64_C(1) << none | (rule->kind == RULE_ALERT ? 0 : UINT64_C(1) << MONITOR_NOT_DUE);
    return (states & needed) == needed;
}

/* An element of the list that the monitor expects. */
static bool element_holds(const struct verifier *v, uint32_t reg, uint32_t list, uint32_t rule)
{
    return reg == NONE32 || (verify_reg_kept(v, reg, KIND_ELEM, rule) && v->regs[reg].detail == list);
}

static bool monitor_holds(const struct verifier *v, const struct image_monitor *m, uint32_t rule)
{
    enum kind kind = m->by_day ? KIND_DAY : KIND_TIME;
    return v->image->INPUTS[m->list].list != LIST_NOT && verify_reg_kept(v, m->from, kind, rule) &&
           verify_reg_kept(v, m->to, kind, rule) && verify_reg_kept(v, m->overdue, kind, rule) &&
           verify_node_shows(v, m->from_node, m->from) && verify_node_shows(v, m->to_node, m->to) &&
           verify_node_shows(v, m->overdue_node, m->overdue) && element_holds(v, m->done, m->list, rule) &&
           element_holds(v, m->late, m->list, rule) && element_holds(v, m->early, m->list, rule);
}

/* The code has shown that its registers are this rule's alone. */
static bool each_holds(const struct verifier *v, const struct image_each *each, uint32_t rule)
{
    if (each->where != NONE32 && !verify_reg_kept(v, each->where, KIND_BOOL, rule)) return false;
    return each->where_node == NONE32 || v->image->NODES[each->where_node].type.kind == KIND_BOOL;
}

bool verify_alert(const struct verifier *v, uint32_t index)
{
    const struct image_rule *rule = &v->image->RULES[index];
    if (!rule_tells(rule)) {
        bool none = rule->each == NONE32 && rule->alert == NONE32 && rule->monitor == NONE32;
        return none || refuse_rule(v, index, "it is no alert and no monitor");
    }
    bool alert = rule->kind == RULE_ALERT;
    bool has_own = alert ? rule->alert != NONE32 && rule->monitor == NONE32 : rule->monitor != NONE32;
    uint32_t policy = alert ? RULE_AGREEMENT : RULE_FIRST_MATCH;
    if (!has_own || rule->policy != policy || !states_hold(v, rule))
        return refuse_rule(v, index, "its states are none of an alert or a monitor");
    if (!states_of_rows_hold(v, rule)) return refuse_rule(v, index, "its rows are not those of its kind");
    if (!alert && !monitor_holds(v, &v->image->MONITORS[rule->monitor], index))
        return verify_refuse(v, "MONITORS", rule->monitor, "what it shows is not its rule's");
    if (rule->each != NONE32 && !each_holds(v, &v->image->EACHES[rule->each], index))
        return verify_refuse(v, "EACHES", rule->each, "which elements count is not its rule's");
    return true;
}
