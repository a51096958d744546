/*
 * What the tests of records share: the reader as a fixture, and slots in words.
 */
#ifndef REGIMEN_TESTS_RECORD_WORDS_H
#define REGIMEN_TESTS_RECORD_WORDS_H

#include <inttypes.h>
#include <stdlib.h>

#include "runtime/record.h"
#include "tests/unit/value_words.h"

static const char *const CODES[] = {
#define RECORD_ERROR(name, code, meaning) code,
#include "runtime/record_errors.def"
#undef RECORD_ERROR
};
enum { CODE_COUNT = sizeof CODES / sizeof *CODES };

/* What a test knows while it runs: the reader, and which refusals have been seen. */
struct fixture {
    struct schema schema;
    struct record_reader *reader;
    bool seen[CODE_COUNT];
};

static inline void say_element(char *out, const struct image *image, const struct image_input *input,
                               const struct element *e)
{
    static const struct image_type DAY = {.kind = KIND_DAY}, TIME = {.kind = KIND_TIME};
    say_value(out, image, e->at_kind == KIND_DAY ? &DAY : &TIME, &e->at, NULL);
    if (e->ongoing) say(out, " ongoing");
    if (e->until_kind != KIND_NONE) {
        say(out, " until ");
        say_value(out, image, e->until_kind == KIND_DAY ? &DAY : &TIME, &e->until, NULL);
    }
    if (e->disputed) say(out, " disputed");
    for (uint32_t i = 0; i < input->fields.count; i++) {
        const struct image_field *field = &image->FIELDS[input->fields.first + i];
        if (e->fields[i].tag == TAG_UNKNOWN && !e->notes[i]) continue;
        say(out, " %s ", image_text(image, field->name));
        say_value(out, image, &field->type, &e->fields[i], e->notes[i]);
    }
}

static inline void say_slot(char *out, const struct image *image, const struct image_input *input,
                            const struct slot *slot)
{
    if (slot->state == SLOT_MISSING) say(out, "missing ");
    if (slot->state == SLOT_ABSENT) say(out, "absent ");
    if (input->list == LIST_NOT || slot->state != SLOT_PRESENT) {
        say_value(out, image, &input->type, &slot->value, slot->note);
        return;
    }
    say(out, "%" PRIu32, slot->count);
    for (uint32_t i = 0; i < slot->count; i++) {
        say(out, i ? "; " : ": ");
        say_element(out, image, input, &slot->elements[i]);
    }
    if (slot->later) say(out, " +%" PRIu32 " later", slot->later);
}

/* From a block of exactly this size, so that the sanitizer sees a read outside it. */
static inline bool read_bytes(struct fixture *f, const char *json, size_t length, struct record *record,
                              struct record_error *error)
{
    char *copy = malloc(length ? length : 1);
    assert_non_null(copy);
    memcpy(copy, json, length);
    bool good = record_read(f->reader, copy, length, record, error);
    free(copy);
    for (size_t i = 0; !good && i < CODE_COUNT; i++)
        f->seen[i] |= strcmp(CODES[i], error->code) == 0;
    return good;
}

static inline int64_t input_named(const struct image *image, const char *name)
{
    for (uint32_t i = 0; i < image->INPUTS_count; i++)
        if (strcmp(image_text(image, image->INPUTS[i].name), name) == 0) return i;
    return -1;
}

static inline int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    schema_fill(&f->schema);
    f->reader = record_reader_new(&f->schema.image);
    *state = f;
    return f->reader ? 0 : -1;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    record_reader_free(f->reader);
    free(f);
    return 0;
}

#endif
