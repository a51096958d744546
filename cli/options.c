#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "compiler/diag.h"

struct parser {
    const struct option_spec *specs;
    const char *const *words;
    size_t count, at;
    struct options_room room;
    size_t given_count, operand_count;
    char *message;
    size_t size;
};

static const struct option_spec *find_name(const struct option_spec *specs, const char *name, size_t length)
{
    for (; specs->name; specs++)
        if (strlen(specs->name) == length && strncmp(specs->name, name, length) == 0) return specs;
    return NULL;
}

static const struct option_spec *find_letter(const struct option_spec *specs, char letter)
{
    for (; specs->name; specs++)
        if (specs->letter == letter) return specs;
    return NULL;
}

static enum options_result unknown_option(struct parser *p, const char *word, size_t length)
{
    enum { OPTIONS_MAX = 32 };
    const char *names[OPTIONS_MAX + 1] = {"help"};
    size_t count = 1;
    for (const struct option_spec *spec = p->specs; spec->name && count < OPTIONS_MAX; spec++)
        names[count++] = spec->name;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), word);
    const char *meant = suggest(name + strspn(name, "-"), names, count);
    snprintf(p->message, p->size, "there is no option `%s`%s%s%s", name, meant ? "; did you mean `--" : "",
             meant ? meant : "", meant ? "`?" : "");
    return OPTIONS_WRONG;
}

/* The value stands in the same word, or in the next one. */
static enum options_result take(struct parser *p, const struct option_spec *spec, const char *value)
{
    if (!spec->value && value) {
        snprintf(p->message, p->size, "the option `--%s` takes no value", spec->name);
        return OPTIONS_WRONG;
    }
    if (spec->value && !value) {
        if (p->at == p->count) {
            snprintf(p->message, p->size, "the option `--%s` needs a value: %s", spec->name, spec->value);
            return OPTIONS_WRONG;
        }
        value = p->words[p->at++];
    }
    p->room.given[p->given_count++] = (struct option_given){spec, value ? value : ""};
    return OPTIONS_FINE;
}

static enum options_result parse_option(struct parser *p, const char *word)
{
    size_t length = strcspn(word, "=");
    const char *value = word[length] ? word + length + 1 : NULL;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) return OPTIONS_HELP;
    const struct option_spec *spec = NULL;
    if (word[1] == '-')
        spec = find_name(p->specs, word + 2, length - 2);
    else if (length == 2)
        spec = find_letter(p->specs, word[1]);
    return spec ? take(p, spec, value) : unknown_option(p, word, length);
}

/* A negative number is no option. */
static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && !(word[1] >= '0' && word[1] <= '9');
}

enum options_result options_parse(const struct option_spec *specs, const char *const *words, size_t count,
                                  struct options_room room, struct options *options, char *message,
                                  size_t size)
{
    struct parser p = {
        .specs = specs, .words = words, .count = count, .room = room, .message = message, .size = size};
    bool only_operands = false;
    while (p.at < count) {
        const char *word = words[p.at++];
        if (only_operands || !is_option(word)) {
            room.operands[p.operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else {
            enum options_result result = parse_option(&p, word);
            if (result != OPTIONS_FINE) return result;
        }
    }
    *options = (struct options){room.given, p.given_count, room.operands, p.operand_count};
    return OPTIONS_FINE;
}

const char *option_value(const struct options *options, const char *name)
{
    for (size_t i = options->given_count; i > 0; i--)
        if (strcmp(options->given[i - 1].spec->name, name) == 0) return options->given[i - 1].value;
    return NULL;
}

bool option_is_given(const struct options *options, const char *name)
{
    return option_value(options, name) != NULL;
}
