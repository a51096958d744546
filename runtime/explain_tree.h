/*
 * The tree of an explanation, between the code that finds out (explain.c) and the code that writes it down
 * (explain_print.c).
 */
#ifndef REGIMEN_EXPLAIN_TREE_H
#define REGIMEN_EXPLAIN_TREE_H

#include "runtime/buffer.h"
#include "runtime/result_view.h"

/* Texts are offsets in the tree's texts; 0 is the empty text. */
struct explain_item {
    size_t text;                /* the words of the rule */
    size_t is;                  /* of a row or a condition: yes, no, unknown, ... */
    size_t value;               /* of what was read */
    size_t at;                  /* the date of the observation */
    size_t written;             /* as the record has it, where that differs */
    size_t note;                /* why it is missing; how a row counted */
    size_t formula;             /* of a definition */
    uint32_t child, last, next; /* items; 0: none */
};

struct explain_tree {
    const struct result_view *view;
    struct buffer items; /* of struct explain_item; item 0 is the rule */
    uint32_t under; /* the item that what is found belongs to: the rule, or an element that it was run for */
    struct buffer texts;
};

/* What a rule came to: "standard", "give 1875 IU", "unknown". */
void explain_result(const struct result_view *v, uint32_t rule, struct buffer *out);
void explain_build(struct explain_tree *tree, const struct result_view *v, uint32_t rule);
void explain_tree_free(struct explain_tree *tree);

static inline struct explain_item *explain_at(const struct explain_tree *tree, uint32_t item)
{
    return (struct explain_item *)(void *)tree->items.data + item;
}

static inline const char *explain_string(const struct explain_tree *tree, size_t offset)
{
    return tree->texts.data + offset;
}

static inline bool explain_failed(const struct explain_tree *tree)
{
    return tree->items.failed || tree->texts.failed;
}

/* ---- What builds the tree: explain.c, explain_each.c ---------------------------------------------- */

/* A text for an item; what is written until text_end belongs to it. */
static inline size_t text_begin(struct explain_tree *t)
{
    return t->texts.length;
}

/* The offset of what was written since begin, or 0 where that is nothing. */
static inline size_t text_end(struct explain_tree *t, size_t begin)
{
    if (t->texts.length == begin) return 0;
    buffer_bytes(&t->texts, "", 1);
    return begin;
}

static inline size_t text_of(struct explain_tree *t, const char *text)
{
    size_t begin = text_begin(t);
    buffer_put(&t->texts, text);
    return text_end(t, begin);
}

/* A new item below parent; its index. */
struct explain_item *explain_add(struct explain_tree *tree, uint32_t parent, uint32_t *index);
/* What an expression read, below an item. */
void explain_add_reads(struct explain_tree *tree, uint32_t parent, uint32_t node);
/* A condition below the item that has its truth already: the parts of `and` stand there by themselves. */
void explain_add_conditions(struct explain_tree *tree, uint32_t parent, uint32_t node);
/* The rows of a rule, or of its element in focus, and what decides them, below tree->under. */
void explain_add_rows(struct explain_tree *tree, uint32_t rule);
/* Of a monitor its window and what was found. */
void explain_add_window(struct explain_tree *tree, uint32_t rule);
/* Of a rule with `for each` each element. */
void explain_add_each(struct explain_tree *tree, uint32_t rule);

#endif
