/* Expressions as readers see them, tests, and where things stand in the source.

   Reports walk these trees without looking at what they meet, and by recursion.  So each node has at
   most one parent, which makes the graph a set of trees and rings; the rings are what no root reaches;
   and no tree is deeper than a stack can bear. */
#include "runtime/verify.h"

#include <stdlib.h>

/* ---- Nodes one by one ----------------------------------------------------------------------------- */

/* A node shows a value by the type of what it names. */
static bool same_type(const struct image_type *node, const struct image_type *named)
{
    return node->kind == named->kind && node->enumeration == named->enumeration;
}

static bool input_ref_holds(const struct verifier *v, const struct image_node *node)
{
    if (node->ref >= v->image->INPUTS_count) return false;
    const struct image_input *input = &v->image->INPUTS[node->ref];
    if (node->kind == NODE_SELECT) return input->list != LIST_NOT;
    return input->list == LIST_NOT && same_type(&node->type, &input->type);
}

static bool param_ref_holds(const struct verifier *v, const struct image_node *node)
{
    return node->ref < v->image->PARAMS_count && same_type(&node->type, &v->image->PARAMS[node->ref].type);
}

static bool rule_ref_holds(const struct verifier *v, const struct image_node *node)
{
    if (node->ref >= v->image->RULES_count) return false;
    const struct image_rule *rule = &v->image->RULES[node->ref];
    if (rule->kind == RULE_DOSE) return node->type.kind == KIND_NUM;
    enum kind kind = rule_fills_set(rule) ? KIND_SET : KIND_ENUM;
    return rule->kind < RULE_GUARANTEE && node->type.kind == kind &&
           node->type.enumeration == rule->enumeration;
}

/* A field of what its child selects; without a ref it is the date.  Inside of a fold it names nothing. */
static bool field_ref_holds(const struct image *image, const struct image_node *node)
{
    bool date = node->type.kind == KIND_DAY || node->type.kind == KIND_TIME;
    if (node->ref == NONE32) return node->child == NONE32 || date;
    if (node->child >= image->NODES_count) return false;
    const struct image_node *select = &image->NODES[node->child];
    if (select->kind != NODE_SELECT || select->ref >= image->INPUTS_count) return false;
    const struct run *fields = &image->INPUTS[select->ref].fields;
    return node->ref < fields->count &&
           same_type(&node->type, &image->FIELDS[fields->first + node->ref].type);
}

static bool ref_holds(const struct verifier *v, const struct image_node *node)
{
    switch (node->kind) {
    case NODE_INPUT:
    case NODE_SELECT: return input_ref_holds(v, node);
    case NODE_PARAM: return param_ref_holds(v, node);
    case NODE_RESULT: return rule_ref_holds(v, node);
    case NODE_FIELD: return field_ref_holds(v->image, node);
    default: return node->ref == NONE32;
    }
}

/* A selection that stands again leaves its tree to its first place. */
static bool again_holds(const struct image *image, const struct image_node *node)
{
    if (node->again == NONE32) return true;
    const struct image_node *first = &image->NODES[node->again];
    return node->kind == NODE_SELECT && node->child == NONE32 && first->kind == NODE_SELECT &&
           first->again == NONE32;
}

/* Registers are shown by the type of the node. */
static bool shown_holds(const struct verifier *v, const struct image_node *node)
{
    const struct image_type *type = &node->type;
    if (node->element != NONE32 && (!v->regs[node->element].kept ||
                                    v->regs[node->element].detail != node->ref || node->kind != NODE_SELECT))
        return false;
    if (node->reg == NONE32) return true;
    const struct reg_fact *fact = &v->regs[node->reg];
    bool listed = type->kind == KIND_ENUM || type->kind == KIND_SET;
    return fact->kept && fact->kind == type->kind &&
           (!listed || verify_reg_fits(v, node->reg, type->enumeration));
}

/* ---- The trees ------------------------------------------------------------------------------------ */

/* A node and how many levels are above it. */
struct visit {
    uint32_t node, depth;
};

struct forest {
    const struct verifier *v;
    bool *linked; /* nodes that another one names */
    struct visit *stack;
    uint32_t height, visited;
};

static bool link_holds(struct forest *f, uint32_t node)
{
    if (node == NONE32) return true;
    bool first = !f->linked[node];
    f->linked[node] = true;
    return first;
}

