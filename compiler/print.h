/*
 * The stages of the compiler, printed: regimen show --stage ast|checked|ir|code.
 */
#ifndef REGIMEN_PRINT_H
#define REGIMEN_PRINT_H

#include <stdio.h>

#include "compiler/compilation.h"

/* Every node of every file's tree, one a line, indented, with its place as line:column. */
void print_ast(FILE *out, const struct compilation *c);
/* The constants, and each rule's instructions, subjects and rows. */
void print_ir(FILE *out, const struct compilation *c);
/* Each declaration with its type and its rank in the order of evaluation; tables as rows and clauses.  Only
   where there are no errors. */
void print_checked(FILE *out, const struct compilation *c);
/* The image, disassembled.  Only once it is there. */
void print_code(FILE *out, const struct compilation *c);

#endif
