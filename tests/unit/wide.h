/* The image of tests/unit/wide.rgm with a site's values and its test: every section has items. */
#ifndef REGIMEN_TESTS_WIDE_H
#define REGIMEN_TESTS_WIDE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/image.h"
#include "runtime/opcode.h"

struct wide {
    uint8_t *bytes; /* as compiled */
    size_t size;
    uint8_t *forged; /* a copy to be changed; the image lies in it */
    struct image image;
};

static inline void wide_compile(struct wide *w)
{
    static const char *const paths[] = {"tests/unit/wide.rgm"};
    struct regimen_compiler *compiler = regimen_compiler_new();
    const uint8_t *image;
    assert_non_null(compiler);
    regimen_compiler_with_tests(compiler);
    assert_int_equal(regimen_compiler_load_paths(compiler, paths, 1), REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_load_site(compiler, "tests/unit/wide_site.rgm"), REGIMEN_COMPILER_OK);
    if (regimen_compiler_build(compiler, &image, &w->size) != REGIMEN_COMPILER_OK)
        fail_msg("%s", regimen_compiler_diagnostics(compiler, "text", false, NULL));
    w->bytes = malloc(w->size);
    w->forged = aligned_alloc(IMAGE_ALIGN, image_aligned(w->size));
    assert_true(w->bytes && w->forged);
    memcpy(w->bytes, image, w->size);
    regimen_compiler_free(compiler);
}

/* The forged copy is as compiled again. */
static inline void wide_restore(struct wide *w)
{
    memcpy(w->forged, w->bytes, w->size);
}

static inline int wide_set_up(void **state)
{
    struct wide *w = calloc(1, sizeof *w);
    char reason[300] = "";
    assert_non_null(w);
    wide_compile(w);
    wide_restore(w);
    if (image_load(w->forged, w->size, &w->image, reason, sizeof reason) != IMAGE_OK) fail_msg("%s", reason);
    *state = w;
    return 0;
}

static inline int wide_tear_down(void **state)
{
    struct wide *w = *state;
    free(w->bytes);
    free(w->forged);
    free(w);
    return 0;
}

/* An item of the forged copy, to be changed. */
#define SECTION(name, type, digested)                                                                        \
    static inline type *wide_##name(const struct wide *w, uint32_t i)                                        \
    {                                                                                                        \
        return (type *)(uintptr_t)(w->image.name + i);                                                       \
    }
#include "runtime/sections.def"
#undef SECTION

static inline bool accepted(const struct wide *w)
{
    char reason[300] = "";
    bool holds = image_verify(&w->image, reason, sizeof reason);
    assert_int_equal(holds, reason[0] == '\0');
    return holds;
}

static inline void expect_refused(struct wide *w, const char *section, uint32_t index, const char *what)
{
    if (accepted(w)) fail_msg("%s[%u]: %s is not noticed", section, index, what);
    wide_restore(w);
}

/* ---- Where something of a kind stands ------------------------------------------------------------- */

static inline uint32_t find_op(const struct wide *w, enum opcode op)
{
    for (uint32_t pc = 0; pc < w->image.CODE_count; pc++)
        if (w->image.CODE[pc].op == op) return pc;
    fail_msg("the test program has no %s", OPCODES[op].name);
    return 0;
}

static inline uint32_t constant_of(const struct wide *w, enum kind kind)
{
    for (uint32_t i = 0; i < w->image.CONSTANTS_count; i++)
        if (w->image.CONSTANTS[i].kind == kind && w->image.CONSTANTS[i].tag == TAG_KNOWN) return i;
    fail_msg("the test program has no constant of kind %d", kind);
    return 0;
}

#endif
