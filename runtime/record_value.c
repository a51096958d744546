/* One value of a record: yes or no, words, sets, texts, dates, and what is missing.  Numbers:
 * record_quantity.c. */
#include "runtime/record_internal.h"

#include <string.h>

enum { LISTED_MEMBERS_MAX = 8 };

static const char MISSING_ADVICE[] =
    "leave the key out, or write {\"missing\": \"not tested\"} with the reason";

/* The keys of an object that stands for one value. */
enum part { PART_VALUE, PART_UNIT, PART_MISSING, PART_OTHER, PART_COUNT };

static const char *const PARTS[PART_COUNT] = {"value", "unit", "missing", "other"};

struct parts {
    bool has[PART_COUNT];
    struct json_token token[PART_COUNT];
};

const char *expected_words(struct record_reader *reader, const struct expected *want)
{
    switch (want->kind) {
    case KIND_BOOL: return "`true` or `false`";
    case KIND_ENUM: return "one word of its list, in quotes";
    case KIND_SET: return "a list of words: [\"\", \"\"]";
    case KIND_TEXT: return "a text in quotes";
    case KIND_DAY: return "a date in quotes, such as \"2026-01-31\"";
    case KIND_TIME: return "a time in quotes, such as \"2026-01-31T08:30\"";
    case KIND_LIST: return "a list of objects: [{\"at\": \"2026-01-31\"}]";
    default: break;
    }
    if (want->whole) return "a whole number";
    const char *words = pool_printf(&reader->pool, "a number in %s", want->unit_text);
    return !words || strcmp(want->unit_text, "1") == 0 ? "a number" : words;
}

static bool wrong_type(struct record_reader *reader, const struct expected *want,
                       const struct json_token *token)
{
    return record_refuse(reader, RECORD_WRONG_TYPE, token, "`%s` is %s", want->name,
                         expected_words(reader, want));
}

/* A text that lives as long as the record. */
static bool keep(struct record_reader *reader, const struct json_token *token, const char **out)
{
    *out = pool_copy(&reader->pool, token->text, token->length);
    return *out || record_refuse_memory(reader);
}

/* "unknown", however it is written: people type it, and it must not become a value of a list or a text. */
static bool is_unknown_word(const struct json_token *token)
{
    static const char WORD[] = "unknown";
    if (token->length != sizeof WORD - 1) return false;
    for (size_t i = 0; i < token->length; i++)
        if ((token->text[i] | 0x20) != WORD[i]) return false;
    return true;
}

static bool part_of(const struct json_token *key, enum part *part)
{
    for (int i = 0; i < PART_COUNT; i++) {
        *part = (enum part)i;
        if (token_is(key, PARTS[i])) return true;
    }
    return false;
}

static bool part_allowed(const struct expected *want, enum part part)
{
    switch (part) {
    case PART_MISSING: return true;
    case PART_OTHER: return want->kind == KIND_ENUM;
    default: return want->kind == KIND_NUM;
    }
}

static const struct names NO_NAMES;

static bool part_take(struct record_reader *reader, const struct expected *want, const struct json_token *key,
                      struct parts *parts, struct keys *extra)
{
    enum part part;
    if (!part_of(key, &part) || !part_allowed(want, part)) {
        const char *of = pool_printf(&reader->pool, "a key of the value of `%s`: write %s", want->name,
                                     expected_words(reader, want));
        return unknown_key(reader, key, &NO_NAMES, of ? of : "", extra);
    }
    if (parts->has[part]) return duplicate_key(reader, key);
    parts->has[part] = true;
    if (!record_next(reader, &parts->token[part])) return false;
    enum json_type type = parts->token[part].type;
    bool right = part == PART_VALUE ? type != JSON_OBJECT && type != JSON_ARRAY
                                    : type == JSON_STRING && parts->token[part].length > 0;
    if (right) return true;
    return record_refuse(reader, RECORD_WRONG_TYPE, &parts->token[part], "`%s` of `%s` is %s", PARTS[part],
                         want->name, part == PART_VALUE ? expected_words(reader, want) : "a text in quotes");
}

static bool parts_take(struct record_reader *reader, const struct expected *want, struct parts *parts)
{
    struct keys extra = {0};
    struct json_token key;
    *parts = (struct parts){0};
    for (;;) {
        if (!record_next(reader, &key)) return false;
        if (key.type == JSON_END) return keys_unique(reader, &extra);
        if (!part_take(reader, want, &key, parts, &extra)) return false;
    }
}

static bool other_take(struct record_reader *reader, const struct expected *want,
                       const struct json_token *text, struct reading *out)
{
    if (!want->or_other)
        return record_refuse(reader, RECORD_UNKNOWN_VALUE, text, "`%s` does not allow `other`", want->name);
    out->value.tag = TAG_KNOWN;
    out->value.code = (int32_t)want->members->count;
    return keep(reader, text, &out->note);
}

static bool number_take(struct record_reader *reader, const struct expected *want,
                        const struct json_token *token, struct reading *out)
{
    out->pending = true;
    return quantity_take(reader, want, token, &out->quantity);
}

