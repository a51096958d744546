/* The list of verbs and the options of one, both from verbs.def. */
#include "cli/command.h"

#include <string.h>

#include "compiler/diag.h"

static const struct verb verbs[] = {
#define VERB(name, operands, least, most, help)                                                              \
    {#name, operands, help, least, most, verb_##name##_options, verb_##name},
#include "cli/verbs.def"
#undef VERB
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

const struct verb *verb_find(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    return NULL;
}

enum exit_status verb_unknown(const char *name)
{
    const char *names[VERB_COUNT];
    for (size_t i = 0; i < VERB_COUNT; i++)
        names[i] = verbs[i].name;
    const char *meant = suggest(name, names, VERB_COUNT);
    if (meant) return usage_wrong("there is no verb `%s`; did you mean `%s`?", name, meant);
    return usage_wrong("there is no verb `%s`; `regimen --help` lists them", name);
}

void help_print(FILE *out)
{
    fputs("usage: regimen VERB [OPTIONS] ...\n\n", out);
    for (size_t i = 0; i < VERB_COUNT; i++)
        fprintf(out, "  %-8s %-20s %s\n", verbs[i].name, verbs[i].operands, verbs[i].help);
    fputs("\n`regimen VERB --help` lists the options of a verb, `regimen --version` prints the version.\n"
          "Exit status: 0 fine, 1 findings, 2 usage, 3 a file could not be read or written, 70 our bug.\n",
          out);
}

static void print_option(FILE *out, const struct option_spec *option)
{
    char words[64];
    snprintf(words, sizeof words, "%c%c%s--%s%s%s", option->letter ? '-' : ' ',
             option->letter ? option->letter : ' ', option->letter ? ", " : "  ", option->name,
             option->value ? " " : "", option->value ? option->value : "");
    fprintf(out, "  %-24s %s\n", words, option->help);
}

void help_print_verb(FILE *out, const struct verb *verb)
{
    static const struct option_spec help = {"help", 'h', NULL, "this text"};
    fprintf(out, "usage: regimen %s [OPTIONS] %s\n\n%s\n\n", verb->name, verb->operands, verb->help);
    for (const struct option_spec *option = verb->options; option->name; option++)
        print_option(out, option);
    print_option(out, &help);
}
