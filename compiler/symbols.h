/*
 * The table of declarations of one program.
 *
 * All protocols of a program share one space of names.  A name is visible in a protocol that declares it or
 * that uses, directly or through others, the protocol that does; a site file sees all.  The id of a
 * requirement is visible everywhere: the list is about the whole program, and a protocol that fulfils it need
 * not read it.
 */
#ifndef REGIMEN_SYMBOLS_H
#define REGIMEN_SYMBOLS_H

#include "compiler/compilation.h"

struct symbols;

/* Numbers the protocols and works out which sees which; empty of declarations. */
struct symbols *symbols_new(struct compilation *c);
/* Enters d under its name; the declaration that has the name already, or NULL. */
struct decl *symbols_add(struct symbols *symbols, struct decl *d);
/* Whatever has the name in the program, or NULL. */
struct decl *symbols_find(const struct symbols *symbols, const char *name);
/* Whether the protocol `from` sees d; constant time. */
bool symbols_visible(const struct symbols *symbols, const struct protocol *from, const struct decl *d);

/* What word was probably meant to be, of the kinds whose bit (1 << DECL_...) is set and that from sees; or
 * NULL. */
const char *symbols_suggest(const struct symbols *symbols, const struct protocol *from, unsigned kinds,
                            const char *word);

/* Every enumeration of the program, named or not, in order of its index. */
void symbols_add_enumeration(struct symbols *symbols, struct enumeration *enumeration);
struct enumeration *const *symbols_enumerations(const struct symbols *symbols, size_t *count);

#endif
