/*
 * JSON as a stream of tokens: the only door to the JSON library.
 *
 * A cursor walks one text from the first token to the last, and everything that it passes has been checked:
 * the whole grammar of RFC 8259, UTF-8, escapes, depth, nothing after the end.  Any other tokenizer can stand
 * behind these few functions.  Duplicate keys are the caller's to find: it knows which keys it has seen.
 */
#ifndef REGIMEN_JSON_SHIM_H
#define REGIMEN_JSON_SHIM_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { JSON_DEPTH_MAX = 64 };

enum json_type {
    JSON_OBJECT, /* its keys and values follow, then JSON_END */
    JSON_ARRAY,  /* its elements follow, then JSON_END */
    JSON_END,    /* of the innermost object or array */
    JSON_KEY,    /* the value follows */
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_DONE,  /* the text is over */
    JSON_ERROR, /* see json_failure; every further token is this one */
};

enum json_failure {
    JSON_OK,
    JSON_NOT_OBJECT, /* the text is not a JSON object */
    JSON_SYNTAX,
    JSON_BAD_UTF8,
    JSON_NUL,       /* a text holds the character U+0000 */
    JSON_TOO_DEEP,  /* more than JSON_DEPTH_MAX levels */
    JSON_TRAILING,  /* something stands after the object */
    JSON_TOO_LARGE, /* memory is short */
};

struct json_token {
    enum json_type type;
    const char *text; /* KEY, STRING: without escapes; NUMBER: as written.  Not terminated; until the next
                         json_open */
    size_t length;
    size_t offset, width; /* bytes of the text from which it comes; an object or array: its bracket */
};

struct json_cursor;

/* NULL where memory is short. */
struct json_cursor *json_cursor_new(void);
void json_cursor_free(struct json_cursor *cursor);
/* Begins with a text, which is copied; the first token is JSON_OBJECT, or JSON_ERROR. */
void json_open(struct json_cursor *cursor, const char *text, size_t length);
struct json_token json_next(struct json_cursor *cursor);
enum json_failure json_failure(const struct json_cursor *cursor);

#ifdef __cplusplus
}
#endif

#endif
