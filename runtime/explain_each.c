/* Explains monitors, and rules that run for each element of a list. */
#include "runtime/alert_view.h"
#include "runtime/explain_tree.h"

static void add_moment(struct explain_tree *t, uint32_t rule, const char *name, uint32_t reg, uint32_t node)
{
    uint32_t index;
    size_t begin = text_begin(t);
    monitor_moment(t->view, rule, reg, &t->texts);
    struct explain_item found = {.value = text_end(t, begin)};
    found.text = text_of(t, name);
    *explain_add(t, t->under, &index) = found;
    if (node != NONE32) explain_add_reads(t, index, node);
}

static void add_found(struct explain_tree *t, uint32_t list, const char *name, uint32_t reg)
{
    const struct element *e = monitor_element(t->view, reg);
    uint32_t index;
    if (!e) return;
    size_t begin = text_begin(t);
    element_words(t->view, list, e, &t->texts);
    struct explain_item found = {.value = text_end(t, begin)};
    found.text = text_of(t, name);
    *explain_add(t, t->under, &index) = found;
}

/* Its window, and what lies in it, after it and before it. */
void explain_add_window(struct explain_tree *t, uint32_t rule)
{
    if (t->view->image->RULES[rule].kind != RULE_MONITOR) return;
    const struct image_monitor *m = monitor_of(t->view, rule);
    add_moment(t, rule, "from", m->from, m->from_node);
    add_moment(t, rule, "to", m->to, m->to_node);
    add_moment(t, rule, "overdue after", m->overdue, m->overdue_node);
    add_found(t, m->list, "the first in the window", m->done);
    add_found(t, m->list, "the first after it", m->late);
    add_found(t, m->list, "the latest before it, which does not count", m->early);
}

/* The element in focus. */
static void add_element(struct explain_tree *t, uint32_t rule, uint32_t element)
{
    const struct result_view *v = t->view;
    bool counts = each_is_shown(v, rule, element);
    size_t begin = text_begin(t);
    each_words(v, rule, element, &t->texts);
    struct explain_item found = {.text = text_end(t, begin)};
    begin = text_begin(t);
    if (counts)
        explain_result(v, rule, &t->texts);
    else
        buffer_put(&t->texts, "does not count");
    found.is = text_end(t, begin);
    *explain_add(t, 0, &t->under) = found;
    if (counts)
        explain_add_rows(t, rule);
    else
        explain_add_conditions(t, t->under, v->image->EACHES[v->image->RULES[rule].each].where_node);
    t->under = 0;
}

void explain_add_each(struct explain_tree *t, uint32_t rule)
{
    const struct result_view *v = t->view;
    uint32_t list = v->image->EACHES[v->image->RULES[rule].each].list,
             count = eval_each_count(v->context, rule), index;
    for (uint32_t i = 0; i < count && !explain_failed(t); i++) {
        eval_focus(v->context, rule, i);
        add_element(t, rule, i);
    }
    eval_unfocus(v->context);
    if (count) return;
    struct explain_item found = {.text = text_of(t, view_text(v, v->image->INPUTS[list].name))};
    size_t begin = text_begin(t);
    read_why(v, rule, (uint32_t)READ_INPUT << 28 | list, &t->texts);
    found.is = text_end(t, begin);
    *explain_add(t, 0, &index) = found;
}
