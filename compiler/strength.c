#include "compiler/strength.h"

#include <string.h>

#include "runtime/suggest.h"

static const struct {
    const char *word;
    bool excludes;
} strengths[] = {
    {"", false},
#define STRENGTH(name, word, excludes) {word, excludes},
#include "runtime/strengths.def"
#undef STRENGTH
};

static const char *const words[] = {
#define STRENGTH(name, word, excludes) word,
#include "runtime/strengths.def"
#undef STRENGTH
};

enum strength strength_named(const char *word)
{
    for (int i = 1; word && i < STRENGTH_COUNT; i++)
        if (strcmp(strengths[i].word, word) == 0) return (enum strength)i;
    return STRENGTH_NONE;
}

bool strength_excludes(enum strength strength)
{
    return strengths[strength].excludes;
}

const char *strength_near(const char *word)
{
    return suggest(word, words, sizeof words / sizeof *words);
}

const char *strengths_of(struct arena *arena, bool exclude)
{
    const char *list = "";
    for (int i = 1; i < STRENGTH_COUNT; i++)
        if (strengths[i].excludes == exclude)
            list = arena_printf(arena, "%s%s`%s`", list, *list ? ", " : "", strengths[i].word);
    return list;
}
