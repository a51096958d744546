/* Series and events, element by element as they are written.  The unit of a series' value may stand
   behind it, so the value stays pending until the element ends. */
#include "runtime/record_internal.h"

#include <string.h>

struct building {
    const struct image_input *input;
    const struct expected_list *list;
    bool *seen; /* one a field: of the element being read */
    struct element *items;
    uint32_t count, capacity;
};

/* One element while its keys come in any order. */
struct draft {
    struct element element;
    struct value *fields;
    const char **notes;
    bool has_at, has_until, has_unit;
    struct json_token unit, until; /* type JSON_NULL where not given */
    struct reading value;          /* of a series: its unit may come last */
    struct keys extra;
};

static bool draft_begin(struct record_reader *reader, struct building *b, struct draft *draft)
{
    uint32_t count = b->input->fields.count;
    *draft = (struct draft){.unit.type = JSON_NULL, .until.type = JSON_NULL};
    draft->fields = pool_alloc(&reader->pool, count * sizeof *draft->fields);
    draft->notes = pool_alloc(&reader->pool, count * sizeof *draft->notes);
    if (!draft->fields || !draft->notes) return record_refuse_memory(reader);
    for (uint32_t i = 0; i < count; i++)
        draft->fields[i] = b->list->fields[i].bounds;
    memset(b->seen, 0, count * sizeof *b->seen);
    return true;
}

static bool once(struct record_reader *reader, bool *seen, const struct json_token *key)
{
    if (*seen) return duplicate_key(reader, key);
    *seen = true;
    return true;
}

static bool at_take(struct record_reader *reader, struct draft *draft, const struct json_token *token)
{
    enum kind kind;
    if (token->type == JSON_NULL) {
        draft->has_at = false;
        return true;
    }
    if (token->type != JSON_STRING)
        return record_refuse(reader, RECORD_WRONG_TYPE, token, "`at` is a date or a time in quotes");
    if (!when_take(reader, token, true, &draft->element.at, &kind)) return false;
    draft->element.at_kind = (uint8_t)kind;
    return true;
}

static bool until_take(struct record_reader *reader, struct draft *draft, const struct json_token *token)
{
    enum kind kind;
    if (token->type == JSON_NULL) return true;
    if (token->type != JSON_STRING)
        return record_refuse(reader, RECORD_WRONG_TYPE, token,
                             "`until` is a date or a time in quotes, or \"ongoing\"");
    if (token_is(token, "ongoing")) {
        draft->element.ongoing = true;
        return true;
    }
    draft->until = *token;
    if (!when_take(reader, token, true, &draft->element.until, &kind)) return false;
    draft->element.until_kind = (uint8_t)kind;
    return true;
}

static bool unit_take(struct record_reader *reader, struct draft *draft, const struct json_token *token)
{
    draft->unit = *token;
    return token->type == JSON_STRING || token->type == JSON_NULL ||
           record_refuse(reader, RECORD_WRONG_TYPE, token, "`unit` is a text in quotes");
}

static bool field_take(struct record_reader *reader, struct building *b, struct draft *draft, uint32_t field,
                       const struct json_token *token)
{
    const struct expected *want = &b->list->fields[field];
    struct reading reading;
    if (!reading_take(reader, want, token, &reading)) return false;
    if (reading.pending && b->input->list == LIST_SERIES && field == 0) {
        draft->value = reading;
        return true;
    }
    if (reading.pending && !quantity_finish(reader, want, NULL, &reading)) return false;
    draft->fields[field] = reading.value;
    draft->notes[field] = reading.note;
    return true;
}

static bool key_take(struct record_reader *reader, struct building *b, struct draft *draft,
                     const struct json_token *key)
{
    bool series = b->input->list == LIST_SERIES, at = token_is(key, "at");
    bool until = !series && token_is(key, "until"), unit = series && token_is(key, "unit");
    int64_t field = at || until || unit ? -1 : names_find(&b->list->names, key->text, key->length);
    reader->place.field = key->text;
    reader->place.field_length = key->length;
    if (!at && !until && !unit && field < 0) {
        const char *of = pool_printf(&reader->pool, "a key of the elements of `%s`",
                                     image_text(reader->image, b->input->name));
        return unknown_key(reader, key, &b->list->names, of ? of : "", &draft->extra);
    }
    bool *seen = at ? &draft->has_at : until ? &draft->has_until : unit ? &draft->has_unit : &b->seen[field];
    struct json_token token;
    if (!once(reader, seen, key) || !record_next(reader, &token)) return false;
    if (at) return at_take(reader, draft, &token);
    if (until) return until_take(reader, draft, &token);
    if (unit) return unit_take(reader, draft, &token);
    return field_take(reader, b, draft, (uint32_t)field, &token);
}

