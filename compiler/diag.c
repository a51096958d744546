#include "compiler/diag.h"

#include <stdarg.h>
#include <stdint.h>

/* In order of their numbers. */
static const struct diag_info infos[] = {
#define DIAG(number, name, severity, title, meaning, bad, good)                                              \
    {number, #name, title, meaning, bad, good, SEVERITY_##severity},
#include "compiler/diagnostics.def"
#undef DIAG
};

enum { INFO_COUNT = sizeof infos / sizeof *infos };

const struct diag_info *diag_find(int number)
{
    for (size_t i = 0; i < INFO_COUNT; i++)
        if (infos[i].number == number) return &infos[i];
    return NULL;
}

const struct diag_info *diag_list(size_t *count)
{
    *count = INFO_COUNT;
    return infos;
}

static void sink_append(struct diag_sink *sink, struct diag *d)
{
    if (sink->last)
        sink->last->next = d;
    else
        sink->first = d;
    sink->last = d;
}

/* Beyond the limit a message is counted and not kept, so that garbage cannot fill the memory. */
static struct diag *sink_dropped(struct diag_sink *sink)
{
    if (!sink->dropped) sink->dropped = arena_alloc(sink->arena, sizeof *sink->dropped);
    return sink->dropped;
}

struct diag *diag_report(struct diag_sink *sink, enum diag_code code, struct span span, const char *format,
                         ...)
{
    enum diag_severity severity = diag_find((int)code)->severity;
    size_t *count = severity == SEVERITY_ERROR ? &sink->errors : &sink->warnings;
    if (++*count > DIAG_KEPT_MAX) return sink_dropped(sink);
    struct diag *d = arena_alloc(sink->arena, sizeof *d);
    *d = (struct diag){.code = code, .severity = severity, .span = span};
    va_list arguments;
    va_start(arguments, format);
    d->message = arena_vprintf(sink->arena, format, arguments);
    va_end(arguments);
    sink_append(sink, d);
    return d;
}

void diag_label(struct diag_sink *sink, struct diag *d, const char *format, ...)
{
    if (d == sink->dropped) return;
    va_list arguments;
    va_start(arguments, format);
    d->label = arena_vprintf(sink->arena, format, arguments);
    va_end(arguments);
}

void diag_note(struct diag_sink *sink, struct diag *d, struct span span, const char *format, ...)
{
    if (d == sink->dropped) return;
    struct diag_note *note = arena_alloc(sink->arena, sizeof *note);
    struct diag_note **end = &d->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
    note->span = span;
    va_list arguments;
    va_start(arguments, format);
    note->text = arena_vprintf(sink->arena, format, arguments);
    va_end(arguments);
}

void diag_help(struct diag_sink *sink, struct diag *d, const char *format, ...)
{
    if (d == sink->dropped) return;
    va_list arguments;
    va_start(arguments, format);
    d->help = arena_vprintf(sink->arena, format, arguments);
    va_end(arguments);
}
