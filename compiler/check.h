/*
 * What the files of the check stage share.
 *
 *   check.c          the declarations in turn, each once, and on demand those that another one reads
 *   check_expr.c     expressions: literals, arithmetic, conditions
 *   check_name.c     what a word means where it stands
 *   check_call.c     functions, `FIELD of`, `TABLE of`
 *   check_compare.c  comparisons
 *   check_state.c    what is asked of an outcome: `is known`, `is withheld`, `is within`
 *   check_question.c what only a test asks: of an item of a set, of the rows of a dose
 *   check_select.c   selections from series and events, windows
 *   check_unit.c     whether two amounts may stand beside each other
 *   check_report.c   the messages that several of them share
 *   check_decl.c     inputs, parameters, functions, guarantees
 *   check_phase.c    phases, and the days that are counted in them
 *   check_rows.c     classifications
 *   check_set.c      collections and recommendations
 *   check_alert.c    alerts
 *   check_monitor.c  monitors
 *   check_table.c    tables to rows and clauses
 *   check_dose.c     doses
 *   check_days.c     the days of a dose's plan
 *   check_schedule.c when a dose is given, and what is asked of its plan
 *   check_test.c     tests and site files
 *   check_shown.c    what stands on top of a report
 *   check_literal.c  values that these write out
 *   check_graph.c    what reads what: cycles, order, expanded size, what nothing reads
 *
 * A type is never NULL.  TYPE_ERROR means that something was reported, and everything is silent about it.
 */
#ifndef REGIMEN_CHECK_H
#define REGIMEN_CHECK_H

#include "compiler/symbols.h"
#include "compiler/types.h"

enum {
    DEFINITIONS_DEPTH_MAX = 1000, /* levels with all definitions put in */
    EXPANDED_MAX = 100000,        /* parts of a rule with all definitions put in */
};

struct name_set;

/* A word that a selection or `as` gives a meaning, innermost first. */
enum scope_kind { SCOPE_BINDING, SCOPE_ELEMENT };

struct scope {
    enum scope_kind kind;
    struct expr *node;    /* BINDING: the EXPR_AS; ELEMENT: the EXPR_SELECT whose list's fields are meant */
    struct type *element; /* ELEMENT: an ELEMENT type for events, a dated QUANTITY for a series */
    const struct scope *outer;
};

enum check_place { CHECK_RULE, CHECK_GUARANTEE, CHECK_EXPECT };

enum check_mark { MARK_NEW, MARK_CHECKING, MARK_CHECKED };

struct checker {
    struct compilation *c;
    struct arena *arena;
    struct diag_sink *sink;
    struct protocol *protocol; /* from which names are looked up */
    struct decl *decl;         /* the declaration that is being checked */
    const struct scope *scope;
    struct type *subject;    /* what EXPR_SUBJECT stands for, or NULL */
    const struct expr *head; /* of a cell: the heading that it is tested against */
    enum check_place place;
    const struct expr *expect; /* the whole of what a test expects */
    bool whole_value;          /* the next expression is the whole value of a clause: it may be `none` */
    int depth;                 /* levels above the current expression, with the declarations that led here */
};

/* ---- check.c ---- */
/* The type that d has where it is read; checks it first where that is needed. */
struct type *check_decl_type(struct checker *ck, struct decl *d);

/* ---- check_expr.c ---- */
/* Types e and everything in it.  want, or NULL, is the type that its place expects: it decides what an
   enumeration value means. */
struct type *check_expr(struct checker *ck, struct expr *e, const struct type *want);
/* The same where one value must stand: a list, an event, a table, a calendar time are reported. */
struct type *check_value(struct checker *ck, struct expr *e, const struct type *want);
void check_condition(struct checker *ck, struct expr *e);
/* A moment: a date, a time, or something selected, which stands for its date (*slot is then wrapped in
 * DATE_OF). */
void check_moment(struct checker *ck, struct expr **slot);
/* A quantity; false where it is not one. */
bool check_quantity(struct checker *ck, struct expr *e);
/* The expressions inside a text; NULL is no text. */
void check_text(struct checker *ck, struct text *text);

/* ---- check_name.c ---- */
struct type *check_name(struct checker *ck, struct expr *e, const struct type *want, bool whole_value);
/* The visible declaration called name, or NULL without a message. */
struct decl *check_lookup(const struct checker *ck, const char *name);
/* The member of an enumeration, `other` of an open one too; NULL without a message. */
struct enum_value *check_member(struct checker *ck, const struct enumeration *enumeration, const char *name);
void report_value_unknown(struct checker *ck, struct span span, const char *word,
                          const struct enumeration *enumeration);
