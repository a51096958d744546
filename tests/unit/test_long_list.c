/* The latest and the first of longer lists, of which only a part is looked at, against the definition. */
#include "tests/unit/result_words.h"

#include <stdlib.h>

enum { LONGEST = 80, LISTS = 1500 };

/* A list with a mark, 1 for yes and 0 for no, and a selection in a window of days. */
struct selected {
    struct build b;
    uint32_t list, element;
    const char *lo, *hi; /* NULL: no bound */
    bool first;
    struct eval_context *context;
};

static struct selected *selected_new(bool first, const char *lo, const char *hi)
{
    struct selected *s = calloc(1, sizeof *s);
    struct build *b = &s->b;
    s->lo = lo;
    s->hi = hi;
    s->first = first;
    build_start(b);
    s->list = build_events(b, "given", 1);
    build_rule(b, RULE_GUARANTEE, 0);
    build_part(b, PART_SETUP);
    uint32_t from = lo ? build_day(b, lo) : NONE32, to = hi ? build_day(b, hi) : NONE32;
    uint32_t index = b->image.FOLDS_count++;
    b->folds[index] = (struct image_fold){.list = s->list,
                                          .selector = first ? FOLD_FIRST : FOLD_LATEST,
                                          .lo = from,
                                          .hi = to,
                                          .window = FOLD_BY_DAY,
                                          .next = NONE32,
                                          .outer = NONE32,
                                          .claim = NONE32,
                                          .result = NONE32,
                                          .begin = b->image.CODE_count};
    build_insn(b, OP_FOLD, 0, index, 0, 0);
    b->folds[index].where =
        build_op(b, OP_EQ, build_op(b, OP_FIELD, index, 0, 0), build_number(b, "1"), NONE16);
    b->folds[index].end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, index, 0, 0);
    s->element = b->folds[index].element = build_register(b);
    build_rule_end(b);
    s->context = eval_new(&b->image);
    assert_non_null(s->context);
    return s;
}

static void selected_free(struct selected *s)
{
    eval_free(s->context);
    free(s);
}

/* ---- Records by chance ---------------------------------------------------------------------------- */

struct entry {
    char at[40];
    int64_t start, end;
    const char *mark;
};

static unsigned below(uint32_t *state, unsigned end)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % end;
}

/* Days, some of them known to the month alone, and times. */
static struct entry entry_make(uint32_t *state, unsigned days)
{
    static const char *const marks[] = {"1", "1", "0", "?"};
    struct entry e = {.mark = marks[below(state, 4)]};
    struct element element = {0};
    unsigned day = below(state, days), month = 1 + day / 28;
    switch (below(state, 12)) {
    case 0: (void)snprintf(e.at, sizeof e.at, "2025-%02u", month); break;
    case 1:
    case 2:
        (void)snprintf(e.at, sizeof e.at, "2025-%02u-%02uT%02u:00", month, 1 + day % 28, below(state, 24));
        break;
    default: (void)snprintf(e.at, sizeof e.at, "2025-%02u-%02u", month, 1 + day % 28);
    }
    element.at = moment_of_text(e.at, &element.at_kind);
    element_place(&element, NULL, CAL_NO_OFFSET);
    e.start = element.start;
    e.end = element.reach;
    return e;
}

static int entries_order(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->end > b->end) - (a->end < b->end);
}

static void give_by_chance(struct selected *s, uint32_t *state)
{
    static const unsigned spreads[] = {10, 60, 300};
    struct entry entries[LONGEST];
    unsigned count = 17 + below(state, LONGEST - 17), days = spreads[below(state, 3)];
    for (unsigned k = 0; k < count; k++)
        entries[k] = entry_make(state, days);
    qsort(entries, count, sizeof *entries, entries_order);
    s->b.element_count = 0;
    give_list(&s->b, s->list);
    for (unsigned k = 0; k < count; k++)
        (void)give_element(&s->b, s->list, entries[k].at, entries[k].mark);
}

/* ---- The definition ------------------------------------------------------------------------------- */

static enum truth is_member(const struct selected *s, const struct element *e)
{
    const struct value *mark = &e->fields[0];
    enum truth member = mark->tag != TAG_KNOWN         ? TRUTH_UNKNOWN
                        : decimal_sign(mark->n.lo) > 0 ? TRUTH_YES
                                                       : TRUTH_NO;
    struct value day = element_day(e);
    int64_t from = s->lo ? build_day_of(s->lo) : INT64_MIN, to = s->hi ? build_day_of(s->hi) : INT64_MAX;
    if (day.t.hi < from || day.t.lo > to) return TRUTH_NO;
    bool inside = day.t.lo >= from && day.t.hi <= to;
    return member == TRUTH_YES && !inside ? TRUTH_UNKNOWN : member;
}

static bool surely_before(const struct element *a, const struct element *b)
{
    return element_time(a).t.hi < element_time(b).t.lo;
}

/* Whether this one and those at its moment are what is selected; they, from *first to *last. */
static bool is_selected(const struct selected *s, const struct slot *list, uint32_t m, uint32_t *first,
                        uint32_t *last)
{
    const struct element *chosen = &list->elements[m];
    if (is_member(s, chosen) != TRUTH_YES) return false;
    *first = *last = m;
    for (uint32_t k = 0; k < list->count; k++) {
        const struct element *e = &list->elements[k];
        if (k == m || is_member(s, e) == TRUTH_NO) continue;
        if (elements_at_one_moment(e, chosen)) {
            if (k < *first) *first = k;
            if (k > *last) *last = k;
        } else if (s->first ? !surely_before(chosen, e) : !surely_before(e, chosen)) {
            return false;
        }
    }
    return true;
}

static void assert_selected(struct selected *s)
{
    const struct slot *list = &s->b.slots[s->list];
    uint32_t first = 0, last = 0, m = 0;
    assert_true(eval_run(s->context, &s->b.record));
    const struct value *is = eval_register(s->context, s->element);
    while (m < list->count && !is_selected(s, list, m, &first, &last))
        m++;
    assert_int_equal(is->tag == TAG_KNOWN, m < list->count);
    if (m == list->count) return;
    assert_int_equal(is->e.first, first);
    assert_int_equal(is->e.last, last);
}

static void assert_lists(bool first, const char *lo, const char *hi)
{
    struct selected *s = selected_new(first, lo, hi);
    uint32_t state = 1;
    for (int k = 0; k < LISTS; k++) {
        give_by_chance(s, &state);
        assert_selected(s);
    }
    selected_free(s);
}

static void test_latest(void **state)
{
    (void)state;
    assert_lists(false, NULL, NULL);
    assert_lists(false, NULL, "2025-02-10");
    assert_lists(false, "2025-01-08", NULL);
    assert_lists(false, "2025-01-05", "2025-06-20");
}

static void test_first(void **state)
{
    (void)state;
    assert_lists(true, NULL, NULL);
    assert_lists(true, NULL, "2025-02-10");
    assert_lists(true, "2025-01-08", NULL);
    assert_lists(true, "2025-01-05", "2025-06-20");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_latest), cmocka_unit_test(test_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
