/*
 * JSON out, written as it comes: no tree, numbers as exact decimals.
 *
 * Commas are the writer's work; that objects and arrays are closed and that each value in an object has its
 * key is the caller's.  Texts that are not valid UTF-8 get U+FFFD in place of each bad byte, so that what
 * comes out is always JSON.
 */
#ifndef REGIMEN_JSON_WRITER_H
#define REGIMEN_JSON_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "runtime/buffer.h"
#include "runtime/decimal.h"

struct json_writer {
    struct buffer *out;
    bool comma; /* the next key or value needs one before it */
};

void json_open_object(struct json_writer *w);
void json_close_object(struct json_writer *w);
void json_open_array(struct json_writer *w);
void json_close_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *name);
void json_text(struct json_writer *w, const char *text);
void json_text_bytes(struct json_writer *w, const char *bytes, size_t length);
void json_number(struct json_writer *w, decimal x); /* plain notation, every digit */
void json_whole(struct json_writer *w, int64_t n);
void json_bool(struct json_writer *w, bool yes);
void json_null(struct json_writer *w);

/* A key with its value. */
void json_key_text(struct json_writer *w, const char *name, const char *text);
void json_key_whole(struct json_writer *w, const char *name, int64_t n);
void json_key_bool(struct json_writer *w, const char *name, bool yes);

/* text without the quotes, escaped as in a JSON string. */
void json_escape(struct buffer *out, const char *bytes, size_t length);

#endif
