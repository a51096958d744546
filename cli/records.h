/*
 * Where records come from: files of one record, of an array of them, of one a line, folders, the standard
 * input.
 *
 * Texts are handed out as they stand.  What is no JSON is handed out too: the reader of records says what is
 * wrong with it, and it counts as one record.
 */
#ifndef REGIMEN_CLI_RECORDS_H
#define REGIMEN_CLI_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/command.h"

struct record_text {
    const char *text; /* until the next call */
    size_t length;
    size_t line;      /* of the file, from 1 */
    const char *file; /* lives as long as the source; NULL: the standard input */
};

struct record_source;

/* Paths as the command has them; "-" is the standard input.  NULL with a message and *status where one cannot
   be read or is of a kind that is not read. */
struct record_source *records_open(const char *const *paths, size_t count, enum exit_status *status);
void records_close(struct record_source *source);

enum records_state { RECORDS_MORE, RECORDS_END, RECORDS_FAILED };

/* The next one; RECORDS_FAILED with a message where a file cannot be read any more. */
enum records_state records_next(struct record_source *source, struct record_text *out);

/* The bytes of the JSON value at the start of text, without looking at what is in it; 0 where it does not
 * end. */
size_t json_extent(const char *text, size_t length);

#endif
