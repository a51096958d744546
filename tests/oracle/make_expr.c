#include "tests/oracle/make_program.h"

#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int make_below(struct maker *m, int count)
{
    return chance_below(&m->chance, count);
}

bool make_one_in(struct maker *m, int n)
{
    return chance_one_in(&m->chance, n);
}

void make_word(struct maker *m, const char *const *words, int count)
{
    fputs(words[make_below(m, count)], m->out);
}

static void put(struct maker *m, const char *text)
{
    fputs(text, m->out);
}

/* ---- Numbers ---------------------------------------------------------------------------------------- */

void make_literal(struct maker *m, enum dimension dimension)
{
    static const char *const masses[] = {"50 mg",    "0.05 g", "75.5 mg", "100 mg",
                                         "20000 ug", "20 mg",  "0.1 kg"};
    static const char *const cells[] = {"50 10*9/L", "50000 /uL", "10 10*9/L", "200 10*9/L", "0 10*9/L"};
    static const char *const levels[] = {"3 mg/dL", "30 mg/L", "12.5 mg/dL", "0.125 g/L", "7 mg/dL"};
    static const char *const pure[] = {"0", "1", "2", "0.5", "3.25", "(number(50 %))", "-1.5", "0.0005"};
    switch (dimension) {
    case MASS: make_word(m, masses, COUNT(masses)); break;
    case CELLS: make_word(m, cells, COUNT(cells)); break;
    case LEVEL: make_word(m, levels, COUNT(levels)); break;
    default: make_word(m, pure, COUNT(pure)); break;
    }
}

static void make_leaf(struct maker *m, enum dimension dimension)
{
    static const char *const words[DIMENSIONS] = {"mass", "cells", "level", "pure"};
    static const char *const masses[] = {"drug_mass", "weight", "parameter_mass", "drug_mass", "weight"};
    static const char *const cells[] = {"cell_count", "cell_count", "parameter_cells"};
    static const char *const pure[] = {"ratio", "mrd", "visits", "parameter_ratio", "ratio", "visits"};
    if (m->defined[dimension] > 0 && make_one_in(m, 3)) {
        fprintf(m->out, "%s_%d", words[dimension], 1 + make_below(m, m->defined[dimension]));
        return;
    }
    if (make_one_in(m, 5)) {
        make_literal(m, dimension);
        return;
    }
    switch (dimension) {
    case MASS: make_word(m, masses, COUNT(masses)); break;
    case CELLS: make_word(m, cells, COUNT(cells)); break;
    case LEVEL: put(m, "glucose"); break;
    default: make_word(m, pure, COUNT(pure)); break;
    }
}

static void brackets(struct maker *m, enum dimension dimension, int depth)
{
    put(m, "(");
    make_number(m, dimension, depth);
    put(m, ")");
}

static void make_called(struct maker *m, enum dimension dimension, int depth)
{
    if (dimension == MASS && m->functions && make_one_in(m, 2))
        put(m, "capped(");
    else
        put(m, make_one_in(m, 2) ? "min(" : "max(");
    make_number(m, dimension, depth);
    put(m, ", ");
    make_number(m, dimension, depth);
    put(m, ")");
}

static void make_in_unit(struct maker *m, enum dimension dimension, int depth)
{
    static const char *const units[DIMENSIONS] = {"g", "/uL", "g/L", "%"};
    put(m, dimension == PURE ? "number(" : "("); /* percent beside a number without unit has two readings */
    make_leaf(m, dimension);
    (void)depth;
    fprintf(m->out, " in %s)", units[dimension]);
}

/* A number without a unit that is made from something else. */
static void make_pure(struct maker *m, int depth)
{
    static const char *const units[] = {"years", "months", "weeks", "days"};
    static const char *const phases[] = {"phase_days", "phase_month", "phase_wait", "phase_shots"};
    switch (make_below(m, 8)) {
    case 6:
        put(m, "day of ");
        make_word(m, phases, COUNT(phases));
        break;
    case 0:
        put(m, "number((");
        make_number(m, MASS, depth);
        put(m, ") in mg)");
        break;
    case 1:
        put(m, "completed ");
        make_word(m, units, COUNT(units));
        put(m, " from ");
        make_moment(m, 0);
        put(m, " to ");
        make_moment(m, 0);
        break;
    case 2:
        put(m, "count of ((");
        make_condition(m, depth);
        put(m, "), (");
        make_condition(m, depth);
        put(m, "))");
        break;
    case 3:
        put(m, "sqrt(");
        make_number(m, PURE, depth);
        put(m, ")");
        break;
    case 4:
        put(m, "abs(");
        make_number(m, PURE, depth);
        put(m, ")");
        break;
    case 5: make_list_number(m, depth); break;
    default:
        make_leaf(m, PURE);
        put(m, make_one_in(m, 2) ? " * " : " / ");
        make_leaf(m, PURE);
        break;
    }
}

