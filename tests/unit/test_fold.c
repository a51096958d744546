/* Selections from lists: members that are sure, doubtful, undated to the day, of one moment. */
#include "tests/unit/result_words.h"

#include <stdlib.h>

/* ---- One fold over one list ----------------------------------------------------------------------- */

/* A list with a value (field 0), a mark that says whether the element is a member, and a claim (fields 1 and
   2: 1 for yes, 0 for no). */
struct folded {
    struct build b;
    uint32_t list, result, element, day, value;
    bool drops; /* an element without the mark is dropped before its claim is looked at */
    struct image_fold *fold;
    struct eval_context *context;
};

static struct folded *folded_start(void)
{
    struct folded *f = calloc(1, sizeof *f);
    build_start(&f->b);
    f->list = build_events(&f->b, "given", 3);
    build_rule(&f->b, RULE_GUARANTEE, 0);
    build_part(&f->b, PART_SETUP);
    return f;
}

static uint32_t field_is_one(struct build *b, uint32_t fold, uint32_t field)
{
    uint32_t value = build_op(b, OP_FIELD, fold, field, 0);
    return build_op(b, OP_EQ, value, build_number(b, "1"), NONE16);
}

/* Emits the fold: begin, its body, end. */
static void folded_end(struct folded *f, enum fold_selector selector, bool gaps, uint32_t lo, uint32_t hi,
                       uint32_t window)
{
    struct build *b = &f->b;
    uint32_t index = b->image.FOLDS_count++;
    f->fold = &b->folds[index];
    *f->fold = (struct image_fold){.list = f->list,
                                   .gaps = gaps,
                                   .selector = selector,
                                   .lo = lo,
                                   .hi = hi,
                                   .window = window,
                                   .next = NONE32,
                                   .outer = NONE32};
    f->fold->begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, index, 0, 0);
    f->fold->where = gaps ? NONE32 : field_is_one(b, index, 1);
    if (f->drops) build_insn(b, OP_DROP, 0, index, f->fold->where, 0);
    f->fold->claim = gaps ? NONE32 : field_is_one(b, index, 2);
    f->fold->end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, index, 0, 0);
    f->result = f->fold->result = build_register(b);
    f->element = f->fold->element = build_register(b);
    f->value = build_op(b, OP_GET, f->element, 0, 0);
    f->day = build_op(b, OP_GET_DAY, f->element, 0, 0);
    build_rule_end(b);
    f->context = eval_new(&b->image);
    assert_non_null(f->context);
}

static struct folded *folded_new(enum fold_selector selector)
{
    struct folded *f = folded_start();
    folded_end(f, selector, false, NONE32, NONE32, 0);
    return f;
}

static void folded_free(struct folded *f)
{
    eval_free(f->context);
    free(f);
}

/* Elements in time order, "DATE VALUE MARK CLAIM; ..." with MARK and CLAIM one of y n ? !, and y where they
   are left out. */
static void give_elements(struct folded *f, const char *text)
{
    f->b.element_count = 0;
    give_list(&f->b, f->list);
    while (*text) {
        char at[40] = "", value[40] = "", mark = 'y', claim = 'y';
        (void)sscanf(text, " %39[^ ;] %39[^ ;] %c %c", at, value, &mark, &claim);
        struct element *e = give_element(&f->b, f->list, at, value);
        struct value *fields = &f->b.element_fields[4 * (f->b.element_count - 1)];
        const char letters[] = {mark == ';' ? 'y' : mark, mark == ';' || claim == ';' ? 'y' : claim};
        for (int k = 0; k < 2; k++)
            fields[k + 1] = val(letters[k] == 'y'   ? "1"
                                : letters[k] == 'n' ? "0"
                                : letters[k] == '!' ? "!"
                                                    : "?");
        assert_ptr_equal(e->fields, fields);
        text += strcspn(text, ";");
        text += *text == ';';
    }
}

