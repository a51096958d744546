/*
 * Patient records: JSON in, typed slots out, in one pass and without a document tree.
 *
 * A record is believed only where it is clear: what is unknown to the program, stands twice, has another
 * type, unit or range, or cannot be held exactly is refused, with the place and what to write instead.  So
 * a slot holds what the record says, in the unit of the program, or nothing (SPEC.md, Records).
 */
#ifndef REGIMEN_RECORD_H
#define REGIMEN_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "runtime/image.h"
#include "runtime/value.h"

/* ABSENT: not there, or null.  MISSING: said to be missing, with a reason. */
enum slot_state { SLOT_ABSENT, SLOT_MISSING, SLOT_PRESENT };

/* One dated element of a series or of events. */
struct element {
    struct value at;    /* DAY or TIME range; see at_kind */
    uint8_t at_kind;    /* KIND_DAY or KIND_TIME */
    uint8_t until_kind; /* KIND_NONE: not said; KIND_DAY, KIND_TIME */
    bool ongoing;
    bool disputed;    /* a series: two different values at this moment; its value is unknown */
    bool maybe_later; /* its date leaves open whether it lies after now: then it is not there */
    struct value until;
    int64_t start, reach; /* on one clock of the record: where it begins at the earliest, and where it or one
                             before it in the list ends at the latest; see element_place */
    const struct value *fields; /* one a field of the input; texts and `other` are in notes */
    const char *const *notes;   /* one a field: the text of a TEXT field or of `other`, the value as written
                                   where it   was converted, the reason of {"missing": ...}; or NULL */
};

/* What a record says for one input. */
struct slot {
    uint8_t state;      /* enum slot_state */
    struct value value; /* of a scalar; ABSENT and MISSING: TAG_UNKNOWN with the declared range */
    const char *note; /* MISSING: the record's reason; PRESENT: the value as written where it was converted or
                         is censored ("50000 /uL", "<0.03"); TEXT: the text; `other`: its text; or NULL */
    const struct element
        *elements; /* of a list, in time order (range start, then end), those not surely after now */
    uint32_t count;
    uint32_t later; /* elements surely after now: not seen */
};

/* A record that was read; all pointers belong to the reader and last until its next record. */
struct record {
    const char *id;
    struct value now;         /* TIME, known: the as-of time, the end of the day for a date */
    const char *as_of;        /* as written */
    const struct slot *slots; /* one an input of the image */
    uint32_t ignored;         /* unknown keys passed over with ignore_extra */
};

/* Why a record was refused; texts are terminated, and cut between characters where they are too long. */
struct record_error {
    const char *code;  /* a stable word: duplicate_key, wrong_type, unit, range, ... (record_errors.def) */
    char field[160];   /* where: "wbc_at_diagnosis", "ae[2].grade" */
    char value[160];   /* what stood there, shortened */
    char message[480]; /* the sentence, with the advice */
    size_t offset;     /* byte in the text */
};

/* No two clocks of a record are farther apart, in microseconds. */
static const int64_t CLOCKS_APART = 2 * CAL_MICROS_PER_DAY;

/* Fills start and reach of an element behind another one of its list, or NULL; offset: of the clock on which
   dates, and times without an offset, are read, or CAL_NO_OFFSET. */
void element_place(struct element *element, const struct element *before, int16_t offset);

struct record_reader;

/* For one image; reuses its memory from record to record.  NULL where memory is short. */
struct record_reader *record_reader_new(const struct image *image);
void record_reader_free(struct record_reader *reader);
/* as_of: the text of --as-of, or NULL; a record's own as_of goes before it. */
void record_reader_as_of(struct record_reader *reader, const char *as_of);
void record_reader_ignore_extra(struct record_reader *reader, bool ignore);
/* The limits of `negative below` are parameters: value is the limit (known) or NULL where unset. */
void record_reader_negative_limit(struct record_reader *reader, uint32_t param, const struct value *value);
/* Reads one JSON object.  The record lives until the next call or the reader's end.  False with *error
 * filled. */
bool record_read(struct record_reader *reader, const char *json, size_t length, struct record *out,
                 struct record_error *error);

#endif
