/* What the image expects of each input and field, made once. */
#include "runtime/record_internal.h"

#include <stdlib.h>
#include <string.h>

static struct value bounds_of(const struct image *image, const struct image_type *type, uint32_t low,
                              uint32_t high)
{
    struct value v = {.tag = TAG_UNKNOWN, .why = WHY_MISSING};
    if (type->kind == KIND_DAY || type->kind == KIND_TIME) {
        v.flags = VALUE_LO_NONE | VALUE_HI_NONE;
        v.t.lo_offset = v.t.hi_offset = CAL_NO_OFFSET;
    }
    if (type->kind != KIND_NUM) return v;
    v.flags = (uint8_t)((low == NONE32 ? VALUE_LO_NONE : 0) | (high == NONE32 ? VALUE_HI_NONE : 0));
    if (low != NONE32) memcpy(&v.n.lo, image->CONSTANTS[low].words, sizeof v.n.lo);
    if (high != NONE32) memcpy(&v.n.hi, image->CONSTANTS[high].words, sizeof v.n.hi);
    return v;
}

static bool unit_of(const char *text, struct unit *out)
{
    return unit_parse(text, strlen(text), UNIT_RECORDS, out, NULL) == UNIT_OK;
}

static bool expect(struct record_reader *reader, const char *name, const struct image_type *type,
                   struct expected *out)
{
    const struct image *image = reader->image;
    *out = (struct expected){.name = name,
                             .kind = type->kind,
                             .whole = type->whole,
                             .negative_below = NONE32,
                             .bounds = bounds_of(image, type, NONE32, NONE32)};
    if (type->kind == KIND_ENUM || type->kind == KIND_SET) {
        out->members = &reader->enumerations[type->enumeration];
        out->or_other = image->ENUMS[type->enumeration].or_other;
    }
    out->unit_text = image_text(image, type->unit);
    return type->kind != KIND_NUM || unit_of(out->unit_text, &out->unit);
}

/* The declared range of a series is that of its values. */
static void declare_range(const struct image *image, const struct image_input *input, struct expected *want)
{
    struct image_type type = {.kind = want->kind};
    want->bounds = bounds_of(image, &type, input->low, input->high);
    want->negative_below = input->negative_below;
}

static bool expect_fields(struct record_reader *reader, const struct image_input *input,
                          struct expected_list *list)
{
    const struct image *image = reader->image;
    list->fields = calloc(input->fields.count ? input->fields.count : 1, sizeof *list->fields);
    if (!list->fields || !names_init(&list->names, input->fields.count)) return false;
    for (uint32_t i = 0; i < input->fields.count; i++) {
        const struct image_field *field = &image->FIELDS[input->fields.first + i];
        const char *name = image_text(image, field->name);
        names_add(&list->names, name);
        if (!expect(reader, name, &field->type, &list->fields[i])) return false;
    }
    if (input->list == LIST_SERIES) declare_range(image, input, &list->fields[0]);
    return true;
}

static bool expect_input(struct record_reader *reader, uint32_t i)
{
    const struct image_input *input = &reader->image->INPUTS[i];
    const char *name = image_text(reader->image, input->name);
    names_add(&reader->keys, name);
    if (!expect(reader, name, &input->type, &reader->inputs[i])) return false;
    if (input->list != LIST_NOT) return expect_fields(reader, input, &reader->lists[i]);
    declare_range(reader->image, input, &reader->inputs[i]);
    return true;
}

static bool index_enumerations(struct record_reader *reader)
{
    const struct image *image = reader->image;
    for (uint32_t i = 0; i < image->ENUMS_count; i++) {
        const struct run *members = &image->ENUMS[i].members;
        if (!names_init(&reader->enumerations[i], members->count)) return false;
        for (uint32_t k = 0; k < members->count; k++)
            names_add(&reader->enumerations[i], image_text(image, image->MEMBERS[members->first + k].name));
    }
    return true;
}

bool expect_all(struct record_reader *reader)
{
    const struct image *image = reader->image;
    size_t inputs = image->INPUTS_count + (size_t)1;
    reader->inputs = calloc(inputs, sizeof *reader->inputs);
    reader->lists = calloc(inputs, sizeof *reader->lists);
    reader->enumerations = calloc(image->ENUMS_count + (size_t)1, sizeof *reader->enumerations);
    bool room = reader->inputs && reader->lists && reader->enumerations;
    if (!room || !names_init(&reader->keys, image->INPUTS_count) || !index_enumerations(reader)) return false;
    for (uint32_t i = 0; i < image->INPUTS_count; i++)
        if (!expect_input(reader, i)) return false;
    return true;
}

void expect_free(struct record_reader *reader)
{
    for (uint32_t i = 0; reader->lists && i < reader->image->INPUTS_count; i++) {
        names_free(&reader->lists[i].names);
        free(reader->lists[i].fields);
    }
    for (uint32_t i = 0; reader->enumerations && i < reader->image->ENUMS_count; i++)
        names_free(&reader->enumerations[i]);
    names_free(&reader->keys);
    free(reader->enumerations);
    free(reader->lists);
    free(reader->inputs);
}
