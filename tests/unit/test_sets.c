/* Collections and recommendations: ranks, items one by one, the limit of the walk; images that pretend to be
 * sets. */
#include "tests/unit/image_builder.h"

#include "runtime/sets.h"

#include "tests/unit/wide.h"

enum { ITEMS = 3 };

struct specimen {
    struct build b;
    struct eval_context *context;
    uint32_t inputs[BUILD_LIST], subjects[BUILD_LIST];
    uint32_t count;
};

/* A set of three items; so many yes or no inputs, each a subject. */
static struct specimen *specimen_new(enum rule_kind kind, uint32_t inputs)
{
    struct specimen *s = calloc(1, sizeof *s);
    build_start(&s->b);
    s->count = inputs;
    for (uint32_t k = 0; k < inputs; k++)
        s->inputs[k] = build_input(&s->b, KIND_BOOL, "x");
    uint32_t items = build_enum(&s->b, ITEMS, false);
    build_rule(&s->b, kind, RULE_AGREEMENT)->enumeration = items;
    build_part(&s->b, PART_SETUP);
    for (uint32_t k = 0; k < inputs; k++)
        s->subjects[k] = build_load(&s->b, s->inputs[k]);
    return s;
}

/* A row with two items at most, which holds where the input does. */
static void specimen_row(struct specimen *s, enum row_type type, enum strength strength, uint32_t one,
                         uint32_t two, uint32_t input)
{
    struct build_list items = {{one}, 1};
    if (two != NONE32) list_add(&items, two);
    struct image_row *row = build_row(&s->b, type);
    row->strength = strength;
    row->items = build_indexes(&s->b, &items);
    row->condition = build_holds(&s->b, s->subjects[input]);
}

static const struct set_item *specimen_run(struct specimen *s, const char *values)
{
    if (!s->context) {
        build_rule_end(&s->b);
        s->context = eval_new(&s->b.image);
        assert_non_null(s->context);
    }
    for (uint32_t k = 0; values[k]; k++) {
        struct value v = values[k] == '?' ? value_unknown(WHY_MISSING) : value_truth(values[k] == 'y');
        give(&s->b, s->inputs[k], v);
        if (values[k] == '?') s->b.slots[s->inputs[k]].state = SLOT_ABSENT;
    }
    eval_run(s->context, &s->b.record);
    return eval_items(s->context, 0);
}

static void specimen_free(struct specimen *s)
{
    eval_free(s->context);
    free(s);
}

/* ---- Ranks ---------------------------------------------------------------------------------------- */

static void test_ranks(void **state)
{
    (void)state;
    struct image_row row = {.type = ROWTYPE_EXCLUDE, .strength = STRENGTH_NOT_RECOMMENDED};
    assert_int_equal(item_state_of_rank(row_rank(&row)), ITEM_EXCLUDED);
    assert_int_equal(item_strength_of_rank(row_rank(&row)), STRENGTH_NOT_RECOMMENDED);
    unsigned before = row_rank(&row);
    static const enum row_type types[] = {ROWTYPE_INCLUDE, ROWTYPE_CHOICE};
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (unsigned strength = STRENGTH_RECOMMENDED; strength < STRENGTH_COUNT; strength++) {
            row = (struct image_row){.type = types[t], .strength = strength};
            assert_true(row_rank(&row) >
                        before); /* in order of force, and a row of its own before a choice */
            before = row_rank(&row);
            assert_int_equal(item_strength_of_rank(before), strength);
        }
    row = (struct image_row){.type = ROWTYPE_EQUIPOISE};
    assert_true(row_rank(&row) > before);
    assert_int_equal(item_state_of_rank(RANK_ABSENT), ITEM_ABSENT);
    assert_int_equal(item_state_of_rank(RANK_NOT_APPLICABLE), ITEM_NOT_APPLICABLE);
}

/* ---- Items ---------------------------------------------------------------------------------------- */

