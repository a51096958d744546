/* The compiler as a library: one handle, one program. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "compiler/regimen_compiler.h"

static const char good[] = "protocol good \"Good\"\n"
                           "version 1.0.0\n"
                           "status draft\n"
                           "input weight : kg from 1 kg to 300 kg\n"
                           "classify heavy \"Heavy\" : light, heavy by first match\n"
                           "  heavy when weight > 50 kg\n"
                           "  light otherwise\n";
static const char bad[] = "protocol bad \"Bad\"\n"
                          "version 1.0.0\n"
                          "status draft\n"
                          "input weight : kg\n"
                          "define sum = weight + 1 m\n";

static struct regimen_compiler *loaded(const char *text, enum regimen_compiler_status expected)
{
    struct regimen_compiler *compiler = regimen_compiler_new();
    assert_non_null(compiler);
    assert_int_equal(regimen_compiler_load_text(compiler, "in memory.rgm", text, strlen(text)), expected);
    return compiler;
}

static void test_build(void **state)
{
    (void)state;
    const uint8_t *image, *again, *other;
    size_t size, again_size, other_size;
    struct regimen_compiler *compiler = loaded(good, REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_build(compiler, &image, &size), REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_build(compiler, &again, &again_size), REGIMEN_COMPILER_OK);
    assert_ptr_equal(image, again);
    assert_int_equal(size, again_size);
    struct regimen_compiler *second = loaded(good, REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_build(second, &other, &other_size), REGIMEN_COMPILER_OK);
    assert_int_equal(size, other_size);
    assert_memory_equal(image, other, size);
    regimen_compiler_free(second);
    regimen_compiler_free(compiler);
    regimen_compiler_free(NULL);
}

static void test_findings(void **state)
{
    (void)state;
    const uint8_t *image;
    size_t size, length;
    struct regimen_compiler *compiler = loaded(bad, REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_check(compiler), REGIMEN_COMPILER_FINDINGS);
    size_t errors = regimen_compiler_errors(compiler);
    assert_int_equal(errors, 1);
    assert_int_equal(regimen_compiler_check(compiler), REGIMEN_COMPILER_FINDINGS);
    assert_int_equal(regimen_compiler_errors(compiler), errors); /* nothing is said twice */
    assert_int_equal(regimen_compiler_build(compiler, &image, &size), REGIMEN_COMPILER_FINDINGS);
    assert_null(image);
    assert_int_equal(size, 0);
    const char *text = regimen_compiler_diagnostics(compiler, "text", false, &length);
    assert_int_equal(strlen(text), length);
    assert_non_null(strstr(text, "in memory.rgm:5:"));
    assert_null(regimen_compiler_diagnostics(compiler, "xml", false, &length));
    regimen_compiler_free(compiler);
}

static void test_stages(void **state)
{
    (void)state;
    static const char *const stages[] = {"ast", "checked", "ir", "code"};
    size_t length;
    struct regimen_compiler *compiler = loaded(good, REGIMEN_COMPILER_OK);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        const char *text = regimen_compiler_stage(compiler, stages[i], &length);
        assert_non_null(text);
        assert_int_equal(strlen(text), length);
        assert_non_null(strstr(text, "heavy"));
    }
    assert_null(regimen_compiler_stage(compiler, "tokens", &length));
    regimen_compiler_free(compiler);

    compiler = loaded(bad, REGIMEN_COMPILER_OK);
    assert_non_null(strstr(regimen_compiler_stage(compiler, "ast", &length), "sum"));
    assert_null(regimen_compiler_stage(compiler, "checked", &length));
    assert_null(regimen_compiler_stage(compiler, "code", &length));
    regimen_compiler_free(compiler);
}

static void test_unreadable(void **state)
{
    (void)state;
    const uint8_t *image;
    size_t size;
    const char *path = "/no/such/file.rgm";
    struct regimen_compiler *compiler = regimen_compiler_new();
    assert_int_equal(regimen_compiler_load_paths(compiler, &path, 1), REGIMEN_COMPILER_UNREADABLE);
    assert_string_equal(regimen_compiler_problem(compiler),
                        "/no/such/file.rgm cannot be read: No such file or directory");
    assert_int_equal(regimen_compiler_build(compiler, &image, &size), REGIMEN_COMPILER_UNREADABLE);
    assert_null(image);
    regimen_compiler_free(compiler);

    compiler = loaded(good, REGIMEN_COMPILER_OK);
    assert_int_equal(regimen_compiler_load_site(compiler, path), REGIMEN_COMPILER_UNREADABLE);
    assert_int_equal(regimen_compiler_build(compiler, &image, &size), REGIMEN_COMPILER_UNREADABLE);
    regimen_compiler_free(compiler);

    compiler = regimen_compiler_new(); /* nothing was loaded */
    assert_int_equal(regimen_compiler_build(compiler, &image, &size), REGIMEN_COMPILER_UNREADABLE);
    assert_null(image);
    regimen_compiler_free(compiler);
}

static void test_explain(void **state)
{
    (void)state;
    struct regimen_explanation e;
    assert_true(regimen_compiler_explain(1, true, &e));
    assert_string_equal(e.severity, "error");
    assert_true(regimen_compiler_explain(0, false, &e));
    assert_int_equal(e.number, 1);
    assert_false(regimen_compiler_explain(0, true, &e));
    assert_false(regimen_compiler_explain(10000, false, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_build),      cmocka_unit_test(test_findings), cmocka_unit_test(test_stages),
        cmocka_unit_test(test_unreadable), cmocka_unit_test(test_explain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
