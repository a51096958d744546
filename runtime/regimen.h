/*
 * Regimen: evaluates compiled treatment protocols against patient records.
 *
 * A program is loaded once and never changes: any number of evaluators, in any number of threads, may use it
 * at the same time.  An evaluator belongs to one thread at a time; it is made for one program, takes the
 * institution's parameters, and evaluates one record after the other.
 *
 *     struct regimen_error error;
 *     struct regimen_program *program;
 *     struct regimen_evaluator *evaluator;
 *     if (regimen_program_load_file("all.rgmc", &program, &error) ||
 *         regimen_evaluator_new(program, &evaluator, &error) ||
 *         regimen_evaluate(evaluator, json, strlen(json), &error))
 *         fprintf(stderr, "%s\n", error.message);
 *     else
 *         puts(regimen_result_report(evaluator, NULL));
 *
 * All texts are UTF-8 and terminated.  What a function returns belongs to the program or the evaluator that
 * it was asked of; texts of a result live until the next call of the same function or the next record.
 */
#ifndef REGIMEN_H
#define REGIMEN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef REGIMEN_API
#define REGIMEN_API __attribute__((visibility("default")))
#endif

struct regimen_program;
struct regimen_evaluator;

enum regimen_status {
    REGIMEN_OK,
    REGIMEN_MEMORY,     /* the memory is not sufficient */
    REGIMEN_UNREADABLE, /* a file could not be read */
    REGIMEN_IMAGE,      /* not an image, damaged, or of another version: nothing of it was run */
    REGIMEN_NAME,       /* no such parameter or rule */
    REGIMEN_VALUE,      /* a parameter refuses the value: wrong unit, no such member */
    REGIMEN_RECORD,     /* the record is refused: see code, field and value */
};

/* What went wrong.  Every function that takes one fills it only where it fails; it may be NULL. */
struct regimen_error {
    enum regimen_status status;
    char code[32];     /* REGIMEN_RECORD: a stable word, such as duplicate_key */
    char record[160];  /* REGIMEN_RECORD: its id, wherever it stands; "" where it cannot be read */
    char field[160];   /* REGIMEN_RECORD: where, such as ae[2].grade */
    char value[160];   /* REGIMEN_RECORD: what stood there, shortened */
    char message[480]; /* a sentence, with the advice */
    size_t offset;     /* REGIMEN_RECORD: the byte in the text */
};

/* Of the library: "0.1.0". */
REGIMEN_API const char *regimen_version(void);

/* ---- Programs ------------------------------------------------------------------------------------- */

/* Checks an image completely and keeps a copy of it: a damaged or hostile one is refused. */
REGIMEN_API enum regimen_status regimen_program_load(const void *bytes, size_t size,
                                                     struct regimen_program **program,
                                                     struct regimen_error *error);
REGIMEN_API enum regimen_status regimen_program_load_file(const char *path, struct regimen_program **program,
                                                          struct regimen_error *error);
/* After all its evaluators.  NULL is fine. */
REGIMEN_API void regimen_program_free(struct regimen_program *program);

struct regimen_program_info {
    const char *name, *title, *version;
    const char *status; /* "draft", "approved", "retired" or "" */
    const char *approved_by, *approved_on;
    const char *digest; /* SHA-256 of what the program means, 64 hexadecimal digits */
    const char *site_name, *site_title, *site_digest; /* of the institution whose values are in it; else "" */
};

REGIMEN_API void regimen_program_info(const struct regimen_program *program,
                                      struct regimen_program_info *info);

/* An input or a parameter. */
struct regimen_item {
    const char *name, *label;
    const char
        *type; /* as a rule file says it: "10*9/L from 0 to 3000", "one of good, poor", "series of kg" */
    const char *unit;    /* of a number: UCUM; else "" */
    bool is_set;         /* a parameter: the program has a value for it */
    const char *because; /* a parameter: the institution's reason, or "" */
};

REGIMEN_API size_t regimen_program_inputs(const struct regimen_program *program);
/* False where there is no such input; index from 0, in order of declaration. */
REGIMEN_API bool regimen_program_input(const struct regimen_program *program, size_t index,
                                       struct regimen_item *item);
REGIMEN_API size_t regimen_program_parameters(const struct regimen_program *program);
REGIMEN_API bool regimen_program_parameter(const struct regimen_program *program, size_t index,
                                           struct regimen_item *item);

/* What the protocol shows of a patient on top of every report, in its order: inputs and definitions. */
REGIMEN_API size_t regimen_program_shown(const struct regimen_program *program);
/* NULL where there is no such name; index from 0. */
REGIMEN_API const char *regimen_program_shown_name(const struct regimen_program *program, size_t index);

/* A requirement that no rule fulfils: its name and, in because, the reason.  False where there is no such
 * one. */
REGIMEN_API bool regimen_program_not_coded(const struct regimen_program *program, size_t index,
                                           struct regimen_item *item);

