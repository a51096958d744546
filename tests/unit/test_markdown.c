/* Which lines of a Markdown file are rules: the fences of CommonMark. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "compiler/markdown.h"

enum { FINE = 1, HOLDS = 2 };

struct page {
    const char *text;
    const char *rules; /* with its blanks at the ends of lines left out */
    int is;
};

static const struct page pages[] = {
    {"", "", FINE},
    {"prose", "", FINE},
    {"```regimen\na\n```", "\na\n", FINE | HOLDS},
    {"```regimen\na\n```\nb\n```regimen\nc\n```\n", "\na\n\n\n\nc\n\n", FINE | HOLDS},
    {"```regimen\r\na\r\n```\r\n", "\r\na\r\n\r\n", FINE | HOLDS},
    {"\xC2\xB5 ```\n```regimen\n\xC2\xB5\n```\n", "\n\n\xC2\xB5\n\n", FINE | HOLDS},
    /* the fence: three or more signs, three blanks or fewer before them */
    {"``regimen\na\n``", "\n\n", FINE},
    {"   ```regimen\n   a\n   ```", "\n   a\n", FINE | HOLDS},
    {"````regimen\na\n```\n````", "\na\n```\n", FINE | HOLDS},
    {"```regimen\na\n`````", "\na\n", FINE | HOLDS},
    {"~~~regimen\na\n```\n~~~", "\na\n```\n", FINE | HOLDS},
    {"```regimen\na\n    ```\n```", "\na\n    ```\n", FINE | HOLDS},
    {"```regimen\na\n``` \t\nb", "\na\n\n", FINE | HOLDS},
    {"a\n```regimen\nb\n```", "\n\nb\n", FINE | HOLDS}, /* a fence ends a paragraph */
    /* its word */
    {"``` regimen\na\n```", "\na\n", FINE | HOLDS},
    {"```regimen {#a .b}\na\n```", "\na\n", FINE | HOLDS},
    {"```regimen{#a}\na\n```", "\na\n", FINE | HOLDS},
    {"```regimen ``` ends here\na\n", "\n\n", FINE}, /* code inside of a line */
    {"~~~regimen `a`\na\n~~~", "\na\n", FINE | HOLDS},
    {"```\na\n```", "\n\n", FINE},
    {"```c\na\n```", "\n\n", FINE},
    {"```regimens\na\n```", "\n\n", FINE},
    {"```regimen-output\na\n```", "\n\n", FINE},
    {"```c regimen\na\n```", "\n\n", FINE},
    {"```REGIMEN\na\n```", "\n\n", HOLDS},
    {"```rgm\na\n```", "\n\n", HOLDS},
    {"```{.regimen}\na\n```", "\n\n", HOLDS},
    {"```regimen,a\na\n```", "\n\n", HOLDS},
    /* inside of another block it is text */
    {"````c\n```regimen\na\n```\n````", "\n\n\n\n", FINE},
    {"~~~c\n```regimen\na\n```\n~~~", "\n\n\n\n", FINE},
    {"```c\n    ```regimen\n```", "\n\n", FINE},
    /* the end is missing */
    {"```regimen\na", "\na", HOLDS},
    {"```c\na", "\n", 0},
    {"```regimen\na\n```regimen\nb\n```", "\na\n\nb\n", HOLDS},
    {"```regimen\na\n```c\nb\n```", "\na\n\n\n", HOLDS},
    {"```c\na\n```regimen\nb\n```", "\n\n\nb\n", HOLDS},
    {"```c\na\n```d\nb\n```", "\n\n\n\n", FINE}, /* whatever it is, no rules are lost */
    /* lists, quotations, code without a fence */
    {"    ```regimen\n    a\n    ```", "\n\n", HOLDS},
    {"\t```regimen\n\ta\n\t```", "\n\n", HOLDS},
    {" \t```regimen\n\ta\n\t```", "\n\n", HOLDS},
    {"- ```regimen\n  a\n  ```\nb\n", "\n\n\n\n", HOLDS},
    {"* 12) ```regimen\n  a\n  ```\n```regimen\nb\n```", "\n\n\n\nb\n", HOLDS},
    {"> > ```regimen\n> > a\n> > ```\n", "\n\n\n", HOLDS},
    {"- ```c\n  a\n  ```\n```regimen\nb\n```", "\n\n\n\nb\n", FINE | HOLDS},
    {"> ```c\n> a\n\n```regimen\nb\n```", "\n\n\n\nb\n", HOLDS},
    {"-> a\n1.\n-\n***\n1 ```regimen\na\n", "\n\n\n\n\n\n", FINE},
    /* comments of the page */
    {"<!--\n```regimen\na\n```\n-->\n", "\n\n\n\n\n", HOLDS},
    {"<!-- a -->\n```regimen\nb\n```\n", "\n\nb\n\n", FINE | HOLDS},
    {"<!--\n```c\n-->\n```regimen\nb\n```\n", "\n\n\n\nb\n\n", FINE | HOLDS},
    {"a <!--\n```regimen\nb\n```\n-->", "\n\nb\n\n",
     FINE | HOLDS}, /* a block goes before what is inside of a line */
    {"    <!--\n```regimen\nb\n```\n", "\n\nb\n\n", FINE | HOLDS},
};

