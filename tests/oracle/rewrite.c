#include "tests/oracle/trials.h"

#include "compiler/expr_tree.h"
#include "compiler/unparse.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MAX = 400 };

struct lines {
    char *copy; /* all of them, each terminated */
    char *line[LINES_MAX];
    int count;
};

static struct lines split(const char *text)
{
    struct lines l = {.copy = strdup(text)};
    for (char *at = l.copy; at && *at && l.count < LINES_MAX;) {
        l.line[l.count++] = at;
        at = strchr(at, '\n');
        if (at) *at++ = '\0';
    }
    return l;
}

struct block { /* a declaration with the lines that belong to it */
    int first, count;
};

/* Without the lines of left_out. */
static char *join(const struct lines *l, struct block left_out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; i < l->count; i++)
        if (i < left_out.first || i >= left_out.first + left_out.count) fprintf(out, "%s\n", l->line[i]);
    fclose(out);
    return text;
}

static bool begins(const char *line, const char *words)
{
    return strncmp(line, words, strlen(words)) == 0;
}

/* ---- Another order ---------------------------------------------------------------------------------- */

static void shuffle_lines(struct chance *chance, char **line, int count)
{
    for (int i = count - 1; i > 0; i--) {
        int j = chance_below(chance, i + 1);
        char *kept = line[i];
        line[i] = line[j];
        line[j] = kept;
    }
}

static bool is_free_row(const char *line)
{
    return begins(line, "  ") && !begins(line, "  applies") && strstr(line, " otherwise") == NULL;
}

/* A set that is filled by rows alone: each speaks for itself. */
static bool is_plain_set(const struct lines *l, const struct block *b)
{
    if (!begins(l->line[b->first], "collect ") && !begins(l->line[b->first], "recommend ")) return false;
    for (int i = 1; i < b->count; i++)
        if (strchr(l->line[b->first + i], '|')) return false;
    return true;
}

static void shuffle_rows(struct lines *l, const struct block *b, struct chance *chance)
{
    char **line = &l->line[b->first];
    if (strstr(line[0], "by agreement") == NULL && !is_plain_set(l, b)) return;
    int first = 1, count = 0;
    while (first < b->count && (!is_free_row(line[first]) || strstr(line[first], "| class_")))
        first++;
    while (first + count < b->count && is_free_row(line[first + count])) {
        if (strstr(line[first + count], "instead of"))
            return; /* such a row stands below the one that it names */
        count++;
    }
    shuffle_lines(chance, line + first, count);
}

char *rewrite_order(const char *text, uint64_t seed)
{
    enum { HEAD_LINES = 3 };
    struct lines l = split(text);
    struct block blocks[LINES_MAX];
    struct chance chance = {seed};
    int count = 0;
    for (int i = HEAD_LINES; i < l.count; i++) {
        if (*l.line[i] != ' ' && *l.line[i] != '\0') blocks[count++].first = i;
        blocks[count - 1].count = i + 1 - blocks[count - 1].first;
    }
    for (int i = 0; i < count; i++)
        shuffle_rows(&l, &blocks[i], &chance);
    for (int i = count - 1; i > 0; i--) {
        int j = chance_below(&chance, i + 1);
        struct block kept = blocks[i];
        blocks[i] = blocks[j];
        blocks[j] = kept;
    }
    struct lines mixed = {.count = HEAD_LINES};
    memcpy(mixed.line, l.line, HEAD_LINES * sizeof *l.line);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < blocks[i].count; j++)
            mixed.line[mixed.count++] = l.line[blocks[i].first + j];
    char *result = join(&mixed, (struct block){0, 0});
    free(l.copy);
    return result;
}

/* ---- Expressions in words --------------------------------------------------------------------------- */

struct patch {
    uint32_t start, end;
    const char *words;
};

struct patches {
    struct arena *arena;
    struct patch all[LINES_MAX * 4];
    int count;
};

static void put_into_words(void *data, struct expr **slot)
{
    struct patches *p = data;
    bool each =
        (*slot)->kind == EXPR_AS && (*slot)->a->kind == EXPR_SELECT && (*slot)->a->selector == SELECT_EACH;
    if (each) return;                 /* that is no expression */
    if ((*slot)->kind == EXPR_CASE) { /* its cases stand on lines of their own */
        expr_each_part(*slot, put_into_words, data);
        return;
    }
    if (p->count < LINES_MAX * 4 && (*slot)->kind != EXPR_LIST && (*slot)->kind != EXPR_TO)
        p->all[p->count++] =
            (struct patch){(*slot)->span.start, (*slot)->span.end, expr_text(p->arena, *slot)};
}

static int by_place(const void *x, const void *y)
{
    const struct patch *a = x, *b = y;
    return a->start < b->start ? -1 : a->start > b->start;
}

static char *patched(const char *text, struct patches *p)
{
    char *result = NULL;
    size_t size = 0, at = 0;
    FILE *out = open_memstream(&result, &size);
    qsort(p->all, (size_t)p->count, sizeof *p->all, by_place);
    for (int i = 0; i < p->count; i++) {
        if (p->all[i].start < at) continue;
        fwrite(text + at, 1, p->all[i].start - at, out);
        fputs(p->all[i].words, out);
        at = p->all[i].end;
    }
    fputs(text + at, out);
    fclose(out);
    return result;
}

char *rewrite_words(const char *text)
{
    struct compilation c = {.arena = arena_new()};
    c.sink.arena = c.arena;
    load_text(&c, "made.rgm", text, strlen(text));
    struct patches *p = arena_alloc(c.arena, sizeof *p);
    p->arena = c.arena;
    for (struct decl *d = c.protocols->decls; d; d = d->next)
        if (d->kind == DECL_DEFINE || d->kind == DECL_FUNCTION || d->kind == DECL_CLASSIFY ||
            d->kind == DECL_DOSE || d->kind == DECL_ALERT || d->kind == DECL_COLLECT ||
            d->kind == DECL_RECOMMEND || d->kind == DECL_GUARANTEE)
            decl_each_expr(d, put_into_words, p);
    char *result = patched(text, p);
    arena_free(c.arena);
    return result;
}

/* ---- Less of it ------------------------------------------------------------------------------------- */

static int block_length(const struct lines *l, int first)
{
    int count = 1;
    while (first + count < l->count &&
           (begins(l->line[first + count], " ") || *l->line[first + count] == '\0'))
        count++;
    return count;
}

/* What a patient is made of stays, in its order. */
static bool may_go(const char *line)
{
    static const char *const words[] = {"define ", "function ", "phase ",   "classify ", "dose ",
                                        "alert ",  "monitor ",  "collect ", "recommend "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(line, words[i])) return true;
    return false;
}

/* First each declaration with all that belongs to it, then each line that belongs to one. */
char *rewrite_without(const char *text, int n)
{
    enum { HEAD_LINES = 3 };
    struct lines l = split(text);
    char *result = NULL;
    for (int i = HEAD_LINES; i < l.count && result == NULL; i++)
        if (may_go(l.line[i]) && n-- == 0) result = join(&l, (struct block){i, block_length(&l, i)});
    for (int i = HEAD_LINES; i < l.count && result == NULL; i++)
        if ((begins(l.line[i], " ") || *l.line[i] == '\0') && n-- == 0)
            result = join(&l, (struct block){i, 1});
    free(l.copy);
    return result;
}
