#include "compiler/name_set.h"

#include <string.h>

static struct name *slot_of(const struct name_set *set, const char *text)
{
    uint32_t hash = UINT32_C(2166136261);
    for (const char *at = text; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT32_C(16777619);
    size_t i = hash & (set->room - 1);
    while (set->slots[i].text && strcmp(set->slots[i].text, text) != 0)
        i = (i + 1) & (set->room - 1);
    return &set->slots[i];
}

static void set_grow(struct name_set *set)
{
    struct name_set larger = {
        .arena = set->arena, .room = set->room ? 2 * set->room : 16, .count = set->count};
    larger.slots = arena_alloc(set->arena, larger.room * sizeof(*larger.slots));
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i].text) *slot_of(&larger, set->slots[i].text) = set->slots[i];
    *set = larger;
}

const struct name *name_set_find(const struct name_set *set, const char *text)
{
    if (set->count == 0) return NULL;
    const struct name *slot = slot_of(set, text);
    return slot->text ? slot : NULL;
}

const struct name *name_set_add(struct name_set *set, const char *text, struct span span)
{
    if (2 * set->count >= set->room) set_grow(set);
    struct name *slot = slot_of(set, text);
    if (slot->text) return slot;
    *slot = (struct name){.text = text, .span = span};
    set->count++;
    return NULL;
}
