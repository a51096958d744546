/*
 * The protocols of a program together, once all are read.
 */
#ifndef REGIMEN_PROGRAM_H
#define REGIMEN_PROGRAM_H

#include "compiler/compilation.h"

/* NULL where no protocol has the name. */
struct protocol *program_find(const struct compilation *c, const char *name);

/* Reports cycles of `use`, a protocol that is used twice or stands in two files; finds head and gives the
   files their names relative to the program's folder.  Files from given_count on were found through `use`.
   nameless: a file could not be read as a protocol, so a missing head is not reported. */
void program_finish(struct compilation *c, uint32_t given_count, bool nameless);

#endif