/* An event cannot end before it begins; partial dates are given the benefit of the doubt. */
static bool until_fits(struct record_reader *reader, struct draft *draft)
{
    const struct element *e = &draft->element;
    if (e->until_kind == KIND_NONE) return true;
    cal_clock start = when_start(&e->at, e->at_kind), end = when_end(&e->until, e->until_kind);
    if (!clock_after(start, e->at.t.lo_offset, end, e->until.t.hi_offset)) return true;
    return record_refuse(reader, RECORD_UNTIL, &draft->until, "it ends (`until`) before it begins (`at`)");
}

static void place_field(struct record_reader *reader, const char *field)
{
    reader->place.field = field;
    reader->place.field_length = field ? strlen(field) : 0;
}

static bool draft_end(struct record_reader *reader, struct building *b, struct draft *draft,
                      const struct json_token *token)
{
    place_field(reader, NULL);
    if (!keys_unique(reader, &draft->extra)) return false;
    if (!draft->has_at)
        return record_refuse(reader, RECORD_MISSING_AT, token,
                             "every element of `%s` says when: write \"at\"",
                             image_text(reader->image, b->input->name));
    place_field(reader, "until");
    if (!until_fits(reader, draft)) return false;
    if (draft->value.pending) {
        const struct expected *want = &b->list->fields[0];
        place_field(reader, want->name);
        const struct json_token *unit = draft->unit.type == JSON_STRING ? &draft->unit : NULL;
        if (!quantity_finish(reader, want, unit, &draft->value)) return false;
        draft->fields[0] = draft->value.value;
        draft->notes[0] = draft->value.note;
    }
    place_field(reader, NULL);
    draft->element.fields = draft->fields;
    draft->element.notes = draft->notes;
    return true;
}

static bool element_take(struct record_reader *reader, struct building *b, const struct json_token *token,
                         struct element *out)
{
    struct draft draft;
    struct json_token key;
    if (token->type != JSON_OBJECT)
        return record_refuse(reader, RECORD_WRONG_TYPE, token,
                             "an element of `%s` is an object: {\"at\": \"2026-01-31\"}",
                             image_text(reader->image, b->input->name));
    if (!draft_begin(reader, b, &draft)) return false;
    for (;;) {
        place_field(reader, NULL);
        if (!record_next(reader, &key)) return false;
        if (key.type == JSON_END) break;
        if (!key_take(reader, b, &draft, &key)) return false;
    }
    if (!draft_end(reader, b, &draft, token)) return false;
    *out = draft.element;
    return true;
}

static bool room_for_one(struct record_reader *reader, struct building *b)
{
    if (b->count < b->capacity) return true;
    uint32_t capacity = b->capacity ? 2 * b->capacity : 8;
    struct element *items = pool_alloc(&reader->pool, capacity * sizeof *items);
    if (!items || capacity > UINT32_MAX / 2) return record_refuse_memory(reader);
    if (b->count) memcpy(items, b->items, b->count * sizeof *items);
    b->items = items;
    b->capacity = capacity;
    return true;
}

bool list_take(struct record_reader *reader, uint32_t input)
{
    struct building b = {.input = &reader->image->INPUTS[input], .list = &reader->lists[input]};
    struct json_token token;
    b.seen = pool_alloc(&reader->pool, b.input->fields.count * sizeof *b.seen);
    if (!b.seen) return record_refuse_memory(reader);
    for (;; b.count++) {
        reader->place.index = b.count;
        if (!record_next(reader, &token)) return false;
        if (token.type == JSON_END) break;
        if (!room_for_one(reader, &b) || !element_take(reader, &b, &token, &b.items[b.count])) return false;
    }
    reader->place.index = -1;
    reader->elements[input] = b.items;
    reader->slots[input] = (struct slot){.state = SLOT_PRESENT, .elements = b.items, .count = b.count};
    return true;
}
