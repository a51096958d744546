/*
 * The results of rules that the language knows: an alert is raised or not raised, a monitor due, done, ...
 */
#include "compiler/resolve.h"

static const char *const alert_words[] = {
#define ALERT_STATE(name, word, shown, meaning) word,
#include "runtime/alert_states.def"
#undef ALERT_STATE
};

static const char *const monitor_words[] = {
#define MONITOR_STATE(name, word, shown, meaning) word,
#include "runtime/monitor_states.def"
#undef MONITOR_STATE
};

/* In order of the list, so that a value's code is its place there; written nowhere, so without a span. */
static struct enumeration *new_states(struct resolver *r, const char *const *words, int count)
{
    struct enumeration *states = arena_alloc(r->c->arena, sizeof *states);
    struct enum_value **end = &states->values;
    for (states->count = 0; states->count < count; states->count++) {
        struct enum_value *value = arena_alloc(r->c->arena, sizeof *value);
        value->name = words[states->count];
        value->code = states->count;
        *end = value;
        end = &value->next;
    }
    symbols_add_enumeration(r->c->symbols, states);
    return states;
}

/* All alerts share one enumeration and all monitors one, so their states can be compared with each
   other. */
struct enumeration *resolve_states(struct resolver *r, const struct decl *d)
{
    if (d->kind == DECL_ALERT && !r->alert_states)
        r->alert_states = new_states(r, alert_words, sizeof alert_words / sizeof *alert_words);
    if (d->kind == DECL_MONITOR && !r->monitor_states)
        r->monitor_states = new_states(r, monitor_words, sizeof monitor_words / sizeof *monitor_words);
    return d->kind == DECL_ALERT ? r->alert_states : d->kind == DECL_MONITOR ? r->monitor_states : NULL;
}
