/*
 * Records for any program, made from what its image says of its inputs: their values are of the right kinds
 * and within their ranges, and say nothing of medicine.
 */
#ifndef REGIMEN_BENCH_ANY_RECORD_H
#define REGIMEN_BENCH_ANY_RECORD_H

#include <stdint.h>
#include <stdio.h>

#include "runtime/image.h"

/* Entries of a list where it is not asked how its length tells. */
enum { RECORD_ENTRIES = 4 };

/* One record as JSON, of whose inputs `given` in a hundred are there, each list with so many entries: more
   than RECORD_ENTRIES stand a day apart.  The same seed gives the same record. */
void any_record(FILE *out, const struct image *image, unsigned given, unsigned entries, uint32_t seed);

#endif
