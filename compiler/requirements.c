/* Requirements, and what is traced by declarations that the image does not have: for lists of what is
 * covered. */
#include "compiler/compiler_handle.h"
#include "compiler/types.h"

static const char *plain(const struct text *text)
{
    return text && text->plain ? text->plain : "";
}

static struct regimen_place place_of(const struct compilation *c, struct span span)
{
    const struct source_file *file = &c->files[span.file];
    return (struct regimen_place){file->name, (unsigned)source_locate(file, span.start).line};
}

static const struct regimen_citation *citations(struct arena *arena, const struct cite *cites, size_t *count)
{
    *count = 0;
    for (const struct cite *cite = cites; cite; cite = cite->next)
        ++*count;
    struct regimen_citation *list = arena_alloc(arena, (*count + 1) * sizeof *list), *next = list;
    for (const struct cite *cite = cites; cite; cite = cite->next) {
        const struct decl *source = cite->source.decl;
        *next++ = (struct regimen_citation){.source = cite->source.text,
                                            .title = plain(source ? source->label : NULL),
                                            .document = plain(source ? source->in : NULL),
                                            .at = plain(cite->at)};
    }
    return list;
}

/* ---- The list --------------------------------------------------------------------------------------- */

static struct regimen_requirement requirement_of(const struct compilation *c, const struct decl *d)
{
    struct regimen_requirement r = {.id = d->name.text,
                                    .sentence = plain(d->label),
                                    .because = plain(d->tail.because),
                                    .place = place_of(c, d->name.span)};
    r.cites = citations(c->arena, d->tail.cites, &r.cite_count);
    return r;
}

const struct regimen_requirement *regimen_compiler_requirements(struct regimen_compiler *compiler,
                                                                size_t *count)
{
    const struct compilation *c = &compiler->c;
    *count = 0;
    if (regimen_compiler_check(compiler) != REGIMEN_COMPILER_OK) return NULL;
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            *count += d->kind == DECL_REQUIREMENT;
    struct regimen_requirement *list = arena_alloc(c->arena, (*count + 1) * sizeof *list), *next = list;
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_REQUIREMENT) *next++ = requirement_of(c, d);
    return list;
}

/* ---- What the image does not have ------------------------------------------------------------------- */

static bool is_in_image(const struct decl *d)
{
    return decl_is_rule(d) || (d->kind == DECL_GUARANTEE && d->body);
}

static const char *kind_word(const struct decl *d)
{
    switch (d->kind) {
    case DECL_INPUT: return "input";
    case DECL_PARAMETER: return "parameter";
    case DECL_DEFINE: return "definition";
    case DECL_FUNCTION: return "function";
    case DECL_GUARANTEE: return "guarantee";
    default: return "declaration";
    }
}

static size_t count_traces(const struct decl *d)
{
    size_t count = 0;
    for (const struct name *id = d->tail.traces; id; id = id->next)
        count++;
    return is_in_image(d) ? 0 : count;
}

const struct regimen_traced *regimen_compiler_traced(struct regimen_compiler *compiler, size_t *count)
{
    const struct compilation *c = &compiler->c;
    *count = 0;
    if (regimen_compiler_check(compiler) != REGIMEN_COMPILER_OK) return NULL;
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            *count += count_traces(d);
    struct regimen_traced *list = arena_alloc(c->arena, (*count + 1) * sizeof *list), *next = list;
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            for (const struct name *id = is_in_image(d) ? NULL : d->tail.traces; id; id = id->next)
                *next++ = (struct regimen_traced){.id = id->text,
                                                  .kind = kind_word(d),
                                                  .name = d->name.text ? d->name.text : plain(d->label),
                                                  .place = place_of(c, d->span),
                                                  .proven = d->kind == DECL_GUARANTEE};
    return list;
}