/* {"value": ..., "unit": ...}, {"missing": ...}, {"other": ...} */
static bool object_take(struct record_reader *reader, const struct expected *want,
                        const struct json_token *token, struct reading *out)
{
    struct parts parts;
    if (!parts_take(reader, want, &parts)) return false;
    int given =
        parts.has[PART_MISSING] + parts.has[PART_OTHER] + (parts.has[PART_VALUE] || parts.has[PART_UNIT]);
    if (given != 1 || (parts.has[PART_UNIT] && !parts.has[PART_VALUE]))
        return wrong_type(reader, want, token);
    if (parts.has[PART_MISSING]) {
        out->state = SLOT_MISSING;
        return keep(reader, &parts.token[PART_MISSING], &out->note);
    }
    if (parts.has[PART_OTHER]) {
        out->state = SLOT_PRESENT;
        return other_take(reader, want, &parts.token[PART_OTHER], out);
    }
    /* {"value": null} says no more than null */
    if (parts.token[PART_VALUE].type == JSON_NULL) return true;
    out->state = SLOT_PRESENT;
    if (!number_take(reader, want, &parts.token[PART_VALUE], out)) return false;
    if (parts.has[PART_UNIT]) {
        out->quantity.unit = parts.token[PART_UNIT].text;
        out->quantity.unit_length = parts.token[PART_UNIT].length;
    }
    return true;
}

static const char *member_advice(struct record_reader *reader, const struct expected *want,
                                 const struct json_token *token)
{
    const char *words = record_meant(reader, want->members, token);
    if (*words) return words;
    for (uint32_t i = 0; words && i < want->members->count && want->members->count <= LISTED_MEMBERS_MAX; i++)
        words = pool_printf(&reader->pool, "%s%s`%s`", words, i ? ", " : ": write one of ",
                            want->members->texts[i]);
    return words ? words : "";
}

static bool member_take(struct record_reader *reader, const struct expected *want,
                        const struct json_token *token, struct reading *out)
{
    int64_t code = names_find(want->members, token->text, token->length);
    if (code < 0)
        return record_refuse(reader, RECORD_UNKNOWN_VALUE, token, "`%s` is not in the list of `%s`%s",
                             record_quote(reader, token), want->name, member_advice(reader, want, token));
    out->value.tag = TAG_KNOWN;
    out->value.code = (int32_t)code;
    return true;
}

/* One element of a set: its code in out, and the text of an `other`. */
static bool set_member_take(struct record_reader *reader, const struct expected *want,
                            struct json_token *token, struct reading *out)
{
    struct expected one = *want;
    one.kind = KIND_ENUM;
    *out = (struct reading){.state = SLOT_PRESENT};
    if (token->type == JSON_STRING) return member_take(reader, want, token, out);
    if (token->type != JSON_OBJECT) return wrong_type(reader, want, token);
    if (!object_take(reader, &one, token, out)) return false;
    return out->state == SLOT_PRESENT || wrong_type(reader, want, token);
}

static bool set_take(struct record_reader *reader, const struct expected *want, struct reading *out)
{
    struct json_token token;
    struct reading member;
    bool shows_index = !reader->place.field; /* in an element the index is that of the element */
    for (int64_t i = 0;; i++) {
        if (shows_index) reader->place.index = i;
        if (!record_next(reader, &token)) return false;
        if (token.type == JSON_END) break;
        if (!set_member_take(reader, want, &token, &member)) return false;
        uint64_t *word = &out->value.set[member.value.code / 64], bit = UINT64_C(1) << member.value.code % 64;
        if (*word & bit)
            return record_refuse(reader, RECORD_DUPLICATE_MEMBER, &token,
                                 "a member stands twice in the set `%s`", want->name);
        *word |= bit;
        if (member.note) out->note = member.note;
    }
    if (shows_index) reader->place.index = -1;
    out->value.tag = TAG_KNOWN;
    return true;
}

static bool word_take(struct record_reader *reader, const struct expected *want,
                      const struct json_token *token, struct reading *out)
{
    enum kind kind;
    switch (want->kind) {
    case KIND_ENUM: return member_take(reader, want, token, out);
    case KIND_TEXT: out->value.tag = TAG_KNOWN; return keep(reader, token, &out->note);
    case KIND_NUM: return number_take(reader, want, token, out);
    case KIND_DAY:
    case KIND_TIME:
        if (!when_take(reader, token, want->kind == KIND_TIME, &out->value, &kind)) return false;
        /* a date where a time is meant: any time of that day */
        if (want->kind == KIND_TIME && kind == KIND_DAY) {
            cal_clock from = when_start(&out->value, kind), to = when_end(&out->value, kind);
            out->value.t.lo = from;
            out->value.t.hi = to;
            out->value.tag = TAG_RANGE;
        }
        return out->value.tag == TAG_KNOWN || keep(reader, token, &out->note);
    default: return wrong_type(reader, want, token);
    }
}

bool reading_take(struct record_reader *reader, const struct expected *want, const struct json_token *token,
                  struct reading *out)
{
    *out = (struct reading){.state = SLOT_ABSENT, .value = want->bounds};
    switch (token->type) {
    case JSON_NULL: return true;
    case JSON_OBJECT: return object_take(reader, want, token, out);
    case JSON_STRING:
        if (is_unknown_word(token))
            return record_refuse(reader, RECORD_UNKNOWN_WORD, token, "what is not known is no value: %s",
                                 MISSING_ADVICE);
        break;
    default: break;
    }
    out->state = SLOT_PRESENT;
    if (token->type == JSON_STRING) return word_take(reader, want, token, out);
    if (token->type == JSON_ARRAY && want->kind == KIND_SET) return set_take(reader, want, out);
    if (token->type == JSON_NUMBER && want->kind == KIND_NUM) return number_take(reader, want, token, out);
    if ((token->type != JSON_TRUE && token->type != JSON_FALSE) || want->kind != KIND_BOOL)
        return wrong_type(reader, want, token);
    out->value = (struct value){.tag = TAG_KNOWN, .yes = token->type == JSON_TRUE};
    return true;
}
