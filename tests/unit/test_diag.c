/* Arena, positions, the sink of diagnostics and suggestions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "compiler/arena.h"
#include "compiler/diag.h"
#include "compiler/source.h"

static void test_arena_zeroed_and_aligned(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 16, 65536, 65537, 3000000, 1, 0};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *piece = arena_alloc(arena, sizes[i]);
        assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(piece[k], 0);
        if (sizes[i]) memset(piece, 0xA5, sizes[i]);
    }
    assert_string_equal(arena_copy(arena, "vincristine", 3), "vin");
    assert_string_equal(arena_copy(arena, NULL, 0), "");
    assert_string_equal(arena_printf(arena, "%d of %s", 3, "7"), "3 of 7");
    arena_free(arena);
    arena_free(NULL);
}

static void assert_position(const char *text, uint32_t offset, size_t line, size_t column,
                            const char *line_text)
{
    struct source_file file = {.path = "a.rgm", .name = "a.rgm", .text = text, .length = strlen(text)};
    struct source_position p = source_locate(&file, offset);
    assert_int_equal(p.line, line);
    assert_int_equal(p.column, column);
    assert_int_equal(p.line_end - p.line_start, strlen(line_text));
    assert_memory_equal(text + p.line_start, line_text, strlen(line_text));
}

static void test_positions(void **state)
{
    (void)state;
    assert_position("", 0, 1, 1, "");
    assert_position("", 99, 1, 1, "");
    assert_position("ab", 2, 1, 3, "ab");
    assert_position("ab\ncd\n", 2, 1, 3, "ab"); /* the line end belongs to its line */
    assert_position("ab\ncd\n", 3, 2, 1, "cd");
    assert_position("ab\ncd\n", 6, 3, 1, "");
    assert_position("ab\r\ncd", 5, 2, 2, "cd");
    assert_position("ab\r\ncd", 1, 1, 2, "ab");
    assert_position("5 \xC2\xB5g", 4, 1, 4, "5 \xC2\xB5g"); /* a column is a character */
}

/* A number that was given once keeps its meaning in every log and every ticket. */
static void test_retired_numbers_stay_unused(void **state)
{
    (void)state;
    static const int retired[] = {
#define DIAG(number, name, severity, title, meaning, bad, good)
#define DIAG_RETIRED(number, title) number,
#include "compiler/diagnostics.def"
#undef DIAG
    };
    for (size_t i = 0; i < sizeof retired / sizeof *retired; i++)
        assert_null(diag_find(retired[i]));
}

static void test_sink(void **state)
{
    (void)state;
    struct diag_sink sink = {.arena = arena_new()};
    struct span span = {0, 1, 2};
    struct diag *d = diag_report(&sink, DIAG_FILE_EMPTY, span, "the file is %s", "empty");
    diag_label(&sink, d, "here");
    diag_note(&sink, d, span, "first");
    diag_note(&sink, d, span, "second %d", 2);
    diag_help(&sink, d, "write it");
    assert_string_equal(d->message, "the file is empty");
    assert_string_equal(d->label, "here");
    assert_string_equal(d->notes->text, "first");
    assert_string_equal(d->notes->next->text, "second 2");
    assert_string_equal(d->help, "write it");
    diag_report(&sink, DIAG_USE_TWICE, span, "twice");
    assert_ptr_equal(sink.first, d);
    assert_ptr_equal(sink.first->next, sink.last);
    assert_int_equal(sink.errors, 1);
    assert_int_equal(sink.warnings, 1);
    arena_free(sink.arena);
}

static void test_sink_limit(void **state)
{
    (void)state;
    struct diag_sink sink = {.arena = arena_new()};
    for (int i = 0; i < DIAG_KEPT_MAX + 3; i++) {
        struct diag *d = diag_report(&sink, DIAG_FILE_EMPTY, (struct span){0}, "empty");
        diag_label(&sink, d, "here");
        diag_note(&sink, d, (struct span){0}, "there");
        diag_help(&sink, d, "advice");
    }
    diag_report(&sink, DIAG_USE_TWICE, (struct span){0}, "a warning is still kept");
    size_t kept = 0;
    for (struct diag *d = sink.first; d; d = d->next)
        kept++;
    assert_int_equal(kept, DIAG_KEPT_MAX + 1);
    assert_int_equal(sink.errors, DIAG_KEPT_MAX + 3);
    assert_null(sink.dropped->notes);
    arena_free(sink.arena);
}

static void test_registry(void **state)
{
    (void)state;
    size_t count;
    const struct diag_info *list = diag_list(&count);
    for (size_t i = 0; i < count; i++) {
        assert_true(list[i].number > (i ? list[i - 1].number : 0));
        assert_true(list[i].number <= 9999);
        assert_ptr_equal(diag_find(list[i].number), &list[i]);
        assert_true(strlen(list[i].title) > 0);
        assert_true(strlen(list[i].meaning) > strlen(list[i].title));
    }
    assert_null(diag_find(0));
    assert_null(diag_find(-1));
    assert_null(diag_find(10000));
}

static void test_suggest(void **state)
{
    (void)state;
    static const char *const words[] = {"withhold", "warn", "weight", "height", "mrd_end_induction", "at"};
    static const struct {
        const char *word, *expected;
    } rows[] = {
        {"withold", "withhold"},
        {"withhold", "withhold"},
        {"WITHHOLD", "withhold"},
        {"wieght", "weight"},
        {"hieght", "height"},
        {"mrd_end_inducton", "mrd_end_induction"},
        {"wann", "warn"},
        {"bilirubin", NULL},
        {"", NULL},
        {"x", NULL},
        {"a", "at"},
        {"ta", "at"},
        {"xyz", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = suggest(rows[i].word, words, sizeof words / sizeof *words);
        if (rows[i].expected)
            assert_string_equal(got, rows[i].expected);
        else
            assert_null(got);
    }
    char longer[200];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(suggest(longer, words, 1));
    const char *const candidates[] = {longer};
    assert_null(suggest("aaa", candidates, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_zeroed_and_aligned),
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_retired_numbers_stay_unused),
        cmocka_unit_test(test_sink),
        cmocka_unit_test(test_sink_limit),
        cmocka_unit_test(test_registry),
        cmocka_unit_test(test_suggest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
