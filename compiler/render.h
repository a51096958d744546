/*
 * Diagnostics, written for a reader or a program, in order of file and position.
 */
#ifndef REGIMEN_RENDER_H
#define REGIMEN_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler/compilation.h"
#include "runtime/buffer.h"

enum render_format {
#define FORMAT(name, word, function, purpose) RENDER_##name,
#include "compiler/formats.def"
#undef FORMAT
};

/* What the formats write: the messages that were kept, sorted. */
struct rendering {
    struct buffer *out;
    const struct diag *const *diags;
    size_t count;
    const struct diag_sink *sink;
    const struct source_file *files;
    uint32_t file_count;
    bool colour; /* escape sequences, in the text format alone */
};

/* False where no format has the word. */
bool render_format_find(const char *word, enum render_format *format);
/* The sorted list lives in the arena of the compilation. */
void render_diagnostics(struct buffer *out, const struct compilation *c, enum render_format format,
                        bool colour);

/* One function a format. */
#define FORMAT(name, word, function, purpose) void function(const struct rendering *r);
#include "compiler/formats.def"
#undef FORMAT

/* Where a span lies; end is where the character behind it stands. */
struct render_place {
    const struct source_file *file;
    struct source_position start, end;
};

struct render_place render_place(const struct rendering *r, struct span span);
enum { RENDER_CODE_MAX = 16 };
/* "R0310", in buffer, which has RENDER_CODE_MAX bytes. */
const char *render_code(enum diag_code code, char *buffer);
const char *render_severity(enum diag_severity severity); /* "error", "warning" */

#endif
