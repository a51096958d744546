/* What stands behind the handle of regimen_compiler.h. */
#ifndef REGIMEN_COMPILER_HANDLE_H
#define REGIMEN_COMPILER_HANDLE_H

#include "compiler/compilation.h"
#include "compiler/regimen_compiler.h"

enum { PROBLEM_MAX = 1024 };

struct regimen_compiler {
    struct compilation c;
    bool readable; /* a program was loaded, and no file was missing */
    bool checked;
    char problem[PROBLEM_MAX];
};

#endif
