/*
 * The syntax tree.  grammar.y builds it and does nothing else; resolve and check fill in the fields that are
 * marked so; every node has its span.
 *
 * Lists are singly linked through `next`, in source order.  Everything lives in the compilation's arena.
 */
#ifndef REGIMEN_AST_H
#define REGIMEN_AST_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler/source.h"
#include "runtime/calendar.h"
#include "runtime/decimal.h"
#include "runtime/image.h"
#include "runtime/units.h"

struct decl;
struct expr;

struct name {
    const char *text; /* NULL where none was written */
    struct span span;
    struct name *next;
    struct decl *decl; /* filled by resolve where it names a declaration: a source, a parameter, an input */
};

/* ---- Types ------------------------------------------------------------------------------------------ */

enum type_kind {
#define TYPE(name) TYPE_##name,
#include "compiler/type_kinds.def"
#undef TYPE
};

struct enum_value {
    const char *name;
    struct span span;
    int code; /* from 0, in order of declaration */
    struct enum_value *next;
};

struct enumeration {
    const char *name; /* NULL where it stands in an input: one of good, poor */
    struct enum_value *values;
    int count;
    bool or_other;
    bool ordered; /* standard < high */
    struct span span;
    int index; /* filled by resolve: place in the image's list */
};

struct field {
    const char *name;
    struct type *type;
    struct span span;
    int index; /* from 0 */
    struct field *next;
};

struct type {
    enum type_kind kind;
    struct span span;
    struct unit unit;                /* QUANTITY, SERIES */
    bool whole;                      /* count */
    bool or_none;                    /* parameter: mg or none */
    struct enumeration *enumeration; /* ENUM, SET; filled by resolve where only named */
    struct name enum_name;           /* ENUM, SET, NAMED: `one of lineages` as written */
    struct field *fields;            /* SERIES, EVENTS, ELEMENT */
    struct type *key, *value;        /* TABLE */
    struct decl *list;               /* ELEMENT: the input selected from; filled by check */
};

/* ---- Expressions ------------------------------------------------------------------------------------ */

enum expr_kind {
#define EXPR(name) EXPR_##name,
#include "compiler/expr_kinds.def"
#undef EXPR
};

enum selector {
    SELECT_LATEST,
    SELECT_FIRST,
    SELECT_HIGHEST,
    SELECT_LOWEST,
    SELECT_AVERAGE,
    SELECT_TOTAL,
    SELECT_COUNT,
    SELECT_ANY,
    SELECT_EVERY,
    SELECT_EACH /* of `for each`: the one that the rule is at */
};

enum window_kind {
#define WINDOW(name) WINDOW_##name,
#include "compiler/window_kinds.def"
#undef WINDOW
};

struct window {
    enum window_kind kind;
    struct span span;
    struct expr *low, *high;  /* lengths */
    struct expr *anchor, *to; /* times */
};

enum state { /* the words of `x is ...` that look at an outcome */
#define STATE(name, words) STATE_##name,
#include "compiler/states.def"
#undef STATE
};

/* What every element has beside its declared fields. */
enum pseudo_field { PSEUDO_NONE, PSEUDO_VALUE, PSEUDO_DATE };

struct expr {
    enum expr_kind kind;
    struct span span;
    int depth;    /* levels of the tree from here down: at most DEPTH_MAX of syntax.h */
    bool negated; /* IS, IS_ONE_OF, IS_RANGE, IS_STATE, IS_WITHIN */
    bool parenthesised;
    struct expr *a, *b, *c;
    struct expr *args; /* CALL, IS_ONE_OF, COUNT_OF, LIST; linked by next */
    struct expr *next;
    struct name name; /* NAME, CALL, OF (field or table), AS */
    decimal number;   /* NUMBER */
    bool has_unit;    /* NUMBER, IN_UNIT, COMPLETED */
    struct unit unit; /* NUMBER, IN_UNIT, COMPLETED (the calendar unit) */
    struct span unit_span;
    struct cal_value date; /* DATE */
    struct text *text;     /* TEXT */
    enum state state; /* IS_STATE; b: its word as a NAME, where it may be the value of an enumeration too */
    struct name *reasons;   /* IS_STATE in an expect: unknown because of a, b */
    struct name *rows;      /* IS_STATE in an expect: withheld by a, b */
    enum selector selector; /* SELECT: from a (a NAME or a GAPS_OF) */
    struct expr *where;     /* SELECT */
    struct expr *claim;     /* SELECT every: has CLAIM */
    struct window window;   /* SELECT */
    /* filled by check */
    struct type *type;
    struct decl *decl;   /* NAME, CALL, OF a table, TOTAL_OF, PHASE_...: what the name means, where it is a
                            declaration */
    struct expr *bound;  /* NAME: the EXPR_AS that binds it; of a field or pseudo-field: the EXPR_SELECT whose
                            element it is of */
    struct param *param; /* NAME: a parameter of the function that is being checked */
    struct enum_value *value; /* NAME that is an enumeration value */
    struct field *field;      /* NAME or OF: a field of the element in scope */
    int builtin;              /* CALL: enum builtin, or -1; NAME: enum pseudo_field */
};

