/* Writes an explanation down: as lines drawn with bars, or as JSON. */
#include "runtime/explain.h"
#include "runtime/explain_tree.h"
#include "runtime/page.h"

#include <string.h>

static void put_part(const struct explain_tree *t, const char *before, size_t text, struct buffer *out)
{
    if (!text) return;
    buffer_put(out, before);
    const char *shown = explain_string(t, text);
    page_put(out, shown, shown + strlen(shown));
}

/* What was read: age_completed = 11 (2026-01-30), written 128 cm; absent */
static void put_item(const struct explain_tree *t, const struct explain_item *item, struct buffer *out)
{
    put_part(t, "", item->text, out);
    bool range = item->value && strchr("<>", *explain_string(t, item->value));
    put_part(t, range ? " " : " = ", item->value, out);
    put_part(t, ": ", item->is, out);
    put_part(t, " on ", item->at, out);
    put_part(t, ", written ", item->written, out);
    put_part(t, "; ", item->note, out);
    put_part(t, "; it is ", item->formula, out);
}

/* A condition that reads one thing says so on its own line. */
static bool is_single(const struct explain_tree *t, const struct explain_item *item)
{
    return item->is && item->child && item->child == item->last && !explain_at(t, item->child)->child &&
           !explain_at(t, item->child)->is && explain_at(t, item->child)->value;
}

static void put_tree(const struct explain_tree *t, uint32_t index, struct buffer *bars, struct buffer *out)
{
    const struct explain_item *item = explain_at(t, index);
    put_item(t, item, out);
    if (is_single(t, item)) {
        buffer_put(out, "   ");
        put_item(t, explain_at(t, item->child), out);
        buffer_put(out, "\n");
        return;
    }
    buffer_put(out, "\n");
    for (uint32_t child = item->child; child; child = explain_at(t, child)->next) {
        bool last = !explain_at(t, child)->next;
        size_t before = bars->length;
        buffer_put(out, buffer_text(bars));
        buffer_put(out, last ? "\xE2\x94\x94\xE2\x94\x80 " : "\xE2\x94\x9C\xE2\x94\x80 ");
        buffer_put(bars, last ? "   " : "\xE2\x94\x82  ");
        put_tree(t, child, bars, out);
        buffer_cut(bars, before);
    }
}

void explain_text(const struct result_view *v, uint32_t rule, struct buffer *out)
{
    struct explain_tree tree;
    struct buffer bars = {0};
    explain_build(&tree, v, rule);
    if (!explain_failed(&tree)) put_tree(&tree, 0, &bars, out);
    out->failed |= explain_failed(&tree) || bars.failed;
    buffer_free(&bars);
    explain_tree_free(&tree);
}

static void json_part(struct json_writer *w, const struct explain_tree *t, const char *key, size_t text)
{
    if (text) json_key_text(w, key, explain_string(t, text));
}

static void json_tree(struct json_writer *w, const struct explain_tree *t, uint32_t index)
{
    const struct explain_item *item = explain_at(t, index);
    json_open_object(w);
    json_part(w, t, "text", item->text);
    json_part(w, t, "is", item->is);
    json_part(w, t, "value", item->value);
    json_part(w, t, "at", item->at);
    json_part(w, t, "written", item->written);
    json_part(w, t, "why", item->note);
    json_part(w, t, "formula", item->formula);
    if (item->child) {
        json_key(w, "children");
        json_open_array(w);
        for (uint32_t child = item->child; child; child = explain_at(t, child)->next)
            json_tree(w, t, child);
        json_close_array(w);
    }
    json_close_object(w);
}

void explain_json(const struct result_view *v, uint32_t rule, struct json_writer *w)
{
    struct explain_tree tree;
    explain_build(&tree, v, rule);
    if (!explain_failed(&tree)) json_tree(w, &tree, 0);
    w->out->failed |= explain_failed(&tree);
    explain_tree_free(&tree);
}
