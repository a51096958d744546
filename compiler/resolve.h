/*
 * What the files of the resolve stage share.
 */
#ifndef REGIMEN_RESOLVE_H
#define REGIMEN_RESOLVE_H

#include "compiler/symbols.h"

/* The stage while it runs. */
struct resolver {
    struct compilation *c;
    struct diag_sink *sink;
    struct protocol *protocol;                         /* from which names are looked up */
    struct enumeration *alert_states, *monitor_states; /* made for the first alert, the first monitor */
};

/* Fills name->decl with the visible declaration of one of the kinds (bits 1 << DECL_...), or reports `code`
   with "there is no WHAT ..." and returns NULL. */
struct decl *resolve_reference(struct resolver *r, struct name *name, unsigned kinds, enum diag_code code,
                               const char *what);
/* resolve_states.c: the states that the result of d is one of, where d does not write them itself; else NULL.
 */
struct enumeration *resolve_states(struct resolver *r, const struct decl *d);
/* resolve_types.c: the types that d writes: units, enumerations, fields, parameters of a function. */
void resolve_types(struct resolver *r, struct decl *d);
/* resolve_shown.c: the names behind `report shows`; that the program has one such line. */
void resolve_shown(struct resolver *r, struct decl *d);
void resolve_shown_once(struct resolver *r);
/* resolve_trace.c: the ids behind `trace` and `not coded`, of the whole program. */
void resolve_requirements(struct resolver *r);

#endif