static const char *say_element(const struct value *v, char out[INTERVAL_WORDS])
{
    if (v->tag == TAG_FAULT) return "!";
    if (v->tag == TAG_UNKNOWN) return v->why == WHY_NONE_RECORDED ? "none" : "?";
    (void)snprintf(out, INTERVAL_WORDS, v->e.first == v->e.last ? "%u" : "%u-%u", v->e.first, v->e.last);
    return out;
}

static const char *say_fold(const struct value *v, enum fold_selector selector, char out[INTERVAL_WORDS])
{
    bool truth = selector == FOLD_ANY || selector == FOLD_EVERY;
    if (v->tag == TAG_UNKNOWN && v->why == WHY_NONE_RECORDED) return "none";
    return truth ? say_truth(v) : say_interval(v, out);
}

static void assert_one_fold(enum fold_selector selector, bool drops, const char *elements, const char *result,
                            const char *element)
{
    struct folded *f = folded_start();
    f->drops = drops;
    folded_end(f, selector, false, NONE32, NONE32, 0);
    char said[INTERVAL_WORDS], chosen[INTERVAL_WORDS];
    if (elements) give_elements(f, elements);
    eval_run(f->context, &f->b.record);
    if (result) {
        const char *is = say_fold(eval_register(f->context, f->result), selector, said);
        if (strcmp(is, result) != 0) fail_msg("%s: %s, expected %s", elements, is, result);
    }
    if (element) {
        const char *is = say_element(eval_register(f->context, f->element), chosen);
        if (strcmp(is, element) != 0) fail_msg("%s: element %s, expected %s", elements, is, element);
    }
    folded_free(f);
}

/* To drop what is no member changes nothing. */
static void assert_fold(enum fold_selector selector, const char *elements, const char *result,
                        const char *element)
{
    assert_one_fold(selector, false, elements, result, element);
    assert_one_fold(selector, true, elements, result, element);
}

/* ---- Nothing, and not given ----------------------------------------------------------------------- */

static void test_missing_list(void **state)
{
    (void)state;
    for (int s = FOLD_LATEST; s <= FOLD_EVERY; s++)
        assert_fold((enum fold_selector)s, NULL, "?", "?");
}

static void test_empty_list(void **state)
{
    (void)state;
    static const char *const nothing[] = {"", "2026-01-01 5 n"};
    for (int k = 0; k < 2; k++) {
        assert_fold(FOLD_ANY, nothing[k], "no", "none");
        assert_fold(FOLD_COUNT, nothing[k], "0", NULL);
        assert_fold(FOLD_TOTAL, nothing[k], "0", NULL);
        assert_fold(FOLD_EVERY, nothing[k], "none", NULL);
        assert_fold(FOLD_HIGHEST, nothing[k], "none", "none");
        assert_fold(FOLD_LOWEST, nothing[k], "none", "none");
        assert_fold(FOLD_AVERAGE, nothing[k], "none", NULL);
        assert_fold(FOLD_LATEST, nothing[k], NULL, "none");
        assert_fold(FOLD_FIRST, nothing[k], NULL, "none");
    }
}

/* ---- Yes or no ------------------------------------------------------------------------------------ */

static void test_any(void **state)
{
    (void)state;
    assert_fold(FOLD_ANY, "2026-01-01 5 y", "yes", "0");
    assert_fold(FOLD_ANY, "2026-01-01 5 y; 2026-01-02 5 n; 2026-01-03 5 y", "yes",
                "2"); /* the latest that matched */
    assert_fold(FOLD_ANY, "2026-01-01 5 n; 2026-01-02 5 ?", "?", "?");
    assert_fold(FOLD_ANY, "2026-01-01 5 y; 2026-01-02 5 ?", "yes", "?");
    assert_fold(FOLD_ANY, "2026-01-01 5 ?; 2026-01-02 5 y", "yes", "1");
    assert_fold(FOLD_ANY, "2026-01-01 5 !; 2026-01-02 5 ?", "!", "!");
    assert_fold(FOLD_ANY, "2026-01-01 5 !; 2026-01-02 5 y", "yes", "1");
}

