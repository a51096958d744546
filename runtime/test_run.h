/*
 * Runs the test blocks of a program, and counts which of its rows and conditions they reach.
 */
#ifndef REGIMEN_TEST_RUN_H
#define REGIMEN_TEST_RUN_H

#include "runtime/buffer.h"
#include "runtime/regimen.h"
#include "runtime/result_view.h"

struct test_runner;

/* NULL where memory is short.  The program must outlive it. */
struct test_runner *test_runner_new(const struct regimen_program *program);
void test_runner_free(struct test_runner *runner);
size_t test_count(const struct test_runner *runner);

struct test_place {
    const char *name, *file;
    unsigned line;
};

struct test_place test_place(const struct test_runner *runner, size_t test);
/* Runs one; true where every expectation holds.  message gets the reasons where one does not: the
   expectation, what came out, and why. */
bool test_run(struct test_runner *runner, size_t test, struct buffer *message);

/* The record of the test that ran last, as it came out. */
struct result_view test_view(const struct test_runner *runner);

/* How a row or a guarantee came out; several of them where its rule ran for each element of a list. */
enum test_seen { SEEN_YES = 1, SEEN_NO = 2, SEEN_OPEN = 4 };

/* In the test that ran last, while its record was accepted: a row of the image, where its rule was for the
   patient, else 0; a rule of the image that is a guarantee, where it had something to say, else 0. */
unsigned test_row(const struct test_runner *runner, size_t row);
unsigned test_guarantee(const struct test_runner *runner, size_t rule);

/* What the tests run so far have not reached. */
struct coverage_gap {
    const char *what; /* a row's id, or the words of a condition */
    bool is_row;
    bool never_yes; /* a row: never fired; a condition: never true */
    bool never_no;
    const char *file; /* "" where it is not known */
    unsigned line;
};

struct coverage_sums {
    size_t rows, rows_fired, rows_not_fired;          /* rows without a condition count as seen not firing */
    size_t conditions, conditions_yes, conditions_no; /* atomic ones */
};

struct coverage_sums coverage_sums(const struct test_runner *runner);
/* The gaps in order of the program, one after the other: *position is 0 at the start.  False at the end. */
bool coverage_next(struct test_runner *runner, size_t *position, struct coverage_gap *gap);

#endif
