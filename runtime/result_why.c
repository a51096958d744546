/* Why a value is missing, in the words that JSON, reports and explanations share. */
#include <string.h>

#include "runtime/entry_why.h"

void known_only_as(const struct result_view *v, const struct image_type *type, const struct value *value,
                   const char *written, struct buffer *out)
{
    buffer_put(out, "only known as ");
    if (written)
        buffer_put(out, written);
    else
        value_text(out, v->image, type, value, VALUE_EXACT);
}

/* A value that is there, but not as one point. */
static void inexact_why(const struct result_view *v, const struct image_type *type, const struct value *value,
                        const char *written, struct buffer *out)
{
    if (value->tag == TAG_RANGE)
        known_only_as(v, type, value, written, out);
    else if (value->tag == TAG_UNKNOWN && (value->flags & VALUE_NEGATIVE))
        buffer_put(out, "only known as negative, and the limit of negative is not set");
    else if (value->tag == TAG_FAULT)
        buffer_put(out, fault_sentence(value->fault));
}

static void slot_why(const struct result_view *v, uint32_t input, struct buffer *out)
{
    const struct slot *slot = &v->record->slots[input];
    const struct image_type *type = &v->image->INPUTS[input].type;
    bool whole_day = type->kind == KIND_DAY && slot->state == SLOT_PRESENT && slot->value.tag == TAG_KNOWN;
    if (slot->state == SLOT_ABSENT)
        buffer_put(out, "absent");
    else if (slot->state == SLOT_MISSING)
        buffer_put(out, slot->note ? slot->note : "missing");
    else if (whole_day) {
        known_only_as(v, type, &slot->value, NULL, out);
        buffer_put(out, ", without a time of day");
    } else if (v->image->INPUTS[input].list == LIST_NOT)
        inexact_why(v, type, &slot->value, slot->note, out);
    else if (!slot->count)
        buffer_put(out, "none recorded");
}

static void selection_why(const struct result_view *v, const struct fact *r, uint32_t list,
                          struct buffer *out)
{
    const struct slot *slot = &v->record->slots[list];
    const struct value *value = r->value;
    if (slot->state != SLOT_PRESENT || !slot->count)
        slot_why(v, list, out);
    else if (!value || value_is_exact(value))
        return;
    else if (r->element)
        taken_why(v, r, out);
    else if (value->tag == TAG_FAULT)
        buffer_put(out, fault_sentence(value->fault));
    else if (value->why == WHY_NONE_RECORDED)
        buffer_put(out, "no entry qualifies");
    else if (value->tag == TAG_RANGE)
        known_only_as(v, &r->node->type, value, NULL, out);
    else if (!entries_why(v, r->node, out))
        buffer_put(out, "it is open which entries count");
}

/* Of an entry of a table; nothing where it is there, or its key is not known. */
static void table_why(const struct result_view *v, const struct image_node *n, struct buffer *out)
{
    if (n->reg == NONE32 || n->child == NONE32 || eval_register(v->context, n->reg)->tag != TAG_UNKNOWN)
        return;
    const struct image_node *key = &v->image->NODES[n->child];
    if (key->reg == NONE32 || !value_is_exact(eval_register(v->context, key->reg))) return;
    buffer_put(out, "no entry for ");
    node_value_text(v, n->child, VALUE_EXACT, out);
}

/* The first entry of a table that is not there. */
struct table_search {
    uint32_t param;
    struct buffer *out;
    bool found;
};

static bool search_table(void *user, const struct result_view *v, uint32_t node)
{
    struct table_search *s = user;
    const struct image_node *n = &v->image->NODES[node];
    size_t before = s->out->length;
    if (!s->found && n->kind == NODE_PARAM && n->ref == s->param) table_why(v, n, s->out);
    s->found |= s->out->length > before;
    return !s->found;
}

static void param_why(const struct result_view *v, uint32_t rule, uint32_t param, struct buffer *out)
{
    struct table_search search = {.param = param, .out = out};
    if (!eval_parameter_set(v->context, param))
        buffer_put(out, "not set");
    else if (v->image->PARAMS[param].key != NONE32)
        view_walk_rule(v, rule, search_table, &search);
    if (eval_parameter_set(v->context, param) && !search.found) buffer_put(out, "no entry for the key");
}

