/* The parts of the report, one file each; report.c knows their order. */
#ifndef REGIMEN_REPORT_PARTS_H
#define REGIMEN_REPORT_PARTS_H

#include "runtime/page.h"
#include "runtime/fact.h"
#include "runtime/result_view.h"
#include "runtime/worksheet.h"

/* Where labels and what stands beside them begin. */
enum { REPORT_LABEL = 2, REPORT_FIELD = 14 };

/* Documents that one report numbers at most; what goes beyond them has no number. */
enum { REPORT_SOURCES = 64 };

/* One line of values. */
struct report_line {
    struct buffer name, value, date, remark;
};

struct report {
    const struct result_view *v;
    struct buffer *out;
    struct buffer text;     /* a field in the making */
    struct buffer side;     /* what stands beside it */
    struct worksheet sheet; /* values on lines of their own */
    struct worksheet read;  /* values within a text */
    struct report_line line;
    struct buffer quiet;         /* counts of what says nothing, for one paragraph */
    const struct element *named; /* the element that stands there already: its fields are not named again */
    bool starred;                /* some item has a * */
    bool terse;                  /* in brief: findings and classifications in a paragraph */
    bool spaced, tight; /* in brief: blank lines between sections; as little as can be of what is missing */
    unsigned sections;  /* so far */
    unsigned lines;     /* of the report without what is unknown */
    size_t headed;      /* where the last heading ends in out */
    bool all;           /* each result with its rows, what does not apply by name */
    uint32_t sources[REPORT_SOURCES]; /* texts: the documents named so far, in order */
    unsigned source_count;
};

/* r->text, emptied. */
struct buffer *report_begin(struct report *r);
/* r->text under a label; nothing where it is empty. */
void report_end(struct report *r, const char *label);
void report_field(struct report *r, const char *label, const char *text);

void report_free(struct report *r);

/* Where one section ends and another begins. */
void report_apart(struct report *r);
/* A section begins. */
void report_heading(struct report *r, const char *title);

/* "nci_risk  NCI risk group": a result begins, of which no value is written yet. */
void report_name(struct report *r, uint32_t rule);

/* Adds words that are not there yet, apart by separator. */
void report_put_once(struct buffer *out, const struct buffer *words, const char *separator);

/* report_head.c: who the patient is, as the protocol says it; nothing where it says nothing. */
void report_shown(struct report *r);

/* report_sheet.c: lines of values: name, value, date and remarks. */
void report_reads(struct report *r, uint32_t node);
/* Values that stand on this result already are written once more: where everything is written out, for each
 * row. */
void report_reads_again(struct report *r);
void report_worksheet(struct report *r, uint32_t rule);

/* report_rule.c: rows, sources, what is missing. */
/* " when up_to_21": why a row counts. */
void report_put_condition(const struct report *r, uint32_t row, struct buffer *text);
void report_row(struct report *r, uint32_t rule, uint32_t row, const char *label);
typedef bool report_filter(const struct result_view *v, uint32_t rule, uint32_t row);
/* Sources and traces of the rows that pass, each once. */
void report_sources(struct report *r, uint32_t rule, report_filter *filter);
/* In brief they stand at the margin of the title; without a filter those of the header. */
void report_title_sources(struct report *r, uint32_t rule, report_filter *filter);
/* Those of the header: of a result that no row made. */
void report_header_sources(struct report *r, uint32_t rule);
/* One line for each of reads, under label. */
void report_missing(struct report *r, uint32_t rule, const uint32_t *reads, uint32_t count,
                    const char *label);
/* "hypersensitivity_event (absent), stop_or_change (waits for ae)" */
void report_put_missing(struct report *r, uint32_t rule, const uint32_t *reads, uint32_t count,
                        struct buffer *out);
void report_classify(struct report *r, uint32_t rule);
void report_conflict(struct report *r, uint32_t rule);
void report_fault(struct report *r, uint32_t rule);
void report_unknown(struct report *r, uint32_t rule);
void report_unanswered(struct report *r, uint32_t rule);

