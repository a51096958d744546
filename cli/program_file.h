/*
 * PROGRAM of a command line: an image, a rule file or a folder of rule files.
 */
#ifndef REGIMEN_CLI_PROGRAM_FILE_H
#define REGIMEN_CLI_PROGRAM_FILE_H

#include <stdbool.h>

#include "cli/command.h"
#include "runtime/regimen.h"

struct program_file {
    struct regimen_program *program;
    bool is_image;
    char *folder; /* before the names of its files: "rules/all/"; NULL of an image */
};

/* Whether path is an image: by its first bytes. */
bool program_is_image(const char *path);
/* Loads or compiles the first operands of the command; the file of --site goes into what is compiled here.
   with_tests: the test blocks are kept.  Diagnostics and messages go to the standard error. */
enum exit_status program_open(const struct options *options, size_t operands, bool with_tests,
                              struct program_file *out);
/* The values of the site file for an evaluator of an image, which knows its parameters by name. */
enum exit_status program_apply_site(struct regimen_evaluator *evaluator, const char *site);
void program_close(struct program_file *file);

#endif
