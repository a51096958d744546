#include "tests/oracle/make_program.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

static void make_own_words(struct maker *m, const char *list)
{
    static const char *const labs[] = {"value > 3 mg/dL",
                                       "value <= 0.07 g/L",
                                       "assay is top",
                                       "assay is mid or value < 12.5 mg/dL",
                                       "value is not from 3 mg/dL to 7 mg/dL",
                                       "within 14 days before now",
                                       "date >= 2025-03-31"};
    static const char *const shots[] = {"amount >= 50 mg", "amount < 0.1 g", "place is low",
                                        "date >= 2025-03-31", "place > low and amount is not 20 mg"};
    static const char *const stays[] = {"active at now", "reason is red",
                                        "reason is not blue and active at now", "date < 2025-03-31"};
    if (*list == 'l')
        make_word(m, labs, COUNT(labs));
    else if (list[1] == 'h')
        make_word(m, shots, COUNT(shots));
    else
        make_word(m, stays, COUNT(stays));
}

/* What an element is compared with besides: inputs, parameters, other lists. */
static void make_read_words(struct maker *m, const char *list)
{
    static const char *const labs[] = {
        "value >= glucose",
        "date > seen_day",
        "assay is grade",
        "any shots where (place is assay) before date",
        "any shots where (place >= assay and amount > 20 mg) within 14 days before now",
        "any shots within 14 days before date",
        "value > glucose or second_flag",
        "date >= start of phase_days",
        "value > 3 mg/dL or within 36 h before visit_time",
        "count of shots where (place is not low) until date >= 1"};
    static const char *const shots[] = {"amount > drug_mass",
                                        "amount >= table_mass of place",
                                        "amount <= parameter_mass",
                                        "place >= grade and parameter_switch",
                                        "any labs where (value > 3 mg/dL) from 1 day to 14 days after date",
                                        "time from seen_day to date < 1 month",
                                        "not from 7 days to 14 days after seen_day",
                                        "since seen_day",
                                        "(latest labs) > 3 mg/dL",
                                        "any labs where (assay is place) since date",
                                        "(every labs where (assay >= place) has value > 3 mg/dL)",
                                        "marks includes one of tags",
                                        "marks includes one of a1, tag",
                                        "table_tags of place includes one of marks"};
    static const char *const stays[] = {"active at seen_day",
                                        "not active at visit_time",
                                        "colour is red or reason is red",
                                        "flag and active at now",
                                        "within parameter_wait before seen_day or active at seen_day",
                                        "active at now and not before visit_time",
                                        "any shots where (amount >= 50 mg) since date",
                                        "mode is by_table or reason is green",
                                        "until is unknown",
                                        "until is known and active at now"};
    const int asking = 2; /* whether an end is given may turn over when more is known */
    if (*list == 'l')
        make_word(m, labs, COUNT(labs));
    else if (list[1] == 'h')
        make_word(m, shots, COUNT(shots));
    else
        make_word(m, stays, COUNT(stays) - (m->style->monotone ? asking : 0));
}

void make_own_where(struct maker *m, const char *list)
{
    put(m, " where (");
    make_own_words(m, list);
    put(m, ")");
}

void make_where(struct maker *m, const char *list)
{
    bool joined = make_one_in(m, 6);
    put(m, joined ? " where ((" : " where (");
    if (!m->style->plain && make_one_in(m, 2))
        make_read_words(m, list);
    else
        make_own_words(m, list);
    if (joined) {
        put(m, make_one_in(m, 2) ? ") and (" : ") or (");
        make_simple(m, 0);
        put(m, ")");
    }
    put(m, ")");
}

static void make_window(struct maker *m)
{
    static const char *const windows[] = {
        " within 14 days before now",
        " within 36 h before visit_time",
        " since seen_day",
        " before seen_day",
        " after seen_day",
        " before visit_time",
        " after latest shots",
        " until visit_time",
        " from 7 days to 14 days after seen_day",
        " from 1 month to 1 year before now",
        " on seen_day",
        " between birth_day and seen_day",
        " within 2 weeks after first stays",
        " from 12 h to 72 h after visit_time",
        " after (seen_day + 14 days)",
        " within parameter_wait before seen_day",
        " between visit_time and now",
        " on day 8 of phase_days",
        " since start of phase_wait",
        " until end of phase_month",
        " within 3 days before end of phase_days",
        " after 2025-01-30T12:30+01:00",
        " since (visit_time - 36 h)",
        " before (now - 12 h)",
        " within 24 h after first shots",
    };
    make_word(m, windows, COUNT(windows));
}

static void make_rest(struct maker *m, const char *list)
{
    if (make_one_in(m, 2)) make_where(m, list);
    if (make_one_in(m, 2)) make_window(m);
}

void make_level_selection(struct maker *m, int depth)
{
    static const char *const selectors[] = {"latest ", "first ",   "highest ",
                                            "lowest ", "average ", "total of "};
    (void)depth;
    put(m, "(");
    make_word(m, selectors, COUNT(selectors));
    put(m, "labs");
    make_rest(m, "labs");
    put(m, ")");
}

void make_list_number(struct maker *m, int depth)
{
    static const char *const lists[] = {"labs", "shots", "stays"};
    (void)depth;
    if (make_one_in(m, 4)) {
        put(m, "number((");
        put(m, make_one_in(m, 2) ? "lowest" : "latest");
        put(m, " gaps of shots) in d)");
        return;
    }
    const char *list = lists[make_below(m, COUNT(lists))];
    fprintf(m->out, "count of %s", list);
    make_rest(m, list);
}

static void make_every(struct maker *m)
{
    put(m, "every labs");
    make_rest(m, "labs");
    put(m, " has ");
    put(m, make_one_in(m, 2) ? "value < 7 mg/dL" : "assay is not low");
}

static void make_of_element(struct maker *m)
{
    static const char *const conditions[] = {
        "place of (latest shots) is top",
        "assay of (latest labs) is mid",
        "amount of (first shots where (place is not low)) > 20 mg",
        "reason of (latest stays) is one of red, green",
        "date of (latest labs) >= seen_day",
        "(latest gaps of labs) >= 7 days",
        "any gaps of shots where (value < 14 days)",
        "highest labs > 12.5 mg/dL",
        "date of (lowest labs) < 2025-03-31",
    };
    if (make_one_in(m, 8)) {
        int n = ++m->bindings;
        fprintf(m->out,
                "((latest labs) as fresh_%d > 3 mg/dL and time from date of fresh_%d to now < 1 month)", n,
                n);
        return;
    }
    put(m, "(");
    make_word(m, conditions, COUNT(conditions));
    put(m, ")");
}

void make_list_condition(struct maker *m, int depth)
{
    static const char *const lists[] = {"labs", "shots", "stays"};
    static const char *const counts[] = {" >= 2", " is 1", " is 0", " is 2"};
    (void)depth;
    if (make_one_in(m, 3)) {
        make_of_element(m);
        return;
    }
    put(m, "(");
    if (make_one_in(m, 3)) {
        make_every(m);
    } else if (make_one_in(m, 3)) {
        make_list_number(m, 0);
        make_word(m, counts, COUNT(counts));
    } else {
        const char *list = lists[make_below(m, COUNT(lists))];
        fprintf(m->out, "any %s", list);
        make_rest(m, list);
    }
    put(m, ")");
}