void report_name_unknown(struct checker *ck, const struct expr *e);
/* Whether a name given by `as`, or a field of the element in scope, is called so. */
bool check_scope_has(const struct checker *ck, const char *name);
/* False where it has a meaning already, which is reported. */
bool check_binding_name(struct checker *ck, const struct name *name);

/* ---- check_call.c ---- */
struct type *check_call(struct checker *ck, struct expr *e);
struct type *check_of(struct checker *ck, struct expr *e);

/* ---- check_compare.c ---- */
struct type *check_order(struct checker *ck, struct expr *e);
struct type *check_is(struct checker *ck, struct expr *e);
struct type *check_is_one_of(struct checker *ck, struct expr *e);
struct type *check_is_range(struct checker *ck, struct expr *e);
struct type *check_includes(struct checker *ck, struct expr *e);
struct type *check_meets(struct checker *ck, struct expr *e);
/* Whether b is of the type of a, both checked; reports with both places, and with sentence where the kinds
 * differ. */
bool check_alike(struct checker *ck, const struct expr *a, const struct expr *b, const char *sentence);

/* ---- check_state.c ---- */
/* The inputs and parameters behind `because of`. */
void check_reason_names(struct checker *ck, struct expr *e);
struct type *check_is_state(struct checker *ck, struct expr *e);
struct type *check_is_within(struct checker *ck, struct expr *e);

/* ---- check_question.c ---- */
/* `ITEM of SET`, of which a test asks what it comes to. */
bool check_is_item(const struct checker *ck, const struct expr *e);
struct type *check_item_question(struct checker *ck, struct expr *e);
/* `is withheld by ...` and their like; the left side is typed. */
struct type *check_row_question(struct checker *ck, struct expr *e);
/* Whether e is the whole of what a test expects; reports if not. */
bool check_question_place(struct checker *ck, const struct expr *e);

/* ---- check_select.c ---- */
struct type *check_select(struct checker *ck, struct expr *e);
struct type *check_gaps(struct checker *ck, struct expr *e);
struct type *check_as(struct checker *ck, struct expr *e, const struct type *want);
struct type *check_active_at(struct checker *ck, struct expr *e);
/* `until is known`: e is the IS_STATE. */
struct type *check_until_known(struct checker *ck, struct expr *e);
/* `until` anywhere else. */
struct type *report_until(struct checker *ck, const struct expr *e);
struct type *check_in_window(struct checker *ck, struct expr *e);
struct type *check_date_of(struct checker *ck, struct expr *e);
/* `for each ... as x`: x has its meaning from here on. */
void check_for_each(struct checker *ck, struct expr *each);
/* The type of the name that an EXPR_AS gives. */
struct type *check_bound_type(struct checker *ck, const struct expr *as);
/* A count of calendar units or an elapsed time: 14 days, 36 h.  False where it is none (reported under code).
 */
bool check_length(struct checker *ck, struct expr *e, enum diag_code code);
/* Whether both ends, which are lengths, are on one scale: months and years, weeks and days, or hours; reports
 * if not. */
bool check_one_scale(struct checker *ck, const struct expr *low, const struct expr *high);
/* Two lengths, the first not above the second, on one scale; either may be NULL. */
void check_lengths(struct checker *ck, struct expr *low, struct expr *high);

/* ---- check_unit.c ---- */
/* Whether two amounts, both typed, may be compared, added or capped by each other; reports if not. */
bool check_units(struct checker *ck, const struct expr *a, const struct expr *b);
/* False, and reported with both readings, where one is a number that was written without a unit and the other
   one an amount in percent or another unit of numbers: 5 beside 10 % could be 5 % or 500 %.  True of what is
   no amount. */
bool check_unit_written(struct checker *ck, const struct expr *a, const struct expr *b);
/* The same of percent alone: where the number cannot be meant plainly, mg/kg leaves no doubt. */
bool check_percent_written(struct checker *ck, const struct expr *a, const struct expr *b);
/* The same of all that the tests of `a and b`, `a or b` compare one expression with. */
void check_joined_units(struct checker *ck, const struct expr *joined);
/* `60 - 75 mg/m2`, where a range was meant: reported. */
bool check_is_dash(struct checker *ck, const struct expr *difference);
/* For a number that was written without a unit: with this one, or the one that is meant. */
void advise_unit_behind(struct checker *ck, struct diag *d, const struct expr *number, const char *unit);
/* The ends of an input's range: one without a unit is in that of the input, which must not be another than
   that of the other end. */
