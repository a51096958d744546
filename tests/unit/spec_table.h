/*
 * The example tables of the specification, run as tests.
 *
 * A table is checked when the line <!-- checked: NAME --> stands before it.  Cells come without blanks and
 * backquotes; "(empty)" is the empty text.
 */
#ifndef REGIMEN_TESTS_SPEC_TABLE_H
#define REGIMEN_TESTS_SPEC_TABLE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPEC_CELLS_MAX = 8, SPEC_LINE_MAX = 1024 };

typedef void spec_row(char *const *cells);

/* The cell of a column must be what the program gives. */
static void spec_expect(char *const *cells, size_t column, const char *given)
{
    if (strcmp(cells[column], given) != 0)
        fail_msg("row %s, %s: column %zu says %s, and it is %s", cells[0], cells[1], column + 1,
                 cells[column], given);
}

/* Between backquotes blanks count, so that a table can show them. */
static char *spec_trim(char *cell)
{
    cell += strspn(cell, " ");
    size_t length = strlen(cell);
    while (length > 0 && cell[length - 1] == ' ')
        cell[--length] = '\0';
    if (length > 1 && cell[0] == '`' && cell[length - 1] == '`') {
        cell[length - 1] = '\0';
        cell++;
    }
    return strcmp(cell, "(empty)") == 0 ? cell + strlen(cell) : cell;
}

/* Cuts a line of a table in place; returns how many cells it has. */
static size_t spec_cut(char *line, char **cells)
{
    size_t n = 0;
    char *cell = line + 1;
    for (char *bar; n < SPEC_CELLS_MAX && (bar = strchr(cell, '|')); cell = bar + 1) {
        *bar = '\0';
        cells[n++] = spec_trim(cell);
    }
    return n;
}

static void spec_find(FILE *file, const char *name)
{
    char line[SPEC_LINE_MAX], wanted[SPEC_LINE_MAX];
    (void)snprintf(wanted, sizeof wanted, "<!-- checked: %s -->\n", name);
    while (fgets(line, sizeof line, file))
        if (strcmp(line, wanted) == 0) return;
    fail_msg("the specification has no table %s", name);
}

/* Calls row with each row of the table, which must have so many columns and at least one row. */
static void spec_check(const char *path, const char *name, size_t columns, spec_row *row)
{
    char line[SPEC_LINE_MAX], *cells[SPEC_CELLS_MAX];
    size_t rows = 0;
    FILE *file = fopen(path, "r");
    if (!file) fail_msg("cannot read %s", path);
    spec_find(file, name);
    for (; fgets(line, sizeof line, file) && line[0] == '|'; rows++) {
        if (rows < 2) continue; /* the head and the rule below it */
        line[strcspn(line, "\n")] = '\0';
        assert_int_equal(spec_cut(line, cells), columns);
        row(cells);
    }
    (void)fclose(file);
    assert_true(rows > 2);
}

#endif
