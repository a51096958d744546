/* Keys that the program does not know.  Passed over, their values are still walked to the end. */
#include "runtime/record_internal.h"

#include <stdlib.h>
#include <string.h>

bool duplicate_key(struct record_reader *reader, const struct json_token *key)
{
    return record_refuse(reader, RECORD_DUPLICATE_KEY, key, "`%s` stands twice: leave one of them out",
                         record_quote(reader, key));
}

bool keys_add(struct record_reader *reader, struct keys *keys, const struct json_token *key)
{
    if (keys->count == keys->capacity) {
        size_t capacity = keys->capacity ? 2 * keys->capacity : 8;
        struct json_token *items = pool_alloc(&reader->pool, capacity * sizeof *items);
        if (!items) return record_refuse_memory(reader);
        if (keys->count) memcpy(items, keys->items, keys->count * sizeof *items);
        keys->items = items;
        keys->capacity = capacity;
    }
    keys->items[keys->count++] = *key;
    return true;
}

/* By text, equal ones in the order of the record. */
static int key_order(const void *left, const void *right)
{
    const struct json_token *a = left, *b = right;
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    if (order == 0) order = (a->length > b->length) - (a->length < b->length);
    return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

bool keys_unique(struct record_reader *reader, struct keys *keys)
{
    if (keys->count < 2) return true;
    qsort(keys->items, keys->count, sizeof *keys->items, key_order);
    for (size_t i = 1; i < keys->count; i++) {
        const struct json_token *a = &keys->items[i - 1], *b = &keys->items[i];
        if (a->length == b->length && memcmp(a->text, b->text, a->length) == 0)
            return duplicate_key(reader, b);
    }
    return true;
}

static bool object_skip(struct record_reader *reader)
{
    struct keys keys = {0};
    struct json_token key, value;
    for (;;) {
        if (!record_next(reader, &key)) return false;
        if (key.type == JSON_END) return keys_unique(reader, &keys);
        if (!keys_add(reader, &keys, &key) || !record_next(reader, &value) || !value_skip(reader, &value))
            return false;
    }
}

/* No deeper than the cursor goes. */
bool value_skip(struct record_reader *reader, const struct json_token *token)
{
    struct json_token next;
    if (token->type == JSON_OBJECT) return object_skip(reader);
    if (token->type != JSON_ARRAY) return true;
    for (;;) {
        if (!record_next(reader, &next)) return false;
        if (next.type == JSON_END) return true;
        if (!value_skip(reader, &next)) return false;
    }
}

bool unknown_key(struct record_reader *reader, const struct json_token *key, const struct names *known,
                 const char *of_what, struct keys *keys)
{
    struct json_token value;
    if (!record_next(reader, &value)) return false;
    if (!reader->ignore_extra)
        return record_refuse(reader, RECORD_UNKNOWN_KEY, &value, "`%s` is not %s%s",
                             record_quote(reader, key), of_what, record_meant(reader, known, key));
    reader->ignored++;
    return keys_add(reader, keys, key) && value_skip(reader, &value);
}