/* A text in quotes: literal parts and {expressions}. */
struct text_part {
    const char *literal; /* NULL: an expression */
    struct expr *expr;
    struct text_part *next;
};

struct text {
    struct span span;
    struct text_part *parts;
    const char *plain; /* the whole where no part is an expression, else NULL */
};

/* ---- Citations, rows, clauses ----------------------------------------------------------------------- */

struct cite {
    struct name source;
    struct text *at; /* or NULL */
    struct span span;
    struct cite *next;
};

/* advise "..." strength option, of an alert or a monitor */
struct advice {
    struct text *text;
    struct name strength; /* or without text */
    struct advice *next;
};

/* What may follow a header, a row or a clause: trace, cite, because, strength, say, advise. */
struct tail {
    struct name *traces;
    struct cite *cites;
    struct text *because;
    struct name strength;
    struct text *say;
    struct advice *advices;
};

/* ROW_VALUE of an alert: raised. */
enum row_kind { ROW_VALUE, ROW_NO_STATEMENT, ROW_EQUIPOISE, ROW_INCLUDE, ROW_EXCLUDE };

struct row { /* of a classify, a collect, a recommend, an alert */
    struct span span;
    enum row_kind kind;
    struct name value;  /* ROW_VALUE */
    struct name *items; /* of a set: INCLUDE, EXCLUDE, EQUIPOISE */
    bool one_of;        /* INCLUDE: one choice */
    struct expr *when;  /* NULL: otherwise, or a table row that always holds */
    bool otherwise;
    struct name name; /* `as young` */
    struct name instead_of;
    struct tail tail;
    struct row *next;
    struct enum_value *member; /* filled by check */
};

struct route {
    const char *code;            /* of routes.def */
    struct expr *over, *over_to; /* or NULL */
    struct span span;
    struct route *next;
};

struct step {
    struct span span;
    struct expr *amount; /* may be an EXPR_TO: a range */
    bool no_statement;
    struct expr *days; /* NULL: not by day; else NUMBER, TO, or LIST of them */
    struct step *next;
};

struct schedule { /* when a dose is given */
    enum schedule_form form;
    struct span span;
    struct expr *phase;            /* the NAME of a phase, or NULL */
    struct expr *days;             /* DAYS: NUMBER, TO, or LIST of them */
    struct expr *every, *every_to; /* EVERY: lengths; every_to may be NULL */
    struct expr *times;            /* TIMES: a NUMBER; NULL: once */
    struct unit unit;              /* TIMES */
    struct span unit_span;
    bool broken; /* reported already */
};

enum clause_kind {
#define CLAUSE(name, word, column) CLAUSE_##name,
#include "compiler/clauses.def"
#undef CLAUSE
};

struct clause { /* of a dose */
    enum clause_kind kind;
    struct span span;
    struct step *steps; /* AMOUNT */
    struct expr *value; /* AT_LEAST, AT_MOST, CHOOSE; ROUND: the step; WITHHOLD, ASK, WARN: NULL, see when */
    enum decimal_rounding rounding;
    struct route *routes;
    struct schedule *schedule;             /* SCHEDULE */
    struct expr *least, *most, *from, *to; /* INTERVAL: at least LEAST to MOST from FROM to TO */
    struct expr *when;                     /* NULL: always; of WITHHOLD, ASK, WARN: the condition */
    struct name name, instead_of;
    struct tail tail;
    bool from_table; /* a table row: its id is RULE#n */
    struct clause *next;
};

struct column {
    struct span span;
    struct expr *head;       /* a condition column; a name may turn out to be the result: check decides */
    enum clause_kind clause; /* CLAUSE_NONE unless headed by a clause word */
    struct column *next;
};

struct cell {
    struct span span;
    bool empty;
    struct expr
        *test; /* a test over EXPR_SUBJECT, a plain value (alone: SUBJECT is it), a TO, a LIST, ANY_CELL */
    bool no_statement, equipoise;
    struct text *text;         /* a because column */
    struct name *names;        /* a trace, strength, include, exclude or equipoise column */
    bool one_of;               /* an include column: names is one choice */
    struct cite *cites;        /* a cite column */
    struct route *routes;      /* a route column */
    struct schedule *schedule; /* a schedule column */
    enum decimal_rounding rounding;
    bool has_rounding; /* a round column: `to nearest 5 mg`, the step in test */
    struct cell *next;
};

struct table_row {
    struct span span;
    struct cell *cells;
    bool broken; /* did not parse; reported already */
    struct table_row *next;
};

enum { TABLE_COLUMNS_MAX = 100 };

struct table {
    struct span span;
    struct column *columns;
    struct table_row *rows;
    struct table *next;
};

