/*
 * Diagnostics: the only way to say that something is wrong with a rule file.
 *
 * diagnostics.def lists every kind of message once: its stable number (R0310), name, severity, title, what
 * it means, and a bad and a good example for `regimen explain`.  The sentence for the physician is made at
 * the place of the report; further places and the advice are added to it.
 */
#ifndef REGIMEN_DIAG_H
#define REGIMEN_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler/arena.h"
#include "compiler/source.h"
#include "runtime/suggest.h"

enum { DIAG_FILES_END = 100 }; /* R0001-R0099 are about files and programs */

enum diag_severity { SEVERITY_ERROR, SEVERITY_WARNING };

enum diag_code {
#define DIAG(number, name, severity, title, meaning, bad, good) DIAG_##name = number,
#include "compiler/diagnostics.def"
#undef DIAG
};

/* A further place that belongs to a message, with what it has to do with it. */
struct diag_note {
    struct span span;
    const char *text;
    struct diag_note *next;
};

/* One message; in the list of the sink in the order in which it was reported. */
struct diag {
    enum diag_code code;
    enum diag_severity severity;
    struct span span;
    const char *message; /* after "error R0310: " */
    const char *label;   /* beside the caret, or NULL */
    const char *help;    /* after "= help: ", or NULL */
    struct diag_note *notes;
    struct diag *next;
};

enum { DIAG_KEPT_MAX = 500 }; /* of each severity */

struct diag_sink {
    struct arena *arena;
    struct diag *first, *last;
    struct diag *dropped;    /* stands for each message beyond the limit */
    size_t errors, warnings; /* all, those beyond the limit too */
};

/* A line of diagnostics.def. */
struct diag_info {
    int number;
    const char *name, *title, *meaning, *bad, *good;
    enum diag_severity severity;
};

/* Reports; the result lives in the sink's arena and takes label, notes and help. */
struct diag *diag_report(struct diag_sink *sink, enum diag_code code, struct span span, const char *format,
                         ...) __attribute__((format(printf, 4, 5)));
void diag_label(struct diag_sink *sink, struct diag *d, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_note(struct diag_sink *sink, struct diag *d, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_help(struct diag_sink *sink, struct diag *d, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* NULL where there is no such code (310 for R0310). */
const struct diag_info *diag_find(int number);
/* All of them, in order of their numbers. */
const struct diag_info *diag_list(size_t *count);

#endif
