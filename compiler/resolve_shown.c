/*
 * `report shows`: the inputs and definitions that stand on top of every report.
 */
#include "compiler/name_set.h"
#include "compiler/resolve.h"

void resolve_shown(struct resolver *r, struct decl *d)
{
    const unsigned values = 1U << DECL_INPUT | 1U << DECL_DEFINE;
    struct name_set seen = {.arena = r->c->arena};
    for (struct name *name = d->shown; name; name = name->next) {
        resolve_reference(r, name, values, DIAG_NAME_UNKNOWN, "input or definition");
        const struct name *first = name_set_add(&seen, name->text, name->span);
        if (!first) continue;
        struct diag *message =
            diag_report(r->sink, DIAG_LISTED_TWICE, name->span, "`%s` stands twice in one list", name->text);
        diag_note(r->sink, message, first->span, "first here");
    }
}

void resolve_shown_once(struct resolver *r)
{
    const struct decl *first = NULL;
    for (const struct protocol *p = r->c->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next) {
            if (d->kind != DECL_SHOWN) continue;
            if (!first) {
                first = d;
                continue;
            }
            struct diag *message =
                diag_report(r->sink, DIAG_SHOWN_TWICE, d->span, "what a report shows is said a second time");
            diag_note(r->sink, message, first->span, "first said here");
            diag_help(r->sink, message,
                      "a program has one line `report shows`: name all of it there, in the order of reading");
        }
}
