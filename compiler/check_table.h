/*
 * One table while its rows become rows of a classification or clauses of a dose.
 */
#ifndef REGIMEN_CHECK_TABLE_H
#define REGIMEN_CHECK_TABLE_H

#include "compiler/check.h"

/* What one row of a table says, cell by cell. */
struct table_line {
    const struct table_row *row;
    struct expr *when;                             /* NULL: it always holds */
    const struct cell *result;                     /* of a classification */
    const struct cell *of_clause[CLAUSE_CITE + 1]; /* by clause; NULL where the cell is empty */
};

/* What the tables of one rule give, in the order of the source. */
struct table_lines {
    struct row *rows, **row_end;
    struct clause *clauses, **clause_end;
};

/* check_table_rows.c: appends the line as a row, or as clauses.  A line that says nothing is reported
   and left out. */
void table_line_to_row(struct checker *ck, const struct decl *d, const struct table_line *line,
                       struct table_lines *lines);
/* check_set.c: likewise, for a collection or a recommendation. */
void table_line_to_set_row(struct checker *ck, const struct table_line *line, struct table_lines *lines);
/* check_alert.c: likewise, for an alert. */
void table_line_to_alert_row(struct checker *ck, const struct table_line *line, struct table_lines *lines);
/* What the columns `because`, `trace`, `cite` and `say` say. */
struct tail table_line_tail(const struct table_line *line);
void table_line_to_clauses(struct checker *ck, const struct table_line *line, struct table_lines *lines);
/* Puts them among those that d has already, in the order of the source. */
void table_lines_merge(struct decl *d, struct table_lines *lines);

#endif
