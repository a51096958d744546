/* The worksheet of an amount. */
#include "runtime/worksheet.h"

#include <string.h>

enum { ENTRIES_SHOWN = 40 };

void worksheet_begin(struct worksheet *w, const struct result_view *v)
{
    w->view = v;
    buffer_clear(&w->lines);
}

uint32_t worksheet_count(const struct worksheet *w)
{
    return (uint32_t)(w->lines.length / sizeof(struct worksheet_line));
}

const struct worksheet_line *worksheet_line(const struct worksheet *w, uint32_t index)
{
    return (const struct worksheet_line *)(const void *)w->lines.data + index;
}

static const struct image_node *node_at(const struct worksheet *w, uint32_t node)
{
    return &w->view->image->NODES[node];
}

static bool is_word(const struct worksheet *w, const struct image_node *node, const char *word)
{
    return strcmp(view_text(w->view, node->text), word) == 0;
}

bool node_is_fact(const struct image_node *n)
{
    return n->kind == NODE_INPUT || n->kind == NODE_PARAM || n->kind == NODE_RESULT ||
           n->kind == NODE_SELECT || n->kind == NODE_FIELD;
}

/* The same name is on the sheet, where it is converted in the same unit too.  Numbers and calculations are
   not counted: two of them are two factors. */
static bool is_listed(const struct worksheet *w, uint32_t node, uint32_t converted)
{
    const struct image_node *n = node_at(w, node);
    if (!node_is_fact(n) && n->kind != NODE_DEFINE) return false;
    for (uint32_t i = 0; i < worksheet_count(w); i++) {
        const struct worksheet_line *line = worksheet_line(w, i);
        const struct image_node *other = node_at(w, line->node);
        if (other->kind != n->kind || other->text != n->text) continue;
        if (converted == NONE32) return true;
        if (line->converted == NONE32) continue;
        if (node_at(w, line->converted)->type.unit == node_at(w, converted)->type.unit) return true;
    }
    return false;
}

static void add_line(struct worksheet *w, struct worksheet_line line)
{
    buffer_bytes(&w->lines, (const char *)&line, sizeof line);
}

static void add_leaves(struct worksheet *w, uint32_t node, unsigned depth);

static bool is_computed(const struct image_node *n)
{
    return n->kind == NODE_ARITHMETIC || n->kind == NODE_CALL || n->kind == NODE_CASE ||
           n->kind == NODE_COMPARE || n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT ||
           n->kind == NODE_IMPLIES || n->kind == NODE_TEST;
}

/* One thing that was read or defined, and below it what a definition is made of. */
static void add_item(struct worksheet *w, uint32_t node, uint32_t converted, unsigned depth, char sign)
{
    const struct image_node *n = node_at(w, node);
    bool known = is_listed(w, node, NONE32);
    uint32_t formula =
        n->kind == NODE_DEFINE && n->child != NONE32 && is_computed(node_at(w, n->child)) ? n->child : NONE32;
    add_line(w, (struct worksheet_line){node, converted, formula, (uint16_t)depth, sign});
    if (!known && n->kind != NODE_FIELD)
        for (uint32_t child = n->child; child != NONE32; child = node_at(w, child)->next)
            add_leaves(w, child, depth + 1);
}

/* A conversion that changes nothing is not worth a word. */
static uint32_t changed_unit(const struct worksheet *w, uint32_t convert)
{
    const struct image_node *n = node_at(w, convert);
    return n->type.unit == node_at(w, n->child)->type.unit ? NONE32 : convert;
}

static bool converts_fact(const struct worksheet *w, const struct image_node *n)
{
    return n->kind == NODE_CONVERT && n->child != NONE32 && node_is_fact(node_at(w, n->child));
}

static bool is_there(const struct result_view *v, const struct image_node *n)
{
    if (n->reg == NONE32) return false;
    const struct value *value = eval_register(v->context, n->reg);
    return value->tag == TAG_KNOWN || value->tag == TAG_RANGE;
}

static bool is_known(const struct worksheet *w, uint32_t node)
{
    return is_there(w->view, node_at(w, node));
}

/* `a or else b` reads b only where a is not known; of cases, those that the condition leaves are read. */
static bool is_needed(const struct worksheet *w, const struct image_node *n, unsigned place)
{
    enum truth truth;
    if (n->kind == NODE_CALL && is_word(w, n, "or else")) return place == 0 || !is_known(w, n->child);
    if (n->kind != NODE_CASE || place == 0 || !view_node_truth(w->view, n->child, &truth)) return true;
    return truth == TRUTH_YES ? place == 1 : truth == TRUTH_NO ? place == 2 : true;
}

