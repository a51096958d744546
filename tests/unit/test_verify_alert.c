/* The verifier on alerts and monitors, and the elements that they run for: each thing is broken once. */
#include "tests/unit/wide.h"

static uint32_t rule_of_kind(const struct wide *w, enum rule_kind kind, bool each)
{
    for (uint32_t i = 0; i < w->image.RULES_count; i++)
        if (w->image.RULES[i].kind == (uint32_t)kind && (w->image.RULES[i].each != NONE32) == each) return i;
    fail_msg("the test program has no such rule");
    return 0;
}

/* A register of this kind that another rule has. */
static uint32_t foreign_reg(const struct wide *w, enum opcode op)
{
    return w->image.CODE[find_op(w, op)].d;
}

static void test_each(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.EACHES_count; i++) {
        const struct image_each *each = &w->image.EACHES[i];
        wide_EACHES(w, i)->list = each->list - 1; /* another list: fields and windows are not of it */
        expect_refused(w, "EACHES", i, "another list");
        wide_EACHES(w, i)->list = 0;
        expect_refused(w, "EACHES", i, "no list");
        wide_EACHES(w, i)->element = w->image.EACHES[(i + 1) % w->image.EACHES_count].element;
        expect_refused(w, "EACHES", i, "the element of another");
        wide_EACHES(w, i)->next = foreign_reg(w, OP_ADD);
        expect_refused(w, "EACHES", i, "a next that an instruction writes");
        wide_EACHES(w, i)->last = each->element;
        expect_refused(w, "EACHES", i, "two in one register");
        wide_EACHES(w, i)->where = foreign_reg(w, OP_HAS_ITEM);
        expect_refused(w, "EACHES", i, "where of another rule");
        if (each->next != NONE32) {
            wide_EACHES(w, i)->next = NONE32;
            expect_refused(w, "EACHES", i, "a window until a next that nobody writes");
        }
        if (each->where_node == NONE32) continue;
        wide_NODES(w, each->where_node)->type.kind = KIND_NUM;
        expect_refused(w, "EACHES", i, "where_node");
    }
}

/* `applies` is the same for all elements: it does not see them. */
static void test_each_in_applies(void **state)
{
    struct wide *w = *state;
    uint32_t rule = rule_of_kind(w, RULE_ALERT, true);
    uint32_t element = w->image.EACHES[w->image.RULES[rule].each].element;
    for (uint32_t pc = w->image.RULES[rule].setup; pc < w->image.RULES[rule].decide; pc++) {
        if (w->image.CODE[pc].op != OP_GET || w->image.CODE[pc].a != element) continue;
        *wide_CODE(w, w->image.RULES[rule].applies_setup) = w->image.CODE[pc];
        expect_refused(w, "CODE", pc, "the element read in `applies`");
        return;
    }
    fail_msg("the alert reads nothing of its element");
}

static void test_fold_next(void **state)
{
    struct wide *w = *state;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < w->image.FOLDS_count; i++) {
        wide_FOLDS(w, i)->next = constant_of(w, KIND_NUM);
        expect_refused(w, "FOLDS", i, "a next that is no time");
        seen += w->image.FOLDS[i].next != NONE32;
        if (w->image.FOLDS[i].next == NONE32) continue;
        wide_FOLDS(w, i)->next =
            w->image.FOLDS[i].element != NONE32 ? w->image.FOLDS[i].element : w->image.FOLDS[i].result;
        expect_refused(w, "FOLDS", i, "its own result as next");
    }
    assert_true(seen > 0);
}

static void test_tellers(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        const struct image_rule *rule = &w->image.RULES[i];
        wide_RULES(w, i)->alert = rule->alert == NONE32 ? 0 : NONE32;
        if (rule->kind != RULE_MONITOR) expect_refused(w, "RULES", i, "alert");
        wide_restore(w);
        wide_RULES(w, i)->monitor = rule->monitor == NONE32 ? 0 : NONE32;
        expect_refused(w, "RULES", i, "monitor");
        if (rule->each == NONE32) wide_RULES(w, i)->each = 0;
        if (rule->each == NONE32) expect_refused(w, "RULES", i, "the elements of another");
        if (!rule_tells(rule)) continue;
        wide_RULES(w, i)->policy = (rule->policy + 1) % (RULE_HIGHEST + 1);
        expect_refused(w, "RULES", i, "policy");
        wide_RULES(w, i)->kind = rule->kind == RULE_ALERT ? RULE_MONITOR : RULE_ALERT;
        expect_refused(w, "RULES", i, "the other kind");
        wide_RULES(w, i)->enumeration = NONE32;
        expect_refused(w, "RULES", i, "no states");
        wide_ENUMS(w, rule->enumeration)->members.count--;
        expect_refused(w, "RULES", i, "one state less");
    }
}