static void make_special(struct maker *m, enum dimension dimension, int depth)
{
    bool asks = !m->style->monotone;
    if (asks && make_one_in(m, 3)) {
        put(m, "(");
        make_leaf(m, dimension);
        put(m, " or else (");
        make_leaf(m, dimension);
        put(m, "))");
    } else if (dimension == LEVEL && m->functions && make_one_in(m, 4)) {
        put(m, "fresh_level(");
        make_number(m, LEVEL, 0);
        put(m, ")");
    } else if (dimension == LEVEL) {
        make_level_selection(m, depth);
    } else if (dimension == PURE) {
        put(m, "(");
        make_pure(m, depth);
        put(m, ")");
    } else if (dimension == MASS && make_one_in(m, 2)) {
        put(m, make_one_in(m, 2) ? "amount of (latest shots)" : "table_mass of grade");
    } else if (dimension == MASS && m->doses > 0 && make_one_in(m, 2)) {
        fprintf(m->out, "dose_%d", 1 + make_below(m, m->doses));
    } else {
        make_leaf(m, dimension);
    }
}

void make_number(struct maker *m, enum dimension dimension, int depth)
{
    if (depth <= 0) {
        make_leaf(m, dimension);
        return;
    }
    switch (make_below(m, 9)) {
    case 0:
        make_number(m, dimension, depth - 1);
        put(m, make_one_in(m, 2) ? " + " : " - ");
        make_leaf(m, dimension);
        break;
    case 1:
        put(m, "2.5 * ");
        brackets(m, dimension, depth - 1);
        break;
    case 2:
        brackets(m, dimension, depth - 1);
        put(m, " / ");
        make_leaf(m, PURE);
        break;
    case 3: make_called(m, dimension, depth - 1); break;
    case 4: make_in_unit(m, dimension, depth - 1); break;
    case 5:
        put(m, "-");
        brackets(m, dimension, depth - 1);
        break;
    case 6:
    case 7: make_special(m, dimension, depth - 1); break;
    default: make_leaf(m, dimension); break;
    }
}

/* ---- Moments ---------------------------------------------------------------------------------------- */

void make_phase_date(struct maker *m)
{
    static const char *const dates[] = {
        "start of phase_days", "end of phase_days",     "day 8 of phase_days",      "day 21 of phase_days",
        "end of phase_month",  "day 30 of phase_month", "start of phase_wait",      "end of phase_wait",
        "end of phase_shots",  "start of phase_shots",  "day visits of phase_days", "day 2 of phase_wait",
    };
    make_word(m, dates, COUNT(dates));
}

void make_moment(struct maker *m, int depth)
{
    static const char *const words[] = {"birth_day",        "seen_day",
                                        "visit_time",       "now",
                                        "seen_day",         "birth_day",
                                        "visit_time",       "now",
                                        "2025-01-30T12:30", "2025-03-31T00:30+02:00"};
    static const char *const lengths[] = {"14 days", "1 month", "1 year",
                                          "36 h",    "2 weeks", "parameter_wait"};
    if (depth > 0 && make_one_in(m, 3)) {
        put(m, "(");
        make_word(m, words, COUNT(words));
        put(m, make_one_in(m, 2) ? " + " : " - ");
        make_word(m, lengths, COUNT(lengths));
        put(m, ")");
    } else if (depth > 0 && make_one_in(m, 4)) {
        put(m, make_one_in(m, 2) ? "date of (latest shots)" : "(first stays)");
    } else if (make_one_in(m, 8)) {
        make_phase_date(m);
    } else if (make_one_in(m, 8)) {
        put(m, make_one_in(m, 2) ? "2025-03-31" : "2025-03-31T12:30");
    } else {
        make_word(m, words, COUNT(words));
    }
}

/* Not a selected element: of two dates that are compared. */
static void make_date(struct maker *m)
{
    static const char *const words[] = {
        "birth_day", "seen_day", "visit_time", "now", "2025-03-31", "2024-02-29", "date of (latest shots)"};
    make_word(m, words, COUNT(words));
}

/* ---- Conditions ------------------------------------------------------------------------------------- */

static void make_relation(struct maker *m)
{
    static const char *const signs[] = {" < ", " <= ", " > ", " >= ", " >= ", " < "};
    make_word(m, signs, COUNT(signs));
}

