/* What stands behind the opaque types of regimen.h. */
#ifndef REGIMEN_API_H
#define REGIMEN_API_H

#include "runtime/eval.h"
#include "runtime/regimen.h"
#include "runtime/result_view.h"

struct regimen_program {
    struct image image;
    uint8_t *bytes;
    uint32_t *order; /* RULES in order of declaration, expectations left out */
    uint32_t order_count;
    char digest[2 * IMAGE_DIGEST + 1], site_digest[2 * IMAGE_DIGEST + 1];
    struct buffer types; /* of inputs, parameters and rules, one terminated text each */
    size_t *type_offsets;
};

struct regimen_evaluator {
    const struct regimen_program *program;
    struct eval_context *context;
    struct record_reader *reader;
    struct record record; /* of the last regimen_evaluate */
    char **settings;      /* one a parameter: the text that was set, or NULL */
    char **reasons;       /* one a parameter: of regimen_evaluator_because, or NULL */
    bool all;             /* the report writes out every result */
    bool *only;           /* one a rule; NULL: all */
    char *as_of;
    char *site_name, *site_title, *site_digest; /* of regimen_evaluator_site, or NULL */
    struct buffer json, explained, report, explanation, refused_json,
        refused_text;                          /* one for each function */
    struct buffer messages, advices, elements; /* of the last that was asked for */
    size_t dated_rule; /* by the public count: whose dates are in dates; SIZE_MAX: nobody's */
    struct buffer dates, amount, route, worksheet;
};

/* status, with its sentence in error (which may be NULL). */
enum regimen_status api_fail(struct regimen_error *error, enum regimen_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Copies what fits, cut at a whole character. */
void api_copy(char *out, size_t size, const char *text);
/* Sets parameters from lines NAME=VALUE, which are cut up for the while; they are not noted as set for this
 * run. */
enum regimen_status api_set_lines(struct regimen_evaluator *evaluator, char *lines,
                                  struct regimen_error *error);
/* All parameters back to what the program holds. */
void api_reset(struct regimen_evaluator *evaluator);
/* The evaluator's last record as the writers of results see it. */
struct result_view api_view(const struct regimen_evaluator *evaluator);

#endif
