#include "compiler/phrases.h"

#include <stddef.h>
#include <string.h>

static const struct {
    enum phrase_kind kind;
    const char *word, *instead;
} phrases[] = {
#define PHRASE(kind, word, instead) {PHRASE_##kind, word, instead},
#include "compiler/phrases.def"
#undef PHRASE
};

const char *phrase_instead(enum phrase_kind kind, const char *word)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].kind == kind && strcmp(phrases[i].word, word) == 0) return phrases[i].instead;
    return NULL;
}
