/*
 * One program under test: compiled for the machine, checked for the oracle, and what each of them says of a
 * patient. Results are compared as text, which is also what a report of a difference shows.
 */
#ifndef ORACLE_SPECIMEN_H
#define ORACLE_SPECIMEN_H

#include <stdio.h>

#include "runtime/api.h"
#include "tests/oracle/make_patient.h"
#include "tests/oracle/oracle.h"

/* How much the trials had to go by: a claim about nothing proves nothing. */
struct tally {
    size_t results, sure;                /* AGREE: results, and those that the oracle was sure of */
    size_t truths, decided;              /* rows, and those whose condition the oracle decided */
    size_t parts, parts_sure, parts_out; /* elements of `for each` and items of sets, those that it was sure
                                            of; elements that do not count */
    size_t told;                         /* messages of alerts whose values the oracle knew */
    size_t gaps, settled;  /* LASTING: results of patients with gaps, and those decided all the same */
    size_t searched, same; /* COMPLETE: results, and those that come out the same for all values */
};

struct specimen {
    struct tally tally;
    struct compilation program;
    struct oracle *oracle;
    struct regimen_program *machine;
    struct regimen_evaluator *evaluator;
};

/* False where the text is no good program; why goes to problem, which may be NULL.  Close it in any case. */
bool specimen_open(struct specimen *s, const char *text, FILE *problem);
void specimen_close(struct specimen *s);
/* The declarations that give results: the next one after rule, or the first one for NULL. */
const struct decl *specimen_rule(const struct specimen *s, const struct decl *rule);
/* A collection or a recommendation. */
bool specimen_fills_set(const struct decl *rule);
/* The machine evaluates the patient.  False where it refuses; why goes to problem. */
bool specimen_run(struct specimen *s, const struct patient *patient, struct writing how, FILE *problem);
/* Its place in the image. */
uint32_t specimen_index(const struct specimen *s, const struct decl *rule);
const struct rule_result *specimen_result(const struct specimen *s, const struct decl *rule);
/* "decided mid", "decided give 1:50 2:50", "unknown": of the machine's last patient; malloc'ed. */
char *machine_words(const struct specimen *s, const struct decl *rule);
/* The same of the oracle; NULL where it is not sure. */
char *oracle_words(struct specimen *s, const struct decl *rule);

#endif
