/*
 * The items of the sections of an image, one struct for each (sections.def), and the numbers in them that
 * have names.
 */
#ifndef REGIMEN_IMAGE_ITEMS_H
#define REGIMEN_IMAGE_ITEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/digest.h"
#include "runtime/value.h"

/* What an image may hold at most; they keep the work of an evaluation in proportion to the image and the
 * record. */
enum {
    IMAGE_CLASSES_MAX = 64,     /* values of a classification */
    IMAGE_ROWS_MAX = 4096,      /* of one rule */
    IMAGE_DAY_MAX = 3660,       /* days of a plan */
    IMAGE_FOLD_DEPTH_MAX = 8,   /* folds in the bodies of others */
    IMAGE_NODE_DEPTH_MAX = 4096 /* levels of an expression as readers see it */
};

/* "There is none": in an operand of an instruction, and everywhere else.  Neither is the number of
   anything: the sections that can be pointed to are smaller. */
#define NONE16 UINT16_MAX
#define NONE32 UINT32_MAX

/* The instructions, in the order of opcodes.def, which is part of the format. */
enum opcode {
#define OPCODE(name, d, a, b, c, summary) OP_##name,
#include "runtime/opcodes.def"
#undef OPCODE
    OP_COUNT
};

/* d is what is written, a to c are read; what each is says opcodes.def.  An operand that an instruction
   does not have is 0. */
struct insn {
    uint16_t op, d, a, b, c;
};

/* A run of items of another section. */
struct run {
    uint32_t first, count;
};

enum program_status { STATUS_NONE, STATUS_DRAFT, STATUS_APPROVED, STATUS_RETIRED };

struct image_program {                 /* exactly one */
    uint32_t name, title, version;     /* texts */
    uint32_t status;                   /* enum program_status */
    uint32_t approved_by, approved_on; /* texts */
    uint32_t register_count;           /* constants first, in order of CONSTANTS */
    uint32_t now;                      /* the TIME register of `as of`, or NONE32 */
};

/* A closed list.  The code of a member is its place in it; ordered lists stand from the lowest to the
   highest. */
struct image_enum {
    uint32_t name; /* text, empty where it stands in an input */
    struct run members;
    uint32_t or_other; /* 1: the code members.count means other */
};

struct image_member {
    uint32_t name;
};

/* What a field, an input, a parameter, a register of a node is. */
struct image_type {
    uint8_t kind;  /* enum kind: NUM, BOOL, DAY, TIME, ENUM, SET, TEXT; LIST: see the owner */
    uint8_t whole; /* a count */
    uint16_t pad;
    uint32_t enumeration; /* ENUM, SET; else NONE32 */
    uint32_t unit;        /* NUM: canonical UCUM text, "1" where it has none; calendar units are a and mo */
};

/* A field of the elements of a series or of events. */
struct image_field {
    uint32_t name;
    struct image_type type; /* no LIST */
};

enum list_kind { LIST_NOT, LIST_SERIES, LIST_EVENTS };

/* What a record may hold under this name; numbers are converted to the unit of type when the record is
   read. */
struct image_input {
    uint32_t name, label;
    struct image_type type; /* LIST for series and events */
    uint32_t list;          /* enum list_kind */
    uint32_t with_time;     /* lists: always 1 (elements may carry a date or a time) */
    struct run fields;      /* lists: FIELDS; of a series the first is `value` */
    uint32_t low, high; /* CONSTANTS of kind NUM, or NONE32: the declared range, ends included (a series: of
                           its values) */
    uint32_t negative_below; /* PARAMS, or NONE32: the word `negative` is allowed */
    struct run codes;
};

struct image_code {
    uint32_t system, value; /* texts: loinc, 6690-2 */
};

/* What an institution sets.  It has no value in the image but by SETTINGS. */
struct image_param {
    uint32_t name, label;
    struct image_type type; /* kind of the values of a table */
    uint32_t or_none;
    uint32_t key; /* a table: ENUMS of its keys, else NONE32 */
};