static void add_leaves(struct worksheet *w, uint32_t node, unsigned depth)
{
    const struct image_node *n = node_at(w, node);
    bool hidden =
        n->reg == NONE32 && (n->kind == NODE_FIELD || n->kind == NODE_SELECT || n->kind == NODE_DEFINE ||
                             n->kind == NODE_RESULT ||
                             (n->kind == NODE_PARAM && n->child != NONE32)); /* inside the walk over a list */
    if (depth > IMAGE_NODE_DEPTH_MAX || n->kind == NODE_LITERAL || hidden) return;
    if (converts_fact(w, n)) {
        uint32_t converted = changed_unit(w, node);
        if (!is_listed(w, n->child, converted)) add_item(w, n->child, converted, depth, 0);
    } else if (node_is_fact(n) || n->kind == NODE_DEFINE) {
        if (!is_listed(w, node, NONE32)) add_item(w, node, NONE32, depth, 0);
    } else {
        unsigned place = 0;
        for (uint32_t child = n->child; child != NONE32; child = node_at(w, child)->next, place++)
            if (is_needed(w, n, place)) add_leaves(w, child, depth);
    }
}

bool worksheet_is_product(const struct result_view *v, uint32_t node)
{
    const struct image_node *n = &v->image->NODES[node];
    const char *sign = view_text(v, n->text);
    return n->kind == NODE_ARITHMETIC && n->child != NONE32 &&
           (strcmp(sign, "*") == 0 || strcmp(sign, "/") == 0);
}

static void add_factors(struct worksheet *w, uint32_t node, unsigned nesting, char sign)
{
    const struct image_node *n = node_at(w, node);
    bool product = worksheet_is_product(w->view, node) && sign != '/' && nesting < IMAGE_NODE_DEPTH_MAX;
    if (!product) {
        if (converts_fact(w, n))
            add_item(w, n->child, changed_unit(w, node), 0, sign);
        else if (n->kind == NODE_CONVERT && n->child != NONE32)
            add_factors(w, n->child, nesting + 1, sign);
        else
            add_item(w, node, NONE32, 0, sign);
        return;
    }
    char operation = view_text(w->view, n->text)[0];
    add_factors(w, n->child, nesting + 1, sign);
    for (uint32_t child = node_at(w, n->child)->next; child != NONE32; child = node_at(w, child)->next)
        add_factors(w, child, nesting + 1, operation);
}

void worksheet_factors(struct worksheet *w, uint32_t node)
{
    if (node != NONE32) add_factors(w, node, 0, 0);
}

void worksheet_reads(struct worksheet *w, uint32_t node)
{
    if (node != NONE32) add_leaves(w, node, 0);
}

static void entry_text(const struct result_view *v, const struct image_fold *fold,
                       const struct element *element, struct buffer *out)
{
    const struct image_input *input = &v->image->INPUTS[fold->list];
    element_date(element, out);
    if (fold->selector == FOLD_COUNT || fold->gaps || input->fields.count == 0) return;
    buffer_put(out, " ");
    value_text(out, v->image, &v->image->FIELDS[input->fields.first].type, &element->fields[0], VALUE_EXACT);
}

void worksheet_entries(const struct result_view *v, uint32_t node, struct buffer *out)
{
    const struct image_fold *fold = fact_fold(v, node);
    if (!fold) return;
    const struct slot *slot = &v->record->slots[fold->list];
    bool chosen = fold->where != NONE32 || fold->lo != NONE32 || fold->hi != NONE32;
    if (slot->count) buffer_put(out, chosen ? "of these entries: " : "entries: ");
    for (uint32_t i = 0; i < slot->count && i < ENTRIES_SHOWN; i++) {
        if (i) buffer_put(out, ", ");
        entry_text(v, fold, &slot->elements[i], out);
    }
    if (slot->count > ENTRIES_SHOWN) buffer_printf(out, " and %u more", slot->count - ENTRIES_SHOWN);
}

void worksheet_origin(const struct result_view *v, uint32_t node, bool reasons, struct buffer *out)
{
    const struct image_node *n = &v->image->NODES[node];
    if (n->kind != NODE_PARAM || !eval_parameter_set(v->context, n->ref)) return;
    if (n->child != NONE32 && !is_there(v, n)) return; /* a table without this entry */
    const struct image_setting *setting = image_setting_of(v->image, n->ref);
    const char *because = setting ? image_aside(v->image, setting->because) : "";
    if (v->reasons && v->reasons[n->ref]) because = v->reasons[n->ref];
    if (v->settings && v->settings[n->ref])
        buffer_put(out, "set for this run");
    else if (*because && reasons)
        buffer_printf(out, "site: \"%s\"", because);
    else if (*because || v->site_name)
        buffer_put(out, "site");
}
