/* The words of an expression: most nodes have them; those of calculations are put together from their parts.
 */
#include <ctype.h>
#include <string.h>

#include "runtime/course_view.h"
#include "runtime/fact.h"
#include "runtime/set_view.h"

enum { LOOSE = 1, TIGHT = 2, CLOSED = 3 };

static int tightness(const struct result_view *v, const struct image_node *n)
{
    if (n->kind != NODE_ARITHMETIC) return CLOSED;
    char sign = view_text(v, n->text)[0];
    return sign == '*' || sign == '/' ? TIGHT : LOOSE;
}

static void put_words(const struct result_view *v, uint32_t node, unsigned depth, struct buffer *out);

static void put_operand(const struct result_view *v, uint32_t node, bool closed, unsigned depth,
                        struct buffer *out)
{
    if (closed) buffer_put(out, "(");
    put_words(v, node, depth + 1, out);
    if (closed) buffer_put(out, ")");
}

static void put_arithmetic(const struct result_view *v, const struct image_node *n, unsigned depth,
                           struct buffer *out)
{
    const char *sign = view_text(v, n->text);
    uint32_t left = n->child, right = v->image->NODES[left].next;
    int own = tightness(v, n);
    if (right == NONE32) {
        buffer_put(out, sign);
        put_operand(v, left, tightness(v, &v->image->NODES[left]) != CLOSED, depth, out);
        return;
    }
    int after = tightness(v, &v->image->NODES[right]);
    bool ordered = *sign == '-' || *sign == '/';
    put_operand(v, left, tightness(v, &v->image->NODES[left]) < own, depth, out);
    buffer_printf(out, " %s ", sign);
    put_operand(v, right, after < own || (after == own && ordered), depth, out);
}

static void put_list(const struct result_view *v, uint32_t first, const char *between, unsigned depth,
                     struct buffer *out)
{
    for (uint32_t child = first; child != NONE32; child = v->image->NODES[child].next) {
        if (child != first) buffer_put(out, between);
        put_words(v, child, depth + 1, out);
    }
}

/* Whether the text of a call is the name alone, so that its arguments are in the tree. */
static bool is_bare_name(const char *text)
{
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && *text != '_') return false;
    return true;
}

static void put_call(const struct result_view *v, const struct image_node *n, unsigned depth,
                     struct buffer *out)
{
    const char *text = view_text(v, n->text);
    bool counting = strcmp(text, "count of") == 0;
    if (strcmp(text, "or else") == 0)
        put_list(v, n->child, " or else ", depth, out);
    else {
        buffer_put(out, text);
        if (!counting && !is_bare_name(text)) return;
        buffer_put(out, counting ? " (" : "(");
        put_list(v, n->child, ", ", depth, out);
        buffer_put(out, ")");
    }
}

/* The text of a selection without the parentheses that it had inside a longer expression. */
static void put_bare(const char *text, struct buffer *out)
{
    size_t length = strlen(text), depth = 0, i = 0;
    for (; i < length; i++) {
        depth += text[i] == '(';
        depth -= text[i] == ')';
        if (depth == 0) break;
    }
    bool enclosed = length > 2 && i == length - 1;
    buffer_bytes(out, text + enclosed, length - 2 * (size_t)enclosed);
}

static void put_words(const struct result_view *v, uint32_t node, unsigned depth, struct buffer *out)
{
    const struct image_node *n = &v->image->NODES[node];
    if (depth > IMAGE_NODE_DEPTH_MAX)
        buffer_put(out, "...");
    else if (n->kind == NODE_ARITHMETIC && n->child != NONE32)
        put_arithmetic(v, n, depth, out);
    else if (n->kind == NODE_CALL)
        put_call(v, n, depth, out);
    else if (n->kind == NODE_SELECT && depth == 0)
        put_bare(view_text(v, n->text), out);
    else
        buffer_put(out, view_text(v, n->text));
}

void node_words(const struct result_view *v, uint32_t node, struct buffer *out)
{
    put_words(v, node, 0, out);
}

/* ---- Rows ----------------------------------------------------------------------------------------- */

static void words_after(const struct result_view *v, uint32_t node, struct buffer *out)
{
    if (node == NONE32) return;
    buffer_put(out, " ");
    node_words(v, node, out);
}

static void value_words(const struct result_view *v, uint32_t rule, const struct image_row *row,
                        struct buffer *out)
{
    if (rule_tells(&v->image->RULES[rule]))
        buffer_put(out, state_word(&v->image->RULES[rule], (int32_t)row->member));
    else if (row->result == RESULT_VALUE)
        buffer_put(out, member_name(v->image, v->image->RULES[rule].enumeration, (int32_t)row->member));
    else
        buffer_put(
            out, outcome_word(row->result == RESULT_NO_STATEMENT ? OUTCOME_NO_STATEMENT : OUTCOME_EQUIPOISE));
}

void row_words(const struct result_view *v, uint32_t rule, const struct image_row *row, struct buffer *out)
{
    if (rule_fills_set(&v->image->RULES[rule])) {
        set_row_words(v, rule, row, out);
    } else if (row->type == ROWTYPE_VALUE) {
        value_words(v, rule, row, out);
    } else {
        buffer_put(out, row_type_word(row->type));
        words_after(v, row->value_node, out);
        view_amount_words(v, row, out);
        view_row_routes(v, row, out);
        if (row->schedule != NONE32) buffer_put(out, " ");
        if (row->schedule != NONE32) view_schedule_words(v, &v->image->SCHEDULES[row->schedule], out);
    }
}
