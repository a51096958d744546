/*
 * The oracle: what a checked program says of a record, worked out slowly from the tree by the words of the
 * specification.  It shares the syntax tree with the compiler and nothing with the machine: numbers are
 * fractions, calendar and units are its own, lists are walked where they stand.
 *
 * It knows less than the machine: what is missing has no bounds and no regions.  So it may say that it cannot
 * tell where the machine decides; but what it is sure of, the machine must say too.
 */
#ifndef ORACLE_ORACLE_H
#define ORACLE_ORACLE_H

#include "compiler/compilation.h"
#include "runtime/eval.h"
#include "tests/oracle/patient.h"
#include "tests/oracle/rational.h"

enum answer_kind {
    ANSWER_UNKNOWN,
    ANSWER_FAULT,
    ANSWER_OFF, /* a parameter that is set to none */
    ANSWER_TRUTH,
    ANSWER_NUMBER,
    ANSWER_MOMENT,
    ANSWER_CODE,
    ANSWER_SET,
    ANSWER_ELEMENT,
};

/* What an expression means. */
struct answer {
    enum answer_kind kind;
    bool reported; /* UNKNOWN: there is something, but only a range */
    bool open;     /* UNKNOWN: the machine may know more, so even `is known` cannot be told */
    bool none;     /* UNKNOWN: the list is known to hold none */
    bool negative; /* the record says `negative` */
    bool yes;
    const struct rational *number; /* in the unit of the expression's type */
    bool is_time;
    int64_t lo, hi; /* MOMENT: microseconds, both included; a day from its first to its last */
    bool zoned;     /* a time that says how far its clock is from UTC */
    int offset;     /* in minutes */
    int code;
    uint64_t set;
    const struct happening *element;
};

enum { DAYS_MAX = 400, ROWS_MAX = 64, SET_ITEMS_MAX = 8 };

struct amount {
    const struct rational *lo, *hi; /* NULL: no dose that day */
};

/* Days from 1; day 0 is an amount that is not by day. */
struct plan {
    struct amount days[DAYS_MAX];
    int last; /* the last day that is looked at */
    bool no_statement;
};

/* What a rule with `for each` comes to for one element of its list. */
struct part {
    const struct happening *item;
    enum truth counts;          /* its `where` holds, and it is surely there; no: nothing else is told */
    bool sure;                  /* as in a verdict */
    enum outcome outcome;       /* where it is sure: DECIDED or FAULT */
    int member;                 /* DECIDED: the state */
    enum truth rows[ROWS_MAX];  /* an alert: by row; a monitor: by state */
    const char *says[ROWS_MAX]; /* an alert: what the row tells of it; NULL where that is not sure */
    int row_count;
};

/* What a collection or a recommendation says of one item. */
struct item_verdict {
    bool sure;
    enum item_state state;
    enum strength strength;
    bool named; /* by some row */
};

struct verdict {
    bool done;
    bool sure; /* what follows is what every implementation must say */
    enum outcome outcome;
    enum action action;
    enum fault fault;
    bool tentative; /* FAULT: but for it there would be another outcome */
    int member;
    enum truth applies;
    enum truth rows[ROWS_MAX]; /* of the conditions, as they stand in the image */
    bool used[ROWS_MAX];
    int row_count;
    struct plan plan;
    const struct schedule *schedule; /* that holds; NULL: none */
    bool scheduled, told, dated;     /* a schedule holds; it tells the days of the plan; their dates */
    struct plan course;              /* where it tells them: the amount of each day; day 1 is start */
    int64_t start;                   /* days since 1970 */
    const struct rational *total_lo, *total_hi;
    struct item_verdict items[SET_ITEMS_MAX];
    int item_count;
    struct part *parts; /* of `for each`, in the order of time */
    int part_count;
};

struct list_view { /* the elements of an input that are seen, in order of time */
    bool given;
    int count;
    struct happening *items;
};

struct element_scope {
    const struct expr *select;
    const struct happening *element;
    const struct answer *value; /* of a gap */
    struct element_scope *outer;
};

struct call_scope {
    const struct param *params;
    const struct answer *arguments;
    struct call_scope *outer;
};

/* The element that a rule with `for each` is at. */
struct each_scope {
    const struct expr *select; /* SELECT_EACH */
    const struct list_view *view;
    const enum truth *counts; /* one an element; NULL while that is found out */
    int at;
};

