/* The list stands once, in keywords.def, sorted by word; tokens are numbered from TOK_DEND on, so
   by_token has a place for each. */
#include "compiler/keyword.h"

#include <string.h>

#include "compiler/grammar.h"

static const struct keyword keywords[] = {
#define KEYWORD(token, word, kind, meaning) {word, KEYWORD_##kind, TOK_##token, meaning},
#include "compiler/keywords.def"
#undef KEYWORD
};

/* The same, by their tokens. */
static const struct keyword by_token[] = {
#define KEYWORD(token, word, kind, meaning)                                                                  \
    [TOK_##token - TOK_DEND] = {word, KEYWORD_##kind, TOK_##token, meaning},
#include "compiler/keywords.def"
#undef KEYWORD
};

static const struct fused fuseds[] = {
#define FUSED(token, first, second, meaning) {first, second, TOK_##token},
#include "compiler/keywords.def"
#undef FUSED
};

enum { KEYWORD_COUNT = sizeof keywords / sizeof *keywords, FUSED_COUNT = sizeof fuseds / sizeof *fuseds };

/* As strcmp, with a word that is not terminated. */
static int word_order(const char *word, size_t length, const char *other)
{
    if (*word != *other) return (unsigned char)*word - (unsigned char)*other;
    int order = strncmp(word, other, length);
    return order != 0 ? order : -(other[length] != '\0');
}

const struct keyword *keyword_find(const char *word, size_t length)
{
    size_t low = 0, high = KEYWORD_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = word_order(word, length, keywords[middle].word);
        if (order == 0) return &keywords[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct keyword *keyword_of(int token)
{
    size_t i = (size_t)(token - TOK_DEND);
    if (token < TOK_DEND || i >= sizeof by_token / sizeof *by_token || !by_token[i].word) return NULL;
    return &by_token[i];
}

/* A walk through all of them: there are two dozen, and it is asked only after a first word that fits. */
const struct fused *fused_find(const char *first, const char *second)
{
    for (size_t i = 0; i < FUSED_COUNT; i++)
        if (strcmp(fuseds[i].first, first) == 0 && strcmp(fuseds[i].second, second) == 0) return &fuseds[i];
    return NULL;
}

bool fused_begins(const char *word)
{
    for (size_t i = 0; i < FUSED_COUNT; i++)
        if (*fuseds[i].first == *word && strcmp(fuseds[i].first, word) == 0) return true;
    return false;
}

bool fused_ends(const char *word)
{
    for (size_t i = 0; i < FUSED_COUNT; i++)
        if (strcmp(fuseds[i].second, word) == 0) return true;
    return false;
}

size_t keyword_list(enum keyword_kind kind, const char **words, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < KEYWORD_COUNT && count < room; i++)
        if (keywords[i].kind == kind) words[count++] = keywords[i].word;
    return count;
}
