/* Text inside of XML and HTML. */
#ifndef REGIMEN_CLI_MARKUP_H
#define REGIMEN_CLI_MARKUP_H

#include "runtime/buffer.h"

/* text with the signs that mean something there written as entities; control characters, which XML does not
   know, become blanks, tabs and line ends aside. */
void markup_put(struct buffer *out, const char *text);

#endif
