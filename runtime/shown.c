/* What stands on top of a report. */
#include "runtime/shown.h"

#include "runtime/worksheet.h"

/* An input, or of a series its latest value, is called as the input is. */
static bool is_input(const struct image_node *node)
{
    return node->kind != NODE_DEFINE;
}

const char *shown_name(const struct image *image, uint32_t index)
{
    const struct image_node *node = &image->NODES[image->SHOWN[index].node];
    return image_text(image, is_input(node) ? image->INPUTS[node->ref].name : node->text);
}

struct shown shown_at(const struct result_view *v, uint32_t index)
{
    uint32_t at = v->image->SHOWN[index].node;
    const struct image_node *node = &v->image->NODES[at];
    return (struct shown){
        .node = at,
        .name = shown_name(v->image, index),
        .label = view_text(v, is_input(node) ? v->image->INPUTS[node->ref].label : node->label),
        .fact = fact_of(v, at),
    };
}

bool shown_has_value(const struct shown *s)
{
    if (!s->fact.value) return s->fact.text != NULL;
    return s->fact.value->tag != TAG_UNKNOWN && s->fact.value->tag != TAG_FAULT;
}

/* The first thing below a definition that is not known. */
struct search {
    struct buffer *out;
    bool found;
};

static bool search_open(void *user, const struct result_view *v, uint32_t node)
{
    struct search *search = user;
    const struct image_node *n = &v->image->NODES[node];
    if (search->found || !node_is_fact(n)) return !search->found;
    struct fact fact = fact_of(v, node);
    size_t before = search->out->length;
    if (!fact.value || fact.value->tag == TAG_KNOWN) return true;
    node_words(v, node, search->out);
    buffer_put(search->out, ": ");
    size_t start = search->out->length;
    fact_why(v, &fact, search->out);
    search->found = search->out->length > start;
    if (!search->found) buffer_cut(search->out, before);
    return !search->found;
}

void shown_why(const struct result_view *v, const struct shown *s, struct buffer *out)
{
    const struct value *value = s->fact.value;
    if (!value || value_is_exact(value)) return;
    if (value->tag == TAG_FAULT)
        buffer_put(out, fault_sentence(value->fault));
    else if (s->fact.node->kind != NODE_DEFINE)
        fact_why(v, &s->fact, out);
    else if (value->tag == TAG_UNKNOWN)
        view_walk(v, s->node, search_open, &(struct search){.out = out});
}