/* expect S where (...) from FROM to TO, of a monitor */
struct watch {
    struct span span;
    struct expr *select;    /* an EXPR_SELECT without a window */
    struct expr *from, *to; /* lengths; from: NULL for `within TO` */
};

/* ---- Declarations ----------------------------------------------------------------------------------- */

enum policy { POLICY_AGREEMENT, POLICY_FIRST_MATCH, POLICY_HIGHEST };

enum decl_kind {
#define DECL(name) DECL_##name,
#include "compiler/decl_kinds.def"
#undef DECL
};

struct code { /* code loinc "6690-2" */
    struct name system;
    struct text *value;
    struct code *next;
};

struct param { /* of a function */
    struct name name;
    struct type *type;
    struct param *next;
};

struct given { /* of a test: name value; name at date (fields) */
    struct span span;
    struct name name;
    struct expr *value;      /* quantity, yes, no, enumeration value, date, text; a LIST for a set */
    bool empty;              /* ae empty */
    bool negative;           /* mrd negative; value: the word, which may be one of an enumeration */
    struct text *other;      /* planned_drug other "..." */
    struct text *missing;    /* x missing "not tested" */
    const char *censor;      /* "<", "<=", ">", ">=" before the value, or NULL */
    struct expr *at, *until; /* events and series */
    bool ongoing;
    struct given *fields; /* inside the brackets */
    struct given *next;
};

struct setting { /* set name value, in a site file or a test */
    struct span span;
    struct name name;
    struct expr *value;   /* EXPR_NONE: none; a LIST: a set; NULL: a table, see rows */
    struct setting *rows; /* a table parameter: key value, key value */
    struct text *because;
    struct setting *next;
};

struct decl {
    enum decl_kind kind;
    struct span span; /* the header: the declaration word to its name or label */
    struct name name;
    struct text *label; /* or NULL */
    bool broken; /* its header or its value did not parse: the checker is silent about it, but knows its name
                  */
    bool incomplete; /* clauses or rows of it were dropped: the others are checked, and nothing is said of the
                        whole */
    bool names_lost; /* among what was dropped names may have been given for the rest */
    struct tail tail;
    struct type *type; /* INPUT, PARAMETER, FUNCTION (result), COLLECT, RECOMMEND; DEFINE: filled by check */
    struct expr *low, *high;     /* INPUT: from .. to */
    struct expr *starts, *lasts; /* PHASE: the moment of its first day; how long */
    struct name negative_below;  /* INPUT: the parameter */
    struct code *codes;
    struct param *params;            /* FUNCTION */
    struct expr *body;               /* DEFINE, FUNCTION, GUARANTEE */
    struct enumeration *enumeration; /* ENUMERATION, CLASSIFY; ALERT, MONITOR: filled by resolve */
    struct text *in;                 /* SOURCE: the document */
    enum policy policy;              /* CLASSIFY */
    struct expr *applies;            /* of a rule, or NULL */
    struct row
        *rows; /* CLASSIFY, COLLECT, RECOMMEND, ALERT: rule lines; check appends the rows of its tables */
    struct name severity; /* ALERT; without text where none is written */
    struct expr *follows; /* MONITOR: `after T`; check puts the element of `for each` there */
    struct watch *watch;  /* MONITOR: what is expected */
    struct expr *overdue; /* MONITOR: a length, or NULL */
    struct expr
        *each; /* ALERT, MONITOR, or NULL: `for each E where (...) as x`, an EXPR_AS of an EXPR_SELECT */
    struct name drug;       /* DOSE of DRUG */
    struct clause *clauses; /* DOSE; check appends those of its tables */
    struct table *tables;
    struct expr *as_of;       /* TEST */
    struct setting *settings; /* TEST; SET: one */
    struct given *givens;     /* TEST */
    struct expr *expects;     /* TEST: conditions, linked by next */
    struct name
        *not_reading; /* GUARANTEE "nothing reads X": the inputs; "A does not read X": what A must not read */
    struct name reader;   /* GUARANTEE "A does not read X": A */
    struct name *uncoded; /* NOT_CODED: the ids */
    struct name *shown;   /* SHOWN: inputs and definitions */
    struct expr *shows;   /* SHOWN: their values, linked by next; filled by check */
    struct protocol *protocol;
    struct decl *next;
    struct decl *shadow; /* filled by resolve: next in its hash bucket */
    int index;           /* filled by resolve: place among the declarations of its kind */
    int mark;            /* for walks; after check: its rank, greater than that of all that it reads */
};

struct protocol { /* one file */
    struct span span;
    uint32_t file;
    struct name name; /* all.risk; of a site file: the site */
    struct text *title;
    const char *version; /* or NULL */
    struct span version_span;
    const char *status; /* draft, approved, retired; or NULL */
    struct text *approved_by;
    struct expr *approved_on;
    bool is_site;
    struct name *uses;
    struct decl *decls;
    int index; /* filled by resolve: place among the protocols */
    struct protocol *next;
};

#endif
