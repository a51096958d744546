/*
 * Values in words, as the tables of tests expect them: 50, [0..0.03), unknown[0..3000], {low,high}.
 */
#ifndef REGIMEN_TESTS_VALUE_WORDS_H
#define REGIMEN_TESTS_VALUE_WORDS_H

#include "tests/unit/schema.h"

#include <stdio.h>

enum { WORDS = 4096 };

__attribute__((format(printf, 2, 3))) static inline void say(char *out, const char *format, ...)
{
    size_t length = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(out + length, WORDS - length, format, arguments);
    va_end(arguments);
}

static inline void say_end(char *out, const struct image_type *type, const struct value *v, bool low)
{
    char text[DECIMAL_TEXT_MAX];
    int64_t t = low ? v->t.lo : v->t.hi;
    int16_t offset = low ? v->t.lo_offset : v->t.hi_offset;
    struct cal_value when = {CAL_TIME, t, t, offset};
    if (type->kind == KIND_NUM)
        decimal_format(low ? v->n.lo : v->n.hi, text);
    else if (type->kind == KIND_DAY)
        cal_format_day(t, text);
    else
        cal_format(&when, text);
    say(out, "%s", text);
}

static inline void say_range(char *out, const struct image_type *type, const struct value *v)
{
    say(out, "%c", v->flags & (VALUE_LO_OPEN | VALUE_LO_NONE) ? '(' : '[');
    if (!(v->flags & VALUE_LO_NONE)) say_end(out, type, v, true);
    say(out, "..");
    if (!(v->flags & VALUE_HI_NONE)) say_end(out, type, v, false);
    say(out, "%c", v->flags & (VALUE_HI_OPEN | VALUE_HI_NONE) ? ')' : ']');
    if (v->flags & VALUE_NEGATIVE) say(out, " negative");
}

static inline void say_set(char *out, const struct image *image, const struct image_type *type,
                           const struct value *v)
{
    const struct image_enum *list = &image->ENUMS[type->enumeration];
    const char *before = "{";
    for (uint32_t i = 0; i <= list->members.count; i++, before = i ? before : "{") {
        if (!(v->set[i / 64] >> i % 64 & 1)) continue;
        bool other = i == list->members.count;
        say(out, "%s%s", before,
            other ? "other" : image_text(image, image->MEMBERS[list->members.first + i].name));
        before = ",";
    }
    say(out, "%s", *before == '{' ? "{}" : "}");
}

static inline void say_known(char *out, const struct image *image, const struct image_type *type,
                             const struct value *v)
{
    const struct image_enum *list = type->kind == KIND_ENUM ? &image->ENUMS[type->enumeration] : NULL;
    switch (type->kind) {
    case KIND_BOOL: say(out, v->yes ? "yes" : "no"); break;
    case KIND_ENUM:
        say(out, "%s",
            v->code == (int32_t)list->members.count
                ? "other"
                : image_text(image, image->MEMBERS[list->members.first + (uint32_t)v->code].name));
        break;
    case KIND_SET: say_set(out, image, type, v); break;
    case KIND_TEXT: say(out, "text"); break;
    default: assert_int_equal(v->flags, 0); say_end(out, type, v, true);
    }
}

static inline void say_value(char *out, const struct image *image, const struct image_type *type,
                             const struct value *v, const char *note)
{
    bool range = type->kind == KIND_NUM || type->kind == KIND_DAY || type->kind == KIND_TIME;
    if (v->tag == TAG_UNKNOWN) say(out, "unknown");
    if (v->tag == TAG_KNOWN)
        say_known(out, image, type, v);
    else if (range)
        say_range(out, type, v);
    if (note) say(out, " '%s'", note);
}

#endif