/* An institution's values stand apart from the program, so that its digest is the same at every institution.
   Their texts are in ASIDES, where the names of files are too: texts that say nothing of the program's
   meaning. */
struct image_site { /* none or one */
    uint32_t name, title;
    uint8_t digest[DIGEST_SIZE]; /* of the settings, as lines NAME=VALUE */
};

struct image_setting {
    uint32_t param;   /* PARAMS */
    uint32_t value;   /* as eval_set takes it: "2 mg", "none", "key: value, key: value" */
    uint32_t because; /* the reason */
};

/* A register whose value the compiler knows; register k is constant k.  What a kind does not use of it
   is zero. */
struct image_constant {
    uint32_t kind;        /* enum kind */
    uint32_t tag;         /* TAG_KNOWN, TAG_RANGE (a partial date), TAG_OFF (none) */
    int32_t code;         /* ENUM; BOOL: 0 or 1; TEXT: offset */
    uint32_t enumeration; /* ENUM, SET: whose members */
    uint64_t
        words[4]; /* NUM: lo, hi as decimals; DAY, TIME: lo, hi, then offset in words[2]; SET: the members */
};

/* A conversion: value * numerator / denominator, rounded once. */
struct image_ratio {
    decimal numerator, denominator; /* whole, above zero */
};

enum rule_kind {
    RULE_CLASSIFY,
    RULE_DOSE,
    RULE_COLLECT,
    RULE_RECOMMEND,
    RULE_ALERT,
    RULE_MONITOR,
    RULE_GUARANTEE,
    RULE_EXPECT,
    RULE_SHOWN /* no rule: the code of what stands on top of a report, which runs last */
};
enum rule_policy { RULE_AGREEMENT, RULE_FIRST_MATCH, RULE_HIGHEST };

/* A rule runs in four stretches of code, each closed by END: applies_setup, applies_decide, setup, decide.
   Setup computes subjects and amounts once; decide only compares subjects and may be run again by the walk
   over the regions of unknown subjects.  Rules stand in an order in which each reads only earlier ones. */
struct image_rule {
    uint32_t kind;         /* enum rule_kind */
    uint32_t policy;       /* enum rule_policy */
    uint32_t name, label;  /* texts; a guarantee's and an expectation's name is empty */
    uint32_t order;        /* place among the declarations: the order of output */
    uint32_t enumeration;  /* CLASSIFY: ENUMS; COLLECT, RECOMMEND: ENUMS of the items */
    uint32_t drug;         /* DOSE: text */
    uint32_t unit;         /* DOSE: text */
    uint32_t total_unit;   /* DOSE: text: that of a total: a rate per day times one day */
    uint32_t applies;      /* BOOL register, or NONE32 */
    uint32_t applies_node; /* NODES, or NONE32 */
    uint32_t applies_setup, applies_decide, setup, decide; /* pcs */
    struct run rows;
    struct run subjects;         /* all that decide and applies_decide compare */
    struct run applies_subjects; /* those of applies alone; the others follow */
    struct run traces;           /* INDEXES: texts */
    struct run cites;
    uint32_t condition, condition_node; /* GUARANTEE, EXPECT: BOOL register; else NONE32 */
    struct run names;                   /* GUARANTEE: INDEXES of the rules that it reads */
    uint32_t test;                      /* EXPECT: TESTS, else NONE32 */
    uint32_t question;   /* EXPECT: enum test_question; all but NONE speak of the rule `asked` */
    uint32_t asked;      /* EXPECT: RULES, else NONE32 */
    uint32_t asked_item; /* EXPECT: the code of the item of `asked`, else NONE32 */
    uint32_t asked_state, asked_strength; /* QUESTION_ITEM: enum item_state, enum strength; NONE: whichever */
    uint32_t asked_not;                   /* `is not` */
    struct run asked_rows;                /* EXPECT `by ...`: INDEXES of ROWS of `asked` */
    struct run reasons; /* EXPECT `because of ...`: INDEXES: texts of the inputs and parameters named */
    uint32_t each;      /* ALERT, MONITOR `for each`: EACHES, else NONE32 */
    uint32_t alert;     /* ALERT: ALERTS, else NONE32 */
    uint32_t monitor;   /* MONITOR: MONITORS, else NONE32 */
};

