/*
 * Evaluating many records: in several threads, with the results in the order of the records.
 */
#ifndef REGIMEN_CLI_BATCH_H
#define REGIMEN_CLI_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/records.h"
#include "runtime/regimen.h"

struct batch_form {
    bool json;    /* one object a line; else reports */
    bool explain; /* with explanations */
};

struct batch;

/* evaluators: one a thread, all of program and set up alike; they stay the caller's.  NULL with a message
   where memory is short. */
struct batch *batch_new(const struct regimen_program *program, struct regimen_evaluator *const *evaluators,
                        unsigned threads, struct batch_form form);
void batch_free(struct batch *batch);
/* Evaluates every record of source and writes the results to the standard output.  EXIT_FINDINGS where one
   was refused or ended in a conflict or a fault. */
enum exit_status batch_run(struct batch *batch, struct record_source *source);
/* How often each rule ended how, to out. */
void batch_summary(const struct batch *batch, FILE *out);
/* The records so far, those that were refused too. */
size_t batch_records(const struct batch *batch);

#endif
