#include "tests/oracle/make_program.h"

#include <stdlib.h>

/* What every program declares: one input and one parameter of each type. */
static const char *const DECLARATIONS[] = {
    "protocol made \"Made by chance\"",
    "version 1.0.0",
    "status draft",
    "enumeration grades : low < mid < top",
    "enumeration colours : red, green, blue or other",
    "enumeration tag_names : a1, b1, c1",
    "input drug_mass : mg from 0 to 500",
    "input weight : kg from 1 to 200",
    "input surface : m2 from 0.1 to 3",
    "input cell_count : 10*9/L from 0 to 3000",
    "input glucose : mg/dL from 0 to 1000",
    "input ratio : number from -5 to 20",
    "input mrd : number from 0 to 1, negative below mrd_limit",
    "input visits : count from 0 to 20",
    "input flag : yes or no",
    "input second_flag : yes or no",
    "input colour : one of colours",
    "input grade : one of grades",
    "input tags : set of tag_names",
    "input more_tags : set of tag_names",
    "input tag : one of tag_names",
    "input birth_day : date",
    "input seen_day : date",
    "input visit_time : time",
    "input labs : series of mg/dL { assay : one of grades } from 0 to 1000",
    "input shots : events { amount : mg, place : one of grades, marks : set of tag_names }",
    "input stays : events { reason : one of colours }",
    "parameter parameter_mass : mg",
    "parameter parameter_cap : mg or none",
    "parameter parameter_floor : mg or none",
    "parameter parameter_step : mg or none",
    "parameter parameter_cells : 10*9/L",
    "parameter parameter_ratio : number",
    "parameter parameter_wait : d",
    "parameter parameter_switch : yes or no",
    "parameter mrd_limit : number",
    "parameter mode : one of by_hand, by_table",
    "parameter table_mass : table of one of grades to mg",
    "parameter parameter_tags : set of tag_names",
    "parameter table_tags : table of one of grades to set of tag_names",
    "phase phase_days starts seen_day lasts 21 days",
    "phase phase_month starts birth_day lasts 1 month",
    "phase phase_year starts seen_day lasts 1 year",
    "phase phase_wait starts visit_time lasts parameter_wait",
    "phase phase_shots starts first shots lasts 2 weeks",
};

/* The number that stands there already is the first of some cases. */
static void make_cases(struct maker *m, enum dimension dimension)
{
    for (int n = 1 + make_below(m, 2); n > 0; n--) {
        fputs(" when ", m->out);
        make_condition(m, 1);
        fputs("\n  = ", m->out);
        make_number(m, dimension, 1);
    }
    fputs(make_one_in(m, 2) ? " when flag" : " when colour is not red", m->out);
}

static void make_define(struct maker *m)
{
    static const char *const words[DIMENSIONS] = {"mass", "cells", "level", "pure"};
    int kind = make_below(m, DIMENSIONS + 2);
    if (kind < DIMENSIONS) {
        fprintf(m->out, "define %s_%d = ", words[kind], m->defined[kind] + 1);
        make_number(m, (enum dimension)kind, 2);
        if (make_one_in(m, 4)) make_cases(m, (enum dimension)kind);
        m->defined[kind]++;
    } else if (kind == DIMENSIONS) {
        fprintf(m->out, "define condition_%d = ", m->conditions + 1);
        make_condition(m, 1);
        m->conditions++;
    } else {
        fprintf(m->out, "define span_%d = time from ", m->spans + 1);
        make_moment(m, 0);
        fputs(" to ", m->out);
        make_moment(m, 0);
        m->spans++;
    }
    fputs("\n", m->out);
}

