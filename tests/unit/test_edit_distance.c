/* How far two words are apart. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdint.h>
#include <string.h>

#include "runtime/edit_distance.h"

static void expect(const char *a, const char *b, size_t distance)
{
    assert_int_equal(edit_distance(a, strlen(a), b, strlen(b)), distance);
    assert_int_equal(edit_distance(b, strlen(b), a, strlen(a)), distance);
}

static void test_distances(void **state)
{
    (void)state;
    expect("", "", 0);
    expect("", "abc", 3);
    expect("mmol", "mmol", 0);
    expect("mmol", "MMol", 0);
    expect("mmol", "mmoll", 1);
    expect("mmol", "mml", 1);
    expect("mmol", "mnol", 1);
    expect("mmol", "mmlo", 1);
    expect("ab", "ba", 1);
    expect("ca", "abc", 3); /* a swapped pair is not edited again */
    expect("week", "kewe", 3);
    expect("kitten", "sitting", 3);
    expect("[", "{", 1);
}

static void test_longest_words(void **state)
{
    (void)state;
    char a[EDIT_WORD_MAX + 1], b[EDIT_WORD_MAX + 1];
    memset(a, 'a', sizeof a);
    memset(b, 'b', sizeof b);
    assert_int_equal(edit_distance(a, EDIT_WORD_MAX, b, EDIT_WORD_MAX), EDIT_WORD_MAX);
    assert_int_equal(edit_distance(a, EDIT_WORD_MAX + 1, b, 1), SIZE_MAX);
    assert_int_equal(edit_distance(a, 1, b, EDIT_WORD_MAX + 1), SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distances),
        cmocka_unit_test(test_longest_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
