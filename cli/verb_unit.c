/* regimen unit: whether UCUM has a unit, and what a number in it is in another one. */
#include "cli/command.h"

#include <string.h>

#include "runtime/decimal.h"
#include "runtime/units.h"

const struct option_spec verb_unit_options[] = {
    {"to", 't', "UNIT", "the unit to convert to"},
    {NULL, 0, NULL, NULL},
};

/* What was written: a unit, or a number, a blank and a unit. */
struct quantity {
    decimal number;
    bool has_number;
    const char *unit_text;
    size_t unit_length;
    struct unit unit;
    bool friendly; /* a spelling of rule files that UCUM does not have */
};

static bool read_unit(const char *text, size_t length, struct unit *unit, bool *friendly)
{
    struct unit_error error;
    *friendly = false;
    if (unit_parse(text, length, UNIT_UCUM, unit, &error) == UNIT_OK) return true;
    *friendly = true;
    if (unit_parse(text, length, UNIT_FRIENDLY, unit, NULL) == UNIT_OK) return true;
    complain("%s", error.message);
    return false;
}

static bool read_quantity(const char *text, struct quantity *q)
{
    text += strspn(text, " ");
    size_t length = strlen(text), first = strcspn(text, " ");
    while (length > 0 && text[length - 1] == ' ')
        length--;
    size_t start = first < length ? first + strspn(text + first, " ") : 0;
    *q = (struct quantity){.number = DECIMAL_ONE, .has_number = start > 0};
    q->unit_text = text + start;
    q->unit_length = length - start;
    if (q->has_number && decimal_parse(text, first, &q->number) != DECIMAL_OK) {
        complain("`%.*s` is no number: one looks like 6.3 and has at most 34 digits", (int)first, text);
        return false;
    }
    return read_unit(q->unit_text, q->unit_length, &q->unit, &q->friendly);
}

static void print_number(decimal number)
{
    char text[DECIMAL_TEXT_MAX];
    decimal_format(number, text);
    printf("%s ", text);
}

static void describe(const struct quantity *q)
{
    char words[UNIT_TEXT_MAX], canonical[UNIT_TEXT_MAX];
    unit_describe(&q->unit, words);
    unit_format(&q->unit, canonical);
    if (q->has_number) print_number(q->number);
    printf("%.*s: %s\ncanonical: %s\n", (int)q->unit_length, q->unit_text, words, canonical);
    if (q->friendly) printf("in rule files only: UCUM does not have this spelling\n");
}

static enum exit_status convert(const struct quantity *q, const char *to)
{
    struct unit target;
    struct unit_error error;
    bool friendly;
    decimal converted;
    char text[UNIT_TEXT_MAX];
    if (!read_unit(to, strlen(to), &target, &friendly)) return EXIT_FINDINGS;
    if (unit_convert(q->number, &q->unit, &target, &converted, &error) != UNIT_OK) {
        complain("%s", error.message);
        return EXIT_FINDINGS;
    }
    print_number(converted);
    unit_format(&target, text);
    printf("%s\n", text);
    return EXIT_FINE;
}

enum exit_status verb_unit(const struct options *options)
{
    const char *to = option_value(options, "to");
    struct quantity q;
    if (!read_quantity(options->operands[0], &q)) return EXIT_FINDINGS;
    if (to) return convert(&q, to);
    describe(&q);
    return EXIT_FINE;
}
