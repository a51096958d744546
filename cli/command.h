/*
 * What the verbs share: their list, exit statuses, messages and output.
 */
#ifndef REGIMEN_CLI_COMMAND_H
#define REGIMEN_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/options.h"

enum exit_status {
    EXIT_FINE = 0,     /* unknown, not covered, withheld and a raised alert are answers */
    EXIT_FINDINGS = 1, /* a diagnostic, a failing test, a refused record, a conflict, a fault */
    EXIT_USAGE = 2,
    EXIT_FILE = 3, /* a file could not be read or written */
    EXIT_BUG = 70, /* ours */
};

enum { MANY = -1 };

struct verb {
    const char *name, *operands, *help;
    int least, most; /* operands; most may be MANY */
    const struct option_spec *options;
    enum exit_status (*run)(const struct options *options);
};

/* One file a verb: verb_NAME.c has its options and what it does.  It writes to stdout, which main checks. */
#define VERB(name, operands, least, most, help)                                                              \
    extern const struct option_spec verb_##name##_options[];                                                 \
    enum exit_status verb_##name(const struct options *options);
#include "cli/verbs.def"
#undef VERB

const struct verb *verb_find(const char *name);
/* With what was meant, where a verb has a similar name. */
enum exit_status verb_unknown(const char *name);
void help_print(FILE *out);
void help_print_verb(FILE *out, const struct verb *verb);

/* "regimen: " and the sentence, to the standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* complain, with EXIT_USAGE as its result. */
enum exit_status usage_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A terminal, and NO_COLOR is not set. */
bool colour_wanted(FILE *stream);

/* Whether all that was written has arrived; otherwise a message (none for a pipe whose reader has gone) and
   EXIT_FILE in place of status. */
enum exit_status output_finish(enum exit_status status);
/* Writes a whole file, by way of a second one that takes its place, so that no half of it is ever seen; "-"
   is the standard output.  False with a message. */
bool output_write_file(const char *path, const void *bytes, size_t size);

#endif
