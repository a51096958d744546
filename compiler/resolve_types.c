/*
 * Types as they are written: units, enumerations, fields.
 *
 * A type that is a bare name is TYPE_NAMED until it is known what the name is.  A type that cannot be used
 * becomes TYPE_ERROR here, after one message, and everything that reads it is silent.
 */
#include <string.h>

#include "compiler/name_set.h"
#include "compiler/phrases.h"
#include "compiler/resolve.h"
#include "compiler/types.h"
#include "runtime/value.h"

/* `none` is what a parameter is set to, `other` what an open list takes; the grammar keeps the words of `is
 * ...`. */
static void check_value_name(struct resolver *r, const struct enumeration *e, const struct enum_value *value)
{
    bool none = strcmp(value->name, "none") == 0, other = e->or_other && strcmp(value->name, "other") == 0;
    if (!none && !other) return;
    struct diag *d = diag_report(r->sink, DIAG_VALUE_FORBIDDEN, value->span,
                                 "`%s` cannot be a value of this enumeration", value->name);
    diag_help(r->sink, d,
              none ? "what is not there is a missing input with a reason; name the value after what it means"
                   : "`or other` at the end of the list already takes what the list does not hold");
}

static void check_listed_once(struct resolver *r, struct name_set *seen, const char *name, struct span span)
{
    const struct name *first = name_set_add(seen, name, span);
    if (!first) return;
    struct diag *d = diag_report(r->sink, DIAG_LISTED_TWICE, span, "`%s` stands twice in one list", name);
    diag_note(r->sink, d, first->span, "first here");
}

static void resolve_enumeration(struct resolver *r, struct enumeration *e)
{
    struct name_set seen = {.arena = r->c->arena};
    for (const struct enum_value *v = e->values; v; v = v->next) {
        check_value_name(r, e, v);
        check_listed_once(r, &seen, v->name, v->span);
    }
    symbols_add_enumeration(r->c->symbols, e);
}

static void report_unknown_type(struct resolver *r, const struct type *type)
{
    const char *word = type->enum_name.text;
    struct diag *d = diag_report(r->sink, DIAG_TYPE_UNKNOWN, type->enum_name.span,
                                 type->kind == TYPE_NAMED ? "`%s` is neither a unit nor an enumeration"
                                                          : "there is no enumeration `%s`",
                                 word);
    const struct decl *found = symbols_find(r->c->symbols, word);
    if (found && found->kind == DECL_ENUMERATION) {
        diag_note(r->sink, d, found->name.span, "`%s` declares it", found->protocol->name.text);
        diag_help(r->sink, d, "write `use %s` at the top of this file", found->protocol->name.text);
        return;
    }
    static const char *const words[] = {"number", "count",  "date", "time", "text",
                                        "series", "events", "set",  "table"};
    const char *near = symbols_suggest(r->c->symbols, r->protocol, 1U << DECL_ENUMERATION, word);
    if (!near && type->kind == TYPE_NAMED) near = suggest(word, words, sizeof words / sizeof *words);
    const char *instead = type->kind == TYPE_NAMED ? phrase_instead(PHRASE_TYPE, word) : NULL;
    struct unit_error error;
    if (instead)
        diag_help(r->sink, d, "write %s", instead);
    else if (near)
        diag_help(r->sink, d, "did you mean `%s`?", near);
    else if (type->kind == TYPE_NAMED &&
             unit_parse(word, strlen(word), UNIT_RULES, &(struct unit){0}, &error) != UNIT_OK)
        diag_help(r->sink, d, "%s", error.message);
}

/* Gives a type that only has a name its enumeration. */
static void resolve_named(struct resolver *r, struct type *type)
{
    if (type->enumeration || !type->enum_name.text) return;
    struct decl *found = symbols_find(r->c->symbols, type->enum_name.text);
    if (found && found->kind == DECL_ENUMERATION && symbols_visible(r->c->symbols, r->protocol, found)) {
        if (type->kind == TYPE_NAMED) type->kind = TYPE_ENUM;
        type->enumeration = found->enumeration;
        type->enum_name.decl = found;
        if (found->broken || !found->enumeration) type->kind = TYPE_ERROR; /* its values were reported */
        return;
    }
    report_unknown_type(r, type);
    type->kind = TYPE_ERROR;
}

/* A month has no fixed length, so mg/mo could not be converted to anything. */
static void check_unit_of_type(struct resolver *r, struct type *type)
{
    if (type->kind != TYPE_QUANTITY && type->kind != TYPE_SERIES) return;
    if (!unit_has_calendar(&type->unit) || unit_is_calendar(&type->unit)) return;
    struct diag *d = diag_report(r->sink, DIAG_CALENDAR_ARITHMETIC, type->span,
                                 "a month or a year cannot be part of another unit");
    diag_help(r->sink, d, "a month has 28 to 31 days: write the unit with days or weeks");
    type->kind = TYPE_ERROR;
}

