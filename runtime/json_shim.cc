// The tokens of json_shim.h on simdjson's on-demand parser.
//
// On-demand validates only what is asked for, so every value is asked for: strings are unescaped, numbers and words
// are checked here on their raw text, and containers are walked to their end.  After an error the library's document
// is in no defined state and is not touched again.
#include "runtime/json_shim.h"

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace ondemand = simdjson::ondemand;

namespace {

constexpr size_t SMALLEST_CAPACITY = 4096;

struct level {
    bool is_object = false;
    bool at_first = true;
    ondemand::object_iterator field, field_end;
    ondemand::array_iterator element, element_end;
};

size_t digits(std::string_view text, size_t from)
{
    size_t at = from;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        at++;
    return at - from;
}

// The number grammar of RFC 8259.
bool is_number(std::string_view text)
{
    size_t at = !text.empty() && text[0] == '-';
    size_t whole = digits(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        size_t fraction = digits(text, at + 1);
        if (fraction == 0) return false;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) at++;
        size_t exponent = digits(text, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == text.size();
}

std::string_view without_blanks(std::string_view token)
{
    size_t end = token.find_last_not_of(" \t\r\n");
    return token.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

// The width of a string as written, quotes included.  simdjson has found its end already.
size_t quoted_width(const char *quote)
{
    size_t at = 1;
    while (quote[at] != '"')
        at += quote[at] == '\\' ? 2 : 1;
    return at + 1;
}

// Escapes may name half a surrogate pair, which the library lets through as bytes that are not UTF-8.
bool has_surrogate(std::string_view text)
{
    for (size_t i = 0; i + 1 < text.size(); i++)
        if (static_cast<unsigned char>(text[i]) == 0xED && static_cast<unsigned char>(text[i + 1]) >= 0xA0)
            return true;
    return false;
}

} // namespace

struct json_cursor {
    ondemand::parser parser;
    ondemand::document document;
    std::unique_ptr<char[]> text;
    size_t capacity = 0, length = 0;
    level levels[JSON_DEPTH_MAX];
    size_t depth = 0;
    ondemand::value pending; // the value after a key
    bool has_pending = false, begun = false;
    enum json_failure failure = JSON_OK;
    size_t last = 0; // where the last token began

    bool reserve(size_t size);
    json_token fail(enum json_failure why);
    json_token failed(simdjson::error_code error);
    json_token token(enum json_type type, const char *from, size_t width);
    json_token text_token(enum json_type type, std::string_view unescaped, const char *quote);
    json_token first();
    json_token finish();
    json_token next_field(level &top);
    json_token next_element(level &top);
    json_token value(ondemand::value v);
    json_token word(std::string_view raw);
    json_token open_object(ondemand::object object, const char *from);
    json_token open_array(ondemand::array array, const char *from);
    json_token close();
};

bool json_cursor::reserve(size_t size)
{
    if (text && size <= capacity) return true;
    size_t wanted = SMALLEST_CAPACITY;
    while (wanted < size)
        wanted *= 2;
    capacity = 0;
    text.reset(new (std::nothrow) char[wanted + simdjson::SIMDJSON_PADDING]);
    if (!text || parser.allocate(wanted) != simdjson::SUCCESS) return false;
    capacity = wanted;
    return true;
}

json_token json_cursor::fail(enum json_failure why)
{
    if (failure == JSON_OK) failure = why;
    return {JSON_ERROR, "", 0, last, 0};
}

json_token json_cursor::failed(simdjson::error_code error)
{
    switch (error) {
    case simdjson::UTF8_ERROR: return fail(JSON_BAD_UTF8);
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return fail(JSON_TOO_LARGE);
    default: return fail(JSON_SYNTAX);
    }
}

json_token json_cursor::token(enum json_type type, const char *from, size_t width)
{
    last = static_cast<size_t>(from - text.get());
    return {type, from, width, last, width};
}

json_token json_cursor::text_token(enum json_type type, std::string_view unescaped, const char *quote)
{
    json_token t = token(type, quote, quoted_width(quote));
    if (unescaped.find('\0') != std::string_view::npos) return fail(JSON_NUL);
    if (has_surrogate(unescaped)) return fail(JSON_BAD_UTF8);
    t.text = unescaped.data();
    t.length = unescaped.size();
    return t;
}

json_token json_cursor::open_object(ondemand::object object, const char *from)
{
    json_token t = token(JSON_OBJECT, from, 1);
    if (depth == JSON_DEPTH_MAX) return fail(JSON_TOO_DEEP);
    level &top = levels[depth];
    if (auto error = object.begin().get(top.field)) return failed(error);
    if (auto error = object.end().get(top.field_end)) return failed(error);
    top.is_object = top.at_first = true;
    depth++;
    return t;
}

json_token json_cursor::open_array(ondemand::array array, const char *from)
{
    json_token t = token(JSON_ARRAY, from, 1);
    if (depth == JSON_DEPTH_MAX) return fail(JSON_TOO_DEEP);
    level &top = levels[depth];
    if (auto error = array.begin().get(top.element)) return failed(error);
    if (auto error = array.end().get(top.element_end)) return failed(error);
    top.is_object = false;
    top.at_first = true;
    depth++;
    return t;
}

json_token json_cursor::close()
{
    depth--;
    return {JSON_END, "", 0, last, 0};
}

// Everything that is no string and no container: true, false, null, a number.
json_token json_cursor::word(std::string_view raw)
{
    raw = without_blanks(raw);
    if (raw == "true") return token(JSON_TRUE, raw.data(), raw.size());
    if (raw == "false") return token(JSON_FALSE, raw.data(), raw.size());
    if (raw == "null") return token(JSON_NULL, raw.data(), raw.size());
    json_token t = token(JSON_NUMBER, raw.data(), raw.size());
    return is_number(raw) ? t : fail(JSON_SYNTAX);
}

json_token json_cursor::value(ondemand::value v)
{
    std::string_view raw = v.raw_json_token();
    switch (raw.empty() ? '\0' : raw[0]) {
    case '{': {
        ondemand::object object;
        if (auto error = v.get_object().get(object)) return failed(error);
        return open_object(object, raw.data());
    }
    case '[': {
        ondemand::array array;
        if (auto error = v.get_array().get(array)) return failed(error);
        return open_array(array, raw.data());
    }
    case '"': {
        std::string_view unescaped;
        if (auto error = v.get_string().get(unescaped)) return failed(error);
        return text_token(JSON_STRING, unescaped, raw.data());
    }
    default: return word(raw);
    }
}

json_token json_cursor::next_field(level &top)
{
    if (!top.at_first) ++top.field;
    top.at_first = false;
    if (!(top.field != top.field_end)) return close();
    ondemand::field field;
    if (auto error = (*top.field).get(field)) return failed(error);
    const char *quote = field.key().raw() - 1;
    std::string_view key;
    if (auto error = field.unescaped_key().get(key)) return failed(error);
    pending = field.value();
    has_pending = true;
    return text_token(JSON_KEY, key, quote);
}

json_token json_cursor::next_element(level &top)
{
    if (!top.at_first) ++top.element;
    top.at_first = false;
    if (!(top.element != top.element_end)) return close();
    ondemand::value v;
    if (auto error = (*top.element).get(v)) return failed(error);
    return value(v);
}

json_token json_cursor::first()
{
    begun = true;
    size_t from = std::string_view(text.get(), length).find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos || text[from] != '{') return fail(JSON_NOT_OBJECT);
    if (auto error = parser.iterate(text.get(), length, length + simdjson::SIMDJSON_PADDING).get(document))
        return failed(error);
    ondemand::object object;
    if (auto error = document.get_object().get(object)) return failed(error);
    return open_object(object, text.get() + from);
}

json_token json_cursor::finish()
{
    const char *location;
    if (document.current_location().get(location) != simdjson::SUCCESS)
        return {JSON_DONE, "", 0, length, 0};
    last = static_cast<size_t>(location - text.get());
    return fail(JSON_TRAILING);
}

struct json_cursor *json_cursor_new(void)
{
    return new (std::nothrow) json_cursor;
}

void json_cursor_free(struct json_cursor *cursor)
{
    delete cursor;
}

void json_open(struct json_cursor *cursor, const char *text, size_t length)
{
    cursor->depth = cursor->last = 0;
    cursor->has_pending = cursor->begun = false;
    cursor->failure = JSON_OK;
    cursor->length = length;
    if (!cursor->reserve(length)) {
        cursor->fail(JSON_TOO_LARGE);
        return;
    }
    if (length) std::memcpy(cursor->text.get(), text, length);
    std::memset(cursor->text.get() + length, 0, simdjson::SIMDJSON_PADDING);
}

struct json_token json_next(struct json_cursor *cursor)
{
    if (cursor->failure != JSON_OK) return cursor->fail(cursor->failure);
    if (!cursor->begun) return cursor->first();
    if (cursor->has_pending) {
        cursor->has_pending = false;
        return cursor->value(cursor->pending);
    }
    if (cursor->depth == 0) return cursor->finish();
    level &top = cursor->levels[cursor->depth - 1];
    return top.is_object ? cursor->next_field(top) : cursor->next_element(top);
}

enum json_failure json_failure(const struct json_cursor *cursor)
{
    return cursor->failure;
}
