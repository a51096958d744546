/*
 * The words of a command line: options and operands of one verb.
 */
#ifndef REGIMEN_CLI_OPTIONS_H
#define REGIMEN_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* One option of a verb.  A table of them ends with an entry without a name. */
struct option_spec {
    const char *name;  /* without its dashes */
    char letter;       /* 0: none */
    const char *value; /* what stands for its value in the help; NULL: it takes none */
    const char *help;
};

struct option_given {
    const struct option_spec *spec;
    const char *value; /* "" where it takes none */
};

/* What was written after the verb; both lists are in order. */
struct options {
    const struct option_given *given;
    size_t given_count;
    const char *const *operands;
    size_t operand_count;
};

enum options_result { OPTIONS_FINE, OPTIONS_HELP, OPTIONS_WRONG };

/* The place for what options_parse finds: given and operands have room for count entries. */
struct options_room {
    struct option_given *given;
    const char **operands;
};

/* words are those after the verb.  `--name value`, `--name=value`, `-l value`; after `--` come operands
   alone, and
   `-` is one.  OPTIONS_WRONG: message (size bytes) says what is wrong and what was meant. */
enum options_result options_parse(const struct option_spec *specs, const char *const *words, size_t count,
                                  struct options_room room, struct options *options, char *message,
                                  size_t size);

/* The last value of the option, or NULL where it was not given. */
const char *option_value(const struct options *options, const char *name);
bool option_is_given(const struct options *options, const char *name);

#endif
