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

/* ---- What an item comes to -------------------------------------------------------------------------- */

static const struct {
    const char *word;
    struct standing standing;
} standings[] = {
    {"included", {ITEM_INCLUDED, STRENGTH_NONE}},
    {"excluded", {ITEM_EXCLUDED, STRENGTH_NONE}},
    {"choice", {ITEM_CHOICE, STRENGTH_NONE}},
};

static const char CHOICE_OF[] = "_choice"; /* recommended_choice */

static bool choice_named(const char *word, struct standing *standing)
{
    size_t length = strlen(word), suffix = strlen(CHOICE_OF);
    for (int i = 1; i < STRENGTH_COUNT; i++) {
        size_t own = strlen(strengths[i].word);
        bool fits = !strengths[i].excludes && length == own + suffix && strcmp(word + own, CHOICE_OF) == 0;
        if (!fits || strncmp(word, strengths[i].word, own) != 0) continue;
        *standing = (struct standing){ITEM_CHOICE, (enum strength)i};
        return true;
    }
    return false;
}

bool standing_named(const char *word, bool negated, struct standing *standing)
{
    enum strength strength = strength_named(word);
    for (size_t i = 0; i < sizeof standings / sizeof *standings; i++) {
        if (strcmp(word, standings[i].word) != 0) continue;
        *standing = standings[i].standing;
        if (negated && standing->state == ITEM_INCLUDED) standing->state = ITEM_ABSENT;
        return true;
    }
    if (!strength) return choice_named(word, standing);
    *standing = (struct standing){strength_excludes(strength) ? ITEM_EXCLUDED : ITEM_INCLUDED, strength};
    return true;
}

const char *standing_near(const char *word)
{
    const char *near = strength_near(word);
    const char *others[sizeof standings / sizeof *standings];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        others[i] = standings[i].word;
    return near ? near : suggest(word, others, sizeof others / sizeof *others);
}
