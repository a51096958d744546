/* The lowering stage: checked declarations to the intermediate form.

   Rules are put in an order in which each stands after all that it reads, so the machine runs them from
   the first to the last and never asks for a result that is not there yet; the verifier refuses an image
   in which a rule reads a later one.  Where this leaves a choice the order of the source is kept: the
   same program gives the same bytes. */
#include "compiler/lower.h"
#include "compiler/types.h"

#include <stdlib.h>

struct found {
    struct decl *decl;
    uint32_t order; /* place among the rules of the source */
};

/* Declarations of one kind, in order of the source. */
static struct decl **collect(struct ir_program *p, enum decl_kind kind, uint32_t *count)
{
    *count = 0;
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (const struct decl *d = q->decls; d; d = d->next)
            *count += d->kind == kind;
    struct decl **list = arena_alloc(p->arena, (*count + 1) * sizeof *list);
    uint32_t i = 0;
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (struct decl *d = q->decls; d; d = d->next)
            if (d->kind == kind) list[i++] = d;
    return list;
}

static bool is_rule(const struct decl *d)
{
    return decl_is_rule(d) || (d->kind == DECL_GUARANTEE && d->body);
}

/* Guarantees after all rules; the others after what they read; else as in the source. */
static int by_rank(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    bool gx = x->decl->kind == DECL_GUARANTEE, gy = y->decl->kind == DECL_GUARANTEE;
    if (gx != gy) return gx - gy;
    if (!gx && x->decl->mark != y->decl->mark) return x->decl->mark < y->decl->mark ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static struct found *rules_in_order(struct ir_program *p)
{
    uint32_t count = 0;
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (const struct decl *d = q->decls; d; d = d->next)
            count += is_rule(d);
    struct found *found = arena_alloc(p->arena, (count + 1) * sizeof *found);
    count = 0;
    for (const struct protocol *q = p->compilation->protocols; q; q = q->next)
        for (struct decl *d = q->decls; d; d = d->next)
            if (is_rule(d)) {
                found[count] = (struct found){d, count};
                count++;
            }
    qsort(found, count, sizeof *found, by_rank);
    p->ruled_count = count;
    p->ruled = arena_alloc(p->arena, (count + 1) * sizeof *p->ruled);
    for (uint32_t i = 0; i < count; i++)
        p->ruled[i] = found[i].decl;
    return found;
}

static struct ir_program *program_new(struct compilation *c)
{
    struct ir_program *p = arena_alloc(c->arena, sizeof *p);
    p->arena = c->arena;
    p->compilation = c;
    p->now = NONE32;
#define SECTION(name, type, digested) p->name.item = sizeof(type);
#include "runtime/sections.def"
#undef SECTION
    p->rules.item = sizeof(struct ir_rule);
    p->regs.item = sizeof(struct ir_reg);
    p->node_spans.item = sizeof(struct span);
    p->constant_before.item = sizeof(uint32_t);
    p->strings_index.item = sizeof(uint32_t);
    ir_text(p, NULL);
    return p;
}

/* Operands have 16 bits, and NONE16 is no number.  Beyond that the image would mean another program, so
   this is reported before anything is emitted. */
static void check_size(struct compilation *c)
{
    const struct ir_program *p = c->ir;
    if (p->CONSTANTS.count + p->regs.count < NONE16 && p->FOLDS.count < NONE16 && p->RULES.count < NONE16)
        return;
    diag_report(&c->sink, DIAG_PROGRAM_TOO_LARGE, c->head->span, "this program is too large for one image");
}

void lower_program(struct compilation *c)
{
    struct ir_program *p = program_new(c);
    c->ir = p;
    p->inputs = collect(p, DECL_INPUT, &p->input_count);
    p->params = collect(p, DECL_PARAMETER, &p->param_count);
    lower_declarations(p);
    lower_site(p);
    lower_uncoded(p);
    const struct found *found = rules_in_order(p);
    for (uint32_t i = 0; i < p->ruled_count; i++)
        lower_rule(p, found[i].decl, found[i].order);
    lower_shown(p);
    uint32_t tests;
    struct decl **list = collect(p, DECL_TEST, &tests);
    for (uint32_t i = 0; c->with_tests && i < tests; i++)
        lower_test(p, list[i]);
    check_size(c);
}