static void test_every(void **state)
{
    (void)state;
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 y y", "yes", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 y n", "no", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y ?; 2026-01-02 5 y n", "no", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 y ?", "?", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 n n", "yes", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 ? n", "?", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y y; 2026-01-02 5 ? y", "yes", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 ? y", "?", NULL); /* there may be none */
    assert_fold(FOLD_EVERY, "2026-01-01 5 y !; 2026-01-02 5 y ?", "!", NULL);
    assert_fold(FOLD_EVERY, "2026-01-01 5 y !; 2026-01-02 5 y n", "no", NULL);
}

/* ---- Numbers -------------------------------------------------------------------------------------- */

static void test_count(void **state)
{
    (void)state;
    assert_fold(FOLD_COUNT, "2026-01-01 5 y; 2026-01-02 5 y; 2026-01-03 5 n", "2", NULL);
    assert_fold(FOLD_COUNT, "2026-01-01 5 y; 2026-01-02 5 ?; 2026-01-03 5 ?", "[1,3]", NULL);
    assert_fold(FOLD_COUNT, "2026-01-01 5 y; 2026-01-02 5 !", "!", NULL);
    assert_fold(FOLD_COUNT, "2026-01-01 ? y", "1", NULL); /* its value does not matter */
}

static void test_total(void **state)
{
    (void)state;
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 2.5 y", "7.5", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 2 ?; 2026-01-03 -1 ?", "[4,7]", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 0 ?", "5", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 [1,2) y", "[6,7)", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 ? y", "?", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 ?[0,9] ?", "?[5,14]", NULL);
    assert_fold(FOLD_TOTAL, "2026-01-01 5 y; 2026-01-02 2 !", "!", NULL);
}

static void test_average(void **state)
{
    (void)state;
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 y; 2026-01-02 2 y; 2026-01-03 9 n", "3.5", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 1 y; 2026-01-02 1 y; 2026-01-03 2 y",
                "1.333333333333333333333333333333333", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 y; 2026-01-02 [1,2) y", "[3,3.5)", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 y; 2026-01-02 2 ?", "[2,5]", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 y; 2026-01-02 5 ?", "5", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 y; 2026-01-02 ? y", "?", NULL);
    assert_fold(FOLD_AVERAGE, "2026-01-01 5 ?", "?", NULL); /* there may be none */
}

static void test_extremes(void **state)
{
    (void)state;
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 7 y; 2026-01-03 9 n", "7", "1");
    assert_fold(FOLD_LOWEST, "2026-01-01 5 y; 2026-01-02 7 y; 2026-01-03 1 n", "5", "0");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 7 ?", "[5,7]", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 4 ?", "5", "0"); /* cannot be higher */
    assert_fold(FOLD_LOWEST, "2026-01-01 5 y; 2026-01-02 4 ?", "[4,5]", "?");
    assert_fold(FOLD_LOWEST, "2026-01-01 5 y; 2026-01-02 7 ?", "5", "0");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 [0,6) y", "[5,6)", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 [0,5) y", "5", "0");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 [0,5] y", "5", "?"); /* which of them is not sure */
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 ? y", "?[5,)", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 y; 2026-01-02 ?[0,4] y", "5", "0");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 ?; 2026-01-02 7 ?", "?", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 9 ?; 2026-01-02 7 y; 2026-01-03 8 y", "[8,9]", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 9 !; 2026-01-02 7 y", "!", "!");
    assert_fold(FOLD_HIGHEST, "2026-01-01 5 !; 2026-01-02 7 y", "7", "1");
}

/* Of several with the extreme value the latest. */
static void test_extreme_ties(void **state)
{
    (void)state;
    assert_fold(FOLD_HIGHEST, "2026-01-01 7 y; 2026-01-02 7 y; 2026-01-03 5 y", "7", "1");
    assert_fold(FOLD_LOWEST, "2026-01-01 7 y; 2026-01-02 7.0 y", "7", "1");
    assert_fold(FOLD_HIGHEST, "2026-01-01 7 y; 2026-01-02 7 ?", "7", "?");
    assert_fold(FOLD_HIGHEST, "2026-01-01 7 ?; 2026-01-02 7 y", "7", "1");
    assert_fold(FOLD_HIGHEST, "2026-01-02 7 y; 2026-01-02 7 y", "7", "0-1");
    assert_fold(FOLD_HIGHEST, "2026-01 7 y; 2026-01-02 7 y", "7", "?"); /* their order is open */
}