/* What an alert or a monitor comes to, as the members of an enumeration in ENUMS: a value like a
 * classification's. */
enum alert_state {
#define ALERT_STATE(name, word, shown, meaning) ALERT_##name,
#include "runtime/alert_states.def"
#undef ALERT_STATE
    ALERT_STATE_COUNT
};
enum monitor_state {
#define MONITOR_STATE(name, word, shown, meaning) MONITOR_##name,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
    MONITOR_STATE_COUNT
};
enum alert_severity {
    ALERT_SEVERITY_NONE,
#define SEVERITY(name, word) ALERT_SEVERITY_##name,
#include "runtime/severities.def"
#undef SEVERITY
    ALERT_SEVERITY_COUNT
};

/* `for each E where (...) as x`: all four stretches of the rule run once for each element of a list.  The
   machine sets element, next and last before; they are written by no instruction.  The condition of each row
   has `where` in it already. */
struct image_each {
    uint32_t list;    /* INPUTS */
    uint32_t element; /* ELEM register: x */
    uint32_t next;  /* TIME register: where the next element that counts begins, TAG_OFF where there is none;
                       NONE32: not  read */
    uint32_t last;  /* BOOL register: no element that counts is later; NONE32: not read */
    uint32_t where; /* BOOL register: whether the element counts; NONE32: all do */
    uint32_t where_node;
};

/* Rows of type VALUE whose member is ALERT_RAISED, and one `otherwise` whose member is ALERT_NOT_RAISED. */
struct image_alert {
    uint32_t severity;  /* enum alert_severity */
    struct run say;     /* PARTS: of a row that has none of its own */
    struct run advices; /* ADVICES: likewise */
};

struct image_advice {
    struct run text;   /* PARTS */
    uint32_t strength; /* enum strength */
};

/* Rows of type VALUE, one a state, by first match: done, late, missed, not due, overdue, and `otherwise` due.
 */
struct image_monitor {
    uint32_t list;     /* INPUTS: what is expected */
    uint32_t by_day;   /* 1: from, to and overdue are DAY registers, else TIME */
    uint32_t from, to; /* the window */
    uint32_t overdue; /* the last day or time on which it is not overdue: to, where the rule gives no other */
    uint32_t done, late, early; /* ELEM registers: the first one in the window, the first one after it, the
                                   latest one before it and not before what it follows */
    uint32_t from_node, to_node, overdue_node;
};

/* The forms of a dose's schedule. */
enum schedule_form {
#define SCHEDULE_FORM(name, word, written) SCHEDULE_##name,
#include "runtime/schedule_forms.def"
#undef SCHEDULE_FORM
};

/* When a dose is given; it belongs to a row of type SCHEDULE. */
struct image_schedule {
    uint32_t form;            /* enum schedule_form */
    uint32_t phase;           /* PHASES, or NONE32 */
    uint32_t start, end;      /* DAY registers: the first and the last day of the phase, or NONE32 */
    struct run days;          /* DAYS: of the section DAYS */
    uint32_t every, every_to; /* EVERY: NUM registers in unit, or NONE32 */
    uint32_t times;           /* TIMES: how often in one unit */
    uint32_t unit;            /* EVERY, TIMES: text: min, h, d, wk, mo, a */
    uint32_t start_node, end_node, every_node, every_to_node;
};

struct image_phase {
    uint32_t name, label;
};

