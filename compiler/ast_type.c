/* Types of inputs, parameters and fields, and the questions that `is` asks instead of a value. */
#include "compiler/ast_build.h"

#include <string.h>

#include "compiler/mistakes.h"

struct type *ast_type(struct parser *p, enum type_kind kind, struct span span)
{
    struct type *type = arena_alloc(p->c->arena, sizeof *type);
    type->kind = kind;
    type->span = span;
    return type;
}

struct type *ast_type_unit(struct parser *p, const struct unit_word *unit, struct span span)
{
    struct type *type = ast_type(p, unit->broken ? TYPE_ERROR : TYPE_QUANTITY, span);
    type->unit = unit->unit;
    return type;
}

static const struct {
    const char *word;
    enum type_kind kind;
} type_words[] = {
    {"number", TYPE_QUANTITY}, {"count", TYPE_QUANTITY}, {"date", TYPE_DATE},
    {"time", TYPE_TIME},       {"text", TYPE_TEXT},      {"events", TYPE_EVENTS},
};

struct type *ast_type_word(struct parser *p, struct name *word)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (strcmp(type_words[i].word, word->text) != 0) continue;
        struct type *type = ast_type(p, type_words[i].kind, word->span);
        type->whole = strcmp(word->text, "count") == 0;
        return type;
    }
    struct unit_word unit = {0};
    if (unit_parse(word->text, strlen(word->text), UNIT_RULES, &unit.unit, NULL) == UNIT_OK)
        return ast_type_unit(p, &unit, word->span);
    struct type *type = ast_type(p, TYPE_NAMED, word->span);
    type->enum_name = *word;
    return type;
}

struct type *ast_type_members(struct parser *p, enum type_kind kind, struct name_list names, struct span span)
{
    struct type *type = ast_type(p, kind, span);
    if (names.first == names.last)
        type->enum_name = *names.first;
    else
        type->enumeration = ast_enum(p, names, false, span);
    return type;
}

struct type *ast_type_series(struct parser *p, struct type *of, struct field_list fields, struct span span)
{
    struct type *type = ast_type(p, TYPE_SERIES, span);
    type->unit = of->unit;
    type->whole = of->whole;
    type->fields = fields.first;
    if (of->kind == TYPE_QUANTITY) return type;
    if (of->kind != TYPE_ERROR)
        mistake(p, DIAG_TYPE_FORM, of->span,
                "write `events { FIELD : TYPE }` for dated things without a number",
                "a series has a number at each time: a unit, `number` or `count` stands here");
    type->kind = TYPE_ERROR;
    return type;
}

struct type *ast_type_events(struct parser *p, struct name *word, struct field_list fields, struct span span)
{
    struct type *type = ast_type(p, TYPE_EVENTS, span);
    type->fields = fields.first;
    if (strcmp(word->text, "events") == 0) return type;
    mistake(p, DIAG_TYPE_FORM, word->span, "write `events { … }`, or `series of UNIT { … }`",
            "only `events` and `series of` have fields");
    type->kind = TYPE_ERROR;
    return type;
}

struct type *ast_type_table(struct parser *p, struct type *key, struct type *value, struct span span)
{
    struct type *type = ast_type(p, TYPE_TABLE, span);
    type->key = key;
    type->value = value;
    return type;
}

static void type_or_other(struct parser *p, struct type *type, const struct name *word)
{
    if (type->enumeration)
        ast_enum_or(p, type->enumeration, word);
    else
        mistake(p, DIAG_ALTERNATIVE, word->span, "write it there: `enumeration NAME : a, b or other`",
                "`or other` belongs to a list of values");
}

struct type *ast_type_or(struct parser *p, struct type *type, const struct name *word)
{
    type->span.end = word->span.end;
    if (strcmp(word->text, "none") == 0)
        type->or_none = true;
    else if (strcmp(word->text, "other") == 0)
        type_or_other(p, type, word);
    else {
        mistake(p, DIAG_ALTERNATIVE, word->span, "separate the values of a list by commas: one of a, b, c",
                "after `or` stands `none` or `other`");
        type->kind = TYPE_ERROR;
    }
    return type;
}

/* What `x is ...` asks for instead of a value. */
static bool is_reserved_value(const char *word)
{
    return strcmp(word, "known") == 0 || strcmp(word, "covered") == 0 || strcmp(word, "applicable") == 0;
}

struct enumeration *ast_enum(struct parser *p, struct name_list values, bool ordered, struct span span)
{
    struct enumeration *enumeration = arena_alloc(p->c->arena, sizeof *enumeration);
    struct enum_value_list list = {0};
    for (const struct name *name = values.first; name; name = name->next) {
        struct enum_value *value = arena_alloc(p->c->arena, sizeof *value);
        *value = (struct enum_value){.name = name->text, .span = name->span, .code = enumeration->count++};
        list = enum_value_list_add(list, value);
        if (is_reserved_value(name->text))
            mistake(p, DIAG_VALUE_RESERVED, name->span, NULL,
                    "no value may be called `%s`: `is %s` and `is not %s` "
                    "have a meaning of their own",
                    name->text, name->text, name->text);
    }
    enumeration->values = list.first;
    enumeration->ordered = ordered;
    enumeration->span = span;
    return enumeration;
}

struct enumeration *ast_enum_or(struct parser *p, struct enumeration *values, const struct name *word)
{
    values->span.end = word->span.end;
    values->or_other = true;
    if (strcmp(word->text, "other") != 0)
        mistake(p, DIAG_ALTERNATIVE, word->span, "separate the values by commas: a, b, c",
                "after `or` stands `other`: the record may then name a value that is not in the list");
    return values;
}

struct field *ast_field(struct parser *p, const struct name *name, struct type *type, struct span span)
{
    struct field *field = arena_alloc(p->c->arena, sizeof *field);
    field->name = name->text;
    field->type = type;
    field->span = span;
    return field;
}

struct field_list ast_fields(struct field_list fields, struct field *field)
{
    field->index = fields.last ? fields.last->index + 1 : 0;
    return field_list_add(fields, field);
}

struct param *ast_param(struct parser *p, const struct name *name, struct type *type)
{
    struct param *param = arena_alloc(p->c->arena, sizeof *param);
    param->name = *name;
    param->type = type;
    return param;
}
