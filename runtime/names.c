#include "runtime/names.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/edit_distance.h"
#include "runtime/suggest.h"

/* FNV-1a; the names come from the image, so nobody can fill one bucket from outside. */
static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = UINT32_C(2166136261);
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)text[i]) * UINT32_C(16777619);
    return h;
}

bool names_init(struct names *names, uint32_t count)
{
    uint32_t size = 2;
    while (size < UINT32_C(1) << 31 && size / 2 < count)
        size *= 2;
    *names = (struct names){.mask = size - 1};
    names->texts = calloc(count ? count : 1, sizeof *names->texts);
    names->buckets = calloc(size, sizeof *names->buckets);
    return names->texts && names->buckets;
}

void names_free(struct names *names)
{
    free(names->texts);
    free(names->buckets);
    *names = (struct names){0};
}

static bool is_text(const char *name, const char *text, size_t length)
{
    return strncmp(name, text, length) == 0 && name[length] == '\0';
}

void names_add(struct names *names, const char *text)
{
    uint32_t at = hash(text, strlen(text)) & names->mask;
    while (names->buckets[at])
        at = (at + 1) & names->mask;
    names->texts[names->count++] = text;
    names->buckets[at] = names->count;
}

int64_t names_find(const struct names *names, const char *text, size_t length)
{
    uint32_t at = hash(text, length) & names->mask;
    for (; names->buckets[at]; at = (at + 1) & names->mask)
        if (is_text(names->texts[names->buckets[at] - 1], text, length)) return names->buckets[at] - 1;
    return -1;
}

const char *names_nearest(const struct names *names, const char *text, size_t length)
{
    char word[EDIT_WORD_MAX + 1];
    if (length > EDIT_WORD_MAX) return NULL;
    memcpy(word, text, length);
    word[length] = '\0';
    return suggest(word, names->texts, names->count);
}