/* A requirement that no rule fulfils, and why. */
struct image_uncoded {
    uint32_t id, because; /* texts */
    struct run cites;
};

/* What stands on top of a report, in its order. */
struct image_shown {
    uint32_t node; /* NODES: INPUT, DEFINE, or the SELECT of the latest value of a series */
};

/* A rule that has a result of its own to be shown. */
static inline bool rule_is_listed(const struct image_rule *rule)
{
    return rule->kind < RULE_EXPECT;
}

/* A rule whose rows fill a set. */
static inline bool rule_fills_set(const struct image_rule *rule)
{
    return rule->kind == RULE_COLLECT || rule->kind == RULE_RECOMMEND;
}

/* A rule whose rows have a message and advice. */
static inline bool rule_tells(const struct image_rule *rule)
{
    return rule->kind == RULE_ALERT || rule->kind == RULE_MONITOR;
}

/* A rule whose result is a member of its enumeration. */
static inline bool rule_is_classified(const struct image_rule *rule)
{
    return rule->kind == RULE_CLASSIFY || rule->kind == RULE_ALERT || rule->kind == RULE_MONITOR;
}

/* How strongly a row speaks, in order of force; of a collection none. */
enum strength {
    STRENGTH_NONE,
#define STRENGTH(name, word, excludes) STRENGTH_##name,
#include "runtime/strengths.def"
#undef STRENGTH
    STRENGTH_COUNT
};

/* What an item of a set comes to. */
enum item_state {
    ITEM_ABSENT,    /* no row that holds names it */
    ITEM_INCLUDED,  /* by a row of its own */
    ITEM_CHOICE,    /* as one of a choice only */
    ITEM_EQUIPOISE, /* the source leaves it open, and no other row decides */
    ITEM_EXCLUDED,
    ITEM_NOT_APPLICABLE, /* the rule is not for this patient */
    ITEM_UNDECIDED
};

/* What an expectation asks that is no condition: it is answered once all rules have run. */
enum test_question {
    QUESTION_NONE,
    QUESTION_UNKNOWN,   /* the rule or its item is unknown; because of the reasons, where there are any */
    QUESTION_ITEM,      /* what the item comes to */
    QUESTION_WITHHELD,  /* by which rows; of these four the rule is a dose */
    QUESTION_ASKED,     /* by which rows, or because of what */
    QUESTION_WARNED,    /* at all; by which rows */
    QUESTION_UNCHECKED, /* at all; which rows; because of what */
    QUESTION_COUNT
};

enum row_type {
    ROWTYPE_VALUE,  /* classify */
    ROWTYPE_AMOUNT, /* dose: a whole plan, read by agreement */
    ROWTYPE_STEP,   /* dose: a table row with days; all that hold make one plan */
    ROWTYPE_CHOOSE,
    ROWTYPE_LEAST,
    ROWTYPE_MOST,
    ROWTYPE_ROUND,
    ROWTYPE_ROUTE,
    ROWTYPE_TOO_EARLY, /* interval: withholds; value is the first day or time allowed */
    ROWTYPE_TOO_LATE,  /* interval: warns; value is the last one */
    ROWTYPE_WITHHOLD,
    ROWTYPE_ASK,
    ROWTYPE_WARN,
    ROWTYPE_INCLUDE, /* a set: of an item */
    ROWTYPE_CHOICE,  /* include one of its items */
    ROWTYPE_EQUIPOISE,
    ROWTYPE_EXCLUDE,
    ROWTYPE_SCHEDULE, /* dose: when it is given */
};

enum row_result { RESULT_VALUE, RESULT_NO_STATEMENT, RESULT_EQUIPOISE };

