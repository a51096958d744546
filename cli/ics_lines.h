/*
 * The lines of an iCalendar file (RFC 5545): folded, escaped, each with its CR and LF.
 *
 * No library writes them: libical, with which the tests read them back, brings ICU, and each run of the
 * command would map its 38 MB for that.
 */
#ifndef REGIMEN_CLI_ICS_LINES_H
#define REGIMEN_CLI_ICS_LINES_H

#include "runtime/buffer.h"

/* NAME:VALUE, which has nothing in it that needs an escape.  What is longer than 75 bytes goes on in lines
   that begin with a blank: it is cut behind a blank where there is one, and never inside of a character. */
void ics_line(struct buffer *out, const char *name, const char *value);
/* The same, of a text in UTF-8 without control characters but line ends: backslash, semicolon, comma and line
   end are escaped. */
void ics_text(struct buffer *out, const char *name, const char *text);

#endif
