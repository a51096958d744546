/* What a row that traces no requirement is there for, as far as its form shows. */
#ifndef REGIMEN_CLI_TRACE_UNTRACED_H
#define REGIMEN_CLI_TRACE_UNTRACED_H

#include "runtime/result_view.h"

enum trace_untraced {
#define UNTRACED(name, word, meaning) UNTRACED_##name,
#include "cli/trace_untraced.def"
#undef UNTRACED
    UNTRACED_COUNT
};

extern const char *const untraced_words[UNTRACED_COUNT];

/* Of a row (ROWS) of a rule, without a trace. */
enum trace_untraced untraced_of(const struct result_view *v, uint32_t rule, uint32_t row);

#endif
