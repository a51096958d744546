/*
 * How `regimen test` reports: the tests that ran, in one of several formats.
 */
#ifndef REGIMEN_CLI_TEST_REPORT_H
#define REGIMEN_CLI_TEST_REPORT_H

#include "runtime/test_run.h"

struct test_entry {
    struct test_place place;
    bool passed;
    struct buffer message; /* why not */
};

struct test_report {
    const char *program;
    const char *folder; /* before the names of files */
    const struct test_entry *entries;
    size_t count, passed;
    struct test_runner *coverage; /* NULL: not asked for */
};

typedef void test_writer(const struct test_report *report, struct buffer *out);

/* The writer of a format: text, tap, junit, json; NULL where there is none. */
test_writer *test_writer_find(const char *format);

#endif