struct image_row {
    uint32_t type;       /* enum row_type */
    uint32_t id;         /* text: nci_risk#2, pegaspargase.young, pegaspargase.withhold#1 */
    uint32_t condition;  /* BOOL register; NONE32: always holds */
    uint32_t node;       /* NODES: the condition; NONE32 */
    uint32_t otherwise;  /* classify: holds where no other row does */
    uint32_t result;     /* enum row_result */
    uint32_t member;     /* classify, RESULT_VALUE: member code */
    uint32_t instead_of; /* ROWS that it overrides, or NONE32 */
    uint32_t
        value; /* register: CHOOSE, LEAST, MOST, ROUND: NUM; TOO_EARLY, TOO_LATE: DAY or TIME; else NONE32 */
    uint32_t value_node;
    uint32_t rounding;  /* ROUND: enum decimal_rounding */
    struct run steps;   /* AMOUNT, STEP */
    struct run routes;  /* ROUTE */
    struct run traces;  /* INDEXES: texts; empty: the rule's */
    struct run cites;   /* empty: the rule's */
    struct run because; /* PARTS */
    struct run items;   /* a set: INDEXES: codes of its rule's enumeration */
    uint32_t strength;  /* enum strength */
    struct run say;     /* an alert: PARTS; empty: the alert's */
    struct run advices; /* an alert: ADVICES; empty: the alert's */
    uint32_t schedule;  /* SCHEDULE: SCHEDULES; else NONE32 */
    struct run reads;   /* INDEXES of SUBJECTS that its condition compares */
    struct run
        value_reads; /* INDEXES of reads (see image_subject) of value, or of all registers of the schedule */
};

/* One amount of a plan, in the unit of the rule. */
struct image_step {
    uint32_t lo, hi; /* NUM registers; hi is lo where the amount is no range; NONE32: no statement */
    uint32_t lo_node, hi_node;
    struct run days;  /* empty: not by day */
    struct run reads; /* INDEXES of reads (see image_subject) of the amounts */
};

/* Days of a plan or a schedule, from 1, both included. */
struct image_days {
    uint32_t from, to;
};

/* How a dose is given, and how long an infusion runs. */
struct image_route {
    uint32_t name;          /* print name */
    uint32_t over, over_to; /* NUM registers in unit, or NONE32 */
    uint32_t unit;
};

/* What a read list names: INDEXES items are (kind << 28) | index. */
enum read_kind { READ_INPUT = 1, READ_PARAM = 2, READ_RULE = 3 };

/* An expression that decide compares: what the walk varies. */
struct image_subject {
    uint32_t reg;
    uint32_t kind;        /* enum kind: NUM, DAY, TIME, ENUM, BOOL */
    uint32_t enumeration; /* ENUM */
    uint32_t rule; /* a LOAD_RESULT of a classify: RULES, else NONE32: regions are its possible values.  BOOL,
                      whether a set includes an item: RULES of the set */
    struct run thresholds; /* INDEXES: NUM, DAY, TIME: registers (constants and parameters); ENUM: member
                              codes; BOOL with a rule: the code of the item, or empty where that varies */
    struct run reads;      /* INDEXES: what it reads, transitively */
    uint32_t
        unless_known; /* the ORDER of a subject and a parameter: that parameter's register.  While it is known
                         the subject itself is cut by it, and this order is not varied; else NONE32 */
    uint32_t node;    /* NODES, or NONE32 */
};

enum fold_selector {
    /* HIGHEST, LOWEST, AVERAGE and TOTAL compare or add the value of a series, its first field */
    FOLD_LATEST,
    FOLD_FIRST,
    FOLD_HIGHEST,
    FOLD_LOWEST,
    FOLD_AVERAGE,
    FOLD_TOTAL,
    FOLD_COUNT,
    FOLD_ANY,
    FOLD_EVERY
};

enum window_flags {
    FOLD_LO_OPEN = 1,
    FOLD_HI_OPEN = 2,
    FOLD_BY_DAY = 4, /* bounds are DAY registers and elements count by their clock date; else TIME */
};

