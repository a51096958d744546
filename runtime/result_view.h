/*
 * One evaluated record as the writers of results see it: JSON, report and explanation ask the same questions
 * here, so that they cannot give different answers.
 */
#ifndef REGIMEN_RESULT_VIEW_H
#define REGIMEN_RESULT_VIEW_H

#include "runtime/buffer.h"
#include "runtime/eval.h"
#include "runtime/value_text.h"
#include "runtime/words.h"

struct result_view {
    const struct image *image;
    struct eval_context
        *context; /* after eval_run; near.c and a focus on one element vary it, and put it back */
    const struct record *record; /* that it ran on */
    const uint32_t *order;       /* RULES in order of declaration, expectations left out */
    uint32_t order_count;
    const bool *only;            /* one a rule: whether it is shown; NULL: all are */
    const char *const *settings; /* one a parameter: the text that was set for this run, or NULL */
    const char *const *reasons;  /* one a parameter: the institution's reason beside the image, or NULL */
    const char *site_name, *site_title, *site_digest; /* NULL where no institution's values are in use */
};

static inline const char *view_text(const struct result_view *v, uint32_t offset)
{
    return image_text(v->image, offset);
}

/* The rules in order of declaration without expectations, into order (room for RULES_count); how many. */
uint32_t view_order(const struct image *image, uint32_t *order);
bool view_shows(const struct result_view *v, uint32_t rule);
enum truth view_truth(const struct result_view *v, uint32_t row);
/* The truth of a condition's node; false where it has none to show. */
bool view_node_truth(const struct result_view *v, uint32_t node, enum truth *out);
bool value_is_exact(const struct value *v); /* known, or switched off */

/* Whether a row made the result: it holds and counts, or, where the result is the same whatever the unknown
   is, it is open and would give that result. */
bool view_row_made(const struct result_view *v, uint32_t rule, uint32_t row);
/* A reason for which the dose is withheld, also where a guarantee or another dose of the drug contradicts it.
 */
bool view_row_withholds(const struct result_view *v, uint32_t rule, uint32_t row);
/* Why its condition cannot be computed, a sentence; NULL where it can. */
const char *view_row_fault(const struct result_view *v, uint32_t row);
/* The result stands although some rows are open: it is the same whatever the missing values are. */
bool view_decided_by_walk(const struct result_view *v, uint32_t rule);
/* Traces and citations of a row: its own, else its rule's. */
struct run view_traces(const struct result_view *v, uint32_t rule, uint32_t row);
struct run view_cites(const struct result_view *v, uint32_t rule, uint32_t row);
/* Whether the plan tells days. */
bool view_plan_by_day(const struct result_view *v, uint32_t rule);

/* The row that a step of a plan comes from. */
uint32_t view_step_row(const struct result_view *v, uint32_t rule, uint32_t step);
/* Whether the plan of a dose may be shown: as its amount, or as what it would be. */
bool view_plan_is_amount(const struct result_view *v, uint32_t rule);
bool view_plan_would_be(const struct result_view *v, uint32_t rule);
/* "9 ug/d on days 1 to 7, then 28 ug/d on days 8 to 28": the plan as far as it is known. */
void view_plan(const struct result_view *v, uint32_t rule, enum value_style style, struct buffer *out);
/* Whether a step of a plan gives something that no step before it gives on the same days. */
bool view_step_is_new(const struct result_view *v, const struct plan_step *plan, uint32_t step);
/* "day 1", "days 8, 15", "days 1 to 28"; with "on " before it */
void view_day_numbers(const struct result_view *v, struct run days, struct buffer *out);
void view_days(const struct result_view *v, struct run days, struct buffer *out);
/* " 2 mg/kg * latest weight to 3 mg/kg * latest weight": the first amount of a row as the rule says it;
   nothing where it has none. */
void view_amount_words(const struct result_view *v, const struct image_row *row, struct buffer *out);
/* " intravenous over 2 h": the routes that a row names; nothing where it names none. */
void view_row_routes(const struct result_view *v, const struct image_row *row, struct buffer *out);
/* "intramuscular or intravenous over 1 h to 2 h": the routes that hold. */
void view_route(const struct result_view *v, uint32_t rule, struct buffer *out);

/* A text with its values put in. */
void view_parts(const struct result_view *v, struct run parts, struct buffer *out);
/* What a row says for itself: its `because` with its values put in, else the words of its condition. */
void view_because(const struct result_view *v, uint32_t row, struct buffer *out);
/* An interval from something that never happened: a first dose. */
bool view_row_is_first(const struct result_view *v, uint32_t row);
/* The first or last day or time that an interval allows. */
void view_row_limit(const struct result_view *v, uint32_t row, struct buffer *out);
/* "risk.rgm:12": where an instruction comes from; nothing where it is not known. */
void view_position(const struct result_view *v, uint32_t pc, struct buffer *out);

/* Follows a tree from root, parents first.  visit returns whether to go on to the children. */
typedef bool node_visit(void *user, const struct result_view *v, uint32_t node);
void view_walk(const struct result_view *v, uint32_t root, node_visit *visit, void *user);
/* Every tree of a rule: applies, conditions, clause values, amounts. */
void view_walk_rule(const struct result_view *v, uint32_t rule, node_visit *visit, void *user);

/* The reads that keep a row undecided, sorted and unique; they live in scratch.  Returns how many. */
uint32_t view_row_missing(const struct result_view *v, uint32_t row, struct buffer *scratch,
                          const uint32_t **out);
/* The same for what keeps a rule undecided. */
uint32_t view_rule_missing(const struct result_view *v, uint32_t rule, const uint32_t **out);

static inline enum read_kind read_kind_of(uint32_t read)
{
    return (enum read_kind)(read >> 28);
}

static inline uint32_t read_index_of(uint32_t read)
{
    return read & 0x0FFFFFFF;
}

/* The name of what a read names. */
const char *read_name(const struct result_view *v, uint32_t read);
const char *read_label(const struct result_view *v, uint32_t read);
/* Why it is missing, as rule sees it: "absent", "not tested", "none recorded", "only known as <0.03", "not
 * set". */
void read_why(const struct result_view *v, uint32_t rule, uint32_t read, struct buffer *out);
/* ENUMS of the values that a parameter which is not set may be set to; NONE32 where the read is none, or they
 * are not listed. */
uint32_t read_readings(const struct result_view *v, uint32_t read);

#endif
