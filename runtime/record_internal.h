/*
 * What the files of the record reader share.
 *
 *   record.c           the reader, the keys of a record, id and as_of
 *   record_expect.c    what the image expects of each input and field
 *   record_value.c     one value: words, sets, texts, missing
 *   record_when.c      dates and times
 *   record_quantity.c  one number: units, censored, negative, range
 *   record_unit.c      conversion to the declared unit
 *   record_list.c      series and events as written
 *   record_order.c     and in time order: what is seen, what is merged
 *   record_skip.c      unknown keys
 *   record_error.c     refusals
 *
 * A function that returns bool returns false only after it has filled the reader's error.
 */
#ifndef REGIMEN_RECORD_INTERNAL_H
#define REGIMEN_RECORD_INTERNAL_H

#include "runtime/json_shim.h"
#include "runtime/names.h"
#include "runtime/pool.h"
#include "runtime/record.h"
#include "runtime/units.h"

enum record_refusal {
#define RECORD_ERROR(name, code, meaning) RECORD_##name,
#include "runtime/record_errors.def"
#undef RECORD_ERROR
    RECORD_ERROR_COUNT
};

/* What a value must be; made once. */
struct expected {
    const char *name;
    uint8_t kind; /* enum kind */
    bool whole;
    bool or_other;
    const struct names *members; /* ENUM, SET */
    const char *unit_text;       /* NUM: as declared */
    struct unit unit;
    uint32_t negative_below; /* PARAMS or NONE32 */
    struct value bounds;     /* TAG_UNKNOWN with the declared range: what an absent value is */
};

/* What the elements of one list must have. */
struct expected_list {
    struct names names; /* of the fields */
    struct expected *fields;
};

struct negative_limit {
    bool set;
    decimal value;
};

/* A conversion between two units that was met before. */
struct conversion {
    const char *to; /* the declared unit; NULL: none yet */
    size_t length;
    char from[40];
    decimal numerator, denominator;
};

enum { CONVERSIONS_KEPT = 64 };

/* Where we are in the record, for refusals. */
struct place {
    const char *key; /* not terminated */
    size_t key_length;
    int64_t index;     /* in a list or a set, or -1 */
    const char *field; /* of an element, or NULL */
    size_t field_length;
};

struct record_reader {
    const struct image *image;
    struct json_cursor *json;
    struct pool pool;
    struct names keys;          /* of the inputs */
    struct names *enumerations; /* their members */
    struct expected *inputs;
    struct expected_list *lists;   /* one an input */
    struct negative_limit *limits; /* one a parameter */
    struct conversion conversions[CONVERSIONS_KEPT];
    const char *default_as_of; /* or NULL */
    bool ignore_extra;

    /* of the record being read */
    const char *text;
    size_t length;
    struct slot *slots;
    struct element **elements; /* one an input: those of its slot, which may still change */
    bool *seen;                /* one an input */
    bool has_as_of;
    const char *id, *as_of;
    struct value now;
    bool times_seen, times_have_offset;
    uint32_t ignored;
    struct place place;
    struct record_error *error;
};

/* A number as the record says it, before its unit is known. */
enum bound { BOUND_EXACT, BOUND_LESS, BOUND_LESS_EQUAL, BOUND_MORE, BOUND_MORE_EQUAL, BOUND_NEGATIVE };

struct quantity {
    enum bound bound;
    decimal number;
    struct json_token written; /* the number or the text */
    const char *unit;          /* not terminated, NULL where it has none of its own */
    size_t unit_length;
};

/* One value. */
/* One value as it is being read; a number waits for its unit, which may stand behind it. */
struct reading {
    enum slot_state state;
    bool pending; /* a NUM whose unit may still come: quantity_finish makes value and note of it */
    struct quantity quantity;
    struct value value;
    const char *note;
};

/* record_expect.c: false where memory is short. */
bool expect_all(struct record_reader *reader);
void expect_free(struct record_reader *reader);

/* record_error.c */
/* Fills the error and returns false.  token: what stood there, or NULL. */
bool record_refuse(struct record_reader *reader, enum record_refusal why, const struct json_token *token,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
bool record_refuse_memory(struct record_reader *reader);
/* The text of a token, shortened and in the pool; "" where memory is short. */
const char *record_quote(struct record_reader *reader, const struct json_token *token);
/* ": did you mean `x`?" or "", in the pool. */
const char *record_meant(struct record_reader *reader, const struct names *names,
                         const struct json_token *token);

/* The next token; false for JSON_ERROR. */
bool record_next(struct record_reader *reader, struct json_token *token);
bool token_is(const struct json_token *token, const char *text);

/* record_value.c */
/* The value whose first token has been taken.  A NUM stays pending. */
bool reading_take(struct record_reader *reader, const struct expected *want, const struct json_token *token,
                  struct reading *out);
/* The word for a value of this kind: "a whole number", "`true` or `false`". */
const char *expected_words(struct record_reader *reader, const struct expected *want);

/* record_when.c */
/* A date or, where times are allowed, a time; *kind is DAY or TIME. */
bool when_take(struct record_reader *reader, const struct json_token *token, bool times, struct value *out,
               enum kind *kind);
/* The start and the end of a DAY or TIME on the clock, both included. */
cal_clock when_start(const struct value *value, enum kind kind);
cal_clock when_end(const struct value *value, enum kind kind);
/* Whether time a lies after time b: as instants where both carry an offset, else by their clocks. */
bool clock_after(cal_clock a, int16_t a_offset, cal_clock b, int16_t b_offset);
/* record_quantity.c */
bool quantity_take(struct record_reader *reader, const struct expected *want, const struct json_token *token,
                   struct quantity *out);
/* Makes the value of a pending reading; unit: of the element, or NULL. */
bool quantity_finish(struct record_reader *reader, const struct expected *want, const struct json_token *unit,
                     struct reading *reading);

/* record_unit.c: *number in the declared unit; false with *why filled, and no error of the record. */
bool record_convert(struct record_reader *reader, const struct expected *want, const char *unit,
                    size_t length, decimal *number, struct unit_error *why);

/* record_list.c: the list whose opening bracket has been taken. */
bool list_take(struct record_reader *reader, uint32_t input);

/* record_order.c: all lists, once now is known. */
bool lists_order(struct record_reader *reader);

/* record_skip.c */
struct keys {
    struct json_token *items;
    size_t count, capacity;
};
/* An unknown key, whose value has not been taken: refused, or passed over and remembered in keys. */
bool unknown_key(struct record_reader *reader, const struct json_token *key, const struct names *known,
                 const char *of_what, struct keys *keys);
/* Remembers a key that was passed over; whether two of them are the same is asked once, at the end of
   their object. */
bool keys_add(struct record_reader *reader, struct keys *keys, const struct json_token *key);
bool keys_unique(struct record_reader *reader, struct keys *keys);
/* Walks to the end of a value whose first token has been taken; its inside must still be good JSON. */
bool value_skip(struct record_reader *reader, const struct json_token *token);
/* Refuses a key that stands twice: which of the two is meant nobody can tell. */
bool duplicate_key(struct record_reader *reader, const struct json_token *key);

#endif
