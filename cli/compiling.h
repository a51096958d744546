/*
 * What the verbs share that compile rule files.
 */
#ifndef REGIMEN_CLI_COMPILING_H
#define REGIMEN_CLI_COMPILING_H

#include "cli/command.h"
#include "compiler/regimen_compiler.h"

/* The option that every one of them has. */
#define COMPILING_SITE                                                                                       \
    {                                                                                                        \
        "site", 0, "FILE", "with the values that an institution sets"                                        \
    }

/* Loads the operands, and the file of --site; EXIT_FILE with a message where one cannot be read, else
   EXIT_FINE (what is wrong with them is in the diagnostics). */
enum exit_status compiling_load(struct regimen_compiler *compiler, const struct options *options);
/* Writes the diagnostics, in colour where the stream is a terminal. */
void compiling_print(struct regimen_compiler *compiler, const char *format, FILE *out);
/* For verbs that do more than check: what was found goes to the standard error. */
enum exit_status compiling_report(struct regimen_compiler *compiler, enum regimen_compiler_status status);
/* Loads, compiles and reports.  Where the result is not EXIT_FINE there is no image. */
enum exit_status compiling_build(struct regimen_compiler *compiler, const struct options *options,
                                 const uint8_t **image, size_t *size);

/* Runs work with a new compiler and frees it. */
enum exit_status compiling_run(enum exit_status (*work)(struct regimen_compiler *compiler,
                                                        const struct options *options),
                               const struct options *options);

#endif