static struct specimen *recommendation(void)
{
    struct specimen *s = specimen_new(RULE_RECOMMEND, 5);
    specimen_row(s, ROWTYPE_INCLUDE, STRENGTH_OPTION, 0, NONE32, 0);
    specimen_row(s, ROWTYPE_INCLUDE, STRENGTH_RECOMMENDED, 0, NONE32, 1);
    specimen_row(s, ROWTYPE_CHOICE, STRENGTH_RECOMMENDED, 0, 1, 2);
    specimen_row(s, ROWTYPE_EQUIPOISE, STRENGTH_NONE, 1, 2, 3);
    specimen_row(s, ROWTYPE_EXCLUDE, STRENGTH_CONTRAINDICATED, 0, NONE32, 4);
    return s;
}

static void test_items(void **state)
{
    (void)state;
    static const struct {
        const char *values;
        uint8_t states[ITEMS], strength; /* of the first item */
    } cases[] = {
        {"nnnnn", {ITEM_ABSENT, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_NONE},
        {"ynnnn", {ITEM_INCLUDED, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_OPTION},
        {"yynnn", {ITEM_INCLUDED, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_RECOMMENDED},
        {"?ynnn", {ITEM_INCLUDED, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_RECOMMENDED},
        {"y?nnn", {ITEM_UNDECIDED, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_NONE},
        {"nnynn", {ITEM_CHOICE, ITEM_CHOICE, ITEM_ABSENT}, STRENGTH_RECOMMENDED},
        {"nyynn", {ITEM_INCLUDED, ITEM_CHOICE, ITEM_ABSENT}, STRENGTH_RECOMMENDED},
        {"nyyyn", {ITEM_INCLUDED, ITEM_CHOICE, ITEM_EQUIPOISE}, STRENGTH_RECOMMENDED},
        {"nnnyn", {ITEM_ABSENT, ITEM_EQUIPOISE, ITEM_EQUIPOISE}, STRENGTH_NONE},
        {"nn?yn", {ITEM_UNDECIDED, ITEM_UNDECIDED, ITEM_EQUIPOISE}, STRENGTH_NONE},
        {"yyyyy", {ITEM_EXCLUDED, ITEM_CHOICE, ITEM_EQUIPOISE}, STRENGTH_CONTRAINDICATED},
        {"????y", {ITEM_EXCLUDED, ITEM_UNDECIDED, ITEM_UNDECIDED}, STRENGTH_CONTRAINDICATED},
        {"nynn?", {ITEM_UNDECIDED, ITEM_ABSENT, ITEM_ABSENT}, STRENGTH_NONE},
    };
    struct specimen *s = recommendation();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct set_item *items = specimen_run(s, cases[i].values);
        bool decided = true;
        for (uint32_t k = 0; k < ITEMS; k++) {
            if (items[k].state != cases[i].states[k])
                fail_msg("%s: item %u is %d, expected %d", cases[i].values, k, items[k].state,
                         cases[i].states[k]);
            decided &= items[k].state != ITEM_UNDECIDED;
        }
        assert_int_equal(items[0].strength, cases[i].strength);
        assert_int_equal(eval_result(s->context, 0)->outcome, decided ? OUTCOME_DECIDED : OUTCOME_UNKNOWN);
    }
    specimen_free(s);
}

/* An item waits for what its own rows read, and the rule for what all of them do, each once. */
static void test_missing(void **state)
{
    (void)state;
    struct specimen *s = recommendation();
    const struct set_item *items = specimen_run(s, "nn??n");
    const uint32_t *missing = eval_missing(s->context);
    assert_int_equal(items[0].missing.count, 1);
    assert_int_equal(missing[items[0].missing.first] & 0x0FFFFFFF, s->inputs[2]);
    assert_int_equal(items[1].missing.count, 2);
    assert_int_equal(items[2].missing.count, 1);
    assert_int_equal(missing[items[2].missing.first] & 0x0FFFFFFF, s->inputs[3]);
    assert_int_equal(eval_result(s->context, 0)->missing.count, 2);
    specimen_free(s);
}

/* Two rows that together hold whatever the input is, for one strength and for two. */
static void test_walk(void **state)
{
    (void)state;
    for (int same = 0; same < 2; same++) {
        struct specimen *s = specimen_new(RULE_RECOMMEND, 1);
        specimen_row(s, ROWTYPE_INCLUDE, STRENGTH_OPTION, 0, NONE32, 0);
        struct build_list items = {{0}, 1};
        struct image_row *row = build_row(&s->b, ROWTYPE_INCLUDE);
        row->strength = same ? STRENGTH_OPTION : STRENGTH_ADVISORY;
        row->items = build_indexes(&s->b, &items);
        row->condition = build_not(&s->b, build_holds(&s->b, s->subjects[0]));
        const struct set_item *found = specimen_run(s, "?");
        assert_int_equal(found[0].state, same ? ITEM_INCLUDED : ITEM_UNDECIDED);
        if (!same)
            assert_false(found[0].possible & 1u << RANK_ABSENT); /* it is in the set, one way or the other */
        specimen_free(s);
    }
}

/* The combinations count for each item; beyond the limit nothing is decided wrongly. */
static void test_limit(void **state)
{
    (void)state;
    for (uint32_t inputs = 12; inputs <= 13; inputs++) {
        struct specimen *s = specimen_new(RULE_COLLECT, inputs);
        specimen_row(s, ROWTYPE_INCLUDE, STRENGTH_NONE, 1, NONE32, 0);
        struct build_list items = {{0}, 1};
        struct image_row *row = build_row(&s->b, ROWTYPE_INCLUDE);
        uint32_t all = build_holds(&s->b, s->subjects[0]);
        row->items = build_indexes(&s->b, &items);
        for (uint32_t k = 1; k < inputs; k++)
            all = build_and(&s->b, all, build_holds(&s->b, s->subjects[k]));
        row->condition = build_op(&s->b, OP_OR, all, build_not(&s->b, all), 0); /* always */
        const struct set_item *found = specimen_run(s, "");
        assert_int_equal(found[0].state, inputs == 12 ? ITEM_INCLUDED : ITEM_UNDECIDED);
        assert_int_equal(found[0].exact, inputs == 12);
        assert_true(found[1].exact); /* its own row reads one input */
        assert_int_equal(eval_result(s->context, 0)->exact, inputs == 12);
        specimen_free(s);
    }
}

/* Of a collection it makes no difference why an item is not in it. */
static void test_collection(void **state)
{
    (void)state;
    struct specimen *s = specimen_new(RULE_COLLECT, 2);
    specimen_row(s, ROWTYPE_INCLUDE, STRENGTH_NONE, 0, NONE32, 0);
    specimen_row(s, ROWTYPE_EXCLUDE, STRENGTH_NONE, 0, NONE32, 1);
    assert_int_equal(specimen_run(s, "n?")[0].state, ITEM_ABSENT);
    assert_int_equal(specimen_run(s, "?y")[0].state, ITEM_EXCLUDED);
    assert_int_equal(specimen_run(s, "y?")[0].state, ITEM_UNDECIDED);
    assert_int_equal(specimen_run(s, "?n")[0].state, ITEM_UNDECIDED);
    specimen_free(s);
}

/* ---- Images --------------------------------------------------------------------------------------- */

static uint32_t find_row(const struct wide *w, enum row_type type, enum strength strength)
{
    for (uint32_t i = 0; i < w->image.ROWS_count; i++)
        if (w->image.ROWS[i].type == (uint32_t)type && w->image.ROWS[i].strength == (uint32_t)strength)
            return i;
    fail_msg("the test program has no row of type %d", (int)type);
    return 0;
}

static void test_forged_rows(void **state)
{
    struct wide *w = *state;
    uint32_t strong = find_row(w, ROWTYPE_INCLUDE, STRENGTH_OPTION),
             plain = find_row(w, ROWTYPE_INCLUDE, STRENGTH_NONE);
    uint32_t value = find_row(w, ROWTYPE_VALUE, STRENGTH_NONE);
    wide_ROWS(w, strong)->strength = STRENGTH_NONE;
    expect_refused(w, "ROWS", strong, "a recommendation without a strength");
    wide_ROWS(w, plain)->strength = STRENGTH_OPTION;
    expect_refused(w, "ROWS", plain, "a finding with a strength");
    wide_ROWS(w, value)->strength = STRENGTH_OPTION;
    expect_refused(w, "ROWS", value, "a class with a strength");
    wide_ROWS(w, strong)->items.count = 0;
    expect_refused(w, "ROWS", strong, "a row without an item");
    wide_ROWS(w, value)->items = w->image.ROWS[strong].items;
    expect_refused(w, "ROWS", value, "a class with items");
    *wide_INDEXES(w, w->image.ROWS[strong].items.first) = 2;
    expect_refused(w, "ROWS", strong, "an item that the list has not");
    wide_ROWS(w, strong)->type = ROWTYPE_VALUE;
    expect_refused(w, "ROWS", strong, "a class in a set");
    wide_ROWS(w, value)->type = ROWTYPE_INCLUDE;
    expect_refused(w, "ROWS", value, "an inclusion in a classification");
    wide_ROWS(w, strong)->otherwise = 1;
    expect_refused(w, "ROWS", strong, "otherwise");
}

static void test_forged_rules(void **state)
{
    struct wide *w = *state;
    bool asked = false;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        if (rule_fills_set(&w->image.RULES[i])) {
            wide_RULES(w, i)->enumeration = NONE32;
            expect_refused(w, "RULES", i, "a set of nothing");
        }
        if (w->image.RULES[i].asked_item == NONE32) continue;
        asked = true;
        wide_RULES(w, i)->asked_item = 2;
        expect_refused(w, "RULES", i, "an item that the list has not");
        wide_RULES(w, i)->asked = NONE32;
        expect_refused(w, "RULES", i, "an item of no rule");
        wide_RULES(w, i)->asked = 0;
        expect_refused(w, "RULES", i, "an item of a classification");
    }
    assert_true(asked);
}

/* What a test asks of the rows of a dose. */
static void test_forged_questions(void **state)
{
    struct wide *w = *state;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        const struct image_rule *r = &w->image.RULES[i];
        if (r->asked_rows.count == 0) continue;
        asked++;
        *wide_INDEXES(w, r->asked_rows.first) =
            w->image.RULES[r->asked].rows.first + w->image.RULES[r->asked].rows.count;
        expect_refused(w, "RULES", i, "a row of another rule");
        wide_RULES(w, i)->asked = 0;
        expect_refused(w, "RULES", i, "rows of a classification");
        wide_RULES(w, i)->asked = NONE32;
        expect_refused(w, "RULES", i, "rows of no rule");
        wide_RULES(w, i)->question = QUESTION_ITEM;
        expect_refused(w, "RULES", i, "rows of an item");
        wide_RULES(w, i)->asked_item = 0;
        expect_refused(w, "RULES", i, "an item of a dose");
        wide_RULES(w, i)->question = QUESTION_NONE;
        expect_refused(w, "RULES", i, "rows that nobody asks for");
    }
    assert_int_equal(asked, 1);
}

static void test_forged_subjects(void **state)
{
    struct wide *w = *state;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < w->image.SUBJECTS_count; i++) {
        const struct image_subject *s = &w->image.SUBJECTS[i];
        if (s->kind != KIND_BOOL || s->rule == NONE32) continue;
        asked++;
        *wide_INDEXES(w, s->thresholds.first) = 2;
        expect_refused(w, "SUBJECTS", i, "an item that the list has not");
        wide_SUBJECTS(w, i)->rule = 0;
        expect_refused(w, "SUBJECTS", i, "an item of a classification");
        wide_SUBJECTS(w, i)->rule = w->image.RULES_count - 1;
        expect_refused(w, "SUBJECTS", i, "an item of a later rule");
        wide_SUBJECTS(w, i)->rule = NONE32;
        expect_refused(w, "SUBJECTS", i, "an item without a rule");
    }
    assert_int_equal(asked, 2);
    for (uint32_t pc = 0; pc < w->image.CODE_count; pc++) {
        if (w->image.CODE[pc].op != OP_HAS_ITEM) continue;
        wide_CODE(w, pc)->a = 0;
        expect_refused(w, "CODE", pc, "an item of a classification");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_collection),
        cmocka_unit_test_setup_teardown(test_forged_rows, wide_set_up, wide_tear_down),
        cmocka_unit_test_setup_teardown(test_forged_rules, wide_set_up, wide_tear_down),
        cmocka_unit_test_setup_teardown(test_forged_questions, wide_set_up, wide_tear_down),
        cmocka_unit_test_setup_teardown(test_forged_subjects, wide_set_up, wide_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