/* A walk over a list.  Its body lies between begin and end, and may hold further folds; the machine runs
   it for each element that the window may hold.  What it leaves is in result and element when END_FOLD
   is reached for the last time. */
struct image_fold {
    uint32_t list;     /* INPUTS */
    uint32_t gaps;     /* 1: over the days between neighbours (NUM in d), dated by the later */
    uint32_t selector; /* enum fold_selector */
    uint32_t lo, hi;   /* window bounds: DAY or TIME registers, or NONE32 */
    uint32_t window;   /* enum window_flags */
    uint32_t
        next; /* TIME register: elements at it or after it are outside too, where it is not off; or NONE32 */
    uint32_t where;      /* BOOL register set by the body, or NONE32 */
    uint32_t claim;      /* EVERY: BOOL register set by the body */
    uint32_t result;     /* NUM (HIGHEST LOWEST AVERAGE TOTAL COUNT; of gaps also LATEST FIRST) or BOOL (ANY
                            EVERY) register, or NONE32 */
    uint32_t element;    /* ELEM register (LATEST FIRST HIGHEST LOWEST ANY), or NONE32 */
    uint32_t begin, end; /* pcs of FOLD and END_FOLD */
    uint32_t outer;      /* the FOLDS whose body holds this one, or NONE32 */
};

/* A source as it is printed, with the place in it. */
struct image_cite {
    uint32_t source, title, document, at; /* texts */
};

struct image_part {   /* of a text with {expressions} */
    uint32_t literal; /* text, where node is NONE32 */
    uint32_t node;    /* NODES */
};

enum node_kind {
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_IMPLIES,
    NODE_COMPARE, /* children: the operands */
    NODE_TEST,    /* any other yes or no: is known, includes, any ..., is withheld; children: what it reads */
    NODE_ARITHMETIC, /* + - * / : text is the sign; children: operands */
    NODE_CALL,       /* text is the name */
    NODE_CONVERT,    /* child in another unit */
    NODE_LITERAL,
    NODE_INPUT,  /* ref: INPUTS */
    NODE_PARAM,  /* ref: PARAMS; of a table its entry, child: the key */
    NODE_RESULT, /* ref: RULES */
    NODE_DEFINE, /* text is its name, child its body */
    NODE_SELECT, /* element: ELEM register; ref: INPUTS */
    NODE_FIELD,  /* a field or the date of a selected element; child: the SELECT; ref: its place among the
                    fields of  the list, NONE32 for the date */
    NODE_CASE, /* children: a condition, the value where it holds, and the other cases where there are any */
};

/* The expressions of rules as a reader sees them: for explanations and worksheets.  Registers keep their
   values until the next record, so a tree is read after the run. */
struct image_node {
    uint32_t kind;  /* enum node_kind */
    uint32_t text;  /* the words of the source in canonical spelling; of DEFINE the name */
    uint32_t label; /* of what it names, 0 where none */
    struct image_type type;
    uint32_t reg;     /* NONE32: inside a fold body, the value is that of the last element and not shown */
    uint32_t element; /* SELECT: ELEM register or NONE32 */
    uint32_t ref;
    uint32_t child, next; /* NODES; nothing names a node twice, so they are trees; NONE32 */
    uint32_t again; /* SELECT without children: NODES, where the same selection stands first, with its tree;
                       NONE32 */
};

/* A test block.  It is run like any record: the text goes through the reader of records. */
struct image_test {
    uint32_t name;       /* text */
    uint32_t record;     /* text: the record as JSON, made by the compiler */
    uint32_t settings;   /* text: lines NAME=VALUE */
    struct run expects;  /* RULES */
    uint32_t file, line; /* where it stands: FILES (offsets in ASIDES), line */
};

/* Where an instruction or an expression stands in the source; beside CODE and NODES, item by item. */
struct image_span {
    uint32_t file, start, end, line; /* FILES index; bytes; line from 1 */
};

#endif
