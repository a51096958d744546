/* The driver: alone knows the order of the stages.

   Each stage runs only where the ones before found no error, so that it may rely on what they have
   checked, and a physician reads the first mistakes and not their consequences.  A stage runs once;
   asking for its result again gives the same. */
#include "compiler/compiler_handle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/print.h"
#include "compiler/render.h"
#include "runtime/image.h"

struct regimen_compiler *regimen_compiler_new(void)
{
    struct regimen_compiler *compiler = calloc(1, sizeof *compiler);
    struct arena *arena = compiler ? arena_new() : NULL;
    if (!arena) {
        free(compiler);
        return NULL;
    }
    compiler->c.arena = arena;
    compiler->c.sink.arena = arena;
    snprintf(compiler->problem, sizeof compiler->problem, "no rule file was given");
    return compiler;
}

void regimen_compiler_free(struct regimen_compiler *compiler)
{
    if (!compiler) return;
    free(compiler->c.image);
    arena_free(compiler->c.arena);
    free(compiler);
}

/* A program that was checked without errors and yet was not lowered was never whole: a file is missing. */
static enum regimen_compiler_status status_of(const struct regimen_compiler *compiler)
{
    if (!compiler->readable) return REGIMEN_COMPILER_UNREADABLE;
    if (compiler->checked && !compiler->c.sink.errors && !compiler->c.ir) return REGIMEN_COMPILER_UNREADABLE;
    return compiler->c.sink.errors ? REGIMEN_COMPILER_FINDINGS : REGIMEN_COMPILER_OK;
}

static enum regimen_compiler_status loaded(struct regimen_compiler *compiler, bool readable)
{
    compiler->readable = readable;
    return status_of(compiler);
}

enum regimen_compiler_status regimen_compiler_load_paths(struct regimen_compiler *compiler,
                                                         const char *const *paths, size_t count)
{
    return loaded(compiler,
                  load_program(&compiler->c, paths, count, compiler->problem, sizeof compiler->problem));
}

enum regimen_compiler_status regimen_compiler_load_text(struct regimen_compiler *compiler, const char *name,
                                                        const char *text, size_t length)
{
    return loaded(compiler, load_text(&compiler->c, name, text, length));
}

enum regimen_compiler_status regimen_compiler_load_site(struct regimen_compiler *compiler, const char *path)
{
    bool alone =
        compiler->c.protocols == NULL && compiler->c.file_count == 0; /* for an image that is there already */
    bool readable = load_site(&compiler->c, path, compiler->problem, sizeof compiler->problem);
    return loaded(compiler, (alone || compiler->readable) && readable);
}

void regimen_compiler_with_tests(struct regimen_compiler *compiler)
{
    compiler->c.with_tests = true;
}

/* Where a file is missing or could not be read, every name that it declares would be reported as unknown. */
static bool is_whole(const struct compilation *c)
{
    for (const struct diag *d = c->sink.first; d; d = d->next)
        if (d->severity == SEVERITY_ERROR && (int)d->code < DIAG_FILES_END && d->code != DIAG_HEAD_INCOMPLETE)
            return false;
    return c->head != NULL;
}

enum regimen_compiler_status regimen_compiler_check(struct regimen_compiler *compiler)
{
    struct compilation *c = &compiler->c;
    if (compiler->readable && !compiler->checked && is_whole(c)) {
        resolve_program(c);
        check_program(c);
        if (!c->sink.errors) lower_program(c);
    }
    compiler->checked = true;
    return status_of(compiler);
}

/* What leaves the compiler is verified as if it came from anywhere. */
static enum regimen_compiler_status emit_verified(struct regimen_compiler *compiler)
{
    struct image image;
    if (!emit_image(&compiler->c, &compiler->c.image, &compiler->c.image_size))
        return compiler->c.sink.errors ? REGIMEN_COMPILER_FINDINGS : REGIMEN_COMPILER_MEMORY;
    if (image_load(compiler->c.image, compiler->c.image_size, &image, compiler->problem, PROBLEM_MAX) ==
        IMAGE_OK)
        return REGIMEN_COMPILER_OK;
    free(compiler->c.image);
    compiler->c.image = NULL;
    return REGIMEN_COMPILER_BUG;
}

enum regimen_compiler_status regimen_compiler_build(struct regimen_compiler *compiler, const uint8_t **image,
                                                    size_t *size)
{
    enum regimen_compiler_status status = regimen_compiler_check(compiler);
    if (status == REGIMEN_COMPILER_OK && !compiler->c.image) status = emit_verified(compiler);
    *image = status == REGIMEN_COMPILER_OK ? compiler->c.image : NULL;
    *size = status == REGIMEN_COMPILER_OK ? compiler->c.image_size : 0;
    return status;
}

size_t regimen_compiler_errors(const struct regimen_compiler *compiler)
{
    return compiler->c.sink.errors;
}

size_t regimen_compiler_warnings(const struct regimen_compiler *compiler)
{
    return compiler->c.sink.warnings;
}

const char *regimen_compiler_problem(const struct regimen_compiler *compiler)
{
    return compiler->problem;
}

/* What was written becomes a text of the compilation. */
static const char *kept(struct regimen_compiler *compiler, struct buffer *text, size_t *length)
{
    if (length) *length = text->length;
    const char *copy = text->failed ? NULL : arena_copy(compiler->c.arena, text->data, text->length);
    buffer_free(text);
    return copy;
}

const char *regimen_compiler_diagnostics(struct regimen_compiler *compiler, const char *format, bool colour,
                                         size_t *length)
{
    enum render_format found;
    struct buffer text = {0};
    if (!render_format_find(format, &found)) return NULL;
    render_diagnostics(&text, &compiler->c, found, colour);
    return kept(compiler, &text, length);
}

enum { AFTER_LOADED, AFTER_CHECKED, AFTER_BUILT };

static const struct {
    const char *word;
    void (*print)(FILE *out, const struct compilation *c);
    int after;
} stages[] = {
#define STAGE(word, function, after, meaning) {word, function, AFTER_##after},
#include "compiler/stages.def"
#undef STAGE
};

/* Brings the compilation as far as the stage needs it. */
static bool reach(struct regimen_compiler *compiler, int after)
{
    const uint8_t *image;
    size_t size;
    if (after == AFTER_LOADED) return true;
    if (after == AFTER_CHECKED) return regimen_compiler_check(compiler) == REGIMEN_COMPILER_OK;
    return regimen_compiler_build(compiler, &image, &size) == REGIMEN_COMPILER_OK;
}

static const char *print_stage(struct regimen_compiler *compiler,
                               void (*print)(FILE *out, const struct compilation *c), size_t *length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, length);
    if (!out) return NULL;
    print(out, &compiler->c);
    const char *copy = fclose(out) == 0 ? arena_copy(compiler->c.arena, text, *length) : NULL;
    free(text);
    return copy;
}

const char *regimen_compiler_stage(struct regimen_compiler *compiler, const char *stage, size_t *length)
{
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (strcmp(stages[i].word, stage) == 0)
            return reach(compiler, stages[i].after) ? print_stage(compiler, stages[i].print, length) : NULL;
    return NULL;
}

const char *regimen_compiler_folder(struct regimen_compiler *compiler)
{
    const struct compilation *c = &compiler->c;
    if (!c->file_count) return "";
    return arena_copy(c->arena, c->files[0].path, (size_t)(c->files[0].name - c->files[0].path));
}
