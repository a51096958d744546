/*
 * Values that may be ranges in words: 5, [0,3), (2,), ?[0,3000] (unknown, with bounds), ? (without), ! (a
 * fault), off, yes, no.  A missing end is written as nothing: (,3].
 */
#ifndef REGIMEN_TESTS_INTERVAL_WORDS_H
#define REGIMEN_TESTS_INTERVAL_WORDS_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "runtime/interval.h"

enum { FAULT_PC = 77, INTERVAL_WORDS = 256 };

static inline decimal dec(const char *text)
{
    decimal x;
    if (decimal_parse(text, strlen(text), &x) != DECIMAL_OK) fail_msg("%s is no number", text);
    return x;
}

static inline decimal dec_of(const char *text, size_t length)
{
    decimal x;
    if (decimal_parse(text, length, &x) != DECIMAL_OK) fail_msg("%.*s is no number", (int)length, text);
    return x;
}

static inline struct value range_of(const char *text)
{
    const char *comma = strchr(text, ','), *end = text + strlen(text) - 1;
    struct value v = {.tag = TAG_RANGE, .n = {DECIMAL_ZERO, DECIMAL_ZERO}};
    assert_non_null(comma);
    if (comma == text + 1)
        v.flags |= VALUE_LO_NONE;
    else
        v.n.lo = dec_of(text + 1, (size_t)(comma - text - 1));
    if (end == comma + 1)
        v.flags |= VALUE_HI_NONE;
    else
        v.n.hi = dec_of(comma + 1, (size_t)(end - comma - 1));
    if (*text == '(' && !(v.flags & VALUE_LO_NONE)) v.flags |= VALUE_LO_OPEN;
    if (*end == ')' && !(v.flags & VALUE_HI_NONE)) v.flags |= VALUE_HI_OPEN;
    return v;
}

static inline struct value val(const char *text)
{
    if (strcmp(text, "!") == 0) return value_fault(FAULT_OVERFLOW, FAULT_PC);
    if (strcmp(text, "?") == 0) return value_unknown(WHY_MISSING);
    if (strcmp(text, "yes") == 0) return value_truth(true);
    if (strcmp(text, "no") == 0) return value_truth(false);
    if (strcmp(text, "off") == 0) {
        struct value v = value_unknown(WHY_MISSING);
        v.tag = TAG_OFF;
        return v;
    }
    bool unknown = *text == '?';
    if (*text != '?' && *text != '[' && *text != '(') return value_number(dec(text));
    struct value v = range_of(text + unknown);
    if (unknown) v.tag = TAG_UNKNOWN;
    return v;
}

static inline void add_words(char out[INTERVAL_WORDS], const char *words)
{
    size_t length = strlen(out), more = strlen(words);
    assert_true(length + more < INTERVAL_WORDS);
    memcpy(out + length, words, more + 1);
}

static inline void say_number(decimal x, char out[INTERVAL_WORDS])
{
    char digits[DECIMAL_TEXT_MAX];
    decimal_format(x, digits);
    add_words(out, digits);
}

static inline void say_range(const struct value *v, char out[INTERVAL_WORDS])
{
    add_words(out, v->flags & (VALUE_LO_OPEN | VALUE_LO_NONE) ? "(" : "[");
    if (!(v->flags & VALUE_LO_NONE)) say_number(v->n.lo, out);
    add_words(out, ",");
    if (!(v->flags & VALUE_HI_NONE)) say_number(v->n.hi, out);
    add_words(out, v->flags & (VALUE_HI_OPEN | VALUE_HI_NONE) ? ")" : "]");
}

static inline const char *say_interval(const struct value *v, char out[INTERVAL_WORDS])
{
    const unsigned both = VALUE_LO_NONE | VALUE_HI_NONE;
    *out = '\0';
    switch ((enum tag)v->tag) {
    case TAG_FAULT: return "!";
    case TAG_OFF: return "off";
    case TAG_KNOWN:
        assert_int_equal(v->flags, 0);
        assert_true(decimal_equal(v->n.lo, v->n.hi));
        say_number(v->n.lo, out);
        return out;
    case TAG_UNKNOWN: add_words(out, "?"); break;
    case TAG_RANGE: break;
    }
    if (v->tag == TAG_RANGE || (v->flags & both) != both) say_range(v, out);
    return out;
}

static inline const char *say_truth(const struct value *v)
{
    if (v->tag == TAG_FAULT) return "!";
    if (v->tag != TAG_KNOWN) return "?";
    return v->yes ? "yes" : "no";
}

#endif