/* What a plan gives on a day, or on a date where it has some. */
static void make_guarantee_of_day(struct maker *m)
{
    static const char *const days[] = {"day 1", "day 2", "day 8", "day 9", "day 15", "day 16"};
    static const char *const dates[] = {"seen_day", "day 8 of phase_days", "end of phase_days",
                                        "(start of phase_month + 1 day)", "(seen_day + 14 days)"};
    static const char *const amounts[] = {" <= parameter_mass", " < 76 mg", " is not 50 mg", " > 0 mg"};
    bool date = m->dated > 0 && make_one_in(m, 2), none = make_one_in(m, 4);
    fprintf(m->out, "guarantee \"guarantee %d\" %s", ++m->guarantees, none ? "no " : "");
    fprintf(m->out, "plan_%d on ", date ? m->dated : 1 + make_below(m, m->plans));
    if (date)
        make_word(m, dates, 5);
    else
        make_word(m, days, 6);
    if (!none) make_word(m, amounts, 4);
    fputs("\n", m->out);
}

/* What must hold of a rule; where it does not, the rule is marked. */
static void make_guarantee(struct maker *m)
{
    static const char *const of_doses[] = {" <= parameter_mass", " < 76 mg", " is not 50 mg"};
    if (m->plans > 0 && make_one_in(m, 2)) {
        make_guarantee_of_day(m);
        return;
    }
    fprintf(m->out, "guarantee \"guarantee %d\" ", ++m->guarantees);
    if (m->doses > 0 && make_one_in(m, 3)) {
        fprintf(m->out, "dose_%d", 1 + make_below(m, m->doses));
        make_word(m, of_doses, 3);
    } else if (m->plans > 0 && make_one_in(m, 3)) {
        fprintf(m->out, "total of plan_%d < 300 mg", 1 + make_below(m, m->plans));
    } else if (m->ranges > 0 && make_one_in(m, 2)) {
        make_within(m);
    } else if (m->classifies > 0) {
        fprintf(m->out, "class_%d is top implies (", 1 + make_below(m, m->classifies));
        make_condition(m, 1);
        fputs(")", m->out);
    } else {
        fputs("weight > 0 kg", m->out);
    }
    fputs("\n", m->out);
}

/* Rules that run for each element, with some that they read. */
static void make_list_rules(struct maker *m)
{
    for (int n = 3 + make_below(m, 3); n > 0; n--) {
        if (make_one_in(m, 4)) make_classify(m);
        if (make_one_in(m, 5)) make_set(m);
        if (make_one_in(m, 3))
            make_monitor(m);
        else
            make_alert(m);
    }
}

static void make_rules(struct maker *m)
{
    for (int n = 2 + make_below(m, 3); n > 0; n--) {
        if (make_one_in(m, 3))
            make_dose(m);
        else
            make_classify(m);
        if (make_one_in(m, 3)) make_set(m);
        if (make_one_in(m, 3)) make_alert(m);
        if (!m->style->plain && make_one_in(m, 3)) make_monitor(m);
    }
}

static void make_parts(struct maker *m)
{
    for (size_t i = 0; i < sizeof DECLARATIONS / sizeof *DECLARATIONS; i++)
        fprintf(m->out, "%s\n", DECLARATIONS[i]);
    if (!m->style->plain) {
        fputs("function capped(x : mg, top : mg) : mg = min(x, top) + 0.001 g\n"
              "function heavier(x : mg, limit : mg) : yes or no = x > limit and flag\n"
              "function graded(x : one of grades, other : yes or no) : yes or no = x >= mid or other\n"
              "function recent(day : date) : yes or no = any shots where (place is not low) since day\n"
              "function fresh_level(least : mg/dL) : mg/dL = latest labs where (value >= least)\n",
              m->out);
        m->functions = true;
        for (int n = make_below(m, 5); n > 0; n--)
            make_define(m);
    }
    if (m->style->lists)
        make_list_rules(m);
    else
        make_rules(m);
    if (!m->style->plain && make_one_in(m, 3)) make_guarantee(m);
}

char *program_make(uint64_t seed, const struct program_style *style)
{
    char *text = NULL;
    size_t size = 0;
    struct maker m = {.chance = {seed}, .style = style};
    m.out = open_memstream(&text, &size);
    if (m.out == NULL) abort();
    make_parts(&m);
    fclose(m.out);
    return text;
}