/* report_alert.c: raised alerts, most severe first, and how many there are of each severity. */
void report_alerts(struct report *r);
void report_alerts_in_short(struct report *r, struct buffer *out);
void report_alert_severity(struct report *r, uint32_t rule);
/* Of a rule with `for each` the elements for which it is open. */
void report_each_open(struct report *r, uint32_t rule);
/* A message under its label, with the advice; name: of the rule behind it, or "". */
void report_message(struct report *r, uint32_t rule, uint32_t row, const char *label, const char *name);
/* Which element a rule with `for each` speaks of. */
void report_of(struct report *r, uint32_t rule, uint32_t element);
/* Such a rule's first element that ends in a fault comes into focus, with its name. */
void report_focus_on_fault(struct report *r, uint32_t rule);
/* Why a row tells something: its `because`, else the values of its condition. */
void report_put_reasons(struct report *r, uint32_t row, struct buffer *out);
/* report_monitor.c: a monitor with what is overdue, late, missed or due; how many have nothing to say. */
void report_monitor(struct report *r, uint32_t rule);
void report_quiet(struct report *r);

/* report_set.c: a collection or recommendation; its items alone; which of them are undecided. */
void report_set(struct report *r, uint32_t rule);
void report_set_items(struct report *r, uint32_t rule);
void report_set_unknown(struct report *r, uint32_t rule);

/* report_dose.c */
void report_reasons(struct report *r, uint32_t rule); /* to withhold it, with the values behind them */
void report_withheld(struct report *r, uint32_t rule);
/* A dose to give or to ask about. */
void report_dose(struct report *r, uint32_t rule);
/* Which results stand in a section; and whether one is shown at all, and stands in it. */
typedef bool report_holds(const struct image_rule *rule, const struct rule_result *result);
bool report_shows(const struct report *r, uint32_t rule, report_holds *holds);
/* In brief those of which it is open whether they are for this patient, with what that waits for. */
void report_brief_possible_doses(struct report *r, report_holds *holds);
/* report_course.c: when it is given. */
void report_course(struct report *r, uint32_t rule);
/* report_calendar.c: the section of all scheduled doses and of monitors; nothing where no dose has a date. */
void report_calendar(struct report *r);
/* What a dose that is not decided would be, with its worksheet. */
void report_would_be(struct report *r, uint32_t rule);

/* report.c: a sentence of counts: on a line of its own where everything is written out, else with the others.
 */
void report_count(struct report *r, const char *sentence);

/* The label of a rule, else its name. */
const char *report_title(const struct report *r, uint32_t rule);

/* report_brief.c: findings and groups in a line or two each. */
void report_brief_answer(struct report *r, uint32_t rule);
/* "NCI risk group: high" */
void report_put_answer(struct report *r, uint32_t rule, struct buffer *out);
/* The number of a document, a text of STRINGS: the next one where it is named for the first time. */
unsigned report_source_number(struct report *r, uint32_t source);
void report_numbered_sources(struct report *r);
/* The requirements of a row, or of the rule (NONE32), and the numbers of its documents: what is not there
 * yet. */
void report_put_traces(struct report *r, uint32_t rule, uint32_t row, struct buffer *out);
void report_put_numbers(struct report *r, uint32_t rule, uint32_t row, struct buffer *out);
/* "RISK-01, RISK-02 [1]" */
void report_join(struct buffer *out, const struct buffer *traces, const struct buffer *numbers);
/* The same for all rows that the filter lets pass; for the rule where it lets none. */
void report_put_origins(struct report *r, uint32_t rule, report_filter *filter, struct buffer *out);
/* "up_to_21 yes, birth_date 2011-06-12": what a condition reads, with the dates of observation, as far as
   r->read has not; record: also the values of the record behind it. */
void report_put_values(struct report *r, uint32_t node, bool record, struct buffer *out);
/* Values in brackets behind a text, or within the brackets that it ends with. */
void report_put_aside(struct buffer *text, const struct buffer *values);

/* report_recommend.c: recommendations in a line or two each. */
void report_brief_recommendations(struct report *r, report_holds *holds);
/* Whether a set has anything that is certain. */
bool report_says_something(const struct report *r, uint32_t rule);
uint32_t report_undecided_count(const struct report *r, uint32_t rule);

/* report_waiting.c: what is missing, most wanted first, and which results wait for it. */
void report_waiting(struct report *r);

#endif
