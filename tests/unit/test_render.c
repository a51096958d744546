/* Diagnostics as text, JSON, SARIF and GitHub annotations. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/render.h"
#include "runtime/utf8.h"

static struct source_file files[2];

/* A compilation of one or two files that no stage has seen. */
static struct compilation compilation_of(const char *first, const char *second)
{
    struct compilation c = {.arena = arena_new(), .files = files, .file_count = second ? 2 : 1};
    c.sink.arena = c.arena;
    files[0] = (struct source_file){"rules/dosing.rgm", "dosing.rgm", first, strlen(first), first};
    if (second)
        files[1] = (struct source_file){"rules/a b:c.rgm", "a b:c.rgm", second, strlen(second), second};
    return c;
}

/* The span of the nth time that the words stand in the file. */
static struct span span_of(uint32_t file, const char *words)
{
    const char *at = strstr(files[file].text, words);
    assert_non_null(at);
    uint32_t start = (uint32_t)(at - files[file].text);
    return (struct span){file, start, start + (uint32_t)strlen(words)};
}

static void assert_rendered(const struct compilation *c, enum render_format format, bool colour,
                            const char *expected)
{
    struct buffer out = {0};
    render_diagnostics(&out, c, format, colour);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void test_two_places(void **state)
{
    (void)state;
    struct compilation c =
        compilation_of("\n\n\n\n\n\n\n\n\n\n  amount   2500 IU/m2 * bsa\n\n\n  at most  3750 mg\n", NULL);
    struct diag *d = diag_report(&c.sink, DIAG_FILE_EMPTY, span_of(0, "3750 mg"),
                                 "these two amounts have different units");
    diag_label(&c.sink, d, "milligrams (mass)");
    diag_note(&c.sink, d, span_of(0, "2500 IU/m2 * bsa"), "international units");
    diag_help(&c.sink, d, "write the cap in IU, for example `at most 3750 IU`");
    assert_rendered(&c, RENDER_TEXT, false,
                    "error R0001: these two amounts have different units\n"
                    "  rules/dosing.rgm:14:12\n"
                    "14 |   at most  3750 mg\n"
                    "   |            ^^^^^^^ milligrams (mass)\n"
                    "11 |   amount   2500 IU/m2 * bsa\n"
                    "   |            ---------------- international units\n"
                    "   = help: write the cap in IU, for example `at most 3750 IU`\n"
                    "\n"
                    "1 file: 1 error, no warnings\n");
    arena_free(c.arena);
}

static void test_other_file_and_same_line(void **state)
{
    (void)state;
    struct compilation c = compilation_of("a < b\n", "use a\n");
    struct diag *d = diag_report(&c.sink, DIAG_USE_TWICE, span_of(0, "a"), "first");
    diag_note(&c.sink, d, span_of(0, "b"), "same line");
    diag_note(&c.sink, d, span_of(1, "use"), "other file");
    diag_report(&c.sink, DIAG_USE_TWICE, span_of(1, "a"), "second");
    assert_rendered(&c, RENDER_TEXT, false,
                    "warning R0008: first\n"
                    "  rules/dosing.rgm:1:1\n"
                    "1 | a < b\n"
                    "  | ^\n"
                    "  |     - same line\n"
                    "  rules/a b:c.rgm:1:1\n"
                    "1 | use a\n"
                    "  | --- other file\n"
                    "\n"
                    "warning R0008: second\n"
                    "  rules/a b:c.rgm:1:5\n"
                    "1 | use a\n"
                    "  |     ^\n"
                    "\n"
                    "2 files: no errors, 2 warnings\n");
    arena_free(c.arena);
}

static void assert_marked(const char *source, struct span span, const char *line, const char *marks)
{
    struct compilation c = compilation_of(source, NULL);
    diag_report(&c.sink, DIAG_FILE_EMPTY, span, "m");
    struct source_position p = source_locate(&files[0], span.start);
    char expected[2000];
    snprintf(expected, sizeof expected,
             "error R0001: m\n  rules/dosing.rgm:%zu:%zu\n%zu | %s\n  | %s\n\n1 file: 1 error, no warnings\n",
             p.line, p.column, p.line, line, marks);
    assert_rendered(&c, RENDER_TEXT, false, expected);
    arena_free(c.arena);
}

static void test_alignment(void **state)
{
    (void)state;
    assert_marked("\tx\ty", (struct span){0, 3, 4}, "    x   y", "        ^");
    assert_marked("\xC2\xB5g x", (struct span){0, 4, 5}, "\xC2\xB5g x", "   ^"); /* two bytes, one column */
    assert_marked("e\xCC\x81 x", (struct span){0, 4, 5}, "e\xCC\x81 x", "  ^");  /* a combining accent */
    assert_marked("\xE4\xB8\xAD x", (struct span){0, 4, 5}, "\xE4\xB8\xAD x", "   ^"); /* a wide letter */
    assert_marked("a\x1B[1m", (struct span){0, 0, 1}, "a\xEF\xBF\xBD[1m", "^"); /* no escape gets through */
    assert_marked("a\xFFz", (struct span){0, 2, 3}, "a\xEF\xBF\xBDz", "  ^");
    assert_marked("ab", (struct span){0, 2, 2}, "ab", "  ^");      /* at the end of the file */
    assert_marked("ab\r\ncd", (struct span){0, 1, 5}, "ab", " ^"); /* several lines: the first alone */
    assert_marked("\xE2\x80\xAE"
                  "ab",
                  (struct span){0, 3, 4},
                  "\xEF\xBF\xBD"
                  "ab",
                  " ^");
}

static void test_long_line(void **state)
{
    (void)state;
    char source[401], line[200], marks[100];
    memset(source, 'a', 400);
    source[400] = '\0';
    source[200] = 'X';
    memset(line, 'a', sizeof line);
    snprintf(line, sizeof line, "…%.*sX%.*s…", 40, source, 79, source);
    memset(marks, ' ', 41);
    memcpy(marks + 41, "^", 2);
    assert_marked(source, (struct span){0, 200, 201}, line, marks);
}

/* Of a line of megabytes a part is looked at, cut between characters. */
static void test_very_long_line(void **state)
{
    (void)state;
    enum { LENGTH = 9001, AT = 4500 };
    static char source[LENGTH + 1];
    for (size_t i = 0; i < LENGTH - 1; i += 2)
        memcpy(source + i, "\xC2\xB5", 2);
    memcpy(source + AT, "XY", 2);
    struct compilation c = compilation_of(source, NULL);
    diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, AT, AT + 2}, "m");
    struct buffer out = {0};
    render_diagnostics(&out, &c, RENDER_TEXT, false);
    const char *text = buffer_text(&out);
    const char *line = strstr(text, "1 | …\xC2\xB5"), *mark = strstr(text, "  |  ");
    assert_non_null(line);
    assert_non_null(mark);
    assert_int_equal(strstr(line, "XY") - line, 4 + 3 + 2 * 40);
    assert_int_equal(strstr(mark, "^^") - mark, 4 + 1 + 40);
    assert_non_null(strstr(line, "\xC2\xB5…\n"));
    buffer_free(&out);
    arena_free(c.arena);
}

