/*
 * Requirements, what fulfils them, and the tests that show it: what `regimen trace` finds out, for its
 * writers.
 *
 * Everything lives in one arena; texts belong to it, to the program or to the compiler, which must stay.
 */
#ifndef REGIMEN_CLI_TRACE_H
#define REGIMEN_CLI_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/trace_untraced.h"
#include "compiler/arena.h"
#include "compiler/regimen_compiler.h"
#include "runtime/buffer.h"
#include "runtime/image.h"
#include "runtime/regimen.h"

enum trace_status {
#define STATUS(name, word, meaning) TRACE_##name,
#include "cli/trace_statuses.def"
#undef STATUS
    TRACE_STATUS_COUNT
};

enum trace_finding {
#define FINDING(name, word, denied, meaning) FINDING_##name,
#include "cli/trace_findings.def"
#undef FINDING
    FINDING_COUNT
};

enum trace_kind {
    ITEM_ROW,       /* of a rule */
    ITEM_RULE,      /* as a whole: the ids of its header, where each row has its own */
    ITEM_GUARANTEE, /* that is checked on every record */
    ITEM_PROVEN,    /* a guarantee that the compiler has seen to: it needs no test */
    ITEM_STATED     /* a definition, a parameter, an input: it fulfils nothing by itself */
};

struct trace_list { /* numbers of requirements, items or tests, each once */
    size_t *items, count, room;
};

struct trace_test {
    const char *name;
    struct regimen_place place;
    bool passed;
};

struct trace_item {
    enum trace_kind kind;
    const char *of;                /* "classify", "dose", "definition", ... */
    const char *name;              /* "nci_risk#2", "nci_risk"; of a guarantee its words */
    const char *gives, *condition; /* of a row: "high", "wbc >= 50 10*9/L"; "" where there is none */
    struct regimen_place place;
    bool conditional;             /* it can fail to hold */
    bool certain;                 /* no record can leave it unknown */
    bool computes;                /* it gives an amount that is made from what the record says */
    enum trace_untraced untraced; /* of a row that traces nothing */
    size_t held;                  /* in so many of the passing tests */
    size_t shown, not_held, open; /* in so many that expect something of its rule or of a reader */
    struct trace_list
        tests; /* those in which it holds and which expect something of its rule: they show it */
    struct trace_list
        of_readers; /* those in which it holds and which expect something of a rule that reads that one */
    size_t blank;   /* of those in which it holds, its amount is not known in so many */
    struct trace_list requirements;
    size_t row, rule; /* of the image */
};

struct trace_limit {   /* a limit: trace_limits.h */
    const char *of;    /* "vincristine.amount#2": the row that writes it; NULL: a definition does */
    const char *words; /* "latest weight > 10 kg" */
    struct regimen_place place;
    bool decides;                 /* whether a row holds, and not only a number */
    struct trace_list at, across; /* tests */
    uint32_t pc;                  /* of the image: one of its comparisons */
    const struct image_span *span;
};

struct trace_comparison {   /* a limit in the code of a rule, and what it decides */
    uint32_t pc, condition; /* condition: the register of the row, or of what applies */
    bool applies, decides;
    size_t limit;
};

struct trace_requirement {
    const char *id;
    const char *sentence, *because; /* "" where it is not declared, or has none */
    const struct regimen_citation *cites;
    size_t cite_count;
    struct regimen_place place; /* file "" where it is not declared */
    const char *reason;         /* why it is not coded, or NULL */
    struct trace_list items;
    enum trace_status status;
    size_t section;
};

struct trace_section { /* the requirements whose ids begin alike */
    const char *name;  /* "RISK" */
    size_t total, counts[TRACE_STATUS_COUNT];
};

struct trace {
    struct arena *arena;
    struct regimen_program_info info;
    const char *folder; /* before the names of files */
    bool declared;      /* the program declares its requirements */
    bool whole;         /* no section was asked for: what belongs to none is told too */
    struct trace_test *tests;
    size_t test_count, failed;
    struct trace_item *items; /* in order of the program */
    size_t item_count;
    struct trace_requirement *requirements; /* as declared; undeclared ones by their ids */
    size_t requirement_count;
    struct trace_section *sections; /* in order of their first requirement */
    size_t section_count;
    struct trace_limit *limits;
    size_t limit_count;
    struct trace_comparison *comparisons; /* by rules */
    size_t comparison_count;
    uint32_t *writers;            /* one a register: the pc of the instruction, or NONE32 */
    struct run *rule_comparisons; /* one a rule of the image */
    size_t total, counts[TRACE_STATUS_COUNT];
    size_t findings[FINDING_COUNT];
    size_t rows, traced_rows;              /* all; those that trace a requirement */
    size_t untraced_rows[UNTRACED_COUNT];  /* those that do not */
    size_t computing_rows;                 /* traced ones that give such an amount */
    size_t conditional_rows, certain_rows; /* traced ones with a condition; of these that are certain */
};

/* Runs the tests of the program, which compiler has built, and finds out everything.  sections, or NULL:
   "RISK,DOSE", to leave all others out; where there is none of such a name *unknown is it and the result
   NULL.  NULL and *unknown NULL: the memory is not sufficient. */
struct trace *trace_new(struct arena *arena, struct regimen_compiler *compiler,
                        const struct regimen_program *program, const char *sections, const char **unknown);

/* Whether a requirement needs attention, and whether an item needs a test that it has not. */
bool trace_needs_attention(const struct trace_requirement *r);
bool trace_item_untested(const struct trace_item *item);
/* The tests that show it: those of its rule, where there is none those of its readers. */
const struct trace_list *trace_item_tests(const struct trace_item *item);
/* "tested by 3 tests", "holds in no test", ...: without the names of the tests. */
const char *trace_item_tested(const struct trace *trace, const struct trace_item *item);
/* "is unknown in 3", "cannot be unknown" */
const char *trace_item_unknown(const struct trace *trace, const struct trace_item *item);
/* A row that traces nothing, and nothing excuses it. */
bool trace_item_bare(const struct trace_item *item);
/* A traced row that no test shows not to hold, and one that none shows unknown though a record can leave it
 * so. */
bool trace_item_always(const struct trace_item *item);
bool trace_item_known(const struct trace_item *item);
/* A traced row that gives an amount made from the record, and no test shows it without one. */
bool trace_item_computed(const struct trace_item *item);

/* A limit that some test does not show. */
bool trace_limit_missing(const struct trace_limit *limit);
/* "vincristine.amount#2: 3 tests at the limit, no test across it" */
const char *trace_limit_tested(const struct trace *trace, const struct trace_limit *limit);

/* "725 of 796 trace a requirement"; "611; never seen not to hold: 0, ..." */
const char *trace_rows_words(const struct trace *trace);
/* Of the rows that trace none: "passes on: 22, the institution's: 18, ..." */
const char *trace_others_words(const struct trace *trace);
const char *trace_conditions_words(const struct trace *trace);
/* "45; never seen unknown: 0" */
const char *trace_amounts_words(const struct trace *trace);
/* "178; not shown by a test: 19" */
const char *trace_limits_words(const struct trace *trace);

extern const char *const trace_status_words[TRACE_STATUS_COUNT];

/* all: also what needs no attention. */
void trace_text(const struct trace *trace, bool all, struct buffer *out);
void trace_json(const struct trace *trace, bool all, struct buffer *out);
void trace_html(const struct trace *trace, bool all, struct buffer *out);

#endif
