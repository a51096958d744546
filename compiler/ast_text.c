/* Texts with expressions in { }, and what stands below a row: trace, cite, because, strength, say, advise. */
#include "compiler/ast_build.h"

#include <string.h>

#include "compiler/mistakes.h"

struct text_part *ast_literal(struct parser *p, const char *literal)
{
    struct text_part *part = arena_alloc(p->c->arena, sizeof *part);
    part->literal = literal;
    return part;
}

struct text_part *ast_inserted(struct parser *p, struct expr *expr)
{
    struct text_part *part = arena_alloc(p->c->arena, sizeof *part);
    part->expr = expr;
    return part;
}

/* Joins the literals from first up to the next expression; *next is that, or NULL. */
static const char *join_literals(struct parser *p, const struct text_part *first, struct text_part **next)
{
    size_t length = 0;
    const struct text_part *part;
    for (part = first; part && part->literal; part = part->next)
        length += strlen(part->literal);
    *next = (struct text_part *)part;
    char *joined = arena_alloc(p->c->arena, length + 1), *end = joined;
    for (part = first; part != *next; part = part->next)
        end = stpcpy(end, part->literal);
    return joined;
}

/* One literal between two expressions. */
static void join_parts(struct parser *p, struct text_part *part)
{
    for (; part; part = part->next)
        if (part->literal && part->next && part->next->literal) {
            struct text_part *next;
            part->literal = join_literals(p, part, &next);
            part->next = next;
        }
}

struct text *ast_text(struct parser *p, struct text_part_list parts, struct span span)
{
    struct text *text = arena_alloc(p->c->arena, sizeof *text);
    text->span = span;
    text->parts = parts.first;
    join_parts(p, text->parts);
    if (!text->parts)
        text->plain = "";
    else if (text->parts->literal && !text->parts->next)
        text->plain = text->parts->literal;
    return text;
}

struct text *ast_plain(struct parser *p, struct text *text)
{
    if (text->plain) return text;
    mistake(p, DIAG_TEXT_FIXED, text->span, "write {{ and }} for braces that are printed",
            "this text is the same for every patient, so it cannot hold a value in { }");
    text->plain = "";
    return text;
}

struct cite *ast_cite(struct parser *p, struct name *source, struct text *at, struct span span)
{
    struct cite *cite = arena_alloc(p->c->arena, sizeof *cite);
    cite->source = *source;
    cite->at = at ? ast_plain(p, at) : NULL;
    cite->span = span;
    return cite;
}

static struct tail_parts *new_tail(struct parser *p)
{
    return arena_alloc(p->c->arena, sizeof(struct tail_parts));
}

struct tail_parts *ast_traces(struct parser *p, struct name_list traces)
{
    struct tail_parts *tail = new_tail(p);
    tail->traces = traces;
    return tail;
}

struct tail_parts *ast_cites(struct parser *p, struct cite_list cites)
{
    struct tail_parts *tail = new_tail(p);
    tail->cites = cites;
    return tail;
}

struct tail_parts *ast_because(struct parser *p, struct text *because)
{
    struct tail_parts *tail = new_tail(p);
    tail->because = because;
    return tail;
}

struct tail_parts *ast_strength(struct parser *p, const struct name *strength)
{
    struct tail_parts *tail = new_tail(p);
    tail->strength = *strength;
    return tail;
}

struct tail_parts *ast_say(struct parser *p, struct text *say)
{
    struct tail_parts *tail = new_tail(p);
    tail->say = say;
    return tail;
}

struct tail_parts *ast_advise(struct parser *p, struct text *text)
{
    struct tail_parts *tail = new_tail(p);
    struct advice *advice = arena_alloc(p->c->arena, sizeof *advice);
    advice->text = text;
    tail->advices = advice_list_one(advice);
    return tail;
}

static void twice(struct parser *p, struct span span, struct span first, const char *what)
{
    struct diag *d = mistake(p, DIAG_TWICE, span, NULL, "`%s` stands here twice", what);
    if (d) diag_note(&p->c->sink, d, first, "the first one");
}

static void add_traces(struct name_list *list, struct name_list more)
{
    if (!more.first) return;
    *list = name_list_add(*list, more.first);
    list->last = more.last;
}

static void add_cites(struct cite_list *list, struct cite_list more)
{
    if (!more.first) return;
    *list = cite_list_add(*list, more.first);
    list->last = more.last;
}

static void add_advices(struct advice_list *list, struct advice_list more)
{
    if (!more.first) return;
    *list = advice_list_add(*list, more.first);
    list->last = more.last;
}

static void add_text(struct parser *p, struct text **text, struct text *more, const char *what)
{
    if (*text && more)
        twice(p, more->span, (*text)->span, what);
    else if (more)
        *text = more;
}

/* A strength is that of the advice before it; where there is none, that of the row. */
static void add_strength(struct parser *p, struct tail_parts *tails, const struct name *more)
{
    struct name *strength = tails->advices.last ? &tails->advices.last->strength : &tails->strength;
    if (strength->text && more->text)
        twice(p, more->span, strength->span, "strength");
    else if (more->text)
        *strength = *more;
}

struct tail_parts *ast_tails(struct parser *p, struct tail_parts *tails, struct tail_parts *more)
{
    if (!tails) return more;
    add_traces(&tails->traces, more->traces);
    add_cites(&tails->cites, more->cites);
    add_text(p, &tails->because, more->because, "because");
    add_text(p, &tails->say, more->say, "say");
    add_strength(p, tails, &more->strength);
    add_advices(&tails->advices, more->advices);
    return tails;
}

struct tail ast_tail(const struct tail_parts *tails)
{
    if (!tails) return (struct tail){0};
    return (struct tail){tails->traces.first, tails->cites.first, tails->because,
                         tails->strength,     tails->say,         tails->advices.first};
}
