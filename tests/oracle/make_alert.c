#include "tests/oracle/make_program.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

static void maybe_applies(struct maker *m)
{
    if (!make_one_in(m, m->style->lists ? 2 : 4)) return;
    put(m, "  applies when ");
    make_condition(m, 1);
    put(m, "\n");
}

/* ---- Alerts ----------------------------------------------------------------------------------------- */

static const char *some_list(struct maker *m)
{
    static const char *const lists[] = {"labs", "shots", "shots", "stays"};
    return lists[make_below(m, COUNT(lists))];
}

static void make_row(struct maker *m)
{
    put(m, "  when ");
    make_condition(m, 1);
    put(m, "\n");
}

void make_alert(struct maker *m)
{
    fprintf(m->out, "alert alert_%d\n", m->alerts + 1);
    maybe_applies(m);
    const char *list = some_list(m);
    bool each = m->style->lists ? !make_one_in(m, 6) : !m->style->plain && !make_one_in(m, 4);
    if (each)
        make_each_rows(m, list);
    else
        for (int n = 1 + make_below(m, 3); n > 0; n--)
            make_row(m);
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
    if (make_one_in(m, 3)) {
        if (m->style->plain) /* what stands inside a selection is not weighed against what stands beside it */
            make_own_where(m, expected);
        else
            make_where(m, expected);
    }
    put(m, " ");
    make_window_of(m);
    m->monitors++;
    put(m, "\n");
}