uint32_t read_readings(const struct result_view *v, uint32_t read)
{
    uint32_t param = read_index_of(read);
    if (read_kind_of(read) != READ_PARAM || eval_parameter_set(v->context, param)) return NONE32;
    const struct image_param *p = &v->image->PARAMS[param];
    return p->type.kind == KIND_ENUM && p->key == NONE32 ? p->type.enumeration : NONE32;
}

static void param_node_why(const struct result_view *v, const struct image_node *n, struct buffer *out)
{
    if (!eval_parameter_set(v->context, n->ref))
        buffer_put(out, "not set");
    else
        table_why(v, n, out);
}

/* A dose that is withheld is decided; what waits for it waits for its amount, or for whether it applies. */
static void rule_why(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    const struct rule_result *result = eval_result(v->context, rule);
    if (result->outcome != OUTCOME_DECIDED)
        buffer_put(out, outcome_word((enum outcome)result->outcome));
    else
        buffer_put(out, result->applies == TRUTH_YES ? "withheld" : "withheld, and not known to apply");
}

void fact_why(const struct result_view *v, const struct fact *r, struct buffer *out)
{
    uint32_t list = NONE32;
    switch ((enum node_kind)r->node->kind) {
    case NODE_INPUT: slot_why(v, r->node->ref, out); break;
    case NODE_PARAM: param_node_why(v, r->node, out); break;
    case NODE_RESULT: rule_why(v, r->node->ref, out); break;
    case NODE_SELECT: list = r->node->ref; break;
    case NODE_FIELD: list = r->node->child == NONE32 ? NONE32 : v->image->NODES[r->node->child].ref; break;
    default: break;
    }
    if (list != NONE32) selection_why(v, r, list, out);
}

/* The first selection from a list that is not exactly known. */
struct list_search {
    uint32_t list;
    struct buffer *out;
    bool found;
};

static bool search_list(void *user, const struct result_view *v, uint32_t node)
{
    struct list_search *s = user;
    if (s->found || selection_list(v, node) != s->list) return !s->found;
    struct fact r = fact_of(v, node);
    size_t before = s->out->length;
    fact_why(v, &r, s->out);
    s->found = s->out->length > before;
    return !s->found;
}

/* Whether an entry of any list may lie on either side of where the next element begins. */
static bool next_matters(const struct result_view *v, uint32_t next)
{
    for (uint32_t i = 0; i < v->image->FOLDS_count; i++) {
        const struct image_fold *fold = &v->image->FOLDS[i];
        const struct slot *slot = &v->record->slots[fold->list];
        if (fold->next != next || slot->state != SLOT_PRESENT) continue;
        for (uint32_t k = 0; k < slot->count; k++)
            if (eval_window(v->context, i, k) == WINDOW_NEXT_OPEN) return true;
    }
    return false;
}

/* Of the list that a rule is run for, what is not known of the next element; nothing where that does not
 * matter. */
static void next_why(const struct result_view *v, uint32_t rule, uint32_t list, struct buffer *out)
{
    const struct image_type time = {.kind = KIND_TIME, .enumeration = NONE32};
    uint32_t each = v->image->RULES[rule].each;
    if (each == NONE32 || !eval_in_focus(v->context, rule)) return;
    const struct image_each *e = &v->image->EACHES[each];
    if (e->list != list || e->next == NONE32 || !next_matters(v, e->next)) return;
    struct value next = *eval_register(v->context, e->next);
    if (next.flags & VALUE_HI_NONE) {
        buffer_put(out, "it is open whether a later entry counts");
        return;
    }
    next.tag = TAG_RANGE;
    buffer_put(out, "the next entry is only known as ");
    value_text(out, NULL, &time, &next, VALUE_EXACT);
}

