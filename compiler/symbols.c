/* A hash table of names, and for each protocol a row of bits: the protocols that it sees.

   The rows are worked out once, by a walk along `use` from each protocol; programs have a few dozen
   protocols, and each word of an expression asks.  Declarations of one bucket are linked through
   decl->shadow. */
#include "compiler/symbols.h"

#include <string.h>

enum { CANDIDATES_MAX = 1000 }; /* among which a slip is looked up */

struct symbols {
    struct arena *arena;
    const struct diag_sink *sink;
    struct decl **buckets; /* a power of two of them */
    size_t bucket_count;
    const struct protocol **protocols; /* by index */
    size_t protocol_count, row_words;
    uint64_t *sees; /* a row of bits for each protocol */
    struct enumeration **enumerations;
    size_t enumeration_count, enumeration_room;
};

static uint32_t name_hash(const char *name)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT32_C(16777619);
    return hash;
}

static size_t decl_count(const struct protocol *protocols)
{
    size_t count = 0;
    for (const struct protocol *p = protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            count++;
    return count;
}

static bool bit_get(const struct symbols *s, size_t row, size_t bit)
{
    return s->sees[row * s->row_words + bit / 64] >> bit % 64 & 1;
}

static void bit_set(struct symbols *s, size_t row, size_t bit)
{
    s->sees[row * s->row_words + bit / 64] |= UINT64_C(1) << bit % 64;
}

static const struct protocol *protocol_named(const struct symbols *s, const char *name)
{
    for (size_t i = 0; i < s->protocol_count; i++)
        if (s->protocols[i]->name.text && strcmp(s->protocols[i]->name.text, name) == 0)
            return s->protocols[i];
    return NULL;
}

/* For each protocol the indexes of those that it uses itself, ended by -1. */
static int **uses_of_each(const struct symbols *s)
{
    int **uses = arena_alloc(s->arena, (s->protocol_count + 1) * sizeof(*uses));
    for (size_t i = 0; i < s->protocol_count; i++) {
        size_t count = 0;
        for (const struct name *use = s->protocols[i]->uses; use; use = use->next)
            count++;
        uses[i] = arena_alloc(s->arena, (count + 1) * sizeof(**uses));
        int *end = uses[i];
        for (const struct name *use = s->protocols[i]->uses; use; use = use->next) {
            const struct protocol *used = protocol_named(s, use->text);
            if (used) *end++ = used->index;
        }
        *end = -1;
    }
    return uses;
}

/* All that start reaches by `use`: a walk with a list of those still to be looked at. */
static void see_from(struct symbols *s, size_t start, int *const *uses, size_t *todo)
{
    size_t count = 0;
    bit_set(s, start, start);
    todo[count++] = start;
    while (count > 0) {
        const int *used = uses[todo[--count]];
        for (; *used >= 0; used++) {
            if (bit_get(s, start, (size_t)*used)) continue;
            bit_set(s, start, (size_t)*used);
            todo[count++] = (size_t)*used;
        }
    }
}

static void symbols_number_protocols(struct symbols *s, struct compilation *c)
{
    for (struct protocol *p = c->protocols; p; p = p->next)
        p->index = (int)s->protocol_count++;
    s->row_words = s->protocol_count / 64 + 1;
    s->protocols = arena_alloc(s->arena, (s->protocol_count + 1) * sizeof(*s->protocols));
    s->sees = arena_alloc(s->arena, (s->protocol_count + 1) * s->row_words * sizeof(*s->sees));
    for (struct protocol *p = c->protocols; p; p = p->next)
        s->protocols[p->index] = p;
    int **uses = uses_of_each(s);
    size_t *todo = arena_alloc(s->arena, (s->protocol_count + 1) * sizeof(*todo));
    for (size_t i = 0; i < s->protocol_count; i++)
        see_from(s, i, uses, todo);
}

struct symbols *symbols_new(struct compilation *c)
{
    struct symbols *s = arena_alloc(c->arena, sizeof(*s));
    s->arena = c->arena;
    s->sink = &c->sink;
    size_t declared = decl_count(c->protocols);
    /* never grown: the number of declarations is known before the first is entered */
    for (s->bucket_count = 16; s->bucket_count < declared; s->bucket_count *= 2)
        ;
    s->buckets = arena_alloc(c->arena, s->bucket_count * sizeof(struct decl *));
    symbols_number_protocols(s, c);
    return s;
}

struct decl *symbols_find(const struct symbols *s, const char *name)
{
    for (struct decl *d = s->buckets[name_hash(name) & (s->bucket_count - 1)]; d; d = d->shadow)
        if (strcmp(d->name.text, name) == 0) return d;
    return NULL;
}

struct decl *symbols_add(struct symbols *s, struct decl *d)
{
    struct decl *first = symbols_find(s, d->name.text);
    if (first) return first;
    struct decl **bucket = &s->buckets[name_hash(d->name.text) & (s->bucket_count - 1)];
    d->shadow = *bucket;
    *bucket = d;
    return NULL;
}

bool symbols_visible(const struct symbols *s, const struct protocol *from, const struct decl *d)
{
    return from->is_site || d->kind == DECL_REQUIREMENT ||
           bit_get(s, (size_t)from->index, (size_t)d->protocol->index);
}

/* Too long or too short to be a slip of word: not worth the search. */
static bool length_is_near(const char *name, size_t length)
{
    size_t other = strlen(name), difference = other > length ? other - length : length - other;
    return difference <= length / 3 + 1;
}

const char *symbols_suggest(const struct symbols *s, const struct protocol *from, unsigned kinds,
                            const char *word)
{
    if (s->sink->errors > DIAG_KEPT_MAX) return NULL; /* the message is counted, not shown */
    const char *candidates[CANDIDATES_MAX];
    size_t count = 0, length = strlen(word);
    for (size_t i = 0; i < s->protocol_count; i++)
        for (const struct decl *d = s->protocols[i]->decls; d && count < CANDIDATES_MAX; d = d->next) {
            if (!d->name.text || !(kinds >> d->kind & 1) || !length_is_near(d->name.text, length)) continue;
            if (symbols_visible(s, from, d)) candidates[count++] = d->name.text;
        }
    return suggest(word, candidates, count);
}

void symbols_add_enumeration(struct symbols *s, struct enumeration *enumeration)
{
    if (s->enumeration_count == s->enumeration_room) {
        s->enumeration_room = s->enumeration_room ? 2 * s->enumeration_room : 16;
        struct enumeration **larger =
            arena_alloc(s->arena, s->enumeration_room * sizeof(struct enumeration *));
        if (s->enumeration_count) memcpy(larger, s->enumerations, s->enumeration_count * sizeof(*larger));
        s->enumerations = larger;
    }
    enumeration->index = (int)s->enumeration_count;
    s->enumerations[s->enumeration_count++] = enumeration;
}

struct enumeration *const *symbols_enumerations(const struct symbols *s, size_t *count)
{
    *count = s->enumeration_count;
    return s->enumerations;
}
