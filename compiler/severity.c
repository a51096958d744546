#include "compiler/severity.h"

#include <string.h>

#include "runtime/suggest.h"

static const char *const words[] = {
#define SEVERITY(name, word) word,
#include "runtime/severities.def"
#undef SEVERITY
};

enum { WORD_COUNT = sizeof words / sizeof *words };

enum alert_severity severity_named(const char *word)
{
    for (int i = 0; word && i < WORD_COUNT; i++)
        if (strcmp(words[i], word) == 0) return (enum alert_severity)(i + 1);
    return ALERT_SEVERITY_NONE;
}

const char *severity_near(const char *word)
{
    return suggest(word, words, WORD_COUNT);
}

const char *severity_list(struct arena *arena)
{
    const char *list = "";
    for (int i = 0; i < WORD_COUNT; i++)
        list = arena_printf(arena, "%s%s`%s`", list, *list ? ", " : "", words[i]);
    return list;
}
