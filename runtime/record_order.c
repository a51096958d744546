/* Lists in time order.  What lies after now is not seen, and the order of the record leaves no trace.

   The order is total: elements that no field and no time tells apart are the same.  So a record whose
   lists are shuffled gives the same bytes.  Folds and rules for each element rely on the order by the
   start of what an element's time can be.

   Of a series the values at one moment are one element: they agree, or the value is disputed, which is
   unknown with both values in its note.  Events at one moment are two events. */
#include "runtime/record_internal.h"

#include <stdlib.h>
#include <string.h>

struct order {
    const struct record_reader *reader;
    const struct image_input *input;
    const struct expected_list *list;
};

/* The moment at which a clock reading stands on one common clock. */
static cal_clock clock_read_on(int16_t common, cal_clock clock, int16_t offset)
{
    if (offset == CAL_NO_OFFSET) offset = common;
    return offset == CAL_NO_OFFSET ? clock : cal_elapsed(0, 0, clock, offset);
}

/* Dates are read on the clock of now. */
static cal_clock common_clock(const struct record_reader *reader, cal_clock clock, int16_t offset)
{
    return clock_read_on(reader->now.t.lo_offset, clock, offset);
}

void element_place(struct element *element, const struct element *before, int16_t offset)
{
    const struct value *at = &element->at;
    enum kind kind = (enum kind)element->at_kind;
    element->start = clock_read_on(offset, when_start(at, kind), at->t.lo_offset);
    element->reach = clock_read_on(offset, when_end(at, kind), at->t.hi_offset);
    if (before && before->reach > element->reach) element->reach = before->reach;
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int notes_order(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int numbers_order(const struct value *a, const struct value *b)
{
    int order = a->flags & VALUE_LO_NONE ? 0 : decimal_compare(a->n.lo, b->n.lo);
    return order || a->flags & VALUE_HI_NONE ? order : decimal_compare(a->n.hi, b->n.hi);
}

static int times_order(const struct value *a, const struct value *b)
{
    int order = compare(a->t.lo, b->t.lo);
    if (order == 0) order = compare(a->t.hi, b->t.hi);
    return order ? order : compare(a->t.lo_offset, b->t.lo_offset);
}

static int sets_order(const struct value *a, const struct value *b)
{
    for (int i = 0; i < SET_WORDS; i++)
        if (a->set[i] != b->set[i]) return a->set[i] < b->set[i] ? -1 : 1;
    return 0;
}

/* Any order that is total and sees the values alone. */
static int values_order(enum kind kind, const struct value *a, const struct value *b)
{
    int order = compare(a->tag, b->tag);
    if (order == 0) order = compare(a->flags, b->flags);
    if (order) return order;
    switch (kind) {
    case KIND_NUM: return numbers_order(a, b);
    case KIND_DAY:
    case KIND_TIME: return times_order(a, b);
    case KIND_SET: return sets_order(a, b);
    case KIND_ENUM: return compare(a->code, b->code);
    case KIND_BOOL: return compare(a->yes, b->yes);
    default: return 0;
    }
}

static int fields_order(const struct order *o, const struct element *a, const struct element *b)
{
    for (uint32_t i = 0; i < o->input->fields.count; i++) {
        int order = values_order(o->list->fields[i].kind, &a->fields[i], &b->fields[i]);
        if (order == 0) order = notes_order(a->notes[i], b->notes[i]);
        if (order) return order;
    }
    return 0;
}

static int moments_order(const struct record_reader *reader, const struct element *a, const struct element *b)
{
    int order = compare(common_clock(reader, when_start(&a->at, a->at_kind), a->at.t.lo_offset),
                        common_clock(reader, when_start(&b->at, b->at_kind), b->at.t.lo_offset));
    if (order == 0)
        order = compare(common_clock(reader, when_end(&a->at, a->at_kind), a->at.t.hi_offset),
                        common_clock(reader, when_end(&b->at, b->at_kind), b->at.t.hi_offset));
    return order ? order : compare(a->at_kind, b->at_kind);
}

static int elements_order(const void *left, const void *right, void *context)
{
    const struct order *o = context;
    const struct element *a = left, *b = right;
    int order = moments_order(o->reader, a, b);
    if (order == 0) order = compare(a->ongoing, b->ongoing);
    if (order == 0) order = compare(a->until_kind, b->until_kind);
    if (order == 0 && a->until_kind != KIND_NONE) order = times_order(&a->until, &b->until);
    if (order == 0) order = compare(a->at.t.lo_offset, b->at.t.lo_offset);
    return order ? order : fields_order(o, a, b);
}

static void leave_out_later(const struct record_reader *reader, struct element *items, struct slot *slot)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < slot->count; i++) {
        const struct value *at = &items[i].at, *now = &reader->now;
        bool later =
            clock_after(when_start(at, items[i].at_kind), at->t.lo_offset, now->t.hi, now->t.hi_offset);
        items[i].maybe_later =
            clock_after(when_end(at, items[i].at_kind), at->t.hi_offset, now->t.hi, now->t.hi_offset);
        if (!later) items[kept++] = items[i];
    }
    slot->later = slot->count - kept;
    slot->count = kept;
}

static void sort(struct order *o, struct element *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        /* most records are in order already */
        if (elements_order(&items[i - 1], &items[i], o) > 0) {
            qsort_r(items, count, sizeof *items, elements_order, o);
            return;
        }
}

