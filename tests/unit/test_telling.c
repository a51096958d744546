/* What alerts and monitors are in the image that the compiler makes of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/image.h"

static const char text[] = "protocol telling\nversion 1.0.0\nstatus draft\n"
                           "input doses : events { amount : mg }\n"
                           "input level : series of mg/L\n"
                           "input start : time\n"
                           "alert low : warning\n"
                           "  for each doses where (amount > 1 mg) as dose\n"
                           "    say \"after {amount of dose}\"\n"
                           "  when any level from 1 day to 2 days after dose\n"
                           "    advise \"wait\" strength option advise \"call\"\n"
                           "  as second when any level within 3 days before dose\n"
                           "  when any level after (date of dose + 1 day)\n"
                           "alert high\n"
                           "  when latest level > 5 mg/L\n"
                           "monitor by_days\n"
                           "  for each doses as dose\n"
                           "  expect level from 6 days to 8 days\n"
                           "  overdue after 2 weeks\n"
                           "  say \"none yet\"\n"
                           "monitor by_hours\n"
                           "  after start\n"
                           "  expect level within 48 h\n";

enum { LOW, HIGH, BY_DAYS, BY_HOURS };

struct compiled {
    struct regimen_compiler *compiler;
    struct image image;
};

static int compile(void **state)
{
    struct compiled *c = calloc(1, sizeof *c);
    const uint8_t *bytes;
    size_t size;
    char reason[200];
    c->compiler = regimen_compiler_new();
    (void)regimen_compiler_load_text(c->compiler, "telling.rgm", text, strlen(text));
    assert_int_equal(regimen_compiler_build(c->compiler, &bytes, &size), REGIMEN_COMPILER_OK);
    assert_int_equal(image_load(bytes, size, &c->image, reason, sizeof reason), IMAGE_OK);
    *state = c;
    return 0;
}

static int drop(void **state)
{
    struct compiled *c = *state;
    regimen_compiler_free(c->compiler);
    free(c);
    return 0;
}

/* In order of the source: none reads another. */
static const struct image_rule *rule_at(const struct compiled *c, uint32_t place)
{
    for (uint32_t i = 0; i < c->image.RULES_count; i++)
        if (c->image.RULES[i].order == place) return &c->image.RULES[i];
    fail_msg("there is no rule %u", place);
    return NULL;
}

static const struct image_row *row_at(const struct compiled *c, uint32_t rule, uint32_t row)
{
    return &c->image.ROWS[rule_at(c, rule)->rows.first + row];
}

/* The ids of the rows, with their members. */
static void assert_rows(const struct compiled *c, uint32_t rule, const char *const *ids,
                        const uint32_t *members, uint32_t count)
{
    assert_int_equal(rule_at(c, rule)->rows.count, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct image_row *row = row_at(c, rule, i);
        assert_string_equal(image_text(&c->image, row->id), ids[i]);
        assert_int_equal(row->member, members[i]);
        assert_int_equal(row->otherwise, i + 1 == count);
        assert_int_equal(row->condition == NONE32, i + 1 == count);
    }
}

static void test_alert_rows(void **state)
{
    const struct compiled *c = *state;
    static const char *const ids[] = {"low#1", "low.second", "low#3", "low.not_raised"};
    static const uint32_t members[] = {ALERT_RAISED, ALERT_RAISED, ALERT_RAISED, ALERT_NOT_RAISED};
    assert_rows(c, LOW, ids, members, 4);
    assert_int_equal(rule_at(c, LOW)->policy, RULE_AGREEMENT);
}