/* A rule, which gives one result a record. */
struct regimen_rule {
    const char *name; /* "" for a guarantee */
    const char *label;
    const char *kind;  /* "classify", "dose", "collect", "recommend", "alert", "monitor", "guarantee" */
    const char *value; /* "standard < high", "mg", ... */
    const char *drug;  /* of a dose; else "" */
};

REGIMEN_API size_t regimen_program_rules(const struct regimen_program *program);
REGIMEN_API bool regimen_program_rule(const struct regimen_program *program, size_t index,
                                      struct regimen_rule *rule);

/* ---- Evaluation ----------------------------------------------------------------------------------- */

/* The program must outlive it. */
REGIMEN_API enum regimen_status regimen_evaluator_new(const struct regimen_program *program,
                                                      struct regimen_evaluator **evaluator,
                                                      struct regimen_error *error);
REGIMEN_API void regimen_evaluator_free(struct regimen_evaluator *evaluator);

/* A parameter by its name from text, for all records to come: "2 mg", "by_age", "yes", "none", "2026-01-01",
   "[a, b]"; a table as "key: value, key: value".  Its unit is checked and converted. */
REGIMEN_API enum regimen_status regimen_evaluator_set(struct regimen_evaluator *evaluator, const char *name,
                                                      const char *value, struct regimen_error *error);
/* The values of an institution: lines NAME=VALUE.  Results name it, with a digest of the lines.
   Where a line is refused, those before it stay set: the evaluator is then of no use. */
REGIMEN_API enum regimen_status regimen_evaluator_site(struct regimen_evaluator *evaluator, const char *name,
                                                       const char *title, const char *lines,
                                                       struct regimen_error *error);
/* Why the institution set a parameter: worksheets show it. */
REGIMEN_API enum regimen_status regimen_evaluator_because(struct regimen_evaluator *evaluator,
                                                          const char *name, const char *reason,
                                                          struct regimen_error *error);
/* The time of evaluation for records without an as_of of their own: a date (its end is meant) or a time.
   NULL: such records are refused. */
REGIMEN_API enum regimen_status regimen_evaluator_as_of(struct regimen_evaluator *evaluator,
                                                        const char *as_of, struct regimen_error *error);
/* Pass over keys that the program does not know, and count them, instead of refusing the record. */
REGIMEN_API void regimen_evaluator_ignore_extra(struct regimen_evaluator *evaluator, bool ignore);
/* The report writes every result out with its rows and sources, and names what does not apply; otherwise that
   is for doses, for conflicts and faults, and for rules that regimen_evaluator_only names. */
REGIMEN_API void regimen_evaluator_all(struct regimen_evaluator *evaluator, bool all);
/* Show, in place of all, what the word and others so given select: the rule of this name, else the rules of
   this kind
   ("dose"), else the doses of this drug, else the rules that fulfil a requirement of this section ("TLS") or
   this requirement.  Every rule is evaluated in any case. */
REGIMEN_API enum regimen_status regimen_evaluator_only(struct regimen_evaluator *evaluator, const char *word,
                                                       struct regimen_error *error);

/* Whether a rule (index as in regimen_program_rule) is shown. */
REGIMEN_API bool regimen_evaluator_shows(const struct regimen_evaluator *evaluator, size_t rule);

/* Evaluates one record, a JSON object of length bytes.  The same program, parameters, record and time give
   the same results, to the byte. */
REGIMEN_API enum regimen_status regimen_evaluate(struct regimen_evaluator *evaluator, const char *json,
                                                 size_t length, struct regimen_error *error);

/* ---- Results: after regimen_evaluate has returned REGIMEN_OK --------------------------------------- */

/* Each returns NULL where the memory is not sufficient; length may be NULL. */
REGIMEN_API const char *regimen_result_json(struct regimen_evaluator *evaluator, size_t *length);
/* With the tree of each result under "explain". */
REGIMEN_API const char *regimen_result_json_explained(struct regimen_evaluator *evaluator, size_t *length);
REGIMEN_API const char *regimen_result_report(struct regimen_evaluator *evaluator, size_t *length);
/* Each result with the rows that fired and those that did not, as a tree. */
REGIMEN_API const char *regimen_result_explanation(struct regimen_evaluator *evaluator, size_t *length);

/* The outcome of a rule (index as in regimen_program_rule): "decided", "unknown", "conflict", ... */
REGIMEN_API const char *regimen_result_outcome(const struct regimen_evaluator *evaluator, size_t rule);
/* What was decided: the value of a classification, the action of a dose, "raised" or "not raised", the state
   of a monitor; else "".  A set has no one value: see the JSON. */
REGIMEN_API const char *regimen_result_value(const struct regimen_evaluator *evaluator, size_t rule);
/* "critical", "warning", "info"; "" where the alert has none, and for other rules. */
REGIMEN_API const char *regimen_result_severity(const struct regimen_evaluator *evaluator, size_t rule);

/* What an alert tells where it is raised, a monitor where it is overdue, late or missed. */
struct regimen_message {
    const char *text;
    const char *of;  /* of a rule with `for each`: "doses of 2026-01-10 (amount 3750 IU)"; else "" */
    const char *row; /* its id */
    size_t advices;
};