static bool has_text(const struct expected *want, const struct value *v)
{
    if (want->kind == KIND_TEXT) return true;
    if (!want->or_other || v->tag != TAG_KNOWN) return false;
    uint32_t other = want->members->count;
    if (want->kind == KIND_ENUM) return v->code == (int32_t)other;
    return want->kind == KIND_SET && v->set[other / 64] >> other % 64 & 1;
}

/* Whether two elements say the same in a field, be it in other words: 50000 /uL and 50 10*9/L. */
static bool field_agrees(const struct expected *want, const struct element *a, const struct element *b,
                         uint32_t field)
{
    if (values_order(want->kind, &a->fields[field], &b->fields[field]) != 0) return false;
    return !has_text(want, &a->fields[field]) || notes_order(a->notes[field], b->notes[field]) == 0;
}

static const char *value_words(struct record_reader *reader, const struct expected *want,
                               const struct value *v, const char *note)
{
    char *number;
    if (note) return note;
    if (v->tag != TAG_KNOWN) return "missing";
    switch (want->kind) {
    case KIND_NUM:
        number = pool_alloc(&reader->pool, DECIMAL_TEXT_MAX);
        if (number) decimal_format(v->n.lo, number);
        return number;
    case KIND_BOOL: return v->yes ? "true" : "false";
    case KIND_ENUM: return want->members->texts[v->code];
    case KIND_DAY:
        number = pool_alloc(&reader->pool, CAL_TEXT_MAX);
        if (number) cal_format_day(v->t.lo, number);
        return number;
    default: return "one value";
    }
}

/* Nobody can say which one is right: the field is unknown, and its note shows what stood there. */
static bool dispute(struct record_reader *reader, const struct expected *want, const struct element *group,
                    uint32_t second, bool more, uint32_t field, struct value *fields, const char **notes)
{
    const struct element *a = &group[0], *b = &group[second];
    const char *first_words = value_words(reader, want, &a->fields[field], a->notes[field]);
    const char *second_words = value_words(reader, want, &b->fields[field], b->notes[field]);
    if (!first_words || !second_words) return record_refuse_memory(reader);
    fields[field] = want->bounds;
    notes[field] =
        pool_printf(&reader->pool, "%s and %s%s", first_words, second_words, more ? " and more" : "");
    return notes[field] || record_refuse_memory(reader);
}

static bool merge_field(struct record_reader *reader, struct order *o, struct element *group, uint32_t count,
                        uint32_t field, struct value *fields, const char **notes)
{
    const struct expected *want = &o->list->fields[field];
    uint32_t second = 0;
    bool more = false;
    for (uint32_t i = 1; i < count; i++) {
        if (field_agrees(want, &group[0], &group[i], field)) continue;
        if (second)
            more |= !field_agrees(want, &group[second], &group[i], field);
        else
            second = i;
    }
    if (second == 0) return true;
    if (field == 0) group[0].disputed = true;
    return dispute(reader, want, group, second, more, field, fields, notes);
}

/* The values of a series at one moment become its first element. */
static bool merge_group(struct record_reader *reader, struct order *o, struct element *group, uint32_t count)
{
    uint32_t width = o->input->fields.count;
    struct value *fields = pool_alloc(&reader->pool, width * sizeof *fields);
    const char **notes = pool_alloc(&reader->pool, width * sizeof *notes);
    if (!fields || !notes) return record_refuse_memory(reader);
    memcpy(fields, group->fields, width * sizeof *fields);
    memcpy(notes, group->notes, width * sizeof *notes);
    for (uint32_t i = 0; i < width; i++)
        if (!merge_field(reader, o, group, count, i, fields, notes)) return false;
    group->fields = fields;
    group->notes = notes;
    return true;
}

/* A month is no moment: two values in it are two elements. */
static bool is_one_moment(const struct record_reader *reader, const struct element *a,
                          const struct element *b)
{
    return a->at.tag == TAG_KNOWN && b->at.tag == TAG_KNOWN && moments_order(reader, a, b) == 0;
}

static bool merge(struct record_reader *reader, struct order *o, struct element *items, uint32_t *count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, next; i < *count; i = next) {
        for (next = i + 1; next < *count && is_one_moment(reader, &items[i], &items[next]);)
            next++;
        if (next - i > 1 && !merge_group(reader, o, &items[i], next - i)) return false;
        items[kept++] = items[i];
    }
    *count = kept;
    return true;
}

static void place_all(const struct record_reader *reader, struct element *items, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        element_place(&items[k], k ? &items[k - 1] : NULL, reader->now.t.lo_offset);
}

bool lists_order(struct record_reader *reader)
{
    const struct image *image = reader->image;
    for (uint32_t i = 0; i < image->INPUTS_count; i++) {
        struct slot *slot = &reader->slots[i];
        struct order o = {.reader = reader, .input = &image->INPUTS[i], .list = &reader->lists[i]};
        if (o.input->list == LIST_NOT || slot->state != SLOT_PRESENT) continue;
        leave_out_later(reader, reader->elements[i], slot);
        sort(&o, reader->elements[i], slot->count);
        if (o.input->list == LIST_SERIES && !merge(reader, &o, reader->elements[i], &slot->count))
            return false;
        place_all(reader, reader->elements[i], slot->count);
    }
    return true;
}
