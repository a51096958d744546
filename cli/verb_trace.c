/* regimen trace: requirements against rules and tests, and what --deny makes of it. */
#include <string.h>

#include "cli/compiling.h"
#include "cli/program_file.h"
#include "cli/trace.h"

#define FINDING(name, word, denied, meaning) " " word
static const char deny_help[] = "what makes the exit status 1, with commas between:"
#include "cli/trace_findings.def"
    ;
#undef FINDING

const struct option_spec verb_trace_options[] = {
    {"format", 'f', "FORMAT", "text json html"},
    {"all", 0, NULL, "in text: what is covered too, with its rules and tests"},
    {"section", 0, "RISK,DOSE", "only requirements whose ids begin so"},
    {"deny", 0, "FINDINGS", deny_help},
    COMPILING_SITE,
    {NULL, 0, NULL, NULL},
};

/* ---- Options ---------------------------------------------------------------------------------------- */

typedef void trace_writer(const struct trace *trace, bool all, struct buffer *out);

static trace_writer *writer_of(const struct options *options)
{
    const char *format = option_value(options, "format");
    if (!format || strcmp(format, "text") == 0) return trace_text;
    if (strcmp(format, "json") == 0) return trace_json;
    return strcmp(format, "html") == 0 ? trace_html : NULL;
}

static const struct {
    const char *word;
    bool denied;
} findings[] = {
#define FINDING(name, word, denied, meaning) {word, denied},
#include "cli/trace_findings.def"
#undef FINDING
};

/* The number of the finding that is called as text up to its end or its next comma; FINDING_COUNT: there is
 * none. */
static int finding_named(const char *text, size_t length)
{
    int i = 0;
    while (i < FINDING_COUNT &&
           (strlen(findings[i].word) != length || strncmp(findings[i].word, text, length) != 0))
        i++;
    return i;
}

/* Fills denied, one a finding; false where a word is none. */
static bool read_denied(const struct options *options, bool *denied)
{
    const char *words = option_value(options, "deny");
    for (int i = 0; i < FINDING_COUNT; i++)
        denied[i] = !words && findings[i].denied;
    for (; words; words = strchr(words, ',') ? strchr(words, ',') + 1 : NULL) {
        int finding = finding_named(words, strcspn(words, ","));
        if (finding == FINDING_COUNT) return false;
        denied[finding] = true;
    }
    return true;
}

/* ---- The verb --------------------------------------------------------------------------------------- */

static enum exit_status write_trace(const struct trace *trace, const struct options *options)
{
    struct buffer out = {0};
    bool denied[FINDING_COUNT];
    size_t found = 0;
    writer_of(options)(trace, option_is_given(options, "all"), &out);
    bool failed = out.failed;
    if (!failed) fwrite(buffer_text(&out), 1, out.length, stdout);
    buffer_free(&out);
    if (failed) {
        complain("the memory is not sufficient");
        return EXIT_BUG;
    }
    read_denied(options, denied);
    for (int i = 0; i < FINDING_COUNT; i++)
        found += denied[i] ? trace->findings[i] : 0;
    return found ? EXIT_FINDINGS : EXIT_FINE;
}

static enum exit_status trace_program(struct regimen_compiler *compiler,
                                      const struct regimen_program *program, const struct options *options)
{
    const char *unknown;
    struct arena *arena = arena_new();
    struct trace *trace =
        arena ? trace_new(arena, compiler, program, option_value(options, "section"), &unknown) : NULL;
    enum exit_status status = EXIT_BUG;
    if (trace)
        status = write_trace(trace, options);
    else if (arena && unknown)
        status = usage_wrong("no requirement has an id that begins with `%s-`", unknown);
    else
        complain("the memory is not sufficient");
    if (arena) arena_free(arena);
    return status;
}

static enum exit_status trace_sources(struct regimen_compiler *compiler, const struct options *options)
{
    const uint8_t *image;
    size_t size;
    struct regimen_program *program;
    struct regimen_error error;
    regimen_compiler_with_tests(compiler);
    enum exit_status status = compiling_build(compiler, options, &image, &size);
    if (status != EXIT_FINE) return status;
    if (regimen_program_load(image, size, &program, &error) != REGIMEN_OK) {
        complain("the compiler made an image that is refused: %s", error.message);
        return EXIT_BUG;
    }
    status = trace_program(compiler, program, options);
    regimen_program_free(program);
    return status;
}

enum exit_status verb_trace(const struct options *options)
{
    bool denied[FINDING_COUNT];
    if (!writer_of(options))
        return usage_wrong("there is no format `%s`; `--format` takes text, json or html",
                           option_value(options, "format"));
    if (!read_denied(options, denied))
        return usage_wrong("`--deny` says %s; not `%s`", deny_help, option_value(options, "deny"));
    if (program_is_image(options->operands[0]))
        return usage_wrong("an image has neither requirements nor tests: give the rule files");
    return compiling_run(trace_sources, options);
}
