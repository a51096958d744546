#include "compiler/builtins.h"

#include <string.h>

static const struct builtin_info infos[] = {
#define BUILTIN(name, word, least, most, opcode) {word, least, most},
#include "compiler/builtins.def"
#undef BUILTIN
};

const struct builtin_info *builtin_info(enum builtin builtin)
{
    return &infos[builtin];
}

int builtin_find(const char *word)
{
    for (int i = 0; i < BUILTIN_COUNT; i++)
        if (strcmp(infos[i].word, word) == 0) return i;
    return -1;
}
