/* Plain text in columns: wrapping at words, columns side by side, characters of several bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "runtime/page.h"

static void assert_columns(const struct page_column *columns, unsigned count, const char *expected)
{
    struct buffer out = {0};
    page_columns(&out, columns, count);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void assert_column(unsigned width, const char *text, const char *expected)
{
    assert_columns(&(struct page_column){2, width, text}, 1, expected);
}

static void test_wrapping(void **state)
{
    (void)state;
    assert_column(5, "", "");
    assert_column(5, "  \n ", "");
    assert_column(5, "abcde", "  abcde\n");
    assert_column(5, "abcdef", "  abcde\n  f\n");
    assert_column(5, "ab cde", "  ab\n  cde\n");
    assert_column(6, "ab cde", "  ab cde\n");
    assert_column(5, "abcde fg", "  abcde\n  fg\n");
    assert_column(5, "a\nb", "  a b\n");
    assert_column(5, "a b  ", "  a b\n"); /* no blanks at the end of a line */
    assert_column(3, "\xE2\x89\x88\xE2\x89\x88\xE2\x89\x88\xC3\xA9",
                  "  \xE2\x89\x88\xE2\x89\x88\xE2\x89\x88\n  \xC3\xA9\n");
}

/* A date and its day stay together, and where even they do not fit they are cut like a word. */
static void test_ties(void **state)
{
    (void)state;
    assert_column(6, "a b" PAGE_TIE "c d", "  a b c\n  d\n");
    assert_column(5, "a b" PAGE_TIE "c d", "  a b c\n  d\n");
    assert_column(4, "a b" PAGE_TIE "c d", "  a\n  b c\n  d\n");
    assert_column(2, "b" PAGE_TIE "c", "  b\n  c\n");
    assert_column(5, "ab \u2248 1", "  ab\n  \u2248 1\n");
    assert_column(4, "ab \u2248 12", "  ab\n  \u2248 12\n");
}

static void test_side_by_side(void **state)
{
    (void)state;
    struct page_column columns[] = {
        {0, 4, "one two"}, {6, 5, "\xC2\xB5g x"}, {12, 3, ""}, {16, 4, "a b c d e"}};
    assert_columns(columns, 4, "one   \xC2\xB5g x      a b\ntwo             c d\n                e\n");
}

static void test_field(void **state)
{
    (void)state;
    struct buffer out = {0};
    page_field(&out, 2, "Route", 10, "intravenous");
    page_field(&out, 2, "", 10, "x");
    assert_string_equal(buffer_text(&out), "  Route   intravenous\n          x\n");
    buffer_clear(&out);
    page_rule(&out, '=');
    assert_int_equal(out.length, PAGE_WIDTH + 1);
    buffer_free(&out);
}

static void assert_aside(const char *text, const char *aside, const char *expected)
{
    struct buffer out = {0};
    page_text(&out, 0, text);
    page_aside(&out, aside);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

/* On the line of the text where one blank fits between them, else on a line of its own. */
static void test_aside(void **state)
{
    (void)state;
    char line[PAGE_WIDTH + 1], expected[2 * PAGE_WIDTH + 8];
    assert_aside("a", "", "a\n");
    memset(line, 'x', sizeof line);
    line[PAGE_WIDTH - 5] = '\0'; /* a blank and four characters are left */
    snprintf(expected, sizeof expected, "%s A-01\n", line);
    assert_aside(line, "A-01", expected);
    snprintf(expected, sizeof expected, "%s\n%95sA-011\n", line, "");
    assert_aside(line, "A-011", expected);
    snprintf(expected, sizeof expected, "\u00B5%98s\u00B5\n", "");
    assert_aside("\u00B5", "\u00B5", expected);
}

static void test_hanging(void **state)
{
    (void)state;
    struct buffer out = {0};
    char words[PAGE_WIDTH + 1];
    memset(words, 'x', sizeof words);
    words[PAGE_WIDTH - 2] = ' ';
    words[PAGE_WIDTH - 1] = 'y';
    words[PAGE_WIDTH] = '\0';
    page_hanging(&out, 2, 4, "");
    page_hanging(&out, 2, 4, "one");
    page_hanging(&out, 2, 4, words);
    assert_int_equal(page_lines(&out), 3);
    assert_string_equal(buffer_text(&out) + out.length - 8, "x\n    y\n");
    buffer_free(&out);
}

static void test_what_no_screen_may_obey(void **state)
{
    (void)state;
    struct buffer out = {0};
    page_text(&out, 0, "a\x1b[31mb \u202ec\u2066 d\xc2\x9b\tZürich");
    assert_string_equal(buffer_text(&out), "a?[31mb ?c? d? Zürich\n");
    buffer_free(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrapping),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_side_by_side),
        cmocka_unit_test(test_field),
        cmocka_unit_test(test_aside),
        cmocka_unit_test(test_hanging),
        cmocka_unit_test(test_what_no_screen_may_obey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