static void test_no_text(void **state)
{
    (void)state;
    struct compilation c = compilation_of("", NULL);
    files[0].path = "rules\x1B[31m";
    diag_report(&c.sink, DIAG_FOLDER_EMPTY, (struct span){0, 0, 0}, "the folder holds no rule files");
    assert_rendered(&c, RENDER_TEXT, false,
                    "error R0013: the folder holds no rule files\n"
                    "  rules\xEF\xBF\xBD[31m\n"
                    "\n"
                    "1 file: 1 error, no warnings\n");
    arena_free(c.arena);
}

static void test_sorted_and_limited(void **state)
{
    (void)state;
    struct compilation c = compilation_of("abc", "x");
    diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){1, 0, 1}, "fourth");
    diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, 2, 3}, "third");
    diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, 0, 3}, "first");
    diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, 0, 1}, "second");
    assert_rendered(
        &c, RENDER_GITHUB, false,
        "::error file=rules/dosing.rgm,line=1,endLine=1,col=1,endColumn=4,title=R0001::first\n"
        "::error file=rules/dosing.rgm,line=1,endLine=1,col=1,endColumn=2,title=R0001::second\n"
        "::error file=rules/dosing.rgm,line=1,endLine=1,col=3,endColumn=4,title=R0001::third\n"
        "::error file=rules/a b%3Ac.rgm,line=1,endLine=1,col=1,endColumn=2,title=R0001::fourth\n");
    arena_free(c.arena);

    c = compilation_of("abc", NULL);
    for (int i = 0; i < DIAG_KEPT_MAX + 1; i++)
        diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, 0, 1}, "m");
    struct buffer out = {0};
    render_diagnostics(&out, &c, RENDER_TEXT, false);
    const char *text = buffer_text(&out);
    assert_non_null(strstr(text, "\n1 file: 501 errors, no warnings; only 500 are shown\n"));
    buffer_free(&out);
    arena_free(c.arena);
}

static struct compilation with_everything(void)
{
    struct compilation c = compilation_of("a\n 5 \xC2\xB5g \"q\"\n", "use a\n");
    struct diag *d = diag_report(&c.sink, DIAG_USE_TWICE, span_of(0, "\xC2\xB5g"), "100%% of \"q\"");
    diag_label(&c.sink, d, "label");
    diag_note(&c.sink, d, span_of(1, "use"), "note");
    diag_help(&c.sink, d, "a\\b");
    return c;
}

static void test_json(void **state)
{
    (void)state;
    struct compilation c = with_everything();
    assert_rendered(
        &c, RENDER_JSON, true,
        "{\"diagnostics\":[\n{\"code\":\"R0008\",\"severity\":\"warning\",\"file\":\"rules/dosing.rgm\","
        "\"line\":2,\"column\":4,\"end_line\":2,\"end_column\":6,\"message\":\"100% of \\\"q\\\"\","
        "\"label\":\"label\",\"help\":\"a\\\\b\",\"notes\":[{\"file\":\"rules/a b:c.rgm\",\"line\":1,"
        "\"column\":1,\"end_line\":1,\"end_column\":4,\"message\":\"note\"}]}\n],"
        "\"files\":2,\"errors\":0,\"warnings\":1}\n");
    arena_free(c.arena);
    c = compilation_of("", NULL);
    assert_rendered(&c, RENDER_JSON, false, "{\"diagnostics\":[],\"files\":1,\"errors\":0,\"warnings\":0}\n");
    arena_free(c.arena);
}

