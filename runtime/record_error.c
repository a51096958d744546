/* Refusals: which rule was broken, where, by what, and what to write instead. */
#include "runtime/record_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const CODES[RECORD_ERROR_COUNT] = {
#define RECORD_ERROR(name, code, meaning) code,
#include "runtime/record_errors.def"
#undef RECORD_ERROR
};

enum { QUOTE_MAX = 64 };
static const char ELLIPSIS[] = "\xE2\x80\xA6";

/* Takes off the last character where its bytes are not all there. */
static size_t whole_characters(const char *text, size_t length)
{
    size_t lead = length;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0) return 0;
    unsigned char first = (unsigned char)text[lead - 1];
    size_t needed = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return lead - 1 + needed <= length ? length : lead - 1;
}

/* Copies so much of text as fits, with a sign where something was left out; line ends become blanks. */
static void shorten(char *out, size_t size, const char *text, size_t length, bool more)
{
    more |= length >= size;
    size_t room = size - 1 - (more ? sizeof ELLIPSIS - 1 : 0);
    size_t kept = whole_characters(text, length < room ? length : room);
    for (size_t i = 0; i < kept; i++)
        out[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
    out[kept] = '\0';
    if (more) memcpy(out + kept, ELLIPSIS, sizeof ELLIPSIS);
}

static void field_text(const struct place *place, char *out, size_t size)
{
    char key[QUOTE_MAX], index[24] = "", field[QUOTE_MAX] = "";
    shorten(key, sizeof key, place->key ? place->key : "", place->key ? place->key_length : 0, false);
    if (place->index >= 0) (void)snprintf(index, sizeof index, "[%lld]", (long long)place->index);
    if (place->field) shorten(field, sizeof field, place->field, place->field_length, false);
    (void)snprintf(out, size, "%s%s%s%s", key, index, place->field ? "." : "", field);
}

/* How long a list or an object is that begins here, as far as it is shown at all; text that is no JSON has no
 * end. */
static size_t composite_width(const char *text, size_t length)
{
    size_t at = 0, depth = 0;
    for (bool quoted = false; at < length && at < QUOTE_MAX; at++) {
        const char c = text[at];
        if (quoted && c == '\\')
            at++; /* what it escapes ends nothing */
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']') && --depth == 0)
            return at + 1;
    }
    return length;
}

/* A token as it stands in the text; of a long list or object as much as shows what it is. */
static void written_text(const struct record_reader *reader, const struct json_token *token, char *out,
                         size_t size)
{
    const char *text = reader->text + token->offset;
    const size_t rest = reader->length - token->offset;
    size_t width = token->width;
    if (token->type == JSON_ERROR) width = rest;
    if (token->type == JSON_OBJECT || token->type == JSON_ARRAY) width = composite_width(text, rest);
    if (width > rest) width = rest;
    shorten(out, size, text, width < QUOTE_MAX ? width : QUOTE_MAX, width > QUOTE_MAX);
}

bool record_refuse(struct record_reader *reader, enum record_refusal why, const struct json_token *token,
                   const char *format, ...)
{
    struct record_error *error = reader->error;
    *error = (struct record_error){.code = CODES[why], .offset = token ? token->offset : 0};
    field_text(&reader->place, error->field, sizeof error->field);
    if (token) written_text(reader, token, error->value, sizeof error->value);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    error->message[whole_characters(error->message, strlen(error->message))] = '\0';
    return false;
}

bool record_refuse_memory(struct record_reader *reader)
{
    return record_refuse(reader, RECORD_MEMORY, NULL, "the memory is not sufficient for this record");
}

const char *record_quote(struct record_reader *reader, const struct json_token *token)
{
    char *quote = pool_alloc(&reader->pool, QUOTE_MAX);
    if (!quote) return "";
    shorten(quote, QUOTE_MAX, token->text, token->length, false);
    return quote;
}

const char *record_meant(struct record_reader *reader, const struct names *names,
                         const struct json_token *token)
{
    const char *near = names_nearest(names, token->text, token->length);
    const char *words = near ? pool_printf(&reader->pool, ": did you mean `%s`?", near) : NULL;
    return words ? words : "";
}

static bool refuse_json(struct record_reader *reader, const struct json_token *token)
{
    /* Before the first token the bytes may not even be UTF-8: nothing is shown of them. */
    const struct json_token *shown = token->offset > 0 ? token : NULL;
    switch (json_failure(reader->json)) {
    case JSON_NOT_OBJECT:
        return record_refuse(reader, RECORD_NOT_OBJECT, shown, "a record is one JSON object, in braces { }");
    case JSON_BAD_UTF8:
        return record_refuse(reader, RECORD_UTF8, NULL,
                             "the text is not UTF-8: save the file in this encoding");
    case JSON_NUL:
        return record_refuse(reader, RECORD_NUL, shown, "a text must not hold the character U+0000");
    case JSON_TOO_DEEP:
        return record_refuse(reader, RECORD_DEPTH, shown, "lists and objects are nested more than %d deep",
                             (int)JSON_DEPTH_MAX);
    case JSON_TRAILING:
        return record_refuse(reader, RECORD_TRAILING, shown,
                             "nothing may stand after the object of a record");
    case JSON_TOO_LARGE: return record_refuse_memory(reader);
    default: return record_refuse(reader, RECORD_NOT_JSON, shown, "this is not JSON");
    }
}

bool record_next(struct record_reader *reader, struct json_token *token)
{
    *token = json_next(reader->json);
    return token->type != JSON_ERROR || refuse_json(reader, token);
}

bool token_is(const struct json_token *token, const char *text)
{
    return strncmp(token->text, text, token->length) == 0 && text[token->length] == '\0';
}
