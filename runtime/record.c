/* The reader of records: one pass over the keys of the object, then what needs all of it.

   Keys come in any order, so what depends on others waits: lists are put in order when now is known, a
   number is converted when its unit is there.  Memory comes from a pool that is emptied for each record
   and grows to what the largest one needs. */
#include "runtime/record_internal.h"

#include <stdlib.h>
#include <string.h>

struct record_reader *record_reader_new(const struct image *image)
{
    struct record_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    size_t inputs = image->INPUTS_count + (size_t)1;
    reader->image = image;
    reader->json = json_cursor_new();
    reader->slots = calloc(inputs, sizeof *reader->slots);
    reader->elements = calloc(inputs, sizeof *reader->elements);
    reader->seen = calloc(inputs, sizeof *reader->seen);
    reader->limits = calloc(image->PARAMS_count + (size_t)1, sizeof *reader->limits);
    bool room = reader->json && reader->slots && reader->elements && reader->seen && reader->limits;
    if (room && expect_all(reader)) return reader;
    record_reader_free(reader);
    return NULL;
}

void record_reader_free(struct record_reader *reader)
{
    if (!reader) return;
    expect_free(reader);
    pool_free(&reader->pool);
    if (reader->json) json_cursor_free(reader->json);
    free(reader->slots);
    free(reader->elements);
    free(reader->seen);
    free(reader->limits);
    free(reader);
}

void record_reader_as_of(struct record_reader *reader, const char *as_of)
{
    reader->default_as_of = as_of;
}

void record_reader_ignore_extra(struct record_reader *reader, bool ignore)
{
    reader->ignore_extra = ignore;
}

void record_reader_negative_limit(struct record_reader *reader, uint32_t param, const struct value *value)
{
    struct negative_limit *limit = &reader->limits[param];
    limit->set = value && value->tag == TAG_KNOWN;
    if (limit->set) limit->value = value->n.lo;
}

static void begin(struct record_reader *reader, const char *json, size_t length, struct record_error *error)
{
    const struct image *image = reader->image;
    pool_reset(&reader->pool);
    reader->text = json;
    reader->length = length;
    reader->error = error;
    reader->id = reader->as_of = NULL;
    reader->has_as_of = reader->times_seen = false;
    reader->ignored = 0;
    reader->place = (struct place){.index = -1};
    memset(reader->seen, 0, image->INPUTS_count * sizeof *reader->seen);
    for (uint32_t i = 0; i < image->INPUTS_count; i++) {
        reader->elements[i] = NULL;
        reader->slots[i] = (struct slot){.state = SLOT_ABSENT, .value = reader->inputs[i].bounds};
    }
    json_open(reader->json, json, length);
}

static bool id_take(struct record_reader *reader, const struct json_token *key)
{
    struct json_token token;
    if (reader->id) return duplicate_key(reader, key);
    if (!record_next(reader, &token)) return false;
    if (token.type != JSON_STRING)
        return record_refuse(reader, RECORD_WRONG_TYPE, &token, "`id` is a text in quotes");
    if (token.length == 0) return record_refuse(reader, RECORD_MISSING_ID, &token, "`id` is empty");
    reader->id = pool_copy(&reader->pool, token.text, token.length);
    return reader->id || record_refuse_memory(reader);
}

/* A date means the end of that day. */
static bool now_from(struct record_reader *reader, const struct json_token *token)
{
    enum kind kind;
    if (!when_take(reader, token, true, &reader->now, &kind)) return false;
    if (reader->now.tag != TAG_KNOWN)
        return record_refuse(reader, RECORD_DATE, token,
                             "`as_of` is a whole date, such as \"2026-01-31\", or a time");
    reader->now.t.lo = reader->now.t.hi = when_end(&reader->now, kind);
    reader->as_of = pool_copy(&reader->pool, token->text, token->length);
    return reader->as_of || record_refuse_memory(reader);
}

