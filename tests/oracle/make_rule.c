#include "tests/oracle/make_program.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

static int depth_of(const struct maker *m)
{
    return m->style->plain ? 1 : 2;
}

static void maybe_applies(struct maker *m)
{
    if (!make_one_in(m, 3)) return;
    put(m, "  applies when ");
    make_condition(m, 1);
    put(m, "\n");
}

/* ---- Classifications -------------------------------------------------------------------------------- */

static const char *const VALUES[] = {"low", "mid", "top", "low", "mid", "top", "no statement", "equipoise"};

static void make_row(struct maker *m, int n)
{
    put(m, "  ");
    make_word(m, VALUES, COUNT(VALUES));
    bool replaces = n > 1 && make_one_in(m, 4);
    if (make_one_in(m, 3) || n == 1) fprintf(m->out, " as row_%d", n);
    if (replaces) put(m, " instead of row_1");
    put(m, " when ");
    make_condition(m, depth_of(m));
    put(m, "\n");
}

static void make_rows(struct maker *m)
{
    int count = 2 + make_below(m, 4);
    for (int n = 1; n <= count; n++)
        make_row(m, n);
    if (make_one_in(m, 3)) {
        put(m, "  ");
        make_word(m, VALUES, COUNT(VALUES));
        put(m, " otherwise\n");
    }
}

struct column {
    const char *head;
    const char *cells[8];
};

/* A heading and tests that fit it. */
static const struct column COLUMNS[] = {
    {"drug_mass",
     {"any", "< 50 mg", ">= 0.05 g", "from 20 mg to 100 mg", "> 20 mg and < 0.1 kg", "not 50 mg", "75.5 mg",
      "any"}},
    {"cell_count",
     {"any", "< 50 10*9/L", ">= 50000 /uL", "> 10 10*9/L and <= 200 10*9/L", "any", "10 10*9/L",
      ">= 50 10*9/L", "any"}},
    {"colour", {"any", "red", "green or blue", "not red", "any", "blue", "red or green", "any"}},
    {"flag", {"any", "yes", "no", "any", "yes", "no", "any", "any"}},
    {"grade", {"any", ">= mid", "low", "< top", "mid or top", "any", "from low to mid", "any"}},
    {"tags", {"any", "includes a1", "not includes b1", "any", "includes c1", "includes b1", "any", "any"}},
    {"time from birth_day to seen_day",
     {"any", ">= 1 year", "< 12 months", ">= 1 month and < 1 year", "any", "< 1 year", "any", "any"}},
    {"latest labs",
     {"any", "> 3 mg/dL", "<= 0.07 g/L", "any", "from 3 mg/dL to 12.5 mg/dL", "any", ">= 7 mg/dL", "any"}},
    {"visits", {"any", "< 2", "2", "from 1 to 3", ">= 3", "1 or 2", "any", "any"}},
};

static void make_table(struct maker *m, int rule)
{
    const int plain_columns[] = {0, 1, 2, 3, 4, 5, 8};
    int used[3], count = 2 + make_below(m, 2), rows = 2 + make_below(m, 4);
    for (int i = 0; i < count; i++) { /* different ones, in a ring */
        int at = i == 0 ? make_below(m, COUNT(plain_columns)) : used[i - 1] + 1;
        used[i] = at % COUNT(plain_columns);
    }
    put(m, "  |");
    for (int i = 0; i < count; i++)
        fprintf(m->out, " %s |", COLUMNS[m->style->plain ? plain_columns[used[i]] : used[i]].head);
    fprintf(m->out, " class_%d |\n", rule);
    for (int row = 0; row < rows; row++) {
        put(m, "  |");
        for (int i = 0; i < count; i++) {
            const struct column *c = &COLUMNS[m->style->plain ? plain_columns[used[i]] : used[i]];
            fprintf(m->out, " %s |", c->cells[make_below(m, 8)]);
        }
        put(m, " ");
        make_word(m, VALUES, COUNT(VALUES));
        put(m, " |\n");
    }
}

void make_classify(struct maker *m)
{
    static const char *const policies[] = {"agreement", "first match", "highest"};
    int n = m->classifies + 1;
    fprintf(m->out, "classify class_%d : low < mid < top by ", n);
    make_word(m, policies, COUNT(policies));
    put(m, "\n");
    maybe_applies(m);
    if (make_one_in(m, 3))
        make_table(m, n);
    else
        make_rows(m);
    put(m, "\n");
    m->classifies = n;
}

/* ---- Doses ------------------------------------------------------------------------------------------ */