/* Without the blanks before each line end. */
static void shorten(const char *text, char *shown)
{
    for (; *text; text++) {
        size_t blanks = strspn(text, " ");
        if (blanks && (text[blanks] == '\n' || text[blanks] == '\r' || !text[blanks])) text += blanks;
        if (!*text) break;
        *shown++ = *text;
    }
    *shown = '\0';
}

static int differs(const struct page *page, const struct markdown *read)
{
    char shown[256];
    int is = (read->fine ? FINE : 0) | (read->holds_rules ? HOLDS : 0);
    assert_int_equal(strlen(read->rules), strlen(page->text));
    assert_in_range(strlen(page->text), 0, sizeof shown - 1);
    shorten(read->rules, shown);
    if (is == page->is && strcmp(shown, page->rules) == 0) return 0;
    fprintf(stderr, "%s\n  is %d, has the rules\n%s\n", page->text, is, shown);
    return 1;
}

static void test_pages(void **state)
{
    (void)state;
    int wrong = 0;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct markdown read = markdown_read(arena, pages[i].text, strlen(pages[i].text), NULL, 0);
        wrong += differs(&pages[i], &read);
    }
    arena_free(arena);
    assert_int_equal(wrong, 0);
}

/* What is no text is not read as such, and read to its end. */
static void test_bytes(void **state)
{
    (void)state;
    static const char bytes[] = "\0\0\xFF```regimen\n\0```regimen\n```regimen\n\0a\n```";
    struct arena *arena = arena_new();
    struct markdown read = markdown_read(arena, bytes, sizeof bytes - 1, NULL, 0);
    assert_true(read.fine && read.holds_rules);
    assert_int_equal(read.rules[sizeof bytes - 1 - 5], 'a');
    arena_free(arena);
}

static void test_messages(void **state)
{
    (void)state;
    static const char text[] = "prose\n  ```regimen\na\n```RGM\n```\n";
    struct diag_sink sink = {.arena = arena_new()};
    struct markdown read = markdown_read(sink.arena, text, strlen(text), &sink, 7);
    assert_false(read.fine);
    assert_int_equal(sink.errors, 2);
    assert_int_equal(sink.first->code, DIAG_MARKDOWN_NOT_CLOSED);
    assert_int_equal(sink.first->span.file, 7);
    assert_int_equal(sink.first->span.start, 8);
    assert_int_equal(sink.first->span.end, 18);
    assert_int_equal(sink.last->code, DIAG_MARKDOWN_PASSED_OVER);
    arena_free(sink.arena);
}

static void test_names(void **state)
{
    (void)state;
    assert_true(markdown_is_path("a/rules.md"));
    assert_false(markdown_is_path("rules.rgm"));
    assert_false(markdown_is_path("md"));
    assert_false(markdown_is_path("-"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pages), cmocka_unit_test(test_bytes),
                                       cmocka_unit_test(test_messages), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