static bool as_of_take(struct record_reader *reader, const struct json_token *key)
{
    struct json_token token;
    if (reader->has_as_of) return duplicate_key(reader, key);
    reader->has_as_of = true;
    if (!record_next(reader, &token)) return false;
    if (token.type == JSON_NULL) return true;
    return token.type == JSON_STRING
               ? now_from(reader, &token)
               : record_refuse(reader, RECORD_WRONG_TYPE, &token, "`as_of` is a date or a time in quotes");
}

static bool input_take(struct record_reader *reader, const struct json_token *key, uint32_t input)
{
    const struct expected *want = &reader->inputs[input];
    struct json_token token;
    struct reading reading;
    if (reader->seen[input]) return duplicate_key(reader, key);
    reader->seen[input] = true;
    if (!record_next(reader, &token)) return false;
    if (token.type == JSON_ARRAY && want->kind == KIND_LIST) return list_take(reader, input);
    if (!reading_take(reader, want, &token, &reading)) return false;
    if (reading.pending && !quantity_finish(reader, want, NULL, &reading)) return false;
    reader->slots[input] =
        (struct slot){.state = (uint8_t)reading.state, .value = reading.value, .note = reading.note};
    return true;
}

static bool key_take(struct record_reader *reader, const struct json_token *key, struct keys *extra)
{
    reader->place = (struct place){.key = key->text, .key_length = key->length, .index = -1};
    int64_t input = names_find(&reader->keys, key->text, key->length);
    if (token_is(key, "id")) return id_take(reader, key);
    if (token_is(key, "as_of")) return as_of_take(reader, key);
    if (input >= 0) return input_take(reader, key, (uint32_t)input);
    return unknown_key(reader, key, &reader->keys, "an input of this program", extra);
}

static bool object_take(struct record_reader *reader)
{
    struct keys extra = {0};
    struct json_token token;
    if (!record_next(reader, &token)) return false; /* the opening brace */
    for (;;) {
        if (!record_next(reader, &token)) return false;
        if (token.type == JSON_END) break;
        if (!key_take(reader, &token, &extra)) return false;
    }
    reader->place = (struct place){.index = -1};
    return keys_unique(reader, &extra) && record_next(reader, &token);
}

/* The command's as_of stands in no record, and so at no place of its text. */
static bool default_now(struct record_reader *reader)
{
    const char *text = reader->default_as_of;
    struct json_token token = {JSON_STRING, text, text ? strlen(text) : 0, 0, 0};
    if (reader->as_of) return true;
    reader->place = (struct place){.key = "as_of", .key_length = 5, .index = -1};
    if (text) return now_from(reader, &token);
    return record_refuse(
        reader, RECORD_MISSING_AS_OF, NULL,
        "the record does not say as of when: write \"as_of\": \"2026-01-31\", or give --as-of");
}

static bool id_given(struct record_reader *reader)
{
    if (reader->id) return true;
    reader->place = (struct place){.key = "id", .key_length = 2, .index = -1};
    return record_refuse(reader, RECORD_MISSING_ID, NULL, "the record has no \"id\"");
}

/* The id of a record that was refused, wherever it stands in it; NULL where it cannot be read. */
static const char *id_anyway(struct record_reader *reader)
{
    struct record_error ignored;
    struct json_token key, value;
    if (reader->id) return reader->id;
    reader->error = &ignored;
    json_open(reader->json, reader->text, reader->length);
    if (!record_next(reader, &key)) return NULL;
    while (record_next(reader, &key) && key.type == JSON_KEY) {
        if (token_is(&key, "id")) return id_take(reader, &key) ? reader->id : NULL;
        if (!record_next(reader, &value) || !value_skip(reader, &value)) return NULL;
    }
    return NULL;
}

bool record_read(struct record_reader *reader, const char *json, size_t length, struct record *out,
                 struct record_error *error)
{
    begin(reader, json, length, error);
    *out = (struct record){0};
    if (!object_take(reader) || !id_given(reader) || !default_now(reader) || !lists_order(reader)) {
        out->id = id_anyway(reader);
        return false;
    }
    *out = (struct record){.id = reader->id,
                           .now = reader->now,
                           .as_of = reader->as_of,
                           .slots = reader->slots,
                           .ignored = reader->ignored};
    return true;
}
