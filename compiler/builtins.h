/*
 * The functions that the language brings with it, from builtins.def.
 */
#ifndef REGIMEN_BUILTINS_H
#define REGIMEN_BUILTINS_H

enum builtin {
#define BUILTIN(name, word, least, most, opcode) BUILTIN_##name,
#include "compiler/builtins.def"
#undef BUILTIN
    BUILTIN_COUNT
};

struct builtin_info {
    const char *word;
    int least, most; /* arguments; most 0: any number */
};

const struct builtin_info *builtin_info(enum builtin builtin);
/* Its place in builtins.def, or -1. */
int builtin_find(const char *word);

#endif
