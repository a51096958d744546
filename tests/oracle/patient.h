/*
 * A patient as the tests make one: what its record says of each input, and what the institution has set.  The
 * oracle reads it as it is; the machine gets it as JSON and as settings in text.
 */
#ifndef ORACLE_PATIENT_H
#define ORACLE_PATIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler/ast.h"

enum datum_form { DATUM_ABSENT, DATUM_MISSING, DATUM_KNOWN, DATUM_CENSORED, DATUM_NEGATIVE };

enum { NUMBER_MAX = 80, FIELDS_MAX = 6, CELLS_MAX = 8 };

struct happening;

struct datum {
    enum datum_form form;
    char number[NUMBER_MAX]; /* in the declared unit; CENSORED: the limit */
    const char *sign;        /* CENSORED: "<", "<=", ">", ">=" */
    const char *unit;        /* written in this unit: NULL for the declared one */
    int shift;               /* and with its point moved so much */
    bool is_time;            /* a date or a time, from lo to hi in microseconds */
    int64_t lo, hi;
    bool zoned; /* a time that says how far its clock is from UTC */
    int offset; /* in minutes */
    bool yes;
    int code; /* of the member; a set has bits */
    uint64_t set;
    bool none;               /* a parameter that is switched off */
    struct datum *cells;     /* of a table, one a member of its key */
    struct happening *items; /* of a list */
    int count;
};

struct happening {          /* an element of a series or of events */
    struct datum at, until; /* until ABSENT: not said */
    bool ongoing;
    bool disputed;      /* two values at one moment: filled by the oracle */
    int place;          /* in the record, from 0: filled by the oracle */
    int64_t start, end; /* of what it can mean, on one clock for all: filled by the oracle */
    struct datum value; /* of a series */
    struct datum fields[FIELDS_MAX];
};

struct patient {
    struct datum now;       /* `as of`, one moment */
    struct datum *inputs;   /* by the index of their declarations */
    struct datum *settings; /* of parameters; ABSENT: unset */
    int input_count, setting_count;
    bool zoned; /* its times carry offsets, all of them */
};

#endif
