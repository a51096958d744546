#include "tests/bench/any_record.h"

#include <stdlib.h>

#include "runtime/eval_internal.h"

struct draw {
    FILE *out;
    const struct image *image;
    uint32_t state;
    unsigned given, entries;
};

static unsigned below(struct draw *d, unsigned end)
{
    d->state = d->state * 1664525u + 1013904223u;
    return (d->state >> 8) % end;
}

/* ---- Values ----------------------------------------------------------------------------------------- */

static decimal bound(const struct draw *d, uint32_t constant)
{
    return value_of_constant(&d->image->CONSTANTS[constant]).n.lo;
}

/* A whole number in the declared range, or an end of it. */
static void put_number(struct draw *d, uint32_t low, uint32_t high)
{
    static char text[DECIMAL_TEXT_MAX];
    decimal x = decimal_from_int(below(d, 3) ? below(d, 12) : below(d, 200));
    if (low != NONE32 && decimal_compare(x, bound(d, low)) < 0) x = bound(d, low);
    if (high != NONE32 && decimal_compare(x, bound(d, high)) > 0) x = bound(d, high);
    decimal_format(x, text);
    fputs(text, d->out);
}

static void put_member(struct draw *d, uint32_t enumeration)
{
    struct run members = d->image->ENUMS[enumeration].members;
    uint32_t name = d->image->MEMBERS[members.first + below(d, members.count)].name;
    fprintf(d->out, "\"%s\"", image_text(d->image, name));
}

static void put_day(struct draw *d)
{
    static const char *const years[] = {"1960", "2012", "2020", "2025", "2025", "2026", "2026"};
    fprintf(d->out, "\"%s-%02u-%02u", years[below(d, 7)], 1 + below(d, 6), 1 + below(d, 28));
}

/* The k-th of the list: by chance, or one a day up to the day of the record. */
static void put_entry_day(struct draw *d, unsigned k)
{
    char text[CAL_TEXT_MAX];
    if (d->entries <= RECORD_ENTRIES) {
        put_day(d);
        return;
    }
    cal_format_day(cal_from_civil((struct cal_civil){2026, 7, 1}) - (d->entries - 1 - k), text);
    fprintf(d->out, "\"%s", text);
}

static void put_value(struct draw *d, const struct image_type *type, uint32_t low, uint32_t high)
{
    switch ((enum kind)type->kind) {
    case KIND_BOOL: fputs(below(d, 3) ? "false" : "true", d->out); break;
    case KIND_NUM: put_number(d, low, high); break;
    case KIND_ENUM: put_member(d, type->enumeration); break;
    case KIND_SET:
        fputc('[', d->out);
        put_member(d, type->enumeration);
        fputc(']', d->out);
        break;
    case KIND_DAY:
        put_day(d);
        fputc('"', d->out);
        break;
    case KIND_TIME:
        put_day(d);
        fprintf(d->out, "T%02u:30\"", below(d, 24));
        break;
    default: fputs("\"a text\"", d->out);
    }
}

/* ---- Inputs ----------------------------------------------------------------------------------------- */

static void put_entry(struct draw *d, const struct image_input *input, unsigned k)
{
    fputs("{\"at\":", d->out);
    put_entry_day(d, k);
    fputc('"', d->out);
    for (uint32_t i = 0; i < input->fields.count; i++) {
        const struct image_field *field = &d->image->FIELDS[input->fields.first + i];
        bool value = input->list == LIST_SERIES && i == 0;
        fprintf(d->out, ",\"%s\":", image_text(d->image, field->name));
        put_value(d, &field->type, value ? input->low : NONE32, value ? input->high : NONE32);
    }
    fputc('}', d->out);
}

static void put_input(struct draw *d, const struct image_input *input)
{
    fprintf(d->out, ",\"%s\":", image_text(d->image, input->name));
    if (input->list == LIST_NOT) {
        bool negative = input->negative_below != NONE32 && below(d, 3) == 0;
        if (negative)
            fputs("\"negative\"", d->out);
        else
            put_value(d, &input->type, input->low, input->high);
        return;
    }
    fputc('[', d->out);
    for (unsigned k = 0; k < d->entries; k++) {
        if (k) fputc(',', d->out);
        put_entry(d, input, k);
    }
    fputc(']', d->out);
}

void any_record(FILE *out, const struct image *image, unsigned given, unsigned entries, uint32_t seed)
{
    struct draw d = {out, image, seed * 2654435761u + 1, given, entries};
    fprintf(out, "{\"id\":\"%u %% given, %u\",\"as_of\":\"2026-07-01\"", given, (unsigned)seed);
    for (uint32_t k = 0; k < image->INPUTS_count; k++)
        if (below(&d, 100) < d.given) put_input(&d, &image->INPUTS[k]);
    fputs("}\n", out);
}