/* ---- Latest and first ----------------------------------------------------------------------------- */

static void test_latest(void **state)
{
    (void)state;
    assert_fold(FOLD_LATEST, "2026-01-01 5 y; 2026-01-02 5 y; 2026-01-03 5 n", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01-01 5 y; 2026-01-02 5 ?", NULL, "?");
    assert_fold(FOLD_LATEST, "2026-01-01 5 ?; 2026-01-02 5 y", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01-01 5 ?", NULL, "?");
    assert_fold(FOLD_LATEST, "2026-01-01 5 y; 2026-01-02 5 !", NULL, "!");
    assert_fold(FOLD_FIRST, "2026-01-01 5 n; 2026-01-02 5 y; 2026-01-03 5 y", NULL, "1");
    assert_fold(FOLD_FIRST, "2026-01-01 5 ?; 2026-01-02 5 y", NULL, "?");
    assert_fold(FOLD_FIRST, "2026-01-01 5 y; 2026-01-02 5 ?", NULL, "0");
}

static void test_partial_dates(void **state)
{
    (void)state;
    assert_fold(FOLD_LATEST, "2025-12 5 y; 2026-01-02 5 y", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01 5 y; 2026-01-02 5 y", NULL, "?");
    assert_fold(FOLD_LATEST, "2026-01 5 y; 2026-01-02 5 y; 2026-02-01 5 y", NULL, "2");
    assert_fold(FOLD_FIRST, "2026-01 5 y; 2026-01-02 5 y", NULL, "?");
    assert_fold(FOLD_FIRST, "2026-01 5 y; 2026-02-02 5 y", NULL, "0");
    assert_fold(FOLD_FIRST, "2025-12-01 5 y; 2026-01 5 y; 2026-01-02 5 y", NULL, "0");
    assert_fold(FOLD_LATEST, "2026 5 y; 2026-01 5 y; 2026-03-01 5 y", NULL,
                "?"); /* the first may be the last */
    assert_fold(FOLD_LATEST, "2026-01 5 y; 2026-01 5 y", NULL, "?");
    assert_fold(FOLD_LATEST, "2026-01 5 n; 2026-01-02 5 y", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01 5 ?; 2026-01-02 5 y", NULL, "?");
}

static void test_times(void **state)
{
    (void)state;
    assert_fold(FOLD_LATEST, "2026-01-02T08:00 5 y; 2026-01-02T09:00 5 y", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01-02 5 y; 2026-01-02T09:00 5 y", NULL, "?"); /* some time of that day */
    assert_fold(FOLD_LATEST, "2026-01-02T09:00+01:00 5 y; 2026-01-02T08:30Z 5 y", NULL, "1");
    assert_fold(FOLD_LATEST, "2026-01-02T08:30Z 5 y; 2026-01-02T09:00+01:00 5 y", NULL, "0");
    assert_fold(FOLD_LATEST, "2026-01-02T09:00+01:00 5 y; 2026-01-02T08:00Z 5 y", NULL, "0-1");
    assert_fold(FOLD_LATEST, "2026-01-01 5 y; 2026-01-02T00:00 5 y", NULL, "1");
}

static const struct value *selected_value(struct folded *f, const char *elements)
{
    give_elements(f, elements);
    eval_run(f->context, &f->b.record);
    return eval_register(f->context, f->value);
}

/* Several at one moment give a field where all agree in it. */
static void test_same_moment(void **state)
{
    (void)state;
    struct folded *f = folded_new(FOLD_LATEST);
    char said[INTERVAL_WORDS];
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 5 y; 2026-01-02 5.0 y"), said), "5");
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 5 y; 2026-01-02 6 y"), said), "?");
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 5 y; 2026-01-02 6 n"), said), "5");
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 5 y; 2026-01-02 5 ?"), said), "5");
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 5 ?; 2026-01-02 6 y"), said), "?");
    assert_string_equal(say_interval(selected_value(f, "2026-01-02 [1,2) y; 2026-01-02 [1,2) y"), said),
                        "[1,2)");
    assert_string_equal(say_interval(selected_value(f, "2026-01-01 ? y"), said), "?");
    assert_int_equal(selected_value(f, "")->why, WHY_NONE_RECORDED); /* the reason goes along */
    assert_int_equal(eval_register(f->context, f->day)->why, WHY_NONE_RECORDED);
    selected_value(f, "2026-01-02T23:30-05:00 5 y");
    assert_int_equal(eval_register(f->context, f->day)->t.lo, build_day_of("2026-01-02")); /* of its clock */
    folded_free(f);
}

/* ---- Windows -------------------------------------------------------------------------------------- */

static void assert_window(const char *lo, const char *hi, uint32_t window, const char *elements,
                          const char *count)
{
    struct folded *f = folded_start();
    char said[INTERVAL_WORDS];
    bool by_day = window & FOLD_BY_DAY;
    uint32_t from = !lo ? NONE32 : by_day ? build_day(&f->b, lo) : build_time(&f->b, lo);
    uint32_t to = !hi ? NONE32 : by_day ? build_day(&f->b, hi) : build_time(&f->b, hi);
    folded_end(f, FOLD_COUNT, false, from, to, window);
    give_elements(f, elements);
    eval_run(f->context, &f->b.record);
    const char *is = say_interval(eval_register(f->context, f->result), said);
    if (strcmp(is, count) != 0) fail_msg("from %s to %s, %s: %s, expected %s", lo, hi, elements, is, count);
    folded_free(f);
}

static void test_windows_by_day(void **state)
{
    (void)state;
    const char *days = "2026-01-09 1 y; 2026-01-10 1 y; 2026-01-11 1 y; 2026-01-12 1 y";
    assert_window("2026-01-10", "2026-01-11", FOLD_BY_DAY, days, "2");
    assert_window("2026-01-10", "2026-01-11", FOLD_BY_DAY | FOLD_LO_OPEN, days, "1");
    assert_window("2026-01-10", "2026-01-11", FOLD_BY_DAY | FOLD_HI_OPEN, days, "1");
    assert_window("2026-01-10", NULL, FOLD_BY_DAY, days, "3");
    assert_window(NULL, "2026-01-10", FOLD_BY_DAY, days, "2");
    assert_window(NULL, "2026-01-10", FOLD_BY_DAY | FOLD_HI_OPEN, days, "1");
    assert_window("2026-01-10", "2026-01-10", FOLD_BY_DAY, "2026-01-10T00:00 1 y; 2026-01-10T23:59 1 y", "2");
    assert_window("2026-01-10", NULL, FOLD_BY_DAY, "2026-01 1 y; 2026-01-11 1 y", "[1,2]");
    assert_window("2026-01-10", NULL, FOLD_BY_DAY, "2026-02 1 y", "1");
    assert_window("2026-01-10", NULL, FOLD_BY_DAY, "2026-01 1 n", "0");
    assert_window("2026-01-10", NULL, FOLD_BY_DAY, "2026-01 1 ?", "[0,1]");
}

static void test_windows_by_time(void **state)
{
    (void)state;
    const char *times = "2026-01-10T07:59 1 y; 2026-01-10T08:00 1 y; 2026-01-10T08:01 1 y";
    assert_window("2026-01-10T08:00", NULL, 0, times, "2");
    assert_window("2026-01-10T08:00", NULL, FOLD_LO_OPEN, times, "1");
    assert_window(NULL, "2026-01-10T08:00", FOLD_HI_OPEN, times, "1");
    assert_window("2026-01-10T08:00", NULL, 0, "2026-01-10 1 y; 2026-01-11 1 y",
                  "[1,2]"); /* any time of that day */
    assert_window("2026-01-10T08:00Z", NULL, 0, "2026-01-10T08:30+01:00 1 y; 2026-01-10T09:00+01:00 1 y",
                  "1");
}

static void test_unknown_bound(void **state)
{
    (void)state;
    struct folded *f = folded_start();
    char said[INTERVAL_WORDS];
    uint32_t start = build_input(&f->b, KIND_DAY, "start");
    folded_end(f, FOLD_COUNT, false, build_op(&f->b, OP_LOAD_INPUT, start, 0, 0), NONE32, FOLD_BY_DAY);
    give_elements(f, "2026-01-10 1 y; 2026-01-11 1 n");
    eval_run(f->context, &f->b.record);
    assert_string_equal(say_interval(eval_register(f->context, f->result), said), "[0,1]");
    struct value known = {.tag = TAG_KNOWN};
    known.t.lo = known.t.hi = build_day_of("2026-01-10");
    give(&f->b, start, known);
    eval_run(f->context, &f->b.record);
    assert_string_equal(say_interval(eval_register(f->context, f->result), said), "1");
    give_words(&f->b, start, "!");
    eval_run(f->context, &f->b.record);
    assert_string_equal(say_interval(eval_register(f->context, f->result), said), "!");
    folded_free(f);
}

/* An element is outside from the moment on at which the next one begins: off, there is none. */
static void assert_before_next(const char *next, const char *elements, const char *count)
{
    struct folded *f = folded_start();
    char said[INTERVAL_WORDS];
    uint32_t until = build_input(&f->b, KIND_TIME, "next");
    uint32_t reg = build_op(&f->b, OP_LOAD_INPUT, until, 0, 0);
    folded_end(f, FOLD_COUNT, false, build_day(&f->b, "2026-01-10"), NONE32, FOLD_BY_DAY);
    f->fold->next = reg;
    give_elements(f, elements);
    uint8_t kind = KIND_TIME;
    bool none = strcmp(next, "off") == 0 || strcmp(next, "?") == 0;
    struct value v = none ? val(next) : moment_of_text(next, &kind);
    if (kind == KIND_DAY) time_of_day(&v, &v);
    give(&f->b, until, v);
    eval_run(f->context, &f->b.record);
    const char *is = say_interval(eval_register(f->context, f->result), said);
    if (strcmp(is, count) != 0) fail_msg("before %s, %s: %s, expected %s", next, elements, is, count);
    folded_free(f);
}

static void test_next(void **state)
{
    (void)state;
    const char *times =
        "2026-01-09T08:00 1 y; 2026-01-11T07:59 1 y; 2026-01-11T08:00 1 y; 2026-01-11T08:01 1 y";
    assert_before_next("off", times, "3");
    assert_before_next("2026-01-11T08:00", times, "1");
    assert_before_next("2026-01-11T08:01", times, "2");
    assert_before_next("2026-01-11", times, "[0,3]"); /* at some time of that day */
    assert_before_next("?", times, "[0,3]");
    assert_before_next("2026-01-12", "2026-01-11 1 y; 2026-01-12 1 y; 2026-01-13 1 y", "[1,2]");
    assert_before_next("2026-01-11T08:00", "2026-01-11 1 y", "[0,1]");
    assert_before_next("2026-01-10", "2026-01-09 1 y", "0");
}

/* ---- Gaps ----------------------------------------------------------------------------------------- */

static void assert_gaps(enum fold_selector selector, const char *elements, const char *result)
{
    struct folded *f = folded_start();
    char said[INTERVAL_WORDS];
    folded_end(f, selector, true, NONE32, NONE32, 0);
    give_elements(f, elements);
    eval_run(f->context, &f->b.record);
    const char *is = say_fold(eval_register(f->context, f->result), selector, said);
    if (strcmp(is, result) != 0) fail_msg("gaps of %s: %s, expected %s", elements, is, result);
    folded_free(f);
}

static void test_gaps(void **state)
{
    (void)state;
    const char *three = "2026-01-01 1; 2026-01-15 1; 2026-01-18 1";
    assert_gaps(FOLD_HIGHEST, three, "14");
    assert_gaps(FOLD_LOWEST, three, "3");
    assert_gaps(FOLD_COUNT, three, "2");
    assert_gaps(FOLD_TOTAL, three, "17");
    assert_gaps(FOLD_AVERAGE, three, "8.5");
    assert_gaps(FOLD_LATEST, three, "3");
    assert_gaps(FOLD_FIRST, three, "14");
    assert_gaps(FOLD_HIGHEST, "2026-01-01 1", "none");
    assert_gaps(FOLD_COUNT, "2026-01-01 1", "0");
    assert_gaps(FOLD_COUNT, "", "0");
    assert_gaps(FOLD_LOWEST, "2026-01-01 1; 2026-01-01 1", "0");
    assert_gaps(FOLD_LATEST, "2026-01-01T23:00 1; 2026-01-02T01:00 1", "1"); /* clock dates */
}

static void test_gaps_between_partial_dates(void **state)
{
    (void)state;
    assert_gaps(FOLD_LATEST, "2026-01 1; 2026-02-10 1", "[10,40]");
    assert_gaps(FOLD_LATEST, "2026-01 1; 2026-01-10 1", "?[0,)"); /* their order is open */
    assert_gaps(FOLD_HIGHEST, "2026-01 1; 2026-01-05 1; 2026-01-07 1",
                "?[0,)"); /* the first may lie between */
    assert_gaps(FOLD_LATEST, "2026-01 1; 2026-02-05 1; 2026-02-07 1", "2");
    /* half an hour apart, and the clock dates run back */
    assert_gaps(FOLD_LATEST, "2026-01-02T00:30+02:00 1; 2026-01-01T23:00Z 1", "?[0,)");
}

/* ---- A fold inside another ------------------------------------------------------------------------ */

/* count of a where (count of b from the day of a on is 1) */
static void test_nested(void **state)
{
    (void)state;
    struct folded *f = folded_start();
    struct build *b = &f->b;
    char said[INTERVAL_WORDS];
    uint32_t inner_list = build_events(b, "inner", 1);
    struct image_fold *outer = &b->folds[0], *inner = &b->folds[1];
    b->image.FOLDS_count = 2;
    *outer = (struct image_fold){.list = f->list,
                                 .selector = FOLD_COUNT,
                                 .lo = NONE32,
                                 .hi = NONE32,
                                 .claim = NONE32,
                                 .element = NONE32,
                                 .next = NONE32,
                                 .outer = NONE32};
    outer->begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, 0, 0, 0);
    uint32_t day = build_op(b, OP_AT_DAY, 0, 0, 0);
    *inner = (struct image_fold){.list = inner_list,
                                 .selector = FOLD_COUNT,
                                 .lo = day,
                                 .hi = NONE32,
                                 .window = FOLD_BY_DAY,
                                 .where = NONE32,
                                 .claim = NONE32,
                                 .next = NONE32,
                                 .element = NONE32};
    inner->begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, 1, 0, 0);
    inner->end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, 1, 0, 0);
    inner->result = build_register(b);
    outer->where = build_op(b, OP_EQ, inner->result, build_number(b, "1"), NONE16);
    outer->end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, 0, 0, 0);
    outer->result = build_register(b);
    build_rule_end(b);
    f->context = eval_new(&b->image);
    give_elements(f, "2026-01-01 1; 2026-01-05 1; 2026-01-09 1");
    give_list(b, inner_list);
    give_element(b, inner_list, "2026-01-03", "1");
    give_element(b, inner_list, "2026-01-07", "1");
    eval_run(f->context, &b->record);
    assert_string_equal(say_interval(eval_register(f->context, outer->result), said), "1");
    folded_free(f);
}

/* ---- Events that last ----------------------------------------------------------------------------- */

/* The register of the first element of the list. */
static uint32_t first_element(struct folded *f)
{
    struct build *b = &f->b;
    uint32_t index = b->image.FOLDS_count++;
    struct image_fold *fold = &b->folds[index];
    *fold = (struct image_fold){.list = f->list,
                                .selector = FOLD_FIRST,
                                .lo = NONE32,
                                .hi = NONE32,
                                .where = NONE32,
                                .claim = NONE32,
                                .result = NONE32,
                                .next = NONE32,
                                .outer = NONE32};
    fold->begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, index, 0, 0);
    fold->end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, index, 0, 0);
    return fold->element = build_register(b);
}

