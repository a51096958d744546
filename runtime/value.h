/*
 * A value of the machine: what a register, an input slot or a parameter holds.
 *
 * Missing is a tag beside the value, never a magic number.  Numbers, days and times are ranges: a known value
 * has both ends equal; a censored result, `negative`, a partial date have them apart; an unknown value has
 * the bounds that it can still take (its input's declared range, or none).
 */
#ifndef REGIMEN_VALUE_H
#define REGIMEN_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "runtime/calendar.h"
#include "runtime/decimal.h"

enum kind {
    KIND_NONE,
    KIND_BOOL,
    KIND_NUM,
    KIND_DAY,
    KIND_TIME,
    KIND_ENUM,
    KIND_SET,
    KIND_ELEM,
    KIND_TEXT,
    KIND_LIST
};

enum tag {
    TAG_KNOWN,   /* one value */
    TAG_RANGE,   /* reported, but only as a range */
    TAG_UNKNOWN, /* not there; the range says what it could be */
    TAG_FAULT,   /* acts as unknown in a condition */
    TAG_OFF,     /* a parameter that the institution set to none */
};

/* Why a value is unknown, where the tag alone does not say. */
enum why { WHY_MISSING, WHY_NONE_RECORDED, WHY_UNDECIDED };

enum value_flags {
    VALUE_LO_OPEN = 1, /* the lower end is not included */
    VALUE_HI_OPEN = 2,
    VALUE_LO_NONE = 4, /* no lower end */
    VALUE_HI_NONE = 8,
    VALUE_NEGATIVE = 16, /* the record said `negative` */
};

enum fault {
#define FAULT(name, text) FAULT_##name,
#include "runtime/faults.def"
#undef FAULT
};

enum { SET_WORDS = 4, SET_MEMBERS = 64 * SET_WORDS };

/* Plain: copied by assignment, with no pointer in it.  Which member of the union holds follows from the
   kind of the register, which the value does not carry: the verifier has proved it.  Of an unknown value
   only numbers, days and times use theirs, as bounds.  Two known values of one meaning need not have the
   same bytes. */
struct value {
    uint8_t tag;   /* enum tag */
    uint8_t flags; /* enum value_flags */
    uint8_t why;   /* enum why */
    uint8_t fault; /* enum fault */
    uint32_t at;   /* FAULT: the pc that raised it */
    union {
        struct {
            decimal lo, hi;
        } n;
        struct {
            int64_t lo, hi;               /* DAY: cal_day; TIME: cal_clock */
            int16_t lo_offset, hi_offset; /* TIME: minutes, or CAL_NO_OFFSET */
        } t;
        bool yes;
        int32_t code; /* ENUM; the count of members stands for `other` */
        uint64_t set[SET_WORDS];
        struct {
            uint32_t list; /* index of the input */
            uint32_t first,
                last; /* elements in time order; more than one where they are at the same moment */
        } e;
    };
};

#endif