static void test_github(void **state)
{
    (void)state;
    struct compilation c = with_everything();
    assert_rendered(
        &c, RENDER_GITHUB, true,
        "::warning file=rules/dosing.rgm,line=2,endLine=2,col=4,endColumn=6,title=R0008::100%25 of \"q\""
        "%0Alabel%0Arules/a b:c.rgm:1:1 note%0Ahelp: a\\b\n");
    arena_free(c.arena);
}

static void test_sarif(void **state)
{
    (void)state;
    struct compilation c = with_everything();
    files[1].path = "/x/\xC2\xB5.rgm";
    struct buffer out = {0};
    render_diagnostics(&out, &c, RENDER_SARIF, true);
    const char *text = buffer_text(&out);
    assert_non_null(strstr(text, "\"version\":\"2.1.0\""));
    assert_non_null(strstr(text, "{\"id\":\"R0008\",\"shortDescription\":"));
    assert_null(strstr(text, "\"id\":\"R0001\""));
    assert_non_null(strstr(
        text, "{\"ruleId\":\"R0008\",\"level\":\"warning\",\"message\":{\"text\":\"100% of \\\"q\\\"\\n"
              "help: a\\\\b\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
              "\"rules/dosing.rgm\"},\"region\":{\"startLine\":2,\"startColumn\":4,\"endLine\":2,"
              "\"endColumn\":6}}}],\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":"
              "{\"uri\":\"file:///x/%C2%B5.rgm\"},\"region\":{\"startLine\":1,\"startColumn\":1,"
              "\"endLine\":1,\"endColumn\":4}},\"message\":{\"text\":\"note\"}}]}]}]}\n"));
    buffer_free(&out);
    arena_free(c.arena);
}

static void test_colour(void **state)
{
    (void)state;
    struct compilation c = compilation_of("ab", NULL);
    struct diag *d = diag_report(&c.sink, DIAG_FILE_EMPTY, (struct span){0, 0, 1}, "m");
    diag_help(&c.sink, d, "h");
    assert_rendered(&c, RENDER_TEXT, true,
                    "\033[1;31merror R0001\033[0m: \033[1mm\033[0m\n"
                    "  \033[34mrules/dosing.rgm:1:1\033[0m\n"
                    "\033[34m1 |\033[0m ab\n"
                    "\033[34m  |\033[0m \033[1;31m^\033[0m\n"
                    "  \033[32m= help:\033[0m h\n"
                    "\n"
                    "1 file: 1 error, no warnings\n");
    arena_free(c.arena);
}

static void test_format_words(void **state)
{
    (void)state;
    enum render_format format;
    assert_true(render_format_find("sarif", &format));
    assert_int_equal(format, RENDER_SARIF);
    assert_true(render_format_find("text", &format));
    assert_int_equal(format, RENDER_TEXT);
    assert_false(render_format_find("xml", &format));
    assert_false(render_format_find("", &format));
}

static void assert_decoded(const char *text, size_t length, size_t bytes, uint32_t point)
{
    uint32_t got = 0;
    assert_int_equal(utf8_decode(text, length, &got), bytes);
    assert_int_equal(got, point);
}

static void test_utf8(void **state)
{
    (void)state;
    assert_decoded("a", 1, 1, 'a');
    assert_decoded("\xC2\x80", 2, 2, 0x80);
    assert_decoded("\xDF\xBF", 2, 2, 0x7FF);
    assert_decoded("\xE0\xA0\x80", 3, 3, 0x800);
    assert_decoded("\xED\x9F\xBF", 3, 3, 0xD7FF);
    assert_decoded("\xEF\xBF\xBF", 3, 3, 0xFFFF);
    assert_decoded("\xF0\x90\x80\x80", 4, 4, 0x10000);
    assert_decoded("\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF);
    static const char *const malformed[] = {
        "\x80",
        "\xC0\x80",
        "\xC1\xBF",
        "\xE0\x9F\xBF",
        "\xED\xA0\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF5\x80\x80\x80",
        "\xF4\x90\x80\x80",
        "\xC2z",
        "\xE0\xA0z",
        "\xFF",
    };
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++)
        assert_decoded(malformed[i], strlen(malformed[i]), 0, 0);
    assert_decoded("\xE0\xA0\x80", 2, 0, 0); /* cut off */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_places),
        cmocka_unit_test(test_other_file_and_same_line),
        cmocka_unit_test(test_alignment),
        cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_very_long_line),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_sorted_and_limited),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_github),
        cmocka_unit_test(test_sarif),
        cmocka_unit_test(test_colour),
        cmocka_unit_test(test_format_words),
        cmocka_unit_test(test_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