/* Whether one event is active, by the day and by the time. */
static void assert_active(const char *at, const char *until, const char *day, const char *time,
                          const char *expected)
{
    struct folded *f = folded_start();
    struct build *b = &f->b;
    uint32_t t = day ? build_day(b, day) : build_time(b, time);
    struct image_fold *fold = &b->folds[b->image.FOLDS_count++];
    *fold = (struct image_fold){.list = f->list,
                                .selector = FOLD_ANY,
                                .lo = NONE32,
                                .hi = NONE32,
                                .claim = NONE32,
                                .element = NONE32,
                                .next = NONE32,
                                .outer = NONE32};
    fold->begin = b->image.CODE_count;
    build_insn(b, OP_FOLD, 0, 0, 0, 0);
    fold->where = build_op(b, day ? OP_ACTIVE_DAY : OP_ACTIVE_TIME, 0, t, 0);
    fold->end = b->image.CODE_count;
    build_insn(b, OP_END_FOLD, 0, 0, 0, 0);
    fold->result = build_register(b);
    uint32_t lasts = build_op(b, day ? OP_LASTS_DAY : OP_LASTS_TIME, first_element(f), t, 0);
    build_rule_end(b);
    f->context = eval_new(&b->image);
    give_elements(f, at);
    struct element *e = &b->elements[0];
    e->ongoing = until && strcmp(until, "ongoing") == 0;
    if (until && !e->ongoing) e->until = moment_of_text(until, &e->until_kind);
    eval_run(f->context, &b->record);
    const char *is = say_truth(eval_register(f->context, fold->result));
    if (strcmp(is, expected) != 0) fail_msg("%s until %s, at %s%s: %s", at, until, day, time, is);
    assert_string_equal(say_truth(eval_register(f->context, lasts)),
                        expected); /* the same asked of the element */
    folded_free(f);
}