bool check_range_units(struct checker *ck, const struct expr *low, const struct expr *high,
                       const struct unit *unit);

/* ---- check_report.c ---- */
/* "these two amounts have different units", with both places, and where each comes from. */
void report_units_differ(struct checker *ck, const struct expr *a, const struct expr *b);
void report_not_a_value(struct checker *ck, const struct expr *e);
/* True, and reported, where type, which e has, is a text. */
bool refuse_text_value(struct checker *ck, const struct expr *e, const struct type *type);
/* Adds where the unit or type of e comes from. */
void note_origin(struct checker *ck, struct diag *d, const struct expr *e);
/* The name of what an expression reads, "" where it is no name: for advice. */
const char *expr_words(const struct expr *e);
struct span expr_span(const struct checker *ck, const struct expr *e);

/* ---- check_decl.c ---- */
void check_input(struct checker *ck, struct decl *d);
void check_define(struct checker *ck, struct decl *d);
void check_function(struct checker *ck, struct decl *d);
void check_guarantee(struct checker *ck, struct decl *d);
/* The value of a number that is written out, perhaps with a minus; false where e is something else. */
bool literal_value(const struct expr *e, decimal *value);
/* The literal e in unit; a bare number counts as being in it.  False where e is none or has another
 * dimension. */
bool literal_in_unit(const struct expr *e, const struct unit *unit, decimal *value);

/* ---- check_shown.c ---- */
void check_shown(struct checker *ck, struct decl *d);

/* ---- check_rows.c, check_table.c, check_dose.c ---- */
void check_classify(struct checker *ck, struct decl *d);
/* The texts of a tail; `say` and `advise` are refused. */
void check_reason(struct checker *ck, const struct tail *tail);
/* The same; a strength is refused too. */
void check_tail(struct checker *ck, struct tail *tail);
/* The name that a row is given and the one that it replaces; above: the names so far. */
void check_row_label(struct checker *ck, const struct name *name, const struct name *instead_of,
                     struct name_set *above);
/* Appends the rows of d's tables to d->rows, or their clauses to d->clauses; conditions are checked. */
void check_tables(struct checker *ck, struct decl *d);
/* Whether they have any, good or bad: a heading by itself says nothing. */
bool tables_have_rows(const struct decl *d);
void check_dose(struct checker *ck, struct decl *d);

/* ---- check_phase.c ---- */
void check_phase(struct checker *ck, struct decl *d);
/* Where e, a `WORD of NAME`, asks for the start, the end or the day of a phase, makes it that. */
bool check_is_phase_part(const struct checker *ck, struct expr *e);
struct type *check_phase_part(struct checker *ck, struct expr *e);
struct type *check_phase_day(struct checker *ck, struct expr *e);
/* A whole number from 1 that counts days of what (`a phase`, `a plan`); reports under code. */
bool check_day_number(struct checker *ck, struct expr *e, enum diag_code code, const char *what);
/* The phase that a NAME means; NULL where there is none or it is broken: reported. */
struct decl *check_phase_name(struct checker *ck, struct expr *e);
/* False where day, a number, surely lies after the end of the phase: reported. */
bool check_day_inside(struct checker *ck, const struct decl *phase, const struct expr *day);

/* ---- check_schedule.c ---- */
/* `DOSE on day 8`, `DOSE on DATE`, `no DOSE on ...` */
struct type *check_on(struct checker *ck, struct expr *e);
struct type *check_none_on(struct checker *ck, struct expr *e);

/* ---- check_set.c ---- */
void check_set_rule(struct checker *ck, struct decl *d);

/* ---- check_alert.c ---- */
void check_alert(struct checker *ck, struct decl *d);
/* check_monitor.c */
void check_monitor(struct checker *ck, struct decl *d);
/* The tail of an alert or a monitor, or of a row of one: `because`, `say`, `advise` and their strengths. */
void check_telling(struct checker *ck, const struct tail *tail);

/* ---- check_test.c ---- */
void check_test(struct checker *ck, struct decl *d);
/* seen: the parameters that are set already */
void check_settings(struct checker *ck, struct setting *settings, struct name_set *seen);

/* ---- check_graph.c ---- */
/* After all declarations: cycles, ranks (decl->mark), sizes, `nothing reads`, unused declarations. */
void check_graph(struct compilation *c);

#endif
