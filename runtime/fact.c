/* What an expression read from the record. */
#include "runtime/fact.h"
#include "runtime/set_view.h"

#include <string.h>

static const struct image_node *selection_of(const struct result_view *v, const struct image_node *node)
{
    if (node->kind == NODE_FIELD && node->child != NONE32) node = &v->image->NODES[node->child];
    return node->kind == NODE_SELECT ? node : NULL;
}

uint32_t selection_list(const struct result_view *v, uint32_t node)
{
    const struct image_node *selection = selection_of(v, &v->image->NODES[node]);
    return selection ? selection->ref : NONE32;
}

const struct image_fold *fact_fold(const struct result_view *v, uint32_t node)
{
    const struct image_node *n = &v->image->NODES[node];
    for (uint32_t i = 0; n->kind == NODE_SELECT && n->reg != NONE32 && i < v->image->FOLDS_count; i++)
        if (v->image->FOLDS[i].result == n->reg)
            return v->image->FOLDS[i].element == NONE32 ? &v->image->FOLDS[i] : NULL;
    return NULL;
}

static void take_element(const struct result_view *v, const struct image_node *selection, struct fact *r)
{
    if (selection->element == NONE32) return;
    const struct value *taken = eval_register(v->context, selection->element);
    if (taken->tag != TAG_KNOWN) return;
    const struct slot *slot = &v->record->slots[taken->e.list];
    if (taken->e.last >= slot->count) return; /* a register that this record did not reach */
    r->element = &slot->elements[taken->e.first];
    r->element_count = taken->e.last - taken->e.first + 1;
}

/* What the record has written for field: a text, the words of `other`, or a value before its conversion. */
static void take_note(const struct image_type *type, const struct value *value, const char *note,
                      struct fact *r)
{
    if (!note) return;
    bool exact = value && value_is_exact(value);
    if (type->kind == KIND_TEXT || (type->kind == KIND_ENUM && exact))
        r->text = note;
    else if (value && (exact || value->tag == TAG_RANGE || (value->flags & VALUE_NEGATIVE)))
        r->written = note;
}

static void take_field_note(const struct result_view *v, const struct image_node *node,
                            const struct image_node *selection, struct fact *r)
{
    uint32_t field = node->kind == NODE_FIELD ? node->ref : 0;
    bool series = v->image->INPUTS[selection->ref].list == LIST_SERIES;
    if (field == NONE32 || field >= v->image->INPUTS[selection->ref].fields.count) return;
    if (node->kind == NODE_FIELD || series) take_note(&node->type, r->value, r->element->notes[field], r);
}

static void take_input(const struct result_view *v, const struct image_node *node, struct fact *r)
{
    const struct slot *slot = &v->record->slots[node->ref];
    if (v->image->INPUTS[node->ref].list != LIST_NOT) {
        r->value = NULL;
        return;
    }
    r->value = &slot->value;
    if (slot->state == SLOT_PRESENT) take_note(&node->type, r->value, slot->note, r);
}

bool fact_is_of_record(const struct fact *r)
{
    return r->node->kind == NODE_INPUT || r->node->kind == NODE_SELECT || r->node->kind == NODE_FIELD;
}

struct fact fact_of(const struct result_view *v, uint32_t node)
{
    const struct image_node *n = &v->image->NODES[node];
    struct fact r = {.node = n, .label = view_text(v, n->label)};
    bool shown = n->reg != NONE32 && n->type.kind != KIND_ELEM && n->type.kind != KIND_LIST;
    if (shown) r.value = eval_register(v->context, n->reg);
    if (n->kind == NODE_INPUT) take_input(v, n, &r);
    if (n->kind == NODE_PARAM && !shown && n->child == NONE32) r.value = eval_parameter(v->context, n->ref);
    const struct image_node *selection = selection_of(v, n);
    if (selection) take_element(v, selection, &r);
    if (r.element) take_field_note(v, n, selection, &r);
    return r;
}

void element_date(const struct element *element, struct buffer *out)
{
    const struct image_type type = {.kind = element->at_kind, .enumeration = NONE32};
    value_text(out, NULL, &type, &element->at, VALUE_EXACT);
}

void fact_date(const struct result_view *v, const struct fact *r, struct buffer *out)
{
    (void)v;
    if (!r->element) return;
    element_date(r->element, out);
    if (r->element_count > 1) buffer_printf(out, " (%u entries)", r->element_count);
}

void fact_value(const struct result_view *v, const struct fact *r, enum value_style style, struct buffer *out)
{
    bool is_text = r->node->type.kind == KIND_TEXT;
    if (is_text && r->text) buffer_put(out, r->text);
    if (!r->value || (is_text && r->value->tag != TAG_UNKNOWN)) return;
    uint32_t set = set_of_node(v, r->node);
    if (set != NONE32 && set_has_items(eval_result(v->context, set))) {
        set_words(v, set, out);
        return;
    }
    value_text(out, v->image, &r->node->type, r->value, style);
    if (r->text) buffer_printf(out, " (%s)", r->text);
    if (r->value->tag != TAG_UNKNOWN) return;
    size_t before = out->length;
    buffer_put(out, " (");
    size_t start = out->length;
    fact_why(v, r, out);
    if (out->length == start || strcmp(buffer_text(out) + start, outcome_word(OUTCOME_UNKNOWN)) == 0)
        buffer_cut(out, before);
    else
        buffer_put(out, ")");
}

void node_value_text(const struct result_view *v, uint32_t node, enum value_style style, struct buffer *out)
{
    struct fact r = fact_of(v, node);
    if (r.value || r.text)
        fact_value(v, &r, style, out);
    else
        node_words(v, node, out);
}
