#include "tests/oracle/make_patient.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MICROS INT64_C(86400000000)

enum { ITEMS_MAX = 64 };

/* The numbers 0 .. count - 1 in an order by chance, or as they are. */
static void shuffle(uint64_t seed, int *order, int count)
{
    struct chance chance = {seed};
    for (int i = 0; i < count; i++)
        order[i] = i;
    for (int i = count - 1; seed && i > 0; i--) {
        int j = chance_below(&chance, i + 1), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* ---- Dates ------------------------------------------------------------------------------------------ */

static void put_offset(FILE *out, int offset)
{
    int size = abs(offset);
    fprintf(out, "%c%02d:%02d", offset < 0 ? '-' : '+', size / 60, size % 60);
}

static void put_moment(FILE *out, const struct datum *d)
{
    int year, month, day;
    int64_t first = moment_day(d->lo), last = moment_day(d->hi);
    day_parts(first, &year, &month, &day);
    fprintf(out, "\"%04d", year);
    if (last - first < 40) fprintf(out, "-%02d", month);
    if (last == first) fprintf(out, "-%02d", day);
    if (d->is_time) {
        int64_t seconds = (d->lo - first * MICROS) / 1000000;
        fprintf(out, "T%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
        if (d->zoned) put_offset(out, d->offset);
    }
    fputs("\"", out);
}

/* ---- Numbers ---------------------------------------------------------------------------------------- */

struct spelling {
    const char *unit, *other;
    int shift; /* of the point: the number in the other unit is number * 10^shift */
};

static const struct spelling SPELLINGS[] = {
    {"mg", "g", -3},      {"kg", "g", 3}, {"10*9/L", "/uL", 3},
    {"mg/dL", "g/L", -2}, {"1", "%", 2},  {"m2", "cm2", 4},
};

static const struct spelling *spelling_of(const struct unit *unit)
{
    char text[UNIT_TEXT_MAX];
    unit_format(unit, text);
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++)
        if (strcmp(SPELLINGS[i].unit, text) == 0) return &SPELLINGS[i];
    return NULL;
}

static void put_number(FILE *out, const struct datum *d, const struct type *type, bool units)
{
    const struct spelling *s = units && !type->whole ? spelling_of(&type->unit) : NULL;
    const char *sign = d->form == DATUM_CENSORED ? d->sign : "", *quote = *sign ? "\"" : "";
    if (s)
        fprintf(out, "{\"value\": %s%s%se%d%s, \"unit\": \"%s\"}", quote, sign, d->number, s->shift, quote,
                s->other);
    else
        fprintf(out, "%s%s%s%s", quote, sign, d->number, quote);
}

/* ---- Values ----------------------------------------------------------------------------------------- */

static const char *member_name(const struct enumeration *e, int code)
{
    const struct enum_value *v = e->values;
    while (v && v->code != code)
        v = v->next;
    return v ? v->name : NULL;
}

static void put_member(FILE *out, const struct enumeration *e, int code)
{
    const char *name = member_name(e, code);
    if (name)
        fprintf(out, "\"%s\"", name);
    else
        fputs("{\"other\": \"something else\"}", out);
}

static void put_set(FILE *out, const struct enumeration *e, uint64_t set, struct writing how)
{
    int order[ITEMS_MAX];
    const char *comma = "";
    shuffle(how.order, order, e->count);
    fputs("[", out);
    for (int i = 0; i < e->count; i++) {
        if (!(set >> order[i] & 1)) continue;
        fputs(comma, out);
        put_member(out, e, order[i]);
        comma = ", ";
    }
    fputs("]", out);
}

static void put_list(FILE *out, const struct datum *list, const struct type *type, struct writing how);

static void put_value(FILE *out, const struct datum *d, const struct type *type, struct writing how)
{
    if (d->form == DATUM_ABSENT) {
        fputs("null", out);
        return;
    }
    if (d->form == DATUM_MISSING || d->form == DATUM_NEGATIVE) {
        fputs(d->form == DATUM_MISSING ? "{\"missing\": \"not tested\"}" : "\"negative\"", out);
        return;
    }
    switch (type->kind) {
    case TYPE_BOOL: fputs(d->yes ? "true" : "false", out); break;
    case TYPE_ENUM: put_member(out, type->enumeration, d->code); break;
    case TYPE_SET: put_set(out, type->enumeration, d->set, how); break;
    case TYPE_DATE:
    case TYPE_TIME: put_moment(out, d); break;
    case TYPE_SERIES:
    case TYPE_EVENTS: put_list(out, d, type, how); break;
    default: put_number(out, d, type, how.units); break;
    }
}

static void put_happening(FILE *out, const struct happening *h, const struct type *type, struct writing how)
{
    fputs("{\"at\": ", out);
    put_moment(out, &h->at);
    if (type->kind == TYPE_SERIES) {
        const struct spelling *s = how.units ? spelling_of(&type->unit) : NULL;
        bool moved = s && h->value.form == DATUM_KNOWN;
        fputs(", \"value\": ", out);
        if (moved)
            fprintf(out, "%se%d, \"unit\": \"%s\"", h->value.number, s->shift, s->other);
        else
            put_value(out, &h->value, &(struct type){.kind = TYPE_QUANTITY, .unit = type->unit},
                      (struct writing){0});
    }
    if (h->ongoing) {
        fputs(", \"until\": \"ongoing\"", out);
    } else if (h->until.form == DATUM_KNOWN) {
        fputs(", \"until\": ", out);
        put_moment(out, &h->until);
    }
    for (const struct field *f = type->fields; f; f = f->next) {
        if (h->fields[f->index].form == DATUM_ABSENT) continue;
        fprintf(out, ", \"%s\": ", f->name);
        put_value(out, &h->fields[f->index], f->type, how);
    }
    fputs("}", out);
}

static void put_list(FILE *out, const struct datum *list, const struct type *type, struct writing how)
{
    int order[ITEMS_MAX];
    shuffle(how.order, order, list->count);
    fputs("[", out);
    for (int i = 0; i < list->count; i++) {
        fputs(i > 0 ? ", " : "", out);
        put_happening(out, &list->items[order[i]], type, how);
    }
    fputs("]", out);
}

/* ---- The record ------------------------------------------------------------------------------------- */

static int list_inputs(const struct compilation *program, const struct decl **inputs)
{
    int count = 0;
    for (const struct protocol *p = program->protocols; p; p = p->next)
        for (const struct decl *d = p->decls; d; d = d->next)
            if (d->kind == DECL_INPUT && count < ITEMS_MAX) inputs[count++] = d;
    return count;
}

char *patient_json(const struct compilation *program, const struct patient *patient, struct writing how)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct decl *inputs[ITEMS_MAX];
    int order[ITEMS_MAX], count = list_inputs(program, inputs);
    shuffle(how.order, order, count);
    fputs("{\"id\": \"P1\", \"as_of\": ", out);
    put_moment(out, &patient->now);
    for (int i = 0; i < count; i++) {
        const struct decl *d = inputs[order[i]];
        const struct datum *datum = &patient->inputs[d->index];
        if (datum->form == DATUM_ABSENT && !how.order) continue;
        fprintf(out, ",\n \"%s\": ", d->name.text);
        put_value(out, datum, d->type, how);
    }
    fputs("}", out);
    fclose(out);
    return text;
}

/* ---- Settings --------------------------------------------------------------------------------------- */

static void put_set_words(FILE *out, const struct enumeration *e, uint64_t set)
{
    const char *comma = "";
    fputs("[", out);
    for (int i = 0; i < e->count; i++) {
        if (!(set >> i & 1)) continue;
        fprintf(out, "%s%s", comma, member_name(e, i));
        comma = ", ";
    }
    fputs("]", out);
}

static void put_setting(FILE *out, const struct datum *d, const struct type *type)
{
    if (d->none) {
        fputs("none", out);
    } else if (type->kind == TYPE_BOOL) {
        fputs(d->yes ? "yes" : "no", out);
    } else if (type->kind == TYPE_ENUM) {
        fputs(member_name(type->enumeration, d->code), out);
    } else if (type->kind == TYPE_SET) {
        put_set_words(out, type->enumeration, d->set);
    } else {
        char unit[UNIT_TEXT_MAX];
        unit_format(&type->unit, unit);
        bool pure = strcmp(unit, "1") == 0;
        fprintf(out, "%s%s%s", d->number, pure ? "" : " ", pure ? "" : unit);
    }
}

char *datum_setting(const struct decl *parameter, const struct datum *d)
{
    if (d->form != DATUM_KNOWN) return NULL;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    const struct type *type = parameter->type;
    const char *comma = "";
    if (type->kind != TYPE_TABLE) put_setting(out, d, type);
    for (int i = 0; type->kind == TYPE_TABLE && i < type->key->enumeration->count; i++) {
        if (d->cells[i].form != DATUM_KNOWN) continue;
        fprintf(out, "%s%s: ", comma, member_name(type->key->enumeration, i));
        put_setting(out, &d->cells[i], type->value);
        comma = ", ";
    }
    fclose(out);
    return text;
}