struct oracle {
    struct rationals numbers;
    struct compilation *program;
    const struct patient *patient;
    struct list_view *lists; /* one an input */
    struct verdict *classifies, *doses, *alerts, *monitors, *collects,
        *recommends; /* by the index of their declarations */
    const struct each_scope *each;
    struct element_scope *element;
    struct call_scope *call;
    bool after;    /* all rules have run: what is marked then is seen */
    long unknowns; /* how many conditions have come out unknown so far */
    long faults;   /* how many comparisons a fault has left open; one that is not of numbers counts twice */
};

/* Room for a program; lives in its arena but for the numbers. */
struct oracle *oracle_new(struct compilation *program);
void oracle_free(struct oracle *o);
/* All later questions are about this patient; answers to earlier ones are gone. */
void oracle_meet(struct oracle *o, const struct patient *patient);
const struct verdict *oracle_verdict(struct oracle *o, const struct decl *rule);

/* ---- oracle_value.c: kinds of answers --------------------------------------------------------------- */

struct answer answer_missing(void);
struct answer answer_open(void);
struct answer answer_fault(void);
struct answer answer_truth(enum truth truth);
struct answer answer_number(const struct rational *number); /* NULL: a fault */
struct answer answer_moment(bool is_time, int64_t lo, int64_t hi);
/* Whether one of the two is no value: then *out is what any calculation with them gives. */
bool answer_spoiled(const struct answer *a, const struct answer *b, struct answer *out);
enum truth answer_is_true(const struct answer *a);
enum truth truth_not(enum truth a);
enum truth truth_and(enum truth a, enum truth b);
enum truth truth_or(enum truth a, enum truth b);
/* What the record or the institution gives as a value of type. */
struct answer answer_datum(struct oracle *o, const struct datum *datum, const struct type *type);
/* How many of its dimension's first unit it is, exactly. */
const struct rational *unit_factor(struct rationals *pool, const struct unit *unit);
/* A number given in one unit, in another. */
struct answer answer_in_unit(struct oracle *o, const struct answer *a, const struct unit *from,
                             const struct unit *to);

/* ---- oracle_expr.c ---------------------------------------------------------------------------------- */

struct answer oracle_value(struct oracle *o, const struct expr *e);
enum truth oracle_truth(struct oracle *o, const struct expr *e); /* NULL: yes */
/* The same, with a fault only where nothing beside it was unknown: what is, might yet take the fault away. */
enum truth oracle_sure_truth(struct oracle *o, const struct expr *e);
/* The number of e in unit. */
struct answer oracle_number(struct oracle *o, const struct expr *e, const struct unit *unit);
/* Through names for selections and definitions. */
const struct expr *oracle_strip(const struct expr *e);

/* ---- oracle_compare.c ------------------------------------------------------------------------------- */

/* a SIGN b, where SIGN is EXPR_LT .. EXPR_GE or EXPR_IS. */
enum truth oracle_compare(struct oracle *o, enum expr_kind sign, const struct expr *a, const struct expr *b);
/* The same of two values in one unit. */
enum truth answer_compare(enum expr_kind sign, const struct answer *a, const struct answer *b);

/* ---- oracle_time.c ---------------------------------------------------------------------------------- */

int64_t moment_day(int64_t micros);
/* What the record says of a date or a time: as a time, with its offset, or as a day, by its own clock. */
struct answer datum_moment(const struct datum *d, bool as_time);
/* What b's readings must be moved by, to be compared with those of a: offsets count where both have one. */
int64_t clocks_apart(const struct datum *a, const struct datum *b);
/* Whether all that a can mean lies before all that b can. */
bool datum_before(const struct datum *a, const struct datum *b);
/* day moved by calendar months and then by days. */
int64_t day_moved(int64_t day, int64_t months, int64_t days);
/* The first and last day of its month (months 1) or year (12). */
void day_period(int64_t day, int months, int64_t *first, int64_t *last);
void day_parts(int64_t day, int *year, int *month, int *of_month);
/* A date or a selected thing as a moment: as its day, or as a time. */
struct answer oracle_day(struct oracle *o, const struct expr *e);
struct answer oracle_time(struct oracle *o, const struct expr *e);
bool length_counts_dates(const struct type *length);
/* at moved by sign * length. */
struct answer oracle_shift(struct oracle *o, const struct answer *at, const struct expr *length, int sign);
struct answer moment_moved(const struct answer *at, int64_t count, enum cal_unit unit);
/* Moved as `time from` compares: dates by the calendar, times by their clock, hours as elapsed time. */
enum truth oracle_span_compare(struct oracle *o, enum expr_kind sign, const struct expr *span,
                               const struct expr *limit);
