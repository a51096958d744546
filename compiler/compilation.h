/*
 * One compilation: what the stages hand to each other.  compile.c alone knows their order:
 *
 *   load (files, folders, `use`) -> parse -> resolve -> check -> lower -> emit
 */
#ifndef REGIMEN_COMPILATION_H
#define REGIMEN_COMPILATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler/arena.h"
#include "compiler/ast.h"
#include "compiler/diag.h"
#include "compiler/source.h"

struct ir_program;
struct symbols;

enum { MISNAMED_MAX = 16 };

/* Filled by the stages from left to right; a later stage changes nothing that an earlier one has made,
   but the trees, whose nodes get types and declarations.  Everything is in the arena but the image. */
struct compilation {
    struct arena *arena;
    struct diag_sink sink;
    struct source_file *files;
    uint32_t file_count;
    struct protocol *protocols; /* every file but the site's, in order of loading */
    struct protocol *site;      /* or NULL */
    struct protocol *head;      /* the one that gives the program its name, version and status */
    struct symbols *symbols;    /* filled by resolve */
    struct ir_program *ir;
    uint8_t *image; /* of emit_image; compile.c frees it */
    size_t image_size;
    int misnamed[MISNAMED_MAX]; /* tokens of words of the language that a declaration took for a name; the
                                   rest 0 */
    bool with_tests;            /* lower the test blocks too (regimen test) */
};

/* load.c: reads the given files and folders and what they `use`, parses each, finds head.
   A folder is its *.rgm without subfolders.  False where a file could not be read (reported to io_error:
   a sentence with the file and the reason); bad rule files are diagnostics. */
bool load_program(struct compilation *c, const char *const *paths, size_t count, char *io_error,
                  size_t io_error_size);
/* A text in memory instead of a file (tests, editors, `-`). */
bool load_text(struct compilation *c, const char *name, const char *text, size_t length);
bool load_site(struct compilation *c, const char *path, char *io_error, size_t io_error_size);

/* parse.c: the tree of one file; never NULL, broken parts are left out and reported. */
struct protocol *parse_file(struct compilation *c, uint32_t file);

/* resolve.c: the table of declarations, enumerations to types, the names that stand outside of expressions.
 */
void resolve_program(struct compilation *c);
/* check.c: the names in expressions (a word may be an enumeration value, which only its place's type can
   tell), types, units, tables to rows, policies, cycles, the order of evaluation. */
void check_program(struct compilation *c);
/* lower.c: the intermediate form; only where there are no errors. */
void lower_program(struct compilation *c);
/* emit.c: the image; malloc'ed, freed by the caller. */
bool emit_image(struct compilation *c, uint8_t **image, size_t *size);

#endif
