/*
 * Rule files on the disk: reading one, listing a folder, and whether what was read is text at all.
 */
#ifndef REGIMEN_FILE_H
#define REGIMEN_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "compiler/arena.h"
#include "compiler/diag.h"
#include "compiler/source.h"

enum { FILE_BYTES_MAX = 16 << 20 };

struct file_identity { /* the same file under two names is one file */
    dev_t device;
    ino_t node;
};

/* Where an error stands that is no diagnostic: a sentence with the file and the reason. */
struct io_error {
    char *text;
    size_t size;
};

void io_error_set(struct io_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The folder part of a path ("." where it has none), and folder and name put together. */
const char *path_folder(struct arena *arena, const char *path);
const char *path_join(struct arena *arena, const char *folder, const char *name);
bool path_ends_in(const char *path, const char *ending);

/* 1 a folder, 0 anything else, -1 there is nothing that could be opened: see error. */
int path_is_folder(const char *path, struct io_error *error);

/* Reads at most FILE_BYTES_MAX + 1 bytes, so that the caller sees that a file is too large; "-" is the
   standard input.  The text is terminated and lives in the arena. */
bool file_read(struct arena *arena, const char *path, const char **text, size_t *length,
               struct file_identity *identity, struct io_error *error);

/* The paths of the files of a folder that could hold rules - *.rgm, and *.md but for README.md - without its
   subfolders, sorted by name. */
bool folder_list(struct arena *arena, const char *folder, const char ***paths, size_t *count,
                 struct io_error *error);

/* Finds the rules in the text.  Reports what makes the file no rule file: too large, binary, not UTF-8, text
   in a hidden order, empty, Markdown without clear blocks of rules.  file is its number in the compilation,
   for the spans. True where the rules may be parsed. */
bool file_take_rules(struct diag_sink *sink, struct source_file *source, uint32_t file);

#endif
