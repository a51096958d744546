/*
 * A program of the size that the whole library will have: its rows say nothing of medicine.
 *
 * As many rules and rows of each kind as the catalogue has statements: groups, recommendations by phase, doses by
 * planned drug, findings item by item, tables of adverse events and interactions, laboratory alarms.
 */
#ifndef REGIMEN_BENCH_LIBRARY_H
#define REGIMEN_BENCH_LIBRARY_H

#include <stdio.h>

/* The rule file. */
void library_write(FILE *out);
/* An institution's values for about half of its parameters. */
void library_write_site(FILE *out);
#endif