static void make_comparison(struct maker *m, int depth)
{
    enum dimension dimension = (enum dimension)make_below(m, DIMENSIONS);
    make_number(m, dimension, m->style->plain ? 0 : depth);
    if (make_one_in(m, 6)) {
        static const char *const ranges[DIMENSIONS] = {"20 mg to 0.1 kg", "10 10*9/L to 50000 /uL",
                                                       "3 mg/dL to 0.07 g/L", "0.5 to 2"};
        fprintf(m->out, " is %sfrom %s", make_one_in(m, 3) ? "not " : "", ranges[dimension]);
        return;
    }
    if (make_one_in(m, 6)) {
        put(m, make_one_in(m, 3) ? " is not " : " is ");
        make_literal(m, dimension);
        return;
    }
    make_relation(m);
    if (m->style->plain || make_one_in(m, 2))
        make_literal(m, dimension);
    else
        make_number(m, dimension, depth - 1);
}

static void make_named_span(struct maker *m)
{
    fprintf(m->out, "span_%d", 1 + make_below(m, m->spans));
}

static void make_span(struct maker *m, int depth)
{
    static const char *const lengths[] = {"1 year", "12 months", "14 days",       "2 weeks",
                                          "36 h",   "1 month",   "parameter_wait"};
    if (m->spans > 0 && make_one_in(m, 3)) {
        make_named_span(m);
    } else {
        put(m, "time from ");
        make_moment(m, depth);
        put(m, " to ");
        make_moment(m, 0);
    }
    make_relation(m);
    make_word(m, lengths, COUNT(lengths));
}

static void make_completed(struct maker *m)
{
    static const char *const units[] = {"years", "months", "weeks", "days"};
    static const char *const counts[] = {"0", "1", "2", "7", "12", "13", "14", "-1"};
    put(m, "completed ");
    make_word(m, units, COUNT(units));
    put(m, " from ");
    make_moment(m, 1);
    put(m, " to ");
    make_moment(m, 0);
    make_relation(m);
    make_word(m, counts, COUNT(counts));
}

static void make_choice(struct maker *m)
{
    static const char *const choices[] = {
        "colour is red",
        "colour is not green",
        "colour is one of red, blue",
        "grade > low",
        "grade is top",
        "grade <= mid",
        "tags includes a1",
        "not tags includes b1",
        "mode is by_table",
        "parameter_switch",
        "flag",
        "second_flag",
        "flag is no",
        "grade is from low to mid",
        "colour is not one of red, green",
        "tag is b1",
        "grade <= top",
        "colour is one of red, green, blue",
        "more_tags includes c1",
    };
    make_word(m, choices, COUNT(choices));
}

void make_within(struct maker *m)
{
    static const char *const amounts[] = {"drug_mass", "parameter_mass", "table_mass of grade",
                                          "0.05 g",    "50 mg",          "20 mg/m2 * surface"};
    make_word(m, amounts, COUNT(amounts));
    put(m, make_one_in(m, 3) ? " is not within range_" : " is within range_");
    fprintf(m->out, "%d", 1 + make_below(m, m->ranges));
}

static void make_of_rule(struct maker *m)
{
    static const char *const asks[] = {"is mid",         "is not low",        ">= mid",
                                       "is not covered", "is conflict",       "is no statement",
                                       "is equipoise",   "is not applicable", "is decided"};
    static const char *const doses[] = {"is withheld", "is not covered", "is not applicable", "is given",
                                        "is asked"};
    static const char *const alerts[] = {"is raised", "is not raised"};
    static const char *const monitors[] = {"is overdue", "is one of due, overdue", "is not due", "is done",
                                           "is one of late, missed"};
    const int lasting = 3; /* whether it is given or asked for may turn over when more is known */
    if (m->alerts > 0 && make_one_in(m, 4)) {
        fprintf(m->out, "alert_%d ", 1 + make_below(m, m->alerts));
        make_word(m, alerts, COUNT(alerts));
    } else if (m->monitors > 0 && make_one_in(m, 4)) {
        fprintf(m->out, "monitor_%d ", 1 + make_below(m, m->monitors));
        make_word(m, monitors, COUNT(monitors));
    } else if (m->ranges > 0 && make_one_in(m, 2)) {
        make_within(m);
    } else if (m->doses > 0 && make_one_in(m, 3)) {
        fprintf(m->out, "dose_%d ", 1 + make_below(m, m->doses));
        make_word(m, doses, m->style->monotone ? lasting : COUNT(doses));
    } else {
        fprintf(m->out, "class_%d ", 1 + make_below(m, m->classifies));
        make_word(m, asks, COUNT(asks));
    }
}