static void make_amount_value(struct maker *m)
{
    static const char *const amounts[] = {"50 mg",
                                          "75.5 mg",
                                          "0.05 g",
                                          "2.5 mg/kg * weight",
                                          "drug_mass",
                                          "20 mg/m2 * surface",
                                          "table_mass of grade",
                                          "parameter_mass",
                                          "0.5 * drug_mass",
                                          "1.5 mg/m2 * surface * ratio"};
    if (m->style->plain || !make_one_in(m, 4))
        make_word(m, amounts, COUNT(amounts));
    else
        make_number(m, MASS, 1);
}

static void maybe_when(struct maker *m, int chance)
{
    if (!make_one_in(m, chance)) return;
    put(m, " when ");
    make_condition(m, 1);
}

static void make_amount_rows(struct maker *m, bool range)
{
    int count = 1 + make_below(m, 3);
    for (int n = 1; n <= count; n++) {
        put(m, "  amount ");
        if (n > 1 && make_one_in(m, 10))
            put(m, "no statement");
        else if (range)
            put(m, make_one_in(m, 2) ? "40 to 60 mg/m2 * surface" : "20 mg to 75.5 mg");
        else
            make_amount_value(m);
        if (n == 1)
            put(m, " as first_row");
        else if (make_one_in(m, 3))
            put(m, " instead of first_row");
        maybe_when(m, n == 1 ? 2 : 1);
        put(m, "\n");
    }
}

static void make_step_rows(struct maker *m)
{
    int count = 1 + make_below(m, 2);
    for (int n = 1; n <= count; n++) {
        put(m, "  amount ");
        make_amount_value(m);
        put(m, make_one_in(m, 2) ? " on day 1, then " : " on days 1 to 3, then ");
        make_amount_value(m);
        put(m, make_one_in(m, 2) ? " on days 8, 15" : " on days 8 to 9, 15");
        maybe_when(m, n == 1 ? 2 : 1);
        put(m, "\n");
    }
}

static void make_step_table(struct maker *m)
{
    static const char *const days[] = {"1 to 3", "4 to 7", "8", "1, 8, 15", "15"};
    static const char *const amounts[] = {"50 mg", "0.05 g", "2.5 mg/kg * weight", "75.5 mg"};
    const struct column *c = &COLUMNS[make_below(m, 4)];
    int count = 2 + make_below(m, 3);
    fprintf(m->out, "  | %s | days | amount |\n", c->head);
    for (int n = 0; n < count; n++) {
        fprintf(m->out, "  | %s | ", c->cells[make_below(m, 8)]);
        make_word(m, days, COUNT(days));
        put(m, " | ");
        make_word(m, amounts, COUNT(amounts));
        put(m, " |\n");
    }
}

static void make_limits(struct maker *m, bool range)
{
    static const char *const most[] = {"parameter_cap", "100 mg", "0.06 g", "1.5 mg/kg * weight",
                                       "drug_mass"};
    static const char *const least[] = {"20 mg", "parameter_floor", "0.05 g"};
    static const char *const steps[] = {"to nearest 5 mg",           "down to 25 mg",     "up to 10 mg",
                                        "to nearest parameter_step", "to nearest 0.3 mg", "to nearest 33 mg"};
    for (int n = make_below(m, 3); n > 0; n--) {
        put(m, "  at most ");
        make_word(m, most, COUNT(most));
        maybe_when(m, 2);
        put(m, "\n");
    }
    for (int n = make_below(m, 4) - 1; n > 0; n--) {
        put(m, "  at least ");
        make_word(m, least, COUNT(least));
        maybe_when(m, 2);
        put(m, "\n");
    }
    if (range && make_one_in(m, 2)) {
        put(m, make_one_in(m, 2) ? "  choose parameter_mass" : "  choose 50 mg");
        maybe_when(m, 3);
        m->point = true;
        put(m, "\n");
    }
    if (!range && make_one_in(m, 2)) {
        put(m, "  round ");
        make_word(m, steps, COUNT(steps));
        maybe_when(m, 3);
        put(m, "\n");
    }
}

static void make_actions(struct maker *m)
{
    static const char *const words[] = {"withhold", "ask", "warn"};
    static const char *const intervals[] = {"at least 14 days from latest shots to seen_day",
                                            "at least 36 h from visit_time to now",
                                            "at least 7 days to 14 days from latest shots to now",
                                            "at least 1 month to 1 year from birth_day to seen_day"};
    for (int n = make_below(m, 3); n > 0; n--) {
        put(m, "  ");
        make_word(m, words, COUNT(words));
        put(m, " when ");
        make_condition(m, 1);
        put(m, "\n");
    }
    if (!m->style->plain && make_one_in(m, 4)) {
        put(m, "  interval ");
        make_word(m, intervals, COUNT(intervals));
        maybe_when(m, 3);
        put(m, "\n");
    }
    if (make_one_in(m, 5)) {
        put(m, "  route oral");
        maybe_when(m, 1);
        put(m, "\n");
    }
}

