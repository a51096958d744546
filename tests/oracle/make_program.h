/*
 * Rule files by chance: well-typed by construction, in the language as people write it.  Thresholds are taken
 * from a few values a kind, so that rows meet at their boundaries.
 */
#ifndef ORACLE_MAKE_PROGRAM_H
#define ORACLE_MAKE_PROGRAM_H

#include <stdio.h>

#include "tests/oracle/random.h"

struct program_style {
    bool monotone; /* nothing asks whether a value is known: more knowledge never takes a result back */
    bool plain;    /* conditions compare single inputs with literals: what is missing varies freely */
    bool lists;    /* mostly rules that run for each element of a list */
};

/* The text of a program; malloc'ed. */
char *program_make(uint64_t seed, const struct program_style *style);

/* ---- make_expr.c ------------------------------------------------------------------------------------ */

enum dimension { MASS, CELLS, LEVEL, PURE, DIMENSIONS };

struct maker {
    struct chance chance;
    const struct program_style *style;
    FILE *out;
    int defined[DIMENSIONS]; /* definitions so far: mass_1, mass_2, ... */
    int conditions;          /* condition_1, ... */
    int spans;               /* span_1, ... */
    int classifies;          /* class_1, ... : all of low < mid < top */
    int doses;               /* dose_1, ... , single amounts in mg */
    int plans;               /* plan_1, ... , by days */
    int dated;               /* the last plan whose days a schedule dates; 0: none */
    int ranges;              /* range_1, ... , single ranges in mg */
    bool point;              /* of a dose that is being written: others can read it as one amount */
    int alerts, monitors;    /* alert_1, ...; monitor_1, ... */
    int sets;                /* set_1, ... : of tag_names */
    int items;               /* names of elements of `for each` */
    bool functions;          /* capped, heavier, graded, recent and fresh_level are there */
    int bindings;
    int guarantees;
    int near; /* of a row that is being written: near_N that it names; 0: none */
};

int make_below(struct maker *m, int count);
bool make_one_in(struct maker *m, int n);
/* One of the words, chosen by chance. */
void make_word(struct maker *m, const char *const *words, int count);
void make_number(struct maker *m, enum dimension dimension, int depth);
void make_literal(struct maker *m, enum dimension dimension);
/* A condition that stands without brackets beside `when`; make_simple: one that stands anywhere. */
void make_condition(struct maker *m, int depth);
void make_simple(struct maker *m, int depth);
/* Whether an amount lies in a dose that is a range; there is one. */
void make_within(struct maker *m);
/* `end of phase_days`: a date of a phase. */
void make_phase_date(struct maker *m);
/* What can stand in a moment's place. */
void make_moment(struct maker *m, int depth);

/* ---- make_select.c ---------------------------------------------------------------------------------- */

/* latest labs where (...) since ...: a selection of values in mg/dL, in brackets */
void make_level_selection(struct maker *m, int depth);
void make_list_condition(struct maker *m, int depth);
void make_list_number(struct maker *m, int depth);

/* " where (...)" on an element of labs, shots or stays. */
void make_where(struct maker *m, const char *list);
/* Of the element alone: value and assay of labs, amount and place of shots, reason of stays. */
void make_own_where(struct maker *m, const char *list);

/* ---- make_each.c ------------------------------------------------------------------------------------ */

/* `for each LIST where (...) as item_N`; its number. */
int make_each(struct maker *m, const char *list);
/* The same with rows of an alert that speak of the element: several of the same selections. */
void make_each_rows(struct maker *m, const char *list);

/* ---- make_set.c ------------------------------------------------------------------------------------- */

/* A collection or a recommendation. */
void make_set(struct maker *m);
/* A question to a set: of the record, a parameter, an event, a rule. */
void make_set_condition(struct maker *m);

/* ---- make_rule.c ------------------------------------------------------------------------------------ */

void make_classify(struct maker *m);
void make_dose(struct maker *m);

/* ---- make_alert.c ----------------------------------------------------------------------------------- */

void make_alert(struct maker *m);
void make_monitor(struct maker *m);

#endif