static void make_knowledge(struct maker *m)
{
    static const char *const asks[] = {
        "drug_mass is known",      "cell_count is unknown", "colour is known",
        "seen_day is not known",   "shots is known",        "(latest labs) is known",
        "parameter_mass is known", "tags is unknown",       "flag is known"};
    if (m->classifies > 0 && make_one_in(m, 4))
        fprintf(m->out, "class_%d is unknown", 1 + make_below(m, m->classifies));
    else
        make_word(m, asks, COUNT(asks));
}

/* A function of the program that is yes or no. */
static void make_asked(struct maker *m)
{
    static const char *const grades[] = {"graded(grade, second_flag)",
                                         "graded(place of (latest shots), flag)",
                                         "graded(assay of (first labs), (tag is a1))"};
    static const char *const days[] = {"recent(seen_day)", "recent(2025-03-31)", "recent(end of phase_month)",
                                       "recent(birth_day)"};
    switch (make_below(m, 3)) {
    case 0:
        put(m, "heavier(");
        make_number(m, MASS, 1);
        put(m, ", ");
        make_number(m, MASS, 0);
        put(m, ")");
        break;
    case 1: make_word(m, grades, COUNT(grades)); break;
    default: make_word(m, days, COUNT(days)); break;
    }
}

/* A question to the patient and one to a list: what is known of the one may spare the other. */
static void make_guarded(struct maker *m)
{
    static const char *const asks[] = {
        "flag",         "second_flag", "colour is red",  "parameter_switch", "mode is by_hand",
        "grade >= mid", "tag is a1",   "mrd is negative"};
    static const char *const between[] = {" and ", " and ", " or ", " implies "};
    bool first = make_one_in(m, 4);
    if (first) make_list_condition(m, 0);
    if (first) put(m, make_one_in(m, 2) ? " and " : " or ");
    put(m, make_one_in(m, 4) ? "(not " : "(");
    make_word(m, asks, COUNT(asks));
    put(m, ")");
    if (first) return;
    make_word(m, between, COUNT(between));
    make_list_condition(m, 0);
}

/* What several conditions of a rule ask, each its way: one answer then decides more than one of them. */
static void make_common(struct maker *m)
{
    static const char *const asks[] = {"flag",
                                       "flag is no",
                                       "second_flag",
                                       "colour is red",
                                       "colour is not red",
                                       "grade >= mid",
                                       "grade is low",
                                       "visits < 2",
                                       "visits >= 2",
                                       "drug_mass < 50 mg",
                                       "drug_mass >= 50 mg",
                                       "tags includes a1"};
    make_word(m, asks, COUNT(asks));
}

static void make_plain(struct maker *m, int depth)
{
    if (make_one_in(m, 3))
        make_common(m);
    else if (make_one_in(m, 2))
        make_comparison(m, depth);
    else
        make_choice(m);
}

void make_simple(struct maker *m, int depth)
{
    if (m->style->plain) {
        make_plain(m, depth);
        return;
    }
    switch (make_below(m, 12)) {
    case 0:
        if (make_one_in(m, 2))
            make_set_condition(m);
        else
            make_choice(m);
        break;
    case 1: make_choice(m); break;
    case 2:
        if (make_one_in(m, 3))
            make_completed(m);
        else
            make_span(m, depth);
        break;
    case 3:
        make_date(m);
        make_relation(m);
        make_date(m);
        break;
    case 4:
    case 5: make_list_condition(m, depth); break;
    case 6:
        if (m->classifies > 0)
            make_of_rule(m);
        else if (m->ranges > 0)
            make_within(m);
        else
            put(m, "mrd is negative");
        break;
    case 7:
        if (m->conditions > 0)
            fprintf(m->out, "condition_%d", 1 + make_below(m, m->conditions));
        else if (m->functions && make_one_in(m, 2))
            make_asked(m);
        else
            put(m, "mrd is not negative");
        break;
    case 8:
        if (!m->style->monotone) {
            make_knowledge(m);
            break;
        } /* fall through */
    default: make_comparison(m, depth); break;
    }
}

static void in_brackets(struct maker *m, int depth)
{
    put(m, "(");
    make_condition(m, depth);
    put(m, ")");
}

void make_condition(struct maker *m, int depth)
{
    int kind = depth > 0 ? make_below(m, 8) : 7;
    if (kind == 0) {
        put(m, "not ");
        in_brackets(m, depth - 1);
    } else if (kind <= 2) {
        make_simple(m, depth - 1);
        put(m, kind == 1 ? " and " : " or ");
        in_brackets(m, depth - 1);
    } else if (kind == 4 && !m->style->plain) {
        make_guarded(m);
    } else if (kind == 3) {
        in_brackets(m, depth - 1);
        put(m, " implies ");
        make_simple(m, depth - 1);
    } else {
        make_simple(m, depth);
    }
}