static void test_what_is_told(void **state)
{
    const struct compiled *c = *state;
    const struct image_alert *low = &c->image.ALERTS[rule_at(c, LOW)->alert];
    assert_int_equal(low->severity, ALERT_SEVERITY_WARNING);
    assert_int_equal(low->say.count, 2);
    assert_int_equal(low->advices.count, 0);
    const struct image_row *row = row_at(c, LOW, 0);
    assert_int_equal(row->say.count, 0); /* that of the header stands for it */
    assert_int_equal(row->advices.count, 2);
    assert_int_equal(c->image.ADVICES[row->advices.first].strength, STRENGTH_OPTION);
    assert_int_equal(c->image.ADVICES[row->advices.first + 1].strength, STRENGTH_NONE);
    assert_int_equal(c->image.ALERTS[rule_at(c, HIGH)->alert].severity, ALERT_SEVERITY_NONE);
    assert_int_equal(c->image.ALERTS[rule_at(c, BY_DAYS)->alert].say.count, 1);
    assert_int_equal(rule_at(c, BY_HOURS)->alert, NONE32);
}

/* Only the window that begins at the element ends where the next one begins. */
static void test_windows_until_next(void **state)
{
    const struct compiled *c = *state;
    const struct image_each *each = &c->image.EACHES[rule_at(c, LOW)->each];
    assert_int_not_equal(each->next, NONE32);
    assert_int_equal(each->last, NONE32);
    assert_int_not_equal(each->where, NONE32);
    assert_int_equal(rule_at(c, HIGH)->each, NONE32);
    uint32_t until_next = 0, others = 0;
    for (uint32_t i = 0; i < 3; i++)
        if (c->image.FOLDS[i].next == each->next)
            until_next++;
        else
            others += c->image.FOLDS[i].next == NONE32;
    assert_int_equal(until_next, 1);
    assert_int_equal(others, 2);
}

static void test_monitor_by_days(void **state)
{
    const struct compiled *c = *state;
    static const char *const ids[] = {"by_days.done",    "by_days.late",    "by_days.missed",
                                      "by_days.not_due", "by_days.overdue", "by_days.due"};
    static const uint32_t members[] = {MONITOR_DONE,    MONITOR_LATE,    MONITOR_MISSED,
                                       MONITOR_NOT_DUE, MONITOR_OVERDUE, MONITOR_DUE};
    const struct image_rule *rule = rule_at(c, BY_DAYS);
    const struct image_monitor *m = &c->image.MONITORS[rule->monitor];
    const struct image_each *each = &c->image.EACHES[rule->each];
    assert_rows(c, BY_DAYS, ids, members, 6);
    assert_int_equal(rule->policy, RULE_FIRST_MATCH);
    assert_int_equal(m->by_day, 1);
    assert_int_not_equal(m->overdue, m->to);
    assert_int_not_equal(m->early, NONE32);
    assert_int_not_equal(each->last, NONE32);
    for (uint32_t i = 0; i < c->image.FOLDS_count; i++)
        if (c->image.FOLDS[i].element == m->done || c->image.FOLDS[i].element == m->late)
            assert_int_equal(c->image.FOLDS[i].next, each->next);
}

/* Nothing can come in between, and nothing can be too early. */
static void test_monitor_by_hours(void **state)
{
    const struct compiled *c = *state;
    static const char *const ids[] = {"by_hours.done", "by_hours.late", "by_hours.not_due",
                                      "by_hours.overdue", "by_hours.due"};
    static const uint32_t members[] = {MONITOR_DONE, MONITOR_LATE, MONITOR_NOT_DUE, MONITOR_OVERDUE,
                                       MONITOR_DUE};
    const struct image_monitor *m = &c->image.MONITORS[rule_at(c, BY_HOURS)->monitor];
    assert_rows(c, BY_HOURS, ids, members, 5);
    assert_int_equal(m->by_day, 0);
    assert_int_equal(m->overdue, m->to);
    assert_int_equal(m->early, NONE32);
    assert_int_equal(m->from_node, NONE32);
    assert_int_equal(m->overdue_node, NONE32);
    assert_int_equal(rule_at(c, BY_HOURS)->each, NONE32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alert_rows),         cmocka_unit_test(test_what_is_told),
        cmocka_unit_test(test_windows_until_next), cmocka_unit_test(test_monitor_by_days),
        cmocka_unit_test(test_monitor_by_hours),
    };
    return cmocka_run_group_tests(tests, compile, drop);
}
