/* Types are small structs in the arena, made wherever an expression gets one, and compared by kind, unit
   and enumeration; two types that mean the same need not be one struct. */
#include "compiler/types.h"

#include <string.h>

struct type *type_new(struct arena *arena, enum type_kind kind)
{
    struct type *type = arena_alloc(arena, sizeof *type);
    type->kind = kind;
    return type;
}

struct type *type_quantity(struct arena *arena, const struct unit *unit)
{
    struct type *type = type_new(arena, TYPE_QUANTITY);
    type->unit = *unit;
    return type;
}

struct type *type_whole(struct arena *arena)
{
    struct type *type = type_new(arena, TYPE_QUANTITY);
    type->whole = true;
    return type;
}

struct type *type_of_enumeration(struct arena *arena, struct enumeration *enumeration)
{
    struct type *type = type_new(arena, TYPE_ENUM);
    type->enumeration = enumeration;
    return type;
}

bool decl_fills_set(const struct decl *d)
{
    return d->kind == DECL_COLLECT || d->kind == DECL_RECOMMEND;
}

bool decl_is_rule(const struct decl *d)
{
    return decl_is_classified(d) || d->kind == DECL_DOSE || decl_fills_set(d);
}

bool decl_is_classified(const struct decl *d)
{
    return d->kind == DECL_CLASSIFY || d->kind == DECL_ALERT || d->kind == DECL_MONITOR;
}

bool type_is_date(const struct type *type)
{
    return type->kind == TYPE_DATE || type->kind == TYPE_TIME;
}

bool type_is_dated(const struct type *type)
{
    return type->kind == TYPE_ELEMENT || (type->kind == TYPE_QUANTITY && type->list);
}

bool type_is_list(const struct type *type)
{
    return type->kind == TYPE_SERIES || type->kind == TYPE_EVENTS;
}

bool type_is_number(const struct type *type)
{
    return type->kind == TYPE_QUANTITY && unit_is_dimensionless(&type->unit);
}

/* The unit of one term, to the power 1. */
static struct unit term_alone(const struct unit_term *term)
{
    struct unit alone = {.count = 1, .terms = {*term}};
    alone.terms[0].exponent = 1;
    return alone;
}

bool unit_has_calendar(const struct unit *unit)
{
    for (int i = 0; i < unit->count; i++) {
        struct unit alone = term_alone(&unit->terms[i]);
        if (unit_is_calendar(&alone)) return true;
    }
    return false;
}

/* Its time below the line (d of ug/d), or NULL. */
static const struct unit_term *time_below(const struct unit *unit)
{
    for (int i = 0; i < unit->count; i++) {
        struct unit alone = term_alone(&unit->terms[i]);
        if (unit->terms[i].exponent == -1 && unit_is_time(&alone)) return &unit->terms[i];
    }
    return NULL;
}

bool unit_is_rate(const struct unit *unit)
{
    return time_below(unit) != NULL;
}

bool unit_per_day(const struct unit *unit, struct unit *amount)
{
    const struct unit_term *term = time_below(unit);
    if (!term) return false;
    struct unit time = term_alone(term), day;
    if (unit_parse("d", 1, UNIT_RULES, &day, NULL) != UNIT_OK || !unit_equal(&time, &day)) return false;
    return unit_multiply(unit, &day, amount);
}

bool unit_counts_dates(const struct unit *unit)
{
    return unit_is_calendar(unit) || unit_is_days(unit);
}

bool units_fit(const struct unit *a, const struct unit *b)
{
    struct unit_steps steps;
    return unit_equal(a, b) || unit_steps(a, b, &steps, NULL) == UNIT_OK;
}

const char *unit_words(struct arena *arena, const struct unit *unit)
{
    if (unit->count == 0) return "no unit";
    char words[UNIT_TEXT_MAX];
    unit_describe(unit, words);
    return arena_copy(arena, words, strlen(words));
}

/* UCUM's text as a rule file spells it: IU and not [IU], and times in words. */
const char *unit_text(struct arena *arena, const struct unit *unit)
{
    static const char *const words[][2] = {{"a", "years"}, {"mo", "months"}, {"wk", "weeks"}, {"d", "days"}};
    char text[UNIT_TEXT_MAX];
    unit_format(unit, text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i][0]) == 0) return words[i][1];
    const char *bracket = strstr(text, "[IU]");
    if (!bracket) return arena_copy(arena, text, strlen(text));
    return arena_printf(arena, "%.*sIU%s", (int)(bracket - text), text, bracket + strlen("[IU]"));
}

/* Values of an enumeration that a message names. */
enum { WORDS_VALUES_MAX = 6 };

const char *enumeration_words(struct arena *arena, const struct enumeration *enumeration)
{
    const char *words = "";
    int shown = 0;
    for (const struct enum_value *v = enumeration->values; v && shown < WORDS_VALUES_MAX; v = v->next)
        words = arena_printf(arena, "%s%s%s", words, shown++ ? ", " : "", v->name);
    return enumeration->count > WORDS_VALUES_MAX ? arena_printf(arena, "%s ...", words) : words;
}

static const char *quantity_words(struct arena *arena, const struct type *type)
{
    if (type->unit.count == 0) return type->whole ? "a whole number" : "a number";
    return arena_printf(arena, "an amount in %s", unit_words(arena, &type->unit));
}

const char *type_words(struct arena *arena, const struct type *type)
{
    switch (type->kind) {
    case TYPE_BOOL: return "yes or no";
    case TYPE_QUANTITY: return quantity_words(arena, type);
    case TYPE_ENUM: return arena_printf(arena, "one of %s", enumeration_words(arena, type->enumeration));
    case TYPE_SET: return arena_printf(arena, "a set of %s", enumeration_words(arena, type->enumeration));
    case TYPE_DATE: return "a date";
    case TYPE_TIME: return "a time";
    case TYPE_TEXT: return "text";
    case TYPE_SERIES: return "a series of values";
    case TYPE_EVENTS: return "a list of events";
    case TYPE_TABLE: return "a table";
    case TYPE_SPAN: return "a calendar time";
    case TYPE_ELEMENT: return "an event";
    case TYPE_DOSE: return "a dose by steps or as a range";
    case TYPE_ERROR:
    case TYPE_NAMED: break;
    }
    return "unknown";
}

struct enum_value *enumeration_find(const struct enumeration *enumeration, const char *name)
{
    for (struct enum_value *v = enumeration->values; v; v = v->next)
        if (strcmp(v->name, name) == 0) return v;
    return NULL;
}

struct field *field_find(struct field *fields, const char *name)
{
    while (fields && strcmp(fields->name, name) != 0)
        fields = fields->next;
    return fields;
}

bool expr_asks_of_rows(const struct expr *e)
{
    return e->rows || e->state == STATE_WARNED || e->state == STATE_UNCHECKED ||
           (e->reasons && e->state != STATE_UNKNOWN);
}