static void test_teller_rows(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.RULES_count; i++) {
        const struct image_rule *rule = &w->image.RULES[i];
        uint32_t states = rule->kind == RULE_ALERT ? ALERT_STATE_COUNT : MONITOR_STATE_COUNT;
        for (uint32_t k = rule->rows.first; rule_tells(rule) && k < rule->rows.first + rule->rows.count;
             k++) {
            const struct image_row *row = &w->image.ROWS[k];
            wide_ROWS(w, k)->otherwise = !row->otherwise;
            expect_refused(w, "ROWS", k, "otherwise");
            wide_ROWS(w, k)->member = (row->member + 1) % states;
            if (rule->kind == RULE_ALERT || row->member != MONITOR_NOT_DUE - 1)
                expect_refused(w, "ROWS", k, "member");
            wide_restore(w);
            wide_ROWS(w, k)->member = states;
            expect_refused(w, "ROWS", k, "a state that there is none");
            wide_ROWS(w, k)->result = RESULT_NO_STATEMENT;
            expect_refused(w, "ROWS", k, "result");
            wide_ROWS(w, k)->strength = STRENGTH_OPTION;
            expect_refused(w, "ROWS", k, "strength");
        }
        if (rule_tells(rule) || rule->rows.count == 0) continue;
        wide_ROWS(w, rule->rows.first)->say = (struct run){0, 1};
        expect_refused(w, "ROWS", rule->rows.first, "a message of a rule that tells nothing");
    }
}

static void test_monitors(void **state)
{
    struct wide *w = *state;
    for (uint32_t i = 0; i < w->image.MONITORS_count; i++) {
        const struct image_monitor *m = &w->image.MONITORS[i];
        wide_MONITORS(w, i)->by_day = !m->by_day;
        expect_refused(w, "MONITORS", i, "by_day");
        wide_MONITORS(w, i)->list = 0;
        expect_refused(w, "MONITORS", i, "no list");
        wide_MONITORS(w, i)->from = NONE32;
        expect_refused(w, "MONITORS", i, "from");
        wide_MONITORS(w, i)->to = m->done;
        expect_refused(w, "MONITORS", i, "to");
        wide_MONITORS(w, i)->overdue = w->image.MONITORS[(i + 1) % w->image.MONITORS_count].overdue;
        expect_refused(w, "MONITORS", i, "the limit of another");
        wide_MONITORS(w, i)->done = w->image.EACHES[0].element;
        expect_refused(w, "MONITORS", i, "an element of another list");
        wide_MONITORS(w, i)->late = w->image.MONITORS[(i + 1) % w->image.MONITORS_count].late;
        expect_refused(w, "MONITORS", i, "what another found");
        if (m->to_node == NONE32) continue;
        wide_NODES(w, m->to_node)->type.kind = KIND_NUM;
        expect_refused(w, "MONITORS", i, "to_node");
    }
}

/* Only a rule that runs for each element has a state for one. */
static void test_state_of_one(void **state)
{
    struct wide *w = *state;
    static const enum opcode ops[] = {OP_STATE_ON, OP_STATE_AT};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        uint32_t pc = find_op(w, ops[i]);
        wide_CODE(w, pc)->a = (uint16_t)rule_of_kind(w, RULE_ALERT, false);
        expect_refused(w, "CODE", pc, "a rule that runs once");
        wide_CODE(w, pc)->a = (uint16_t)w->image.RULES_count;
        expect_refused(w, "CODE", pc, "no rule");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each),         cmocka_unit_test(test_each_in_applies),
        cmocka_unit_test(test_fold_next),    cmocka_unit_test(test_tellers),
        cmocka_unit_test(test_teller_rows),  cmocka_unit_test(test_monitors),
        cmocka_unit_test(test_state_of_one),
    };
    return cmocka_run_group_tests(tests, wide_set_up, wide_tear_down);
}
