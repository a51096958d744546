#include "tests/oracle/make_program.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

static void maybe_applies(struct maker *m)
{
    if (!make_one_in(m, 4)) return;
    put(m, "  applies when ");
    make_condition(m, 1);
    put(m, "\n");
}

/* ---- What is asked of an element ------------------------------------------------------------------- */

/* @ stands for the name of the element. */
static const char *const OF_LABS[] = {
    "@ > 3 mg/dL",
    "@ >= glucose",
    "assay of @ is mid",
    "date of @ >= seen_day",
    "(any shots within 14 days after @)",
    "count of shots since @ >= 1",
    "(any labs after @ where (value > 7 mg/dL))",
};
static const char *const OF_SHOTS[] = {
    "amount of @ >= 50 mg",
    "amount of @ < drug_mass",
    "place of @ is low",
    "(lowest labs from 7 days to 14 days after @) < 7 mg/dL",
    "(any labs within 36 h after @)",
    "(any labs after @ where (value > 3 mg/dL))",
    "count of labs since @ >= 2",
    "(every labs after @ has value < 7 mg/dL)",
    "time from date of @ to seen_day < 1 month",
    "(any stays from 0 days to 1 month after @ where (reason is not red))",
    "(latest labs before @) > 3 mg/dL",
};
static const char *const OF_STAYS[] = {
    "reason of @ is red",
    "reason of @ is not one of green, blue",
    "(any shots from 1 day to 14 days after @ where (amount >= 50 mg))",
    "(highest labs since @) >= 7 mg/dL",
    "date of @ < 2025-03-31",
};

static void put_of_element(struct maker *m, const char *const *conditions, int count, int item)
{
    for (const char *c = conditions[make_below(m, count)]; *c; c++)
        if (*c == '@')
            fprintf(m->out, "item_%d", item);
        else
            fputc(*c, m->out);
}

static void make_of_item(struct maker *m, const char *list, int item)
{
    if (*list == 'l')
        put_of_element(m, OF_LABS, COUNT(OF_LABS), item);
    else if (list[1] == 'h')
        put_of_element(m, OF_SHOTS, COUNT(OF_SHOTS), item);
    else
        put_of_element(m, OF_STAYS, COUNT(OF_STAYS), item);
}

/* `for each LIST where (...) as item_N`; its number. */
static int make_each(struct maker *m, const char *list)
{
    int item = ++m->items;
    fprintf(m->out, "  for each %s", list);
    if (make_one_in(m, 2)) make_where(m, list);
    fprintf(m->out, " as item_%d\n", item);
    return item;
}

static void make_row(struct maker *m, const char *list, int item)
{
    put(m, "  when ");
    if (item == 0) {
        make_condition(m, 1);
    } else {
        put(m, "(");
        make_of_item(m, list, item);
        put(m, ")");
        if (make_one_in(m, 2)) {
            put(m, make_one_in(m, 3) ? " or (" : " and (");
            if (make_one_in(m, 2))
                make_of_item(m, list, item);
            else
                make_condition(m, 1);
            put(m, ")");
        }
    }
    put(m, "\n");
}

static const char *some_list(struct maker *m)
{
    static const char *const lists[] = {"labs", "shots", "shots", "stays"};
    return lists[make_below(m, COUNT(lists))];
}

void make_alert(struct maker *m)
{
    fprintf(m->out, "alert alert_%d\n", m->alerts + 1);
    maybe_applies(m);
    const char *list = some_list(m);
    int item = !m->style->plain && !make_one_in(m, 4) ? make_each(m, list) : 0;
    for (int n = 1 + make_below(m, 3); n > 0; n--)
        make_row(m, list, item);
    m->alerts++;
    put(m, "\n");
}

/* ---- Monitors --------------------------------------------------------------------------------------- */

static void make_window_of(struct maker *m)
{
    static const char *const windows[] = {
        "from 7 days to 14 days\n",
        "from 0 days to 7 days\n  overdue after 14 days\n",
        "from 1 month to 2 months\n",
        "within 36 h\n",
        "from 12 h to 72 h\n  overdue after 96 h\n",
        "within 2 weeks\n",
        "from 1 day to parameter_wait\n",
        "from 1 day to 1 month\n  overdue after 5 weeks\n",
    };
    make_word(m, windows, COUNT(windows));
}

void make_monitor(struct maker *m)
{
    static const char *const anchors[] = {"seen_day",          "visit_time",  "birth_day",
                                          "first shots",       "latest labs", "(seen_day + 14 days)",
                                          "end of phase_month"};
    fprintf(m->out, "monitor monitor_%d\n", m->monitors + 1);
    const char *list = make_one_in(m, 2) ? "shots" : "stays";
    bool each = !make_one_in(m, 4);
    if (!each) {
        put(m, "  after ");
        make_word(m, anchors, COUNT(anchors));
        put(m, "\n");
    }
    maybe_applies(m);
    if (each) (void)make_each(m, list);
    const char *expected = make_one_in(m, 4) && *list == 's' && list[1] == 't' ? "shots" : "labs";
    fprintf(m->out, "  expect %s", expected);
    if (make_one_in(m, 3)) make_where(m, expected);
    put(m, " ");
    make_window_of(m);
    m->monitors++;
    put(m, "\n");
}
