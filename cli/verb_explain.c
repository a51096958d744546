/* regimen explain: what a diagnostic means, or the list of all. */
#include "cli/command.h"

#include <stdint.h>
#include <string.h>

#include "compiler/regimen_compiler.h"
#include "runtime/utf8.h"

enum { LINE_COLUMNS = 88, NUMBER_DIGITS = 4 };

const struct option_spec verb_explain_options[] = {{NULL, 0, NULL, NULL}};

/* R0310, r310 and 310 are one number; -1 where the word is none of them. */
static int code_number(const char *word)
{
    size_t letters = *word == 'R' || *word == 'r', digits = strspn(word + letters, "0123456789");
    int number = 0;
    if (digits == 0 || digits > NUMBER_DIGITS || word[letters + digits]) return -1;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (word[letters + i] - '0');
    return number;
}

/* Words, with line ends where the line is full. */
static void print_wrapped(const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t length = strcspn(text, " ");
        if (column > 0 && column + 1 + length > LINE_COLUMNS) {
            putchar('\n');
            column = 0;
        }
        if (column > 0) putchar(' ');
        fwrite(text, 1, length, stdout);
        column += length + (column > 0);
        text += length + strspn(text + length, " ");
    }
    putchar('\n');
}

/* A character that could not be seen, or is none, is written in digits. */
static size_t print_character(const char *text)
{
    uint32_t point = 0;
    size_t length = utf8_decode(text, strlen(text), &point);
    if (length == 0)
        printf("\\x%02X", (unsigned)(unsigned char)*text);
    else if (*text != '\n' && (utf8_is_control(point) || utf8_is_reordering(point)))
        printf("\\u%04X", (unsigned)point);
    else
        fwrite(text, 1, length, stdout);
    return length ? length : 1;
}

static void print_example(const char *title, const char *text)
{
    if (!*text) return;
    printf("\n%s:\n\n", title);
    for (bool at_start = true; *text;) {
        if (at_start && *text != '\n') fputs("    ", stdout);
        at_start = *text == '\n';
        text += print_character(text);
    }
}

static void list_all(void)
{
    struct regimen_explanation e;
    for (int number = 0; regimen_compiler_explain(number, false, &e); number = e.number + 1)
        printf("R%04d  %-7s  %s\n", e.number, e.severity, e.title);
}

enum exit_status verb_explain(const struct options *options)
{
    if (options->operand_count == 0) {
        list_all();
        return EXIT_FINE;
    }
    struct regimen_explanation e;
    int number = code_number(options->operands[0]);
    if (number < 0)
        return usage_wrong("`%s` is no code of a diagnostic: one looks like R0310", options->operands[0]);
    if (!regimen_compiler_explain(number, true, &e))
        return usage_wrong("there is no diagnostic R%04d; `regimen explain` lists them all", number);
    printf("%s R%04d: %s\n\n", e.severity, e.number, e.title);
    print_wrapped(e.meaning);
    print_example("This gives the message", e.bad);
    print_example("This does not", e.good);
    return EXIT_FINE;
}