static bool links_hold(struct forest *f)
{
    const struct image *image = f->v->image;
    for (uint32_t i = 0; i < image->NODES_count; i++)
        if (!link_holds(f, image->NODES[i].child) || !link_holds(f, image->NODES[i].next))
            return verify_refuse(f->v, "NODES", i, "a node has two parents");
    return true;
}

static void push(struct forest *f, uint32_t node, uint32_t depth)
{
    if (node != NONE32) f->stack[f->height++] = (struct visit){node, depth};
}

/* Every node has at most one link to it, so that the walk passes each once. */
static bool tree_holds(struct forest *f, uint32_t root)
{
    push(f, root, 1);
    while (f->height > 0) {
        struct visit at = f->stack[--f->height];
        const struct image_node *node = &f->v->image->NODES[at.node];
        if (at.depth > IMAGE_NODE_DEPTH_MAX)
            return verify_refuse(f->v, "NODES", at.node, "the tree is too deep");
        f->visited++;
        push(f, node->next, at.depth);
        push(f, node->child, at.depth + 1);
    }
    return true;
}

/* What no root reaches are rings. */
static bool trees_hold(struct forest *f)
{
    uint32_t count = f->v->image->NODES_count;
    if (!links_hold(f)) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!f->linked[i] && !tree_holds(f, i)) return false;
    return f->visited == count || verify_refuse(f->v, "NODES", 0, "some nodes are each other's children");
}

static bool forest_holds(const struct verifier *v)
{
    size_t count = v->image->NODES_count + (size_t)1;
    struct forest f = {
        .v = v, .linked = calloc(count, sizeof *f.linked), .stack = malloc(count * sizeof *f.stack)};
    bool holds =
        f.linked && f.stack ? trees_hold(&f) : verify_refuse(v, "NODES", 0, "the memory is not sufficient");
    free(f.linked);
    free(f.stack);
    return holds;
}

/* ---- What a report shows --------------------------------------------------------------------------- */

/* One value that the machine keeps. */
static bool shows_value(const struct image *image, const struct image_node *node)
{
    bool value = node->reg != NONE32 && node->type.kind != KIND_ELEM && node->type.kind != KIND_LIST;
    switch (node->kind) {
    case NODE_INPUT: return true; /* of the record itself, and no list */
    case NODE_SELECT: return value && image->INPUTS[node->ref].list == LIST_SERIES;
    case NODE_DEFINE: return value;
    default: return false;
    }
}

static bool shown_hold(const struct verifier *v)
{
    for (uint32_t i = 0; i < v->image->SHOWN_count; i++)
        if (!shows_value(v->image, &v->image->NODES[v->image->SHOWN[i].node]))
            return verify_refuse(v, "SHOWN", i, "it is no value of the record");
    return true;
}

/* ---- Tests and positions -------------------------------------------------------------------------- */

static bool tests_hold(const struct verifier *v)
{
    for (uint32_t i = 0; i < v->image->TESTS_count; i++) {
        const struct run *expects = &v->image->TESTS[i].expects;
        for (uint32_t k = 0; k < expects->count; k++) {
            const struct image_rule *rule = &v->image->RULES[expects->first + k];
            if (rule->kind != RULE_EXPECT || rule->test != i)
                return verify_refuse(v, "TESTS", i, "it expects what belongs to another");
        }
    }
    return true;
}

static bool spans_hold(const struct verifier *v, const char *section, const struct image_span *spans,
                       uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (spans[i].start > spans[i].end) return verify_refuse(v, section, i, "it ends before it starts");
    return true;
}

bool verify_nodes(const struct verifier *v)
{
    const struct image *image = v->image;
    for (uint32_t i = 0; i < image->NODES_count; i++) {
        if (!ref_holds(v, &image->NODES[i]))
            return verify_refuse(v, "NODES", i, "what it names is not of its kind");
        if (!shown_holds(v, &image->NODES[i]))
            return verify_refuse(v, "NODES", i, "it shows no value of its type");
        if (!again_holds(image, &image->NODES[i]))
            return verify_refuse(v, "NODES", i, "it stands for no other selection");
    }
    if (image->SPANS_count != image->CODE_count || image->NODE_SPANS_count != image->NODES_count)
        return verify_refuse(v, "SPANS", 0, "there is not one position for each instruction and each node");
    return forest_holds(v) && shown_hold(v) && tests_hold(v) &&
           spans_hold(v, "SPANS", image->SPANS, image->SPANS_count) &&
           spans_hold(v, "NODE_SPANS", image->NODE_SPANS, image->NODE_SPANS_count);
}
