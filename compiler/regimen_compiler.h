/*
 * The Regimen compiler as a library: rule files in, an image out, and what is wrong with them.
 *
 * One handle compiles one program: load, then build (or check, which stops before the image).  Whatever a
 * handle returns lives as long as the handle.  A handle belongs to one thread at a time; handles share
 * nothing.
 */
#ifndef REGIMEN_COMPILER_H
#define REGIMEN_COMPILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef REGIMEN_API
#define REGIMEN_API __attribute__((visibility("default")))
#endif

struct regimen_compiler;

enum regimen_compiler_status {
    REGIMEN_COMPILER_OK,         /* no errors; there may be warnings */
    REGIMEN_COMPILER_FINDINGS,   /* errors: see the diagnostics */
    REGIMEN_COMPILER_UNREADABLE, /* a file could not be read: see regimen_compiler_problem */
    REGIMEN_COMPILER_MEMORY,     /* the memory is not sufficient */
    REGIMEN_COMPILER_BUG,        /* the image does not pass its own verification: ours, see ..._problem */
};

/* NULL where memory is short.  Once a handle exists, a compilation that runs out of memory ends the process
   with status 70. */
REGIMEN_API struct regimen_compiler *regimen_compiler_new(void);
REGIMEN_API void regimen_compiler_free(struct regimen_compiler *compiler);

/* The program: files, folders (their *.rgm without subfolders) or "-" for the standard input, and what they
 * use. */
REGIMEN_API enum regimen_compiler_status regimen_compiler_load_paths(struct regimen_compiler *compiler,
                                                                     const char *const *paths, size_t count);
/* The program is a text, and what it uses in the folder of name, which stands in messages too. */
REGIMEN_API enum regimen_compiler_status regimen_compiler_load_text(struct regimen_compiler *compiler,
                                                                    const char *name, const char *text,
                                                                    size_t length);
/* After the program: an institution's values, which go into the image. */
REGIMEN_API enum regimen_compiler_status regimen_compiler_load_site(struct regimen_compiler *compiler,
                                                                    const char *path);
/* Why an institution set a parameter. */
struct regimen_reason {
    const char *parameter, *because;
};

/* An institution's values by themselves, as regimen_evaluator_site and regimen_evaluator_because take them.
 */
struct regimen_site {
    const char *name, *title;
    const char *settings; /* lines NAME=VALUE */
    const struct regimen_reason *reasons;
    size_t reason_count;
};

/* The site file that was loaded, with or without a program.  False where there is none, or it has errors. */
REGIMEN_API bool regimen_compiler_site(struct regimen_compiler *compiler, struct regimen_site *site);
/* The image keeps the test blocks too. */
REGIMEN_API void regimen_compiler_with_tests(struct regimen_compiler *compiler);

/* Everything that can be said about the loaded program. */
REGIMEN_API enum regimen_compiler_status regimen_compiler_check(struct regimen_compiler *compiler);
/* The image; size in bytes. */
REGIMEN_API enum regimen_compiler_status regimen_compiler_build(struct regimen_compiler *compiler,
                                                                const uint8_t **image, size_t *size);

REGIMEN_API size_t regimen_compiler_errors(const struct regimen_compiler *compiler);
REGIMEN_API size_t regimen_compiler_warnings(const struct regimen_compiler *compiler);
/* A sentence with the reason, after REGIMEN_COMPILER_UNREADABLE and REGIMEN_COMPILER_BUG. */
REGIMEN_API const char *regimen_compiler_problem(const struct regimen_compiler *compiler);
/* The diagnostics as "text", "json", "sarif" or "github"; NULL for any other format; length may be NULL.
   colour: with escape sequences for a terminal, in text alone. */
REGIMEN_API const char *regimen_compiler_diagnostics(struct regimen_compiler *compiler, const char *format,
                                                     bool colour, size_t *length);
/* A stage of the compilation in words, for people who work on the compiler; NULL where there is no such stage
   or the errors of the program come before it. */
REGIMEN_API const char *regimen_compiler_stage(struct regimen_compiler *compiler, const char *stage,
                                               size_t *length);

/* Where something stands: file as in the image, line from 1. */
struct regimen_place {
    const char *file;
    unsigned line;
};

struct regimen_citation {
    const char *source, *title, *document, *at; /* "" where nothing was written */
};

/* A `requirement` of the program; what is not there is "". */
struct regimen_requirement {
    const char *id, *sentence, *because;
    const struct regimen_citation *cites;
    size_t cite_count;
    struct regimen_place place;
};

/* An id behind the `trace` of a declaration that the image does not have. */
struct regimen_traced {
    const char *id;
    const char *kind; /* "definition", "parameter", ...; "guarantee": about what reads what */
    const char *name; /* a guarantee: its words */
    struct regimen_place place;
    bool proven; /* a guarantee, which holds for every record: the compiler has seen to it */
};

/* In order of the program; NULL, and count 0, where it has errors. */
REGIMEN_API const struct regimen_requirement *regimen_compiler_requirements(struct regimen_compiler *compiler,
                                                                            size_t *count);
REGIMEN_API const struct regimen_traced *regimen_compiler_traced(struct regimen_compiler *compiler,
                                                                 size_t *count);

/* The folder to which the names of files in the image are relative, with its slash; "" for the current one.
 */
REGIMEN_API const char *regimen_compiler_folder(struct regimen_compiler *compiler);

/* What a diagnostic means.  The examples are rule files, or "" where none can be shown. */
struct regimen_explanation {
    int number;           /* 310 for R0310 */
    const char *severity; /* "error" or "warning" */
    const char *title, *meaning, *bad, *good;
};

/* The diagnostic with this number; of the next one above it where exact is false.  False where there is none.
 */
REGIMEN_API bool regimen_compiler_explain(int number, bool exact, struct regimen_explanation *explanation);

#ifdef __cplusplus
}
#endif

#endif