struct answer oracle_completed(struct oracle *o, const struct expr *e);
/* start of P, end of P, day of P, day N of P */
struct answer oracle_phase(struct oracle *o, const struct expr *e);
struct answer oracle_phase_end(struct oracle *o, const struct decl *phase);
/* A length as a whole number of months, days or microseconds; otherwise what it is instead. */
struct answer oracle_count(struct oracle *o, const struct expr *length, enum cal_unit *unit, int64_t *count);

/* ---- oracle_set.c: collections, recommendations, and what is asked of sets ---------------------------- */

void oracle_set(struct oracle *o, const struct decl *rule, struct verdict *v);
/* The whole set that a rule fills. */
struct answer oracle_set_value(struct oracle *o, const struct decl *rule);
enum truth oracle_includes(struct oracle *o, const struct expr *e);
enum truth oracle_meets(struct oracle *o, const struct expr *e);

/* ---- oracle_guarantee.c ------------------------------------------------------------------------------ */

/* Whether a guarantee that names the rule, also through definitions, does not hold: then the rule is shown as
   a fault. */
enum truth oracle_marked(struct oracle *o, const struct decl *rule);

/* ---- oracle_say.c ------------------------------------------------------------------------------------ */

/* A message with its values; lives in the program's arena.  NULL where there is none, or one of them is not
   known in words that are short and sure. */
const char *oracle_say(struct oracle *o, const struct text *text);

/* ---- oracle_alert.c: alerts and monitors ------------------------------------------------------------- */

void oracle_alert(struct oracle *o, const struct decl *rule, struct verdict *v);
void oracle_monitor(struct oracle *o, const struct decl *rule, struct verdict *v);
/* Whether a happening lies before the next element that counts. */
enum truth oracle_before_next(struct oracle *o, const struct happening *h);

/* ---- oracle_select.c -------------------------------------------------------------------------------- */

void oracle_see_lists(struct oracle *o);
/* A window as a condition: whether the element in hand lies in it. */
enum truth oracle_in_window(struct oracle *o, const struct expr *e);
/* Whether it may lie after now, and so not be there. */
bool oracle_may_be_later(const struct oracle *o, const struct happening *h);
/* One date, or one moment; two values of one month are two. */
bool happenings_same_moment(const struct happening *a, const struct happening *b);
struct answer oracle_select(struct oracle *o, const struct expr *e);
struct answer oracle_element(struct oracle *o, const struct expr *e);
/* When what is selected was. */
struct answer oracle_moment(struct oracle *o, const struct expr *e);
struct answer oracle_field(struct oracle *o, const struct happening *element, const struct expr *e,
                           const struct type *list);

/* ---- oracle_classify.c, oracle_dose.c --------------------------------------------------------------- */

void oracle_classify(struct oracle *o, const struct decl *rule, struct verdict *v);
void oracle_dose(struct oracle *o, const struct decl *rule, struct verdict *v);
/* In which the amounts of its plan are. */
const struct unit *dose_unit(const struct decl *rule);

/* ---- oracle_asked.c --------------------------------------------------------------------------------- */

/* AMOUNT is within DOSE */
enum truth oracle_within(struct oracle *o, const struct expr *e);
/* DOSE on day N, DOSE on DATE */
struct answer oracle_on(struct oracle *o, const struct expr *e);

/* ---- oracle_drug.c ---------------------------------------------------------------------------------- */

/* Whether a decided dose stands against another one of its drug: then both are shown as conflicts. */
enum truth oracle_contradicted(struct oracle *o, const struct decl *rule);
/* The verdict as an expression reads it: where that is a guarantee's, with this mark. */
const struct verdict *oracle_seen(struct oracle *o, const struct decl *rule);

/* ---- oracle_schedule.c ------------------------------------------------------------------------------ */

enum schedule_trouble { SCHEDULE_FINE, SCHEDULE_DOUBT, SCHEDULE_BAD };

/* Dates the plan of v by a schedule that holds; BAD: a fault. */
enum schedule_trouble oracle_schedule(struct oracle *o, const struct schedule *s, struct verdict *v,
                                      enum fault *fault);
bool oracle_same_schedule(struct oracle *o, const struct schedule *a, const struct schedule *b);

/* The amount that `instead of` and agreement work on is known by the names of rows; may is whether it could
 * hold. */
bool verdict_may(const struct verdict *v, int row);

#endif