/* Where a type is written. */
enum place { PLACE_INPUT, PLACE_PARAMETER, PLACE_FIELD, PLACE_FUNCTION, PLACE_KEY, PLACE_ENTRY, PLACE_COUNT };

static const char *const place_names[PLACE_COUNT] = {
    [PLACE_INPUT] = "an input",         [PLACE_PARAMETER] = "a parameter",
    [PLACE_FIELD] = "a field",          [PLACE_FUNCTION] = "a function",
    [PLACE_KEY] = "the key of a table", [PLACE_ENTRY] = "the values of a table",
};

enum {
    SINGLE_TYPES = 1 << TYPE_BOOL | 1 << TYPE_QUANTITY | 1 << TYPE_ENUM | 1 << TYPE_SET | 1 << TYPE_DATE |
                   1 << TYPE_TIME,
};

/* Which types may stand in which place: bits 1 << TYPE_... */
static const unsigned allowed_types[PLACE_COUNT] = {
    [PLACE_INPUT] = SINGLE_TYPES | 1 << TYPE_TEXT | 1 << TYPE_SERIES | 1 << TYPE_EVENTS,
    [PLACE_PARAMETER] = SINGLE_TYPES | 1 << TYPE_TEXT | 1 << TYPE_TABLE,
    [PLACE_FIELD] = SINGLE_TYPES | 1 << TYPE_TEXT,
    [PLACE_FUNCTION] = SINGLE_TYPES,
    [PLACE_KEY] = 1 << TYPE_ENUM,
    [PLACE_ENTRY] = SINGLE_TYPES | 1 << TYPE_TEXT,
};

static void check_place(struct resolver *r, struct type *type, enum place place)
{
    if (type->kind == TYPE_ERROR) return;
    if (!(allowed_types[place] >> type->kind & 1)) {
        diag_report(r->sink, DIAG_TYPE_NOT_HERE, type->span, "%s cannot be of this type", place_names[place]);
        type->kind = TYPE_ERROR;
        return;
    }
    if (!type->or_none || (place == PLACE_PARAMETER && type->kind == TYPE_QUANTITY)) return;
    struct diag *d = diag_report(r->sink, DIAG_TYPE_NOT_HERE, type->span,
                                 "`or none` belongs to a parameter that is an amount");
    diag_help(r->sink, d,
              "`none` switches a clause of a dose off; anything else that is not there is missing");
    type->or_none = false;
}

/* A set is a row of bits in the machine. */
static void check_set_size(struct resolver *r, struct type *type)
{
    if (type->kind != TYPE_SET) return;
    /* what `or other` takes is a member too */
    int kinds = type->enumeration->count + type->enumeration->or_other;
    if (kinds <= SET_MEMBERS) return;
    diag_report(r->sink, DIAG_SET_TOO_LARGE, type->span,
                "a set has at most %d kinds of members, this one has %d%s", SET_MEMBERS, kinds,
                type->enumeration->or_other ? " with `other`" : "");
    type->kind = TYPE_ERROR;
}

static void resolve_type(struct resolver *r, struct type *type, enum place place);

static void resolve_fields(struct resolver *r, struct field *fields)
{
    struct name_set seen = {.arena = r->c->arena};
    for (struct field *f = fields; f; f = f->next) {
        resolve_type(r, f->type, PLACE_FIELD);
        check_listed_once(r, &seen, f->name, f->span);
    }
}

static void resolve_type(struct resolver *r, struct type *type, enum place place)
{
    /* an enumeration that is written here is entered here; one that is named was entered where it is
       declared */
    bool named = type->enum_name.text && !type->enumeration;
    resolve_named(r, type);
    if (!named && type->enumeration) resolve_enumeration(r, type->enumeration);
    check_unit_of_type(r, type);
    check_place(r, type, place);
    check_set_size(r, type);
    resolve_fields(r, type->fields);
    if (type->key) resolve_type(r, type->key, PLACE_KEY);
    if (type->value) resolve_type(r, type->value, PLACE_ENTRY);
}

static void resolve_params(struct resolver *r, struct param *params)
{
    struct name_set seen = {.arena = r->c->arena};
    for (struct param *p = params; p; p = p->next) {
        resolve_type(r, p->type, PLACE_FUNCTION);
        check_listed_once(r, &seen, p->name.text, p->name.span);
    }
}

void resolve_types(struct resolver *r, struct decl *d)
{
    static const enum place places[] = {[DECL_INPUT] = PLACE_INPUT,
                                        [DECL_PARAMETER] = PLACE_PARAMETER,
                                        [DECL_FUNCTION] = PLACE_FUNCTION,
                                        [DECL_COLLECT] = PLACE_INPUT,
                                        [DECL_RECOMMEND] = PLACE_INPUT};
    struct enumeration *states = resolve_states(r, d);
    if (states)
        d->enumeration = states;
    else if (d->enumeration)
        resolve_enumeration(r, d->enumeration);
    if (d->type) resolve_type(r, d->type, places[d->kind]);
    resolve_params(r, d->params);
}
