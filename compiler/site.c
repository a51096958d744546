/* A site file by itself: for an image that is there already. */
#include "compiler/compiler_handle.h"
#include "compiler/unparse.h"

static const char *plain(const struct text *text)
{
    return text && text->plain ? text->plain : "";
}

/* Into reasons, where that is not NULL; how many there are. */
static size_t collect_reasons(const struct protocol *site, struct regimen_reason *reasons)
{
    size_t count = 0;
    for (const struct decl *d = site->decls; d; d = d->next)
        for (const struct setting *s = d->settings; s; s = s->next) {
            if (!s->because) continue;
            if (reasons) reasons[count] = (struct regimen_reason){s->name.text, plain(s->because)};
            count++;
        }
    return count;
}

bool regimen_compiler_site(struct regimen_compiler *compiler, struct regimen_site *out)
{
    const struct compilation *c = &compiler->c;
    const struct protocol *site = c->site;
    if (!site || c->sink.errors) return false;
    *out = (struct regimen_site){.name = site->name.text, .title = plain(site->title), .settings = ""};
    for (const struct decl *d = site->decls; d; d = d->next)
        out->settings = arena_printf(c->arena, "%s%s", out->settings, settings_text(c->arena, d->settings));
    out->reason_count = collect_reasons(site, NULL);
    struct regimen_reason *reasons = arena_alloc(c->arena, (out->reason_count + 1) * sizeof *reasons);
    collect_reasons(site, reasons);
    out->reasons = reasons;
    return true;
}
