/* The command: finds the verb, reads its options, and runs it. */
#include "cli/command.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/decimal.h"

enum { MESSAGE_MAX = 256 };

static enum exit_status run_checked(const struct verb *verb, const struct options *options)
{
    bool fits = options->operand_count >= (size_t)verb->least &&
                (verb->most == MANY || options->operand_count <= (size_t)verb->most);
    if (fits) return verb->run(options);
    return usage_wrong("usage: regimen %s [OPTIONS] %s; `regimen %s --help` says more", verb->name,
                       verb->operands, verb->name);
}

static enum exit_status run_with(const struct verb *verb, const char *const *words, size_t count,
                                 struct options_room room)
{
    struct options options;
    char message[MESSAGE_MAX];
    switch (options_parse(verb->options, words, count, room, &options, message, sizeof message)) {
    case OPTIONS_FINE: return run_checked(verb, &options);
    case OPTIONS_HELP: help_print_verb(stdout, verb); return EXIT_FINE;
    case OPTIONS_WRONG: break;
    }
    return usage_wrong("%s; `regimen %s --help` lists the options", message, verb->name);
}

static enum exit_status run_verb(const struct verb *verb, const char *const *words, size_t count)
{
    struct options_room room = {calloc(count + 1, sizeof *room.given),
                                calloc(count + 1, sizeof *room.operands)};
    enum exit_status status = EXIT_BUG;
    if (room.given && room.operands)
        status = run_with(verb, words, count, room);
    else
        complain("the memory is not sufficient");
    free(room.given);
    free(room.operands);
    return status;
}

static bool is_one_of(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

static enum exit_status run_command(const char *const *words, size_t count)
{
    if (count == 0) {
        help_print(stderr);
        return EXIT_USAGE;
    }
    if (is_one_of(words[0], "--help", "-h")) {
        help_print(stdout);
        return EXIT_FINE;
    }
    if (is_one_of(words[0], "--version", "-V")) {
        puts("regimen " REGIMEN_VERSION);
        return EXIT_FINE;
    }
    const struct verb *verb = verb_find(words[0]);
    return verb ? run_verb(verb, words + 1, count - 1) : verb_unknown(words[0]);
}

int main(int count, char **words)
{
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of writing, not the end of the process */
    if (!decimal_self_test()) {
        complain("the decimal library does not round as it should: this build must not be used");
        return EXIT_BUG;
    }
    return output_finish(
        run_command((const char *const *)words + (count > 0), count > 0 ? (size_t)count - 1 : 0));
}