/* steps: of a plan that has its days already.  False where it wrote none. */
static bool make_schedule(struct maker *m, bool steps)
{
    static const char *const dating[] = {"of phase_days", "continuous of phase_days", "of phase_month",
                                         "of phase_wait"};
    static const char *const giving[] = {
        "days 1, 8 of phase_days",
        "days 1 to 3, 30 of phase_month",
        "every 7 days of phase_days",
        "every 1 week of phase_days",
        "every 1 month of phase_year",
        "every 3 months of phase_year",
        "every parameter_wait of phase_days",
        "every 5 days of phase_shots",
        "continuous of phase_month",
        "2 times a week of phase_days",
        "every 7 days to 10 days",
        "once of phase_days",
        "every 12 h of phase_days",
        "every 2 weeks",
        "days 1, 21 of phase_wait",
    };
    int count = make_below(m, 3);
    for (int n = count; n > 0; n--) {
        put(m, "  schedule ");
        if (steps)
            make_word(m, dating, COUNT(dating));
        else
            make_word(m, giving, COUNT(giving));
        maybe_when(m, n == 1 ? 2 : 1);
        put(m, "\n");
    }
    return count > 0;
}

/* Whether a schedule dates its steps. */
static bool make_clauses(struct maker *m, int shape)
{
    bool range = shape == 0;
    m->point = shape > 2;
    maybe_applies(m);
    if (shape == 1)
        make_step_rows(m);
    else if (shape == 2)
        make_step_table(m);
    else
        make_amount_rows(m, range);
    make_limits(m, range);
    bool may_date =
        !m->style->monotone; /* a start that becomes known adds dates, or shows a day past the phase */
    bool steps = shape == 1 || shape == 2;
    bool dated = may_date && make_one_in(m, 2) && make_schedule(m, steps) && steps;
    make_actions(m);
    return dated;
}

/* What may make a dose another one than its twin. */
static void make_difference(struct maker *m, int shape)
{
    static const char *const clauses[] = {"at most 60 mg", "at most 0.1 g", "at least 0.02 g", "withhold",
                                          "ask",           "warn",          "route oral"};
    static const char *const schedules[] = {"schedule of phase_days", "schedule of phase_month"};
    if (make_one_in(m, 3)) return;
    put(m, "  ");
    if (!m->style->monotone && (shape == 1 || shape == 2) && make_one_in(m, 2)) {
        make_word(m, schedules, COUNT(schedules));
        maybe_when(m, 1);
    } else {
        make_word(m, clauses, COUNT(clauses));
        maybe_when(m, 1);
    }
    put(m, "\n");
}

/* The same clauses again, with one of their amounts in another unit. */
static void repeat_clauses(struct maker *m, const char *clauses)
{
    static const char amount[] = " 50 mg", same[] = " 0.05 g";
    const char *at = make_one_in(m, 2) ? strstr(clauses, amount) : NULL;
    if (at)
        fprintf(m->out, "%.*s%s%s", (int)(at - clauses), clauses, same, at + strlen(amount));
    else
        put(m, clauses);
}

/* A second dose of the same drug, and sometimes a third one; their number. */
static int make_twins(struct maker *m, int shape, const char *word, int first, const char *clauses)
{
    int n = first;
    do {
        fprintf(m->out, "dose %s_%d of %s_drug_%d\n", word, ++n, word, first);
        repeat_clauses(m, clauses);
        make_difference(m, shape);
        put(m, "\n");
    } while (make_one_in(m, 5));
    return n - first;
}

void make_dose(struct maker *m)
{
    int shape = make_below(m, 6);
    char *clauses = NULL;
    size_t size = 0;
    FILE *out = m->out;
    m->out = open_memstream(&clauses, &size);
    bool dated = make_clauses(m, shape);
    fclose(m->out);
    m->out = out;
    int *count = m->point ? &m->doses : shape > 0 ? &m->plans : &m->ranges, n = *count + 1;
    const char *word = m->point ? "dose" : shape > 0 ? "plan" : "range"; /* as others can ask for them */
    fprintf(m->out, "dose %s_%d of %s_drug_%d\n%s\n", word, n, word, n, clauses);
    *count = n;
    if (dated) m->dated = n;
    if (make_one_in(m, 4)) *count += make_twins(m, shape, word, n, clauses);
    free(clauses);
}
