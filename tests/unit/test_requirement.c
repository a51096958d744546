/* Requirements: what of them reaches the image, and guarantees about what reads what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compiler/regimen_compiler.h"
#include "runtime/buffer.h"
#include "runtime/image.h"

static const char HEADER[] = "protocol example \"Example\"\nversion 1.0.0\nstatus draft\n"
                             "source review \"A review\" in \"review.txt\"\n";
static const char RULE[] = "input age \"Age\" : years\n"
                           "classify risk \"Risk\" : standard < high by first match\n"
                           "  high when age >= 10 years trace RISK-01\n"
                           "  standard otherwise\n";

static struct regimen_compiler *compiler_of(const char *first, const char *second)
{
    struct buffer text = {0};
    struct regimen_compiler *compiler = regimen_compiler_new();
    assert_non_null(compiler);
    buffer_printf(&text, "%s%s%s", HEADER, first, second);
    assert_int_equal(regimen_compiler_load_text(compiler, "example.rgm", buffer_text(&text), text.length),
                     REGIMEN_COMPILER_OK);
    buffer_free(&text);
    return compiler;
}

/* ---- The image ------------------------------------------------------------------------------------ */

struct built {
    uint8_t *bytes;
    struct image image;
};

static struct built build(const char *first, const char *second)
{
    struct regimen_compiler *compiler = compiler_of(first, second);
    struct built built;
    const uint8_t *bytes;
    size_t size;
    char reason[300];
    assert_int_equal(regimen_compiler_build(compiler, &bytes, &size), REGIMEN_COMPILER_OK);
    built.bytes = aligned_alloc(IMAGE_ALIGN, image_aligned(size));
    assert_non_null(built.bytes);
    memcpy(built.bytes, bytes, size);
    regimen_compiler_free(compiler);
    assert_int_equal(image_load(built.bytes, size, &built.image, reason, sizeof reason), IMAGE_OK);
    return built;
}

static void test_uncoded(void **state)
{
    (void)state;
    static const char *const ids[] = {"LOST-02", "LOST-01", "OPEN-1b"};
    struct built b = build(
        RULE, "not coded LOST-02, LOST-01 because \"the page is lost\" cite review at \"page 3\", review\n"
              "not coded OPEN-1b because \"awaits sign-off\"\n");
    const struct image *image = &b.image;
    assert_int_equal(image->UNCODED_count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        const struct image_uncoded *u = &image->UNCODED[i];
        assert_string_equal(image_text(image, u->id), ids[i]);
        assert_string_equal(image_text(image, u->because), i < 2 ? "the page is lost" : "awaits sign-off");
        assert_int_equal(u->cites.count, i < 2 ? 2 : 0);
        if (i == 2) continue;
        const struct image_cite *cite = &image->CITES[u->cites.first];
        assert_string_equal(image_text(image, cite->title), "A review");
        assert_string_equal(image_text(image, cite->at), "page 3");
        assert_string_equal(image_text(image, cite[1].at), "");
    }
    free(b.bytes);
}

static bool holds_text(const struct image *image, const char *text)
{
    return memmem(image->STRINGS, image->STRINGS_count, text, strlen(text)) != NULL;
}

/* The list of requirements says nothing about what the program means. */
static void test_not_in_image(void **state)
{
    (void)state;
    struct built with = build(
        RULE, "requirement RISK-01 \"From ten years on.\" cite review at \"page 9\" because \"so read\"\n"
              "requirement RISK-02 \"Others.\"\n");
    struct built without = build(RULE, ""), lost = build(RULE, "not coded RISK-02 because \"lost\"\n");
    assert_memory_equal(with.image.header->digest, without.image.header->digest, IMAGE_DIGEST);
    assert_memory_not_equal(with.image.header->digest, lost.image.header->digest, IMAGE_DIGEST);
    assert_false(holds_text(&with.image, "From ten years on."));
    assert_false(holds_text(&with.image, "RISK-02"));
    assert_true(holds_text(&with.image, "RISK-01")); /* the rule traces it */
    assert_true(holds_text(&lost.image, "RISK-02"));
    free(with.bytes);
    free(without.bytes);
    free(lost.bytes);
}

/* ---- What reads what ------------------------------------------------------------------------------ */

static void expect_message(const char *first, const char *second, const char *message)
{
    struct regimen_compiler *compiler = compiler_of(first, second);
    regimen_compiler_check(compiler);
    size_t length;
    const char *text = regimen_compiler_diagnostics(compiler, "text", false, &length);
    if (!strstr(text, message)) fail_msg("no `%s` in\n%s", message, text);
    const char *report = strstr(text, "error R0601");
    assert_true(report && !strstr(report + 1, "error R0601"));
    regimen_compiler_free(compiler);
}

/* Of two ways the shorter one is shown. */
static void test_shortest_way(void **state)
{
    (void)state;
    expect_message("input age \"Age\" : years\n"
                   "define a = age > 1 year\n"
                   "define b = a\n"
                   "define c = b and age > 2 years\n"
                   "define far = c and b\n",
                   "guarantee \"g\" far does not read age\n", "after all: far -> c -> age\n");
}

/* A way of n steps: define d1 = d0, define d2 = d1, ... */
static void expect_chain(unsigned n, const char *message)
{
    struct buffer text = {0};
    buffer_put(&text, "input d0 : yes or no\n");
    for (unsigned i = 1; i <= n; i++)
        buffer_printf(&text, "define d%u = d%u\n", i, i - 1);
    buffer_printf(&text, "guarantee \"g\" d%u does not read d0\n", n);
    expect_message(buffer_text(&text), "", message);
    buffer_free(&text);
}

static void test_long_way(void **state)
{
    (void)state;
    expect_chain(3, "d3 -> d2 -> d1 -> d0\n");
    expect_chain(20, "-> d2 -> d1 -> d0\n");
    expect_chain(21, "-> d2 -> d1 -> ... -> d0\n");
    expect_chain(400, "-> d381 -> d380 -> ... -> d0\n");
}

/* The guarantee looks from A on: what A is read by does not count, nor does a circle hang it. */
static void test_direction(void **state)
{
    (void)state;
    struct built b = build("input age \"Age\" : years\n"
                           "define old = age > 10 years\n"
                           "define older = old\n",
                           "guarantee \"g\" old does not read older\n");
    free(b.bytes);
    expect_message("define a = b\ndefine b = a\n", "guarantee \"g\" a does not read b\n", "a -> b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_uncoded),      cmocka_unit_test(test_not_in_image),
        cmocka_unit_test(test_shortest_way), cmocka_unit_test(test_long_way),
        cmocka_unit_test(test_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