/* Of a rule that runs for each element of the list: that the one in focus may not be there. */
static bool focus_why(const struct result_view *v, uint32_t rule, uint32_t list, struct buffer *out)
{
    uint32_t each = v->image->RULES[rule].each;
    if (each == NONE32 || v->image->EACHES[each].list != list || !eval_in_focus(v->context, rule))
        return false;
    const struct value *element = eval_register(v->context, v->image->EACHES[each].element);
    return later_why(v, &v->record->slots[list].elements[element->e.first], out);
}

/* The element in focus is what leaves its rule open; nothing where another list does. */
static void focused_why(const struct result_view *v, uint32_t rule, uint32_t list, struct buffer *out)
{
    uint32_t each = v->image->RULES[rule].each;
    if (each == NONE32 || !eval_in_focus(v->context, rule) || v->image->EACHES[each].list != list) return;
    const struct value *taken = eval_register(v->context, v->image->EACHES[each].element);
    const struct element *e = &v->record->slots[list].elements[taken->e.first];
    bool lasts = e->ongoing || e->until_kind != KIND_NONE;
    buffer_put(out, "the entry of ");
    element_date(e, out);
    buffer_put(out, lasts ? " leaves it open" : " leaves it open, and does not say until when it lasts");
}

static void list_why(const struct result_view *v, uint32_t rule, uint32_t list, struct buffer *out)
{
    size_t before = out->length;
    slot_why(v, list, out);
    if (out->length > before || focus_why(v, rule, list, out)) return;
    next_why(v, rule, list, out);
    if (out->length > before) return;
    struct list_search search = {.list = list, .out = out};
    view_walk_rule(v, rule, search_list, &search);
    if (!search.found) focused_why(v, rule, list, out);
    if (out->length == before) buffer_put(out, "it is open which entries count");
}

static void input_why(const struct result_view *v, uint32_t rule, uint32_t input, struct buffer *out)
{
    if (v->image->INPUTS[input].list == LIST_NOT)
        slot_why(v, input, out);
    else
        list_why(v, rule, input, out);
}

const char *read_name(const struct result_view *v, uint32_t read)
{
    uint32_t i = read_index_of(read);
    switch (read_kind_of(read)) {
    case READ_INPUT: return view_text(v, v->image->INPUTS[i].name);
    case READ_PARAM: return view_text(v, v->image->PARAMS[i].name);
    case READ_RULE: return view_text(v, v->image->RULES[i].name);
    }
    return "";
}

const char *read_label(const struct result_view *v, uint32_t read)
{
    uint32_t i = read_index_of(read);
    switch (read_kind_of(read)) {
    case READ_INPUT: return view_text(v, v->image->INPUTS[i].label);
    case READ_PARAM: return view_text(v, v->image->PARAMS[i].label);
    case READ_RULE: return view_text(v, v->image->RULES[i].label);
    }
    return "";
}

static void reason_of(const struct result_view *v, uint32_t rule, uint32_t read, struct buffer *out)
{
    uint32_t i = read_index_of(read);
    switch (read_kind_of(read)) {
    case READ_INPUT: input_why(v, rule, i, out); break;
    case READ_PARAM: param_why(v, rule, i, out); break;
    case READ_RULE: rule_why(v, i, out); break;
    }
}

/* What an element in focus waits for. */
static bool waits_for(const struct result_view *v, uint32_t rule, uint32_t read)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(v, rule, &reads);
    for (uint32_t i = 0; i < count; i++)
        if (reads[i] == read) return true;
    return false;
}

/* Of a rule with `for each` the first element that waits for it, in focus. */
static void focus_on_waiting(const struct result_view *v, uint32_t rule, uint32_t read)
{
    for (uint32_t i = 0; i < eval_each_count(v->context, rule); i++) {
        if (eval_each(v->context, rule)[i].outcome != OUTCOME_UNKNOWN) continue;
        eval_focus(v->context, rule, i);
        if (waits_for(v, rule, read)) return;
    }
    eval_unfocus(v->context);
}

void read_why(const struct result_view *v, uint32_t rule, uint32_t read, struct buffer *out)
{
    bool whole = v->image->RULES[rule].each != NONE32 && !eval_in_focus(v->context, rule);
    if (whole) focus_on_waiting(v, rule, read);
    reason_of(v, rule, read, out);
    if (whole) eval_unfocus(v->context);
}
