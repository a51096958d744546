/* The examples of every diagnostic: the bad one gives it, the good one is clean. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compiler/diag.h"
#include "compiler/regimen_compiler.h"

enum { FILES_MAX = 8 };

static const char header[] = "protocol example \"Example\"\nversion 1.0.0\nstatus draft\n";
static const char separator[] = "--- ";

/* The files of one example, in a folder of their own; the first is the program. */
struct example {
    char folder[64];
    char *paths[FILES_MAX];
    int count;
    const char *site; /* or NULL */
};

static bool starts(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static void write_file(struct example *e, const char *name, size_t name_length, const char *text,
                       size_t length)
{
    assert_true(e->count < FILES_MAX);
    char *path;
    assert_true(asprintf(&path, "%s/%.*s", e->folder, (int)name_length, name) > 0);
    e->paths[e->count++] = path;
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    if (!starts(text, "protocol") && !starts(text, "site") && !starts(text, "#")) fputs(header, out);
    assert_int_equal(fwrite(text, 1, length, out), length);
    assert_int_equal(fclose(out), 0);
    if (e->count > 1 && starts(text, "site")) e->site = path;
}

/* Up to the next separator at the start of a line. */
static size_t part_length(const char *text)
{
    const char *at = text;
    while (at && *at && !starts(at, separator)) {
        at = strchr(at, '\n');
        at += at != NULL;
    }
    return at ? (size_t)(at - text) : strlen(text);
}

static void write_example(struct example *e, const char *text)
{
    *e = (struct example){.folder = "/tmp/regimen-example-XXXXXX"};
    assert_non_null(mkdtemp(e->folder));
    size_t length = part_length(text);
    write_file(e, "example.rgm", strlen("example.rgm"), text, length);
    for (text += length; *text; text += length) {
        const char *name = text + sizeof separator - 1;
        size_t name_length = strcspn(name, "\n");
        text = name + name_length + 1;
        length = part_length(text);
        write_file(e, name, name_length, text, length);
    }
}

static void remove_example(struct example *e)
{
    for (int i = 0; i < e->count; i++) {
        unlink(e->paths[i]);
        free(e->paths[i]);
    }
    rmdir(e->folder);
}

/* The diagnostics of the example, to be freed; errors is their number. */
static char *diagnostics_of(const char *text, size_t *errors)
{
    struct example e;
    size_t length;
    write_example(&e, text);
    struct regimen_compiler *compiler = regimen_compiler_new();
    const char *path = e.paths[0];
    assert_int_not_equal(regimen_compiler_load_paths(compiler, &path, 1), REGIMEN_COMPILER_UNREADABLE);
    if (e.site)
        assert_int_not_equal(regimen_compiler_load_site(compiler, e.site), REGIMEN_COMPILER_UNREADABLE);
    regimen_compiler_check(compiler);
    char *copy = strdup(regimen_compiler_diagnostics(compiler, "text", false, &length));
    *errors = regimen_compiler_errors(compiler);
    regimen_compiler_free(compiler);
    remove_example(&e);
    return copy;
}

static int check_example(const struct diag_info *info, const char *example, bool is_bad)
{
    char code[16];
    size_t errors;
    char *text = diagnostics_of(example, &errors);
    snprintf(code, sizeof code, " R%04d: ", info->number);
    bool given = strstr(text, code) != NULL;
    bool fine = is_bad ? given : !given && errors == 0;
    if (!fine)
        fprintf(stderr, "R%04d %s: the %s example gives\n%s\n", info->number, info->name,
                is_bad ? "bad" : "good", text);
    free(text);
    return !fine;
}

static void test_examples(void **state)
{
    (void)state;
    size_t count;
    int wrong = 0;
    const struct diag_info *info = diag_list(&count);
    for (; count > 0; count--, info++) {
        if (!*info->bad) continue;
        wrong += check_example(info, info->bad, true);
        wrong += check_example(info, info->good, false);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