struct regimen_advice {
    const char *text;
    const char *strength; /* "recommended", "option", ...; or "" */
};

/* None for a rule of another kind.  A text is NULL where the memory is not sufficient. */
REGIMEN_API size_t regimen_result_messages(const struct regimen_evaluator *evaluator, size_t rule);
/* False where there is no such message; index from 0, the elements in order of time. */
REGIMEN_API bool regimen_result_message(struct regimen_evaluator *evaluator, size_t rule, size_t index,
                                        struct regimen_message *message);
REGIMEN_API bool regimen_result_advice(struct regimen_evaluator *evaluator, size_t rule, size_t message,
                                       size_t index, struct regimen_advice *advice);

/* What an alert or a monitor with `for each` came to for one element of its list. */
struct regimen_element {
    const char *at;        /* its date or time */
    const char *text;      /* "doses of 2026-01-10 (amount 3750 IU)" */
    const char *outcome;   /* as regimen_result_outcome */
    const char *value;     /* as regimen_result_value */
    const char *from, *to; /* of a monitor: the window, where it is known; else "" */
};

/* Those that count, or may; in order of time. */
REGIMEN_API size_t regimen_result_elements(const struct regimen_evaluator *evaluator, size_t rule);
REGIMEN_API bool regimen_result_element(struct regimen_evaluator *evaluator, size_t rule, size_t index,
                                        struct regimen_element *element);

/* Whether a rule that is shown ended in a conflict or a fault, or a guarantee does not hold. */
REGIMEN_API bool regimen_result_has_findings(const struct regimen_evaluator *evaluator);

/* ---- The treatment calendar: after regimen_evaluate has returned REGIMEN_OK
 * -------------------------------- */

enum { REGIMEN_DATE_MAX = 12 };

/* A dose on one day, an infusion from one day to another, or the window in which a monitor expects something.
 */
struct regimen_date {
    char from[REGIMEN_DATE_MAX], to[REGIMEN_DATE_MAX]; /* 2028-02-22; the same on one day */
    const char *what;     /* of a dose the amount, "0.5 mg", every digit, or "no statement"; of a
                             monitor the input that it expects */
    const char *route;    /* of a dose, in words, or "" */
    unsigned day, day_to; /* of a dose: of from, of to; day 1 is the start of its phase */
    bool continuous;      /* an infusion */
    bool ask;             /* a dose: a named person decides first */
    const char *state;    /* of a monitor: "not due", "due", "overdue"; of a dose "" */
    char overdue_from[REGIMEN_DATE_MAX]; /* of a monitor: the first day on which it is overdue; else "" */
};

/* How many dates a rule has, by its index: those of a dose that is decided to give or to ask, whose schedule
   tells days, where the start of the phase is known, and none of a second dose of one drug, which says the
   same as the first that is shown; one of a monitor that is not due, due or overdue.  Texts of a date live
   until the next call of one of these. */
REGIMEN_API size_t regimen_result_dates(struct regimen_evaluator *evaluator, size_t rule);
/* False where there is no such date; those of one amount follow each other. */
REGIMEN_API bool regimen_result_date(struct regimen_evaluator *evaluator, size_t rule, size_t index,
                                     struct regimen_date *date);
/* How the amount of a date was computed, lines of text, "" of a monitor; NULL where there is no such date. */
REGIMEN_API const char *regimen_result_date_worksheet(struct regimen_evaluator *evaluator, size_t rule,
                                                      size_t index);
/* Why a dose with a schedule, or a monitor, has no dates: "withheld", "unknown", "the same dose as one", ...;
   "" where it has some or needs none, is not for this patient, or is not shown. */
REGIMEN_API const char *regimen_result_undated(struct regimen_evaluator *evaluator, size_t rule);
/* The record's id, and the time that it was evaluated for, as written. */
REGIMEN_API const char *regimen_result_record(const struct regimen_evaluator *evaluator);
REGIMEN_API const char *regimen_result_as_of(const struct regimen_evaluator *evaluator);
/* Of the institution whose values are in use, be they in the image or given to the evaluator: its name, and
   the digest of its values; "" where there is none. */
REGIMEN_API const char *regimen_result_site(const struct regimen_evaluator *evaluator);
REGIMEN_API const char *regimen_result_site_digest(const struct regimen_evaluator *evaluator);

/* What stands in the place of a record that was refused: one JSON object, without a line end.  file: NULL
   where there is one alone; line: of the file, from 1; 0: none. */
REGIMEN_API const char *regimen_refused_json(struct regimen_evaluator *evaluator,
                                             const struct regimen_error *error, const char *file, size_t line,
                                             size_t *length);
/* The same as text; where: such as "patients.ndjson, line 3", or "". */
REGIMEN_API const char *regimen_refused_text(struct regimen_evaluator *evaluator,
                                             const struct regimen_error *error, const char *where,
                                             size_t *length);

#ifdef __cplusplus
}
#endif

#endif