static void test_active(void **state)
{
    (void)state;
    assert_active("2026-01-10 1", "2026-01-20", "2026-01-09", NULL, "no");
    assert_active("2026-01-10 1", "2026-01-20", "2026-01-10", NULL, "yes");
    assert_active("2026-01-10 1", "2026-01-20", "2026-01-20", NULL, "yes");
    assert_active("2026-01-10 1", "2026-01-20", "2026-01-21", NULL, "no");
    assert_active("2026-01-10 1", "ongoing", "2026-06-01", NULL, "yes");
    assert_active("2026-01-10 1", "ongoing", "2026-01-09", NULL, "no");
    assert_active("2026-01-10 1", NULL, "2026-01-09", NULL, "no");
    assert_active("2026-01-10 1", NULL, "2026-01-10", NULL, "?"); /* nobody wrote whether it has ended */
    assert_active("2026-01 1", "2026-01-20", "2026-01-15", NULL, "?");
    assert_active("2026-01-10 1", "2026-01", "2026-01-15", NULL, "?");
    assert_active("2026-01-10T08:00 1", "2026-01-10T12:00", NULL, "2026-01-10T12:00", "yes");
    assert_active("2026-01-10T08:00 1", "2026-01-10T12:00", NULL, "2026-01-10T12:01", "no");
    assert_active("2026-01-10T08:00 1", "2026-01-10T12:00", "2026-01-10", NULL, "yes");
    assert_active("2026-01-10 1", "2026-01-20", NULL, "2026-01-10T08:00",
                  "?"); /* begun some time of that day */
    assert_active("2026-01-10 1", "2026-01-20", NULL, "2026-01-11T08:00", "yes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_missing_list),
        cmocka_unit_test(test_empty_list),
        cmocka_unit_test(test_any),
        cmocka_unit_test(test_every),
        cmocka_unit_test(test_count),
        cmocka_unit_test(test_total),
        cmocka_unit_test(test_average),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_extreme_ties),
        cmocka_unit_test(test_latest),
        cmocka_unit_test(test_partial_dates),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_same_moment),
        cmocka_unit_test(test_windows_by_day),
        cmocka_unit_test(test_windows_by_time),
        cmocka_unit_test(test_unknown_bound),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_gaps_between_partial_dates),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_active),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
