/* regimen check: all that is wrong with rule files, in the format that was asked for. */
#include "cli/compiling.h"

#include <string.h>

#include "compiler/render.h"

#define FORMAT(name, word, function, purpose) " " word
static const char format_help[] = "of the diagnostics:"
#include "compiler/formats.def"
    ;
#undef FORMAT

const struct option_spec verb_check_options[] = {
    {"format", 'f', "FORMAT", format_help},
    {"deny", 0, "warnings", "warnings are findings too"},
    COMPILING_SITE,
    {NULL, 0, NULL, NULL},
};

/* The diagnostics are what this verb is for, so they go to the standard output. */
static enum exit_status check(struct regimen_compiler *compiler, const struct options *options)
{
    const char *format = option_value(options, "format");
    enum exit_status status = compiling_load(compiler, options);
    if (status != EXIT_FINE) return status;
    regimen_compiler_check(compiler);
    compiling_print(compiler, format ? format : "text", stdout);
    size_t findings = regimen_compiler_errors(compiler);
    if (option_is_given(options, "deny")) findings += regimen_compiler_warnings(compiler);
    return findings ? EXIT_FINDINGS : EXIT_FINE;
}

enum exit_status verb_check(const struct options *options)
{
    const char *format = option_value(options, "format"), *deny = option_value(options, "deny");
    enum render_format found;
    if (format && !render_format_find(format, &found))
        return usage_wrong("there is no format `%s`; `--format` %s", format, format_help);
    if (deny && strcmp(deny, "warnings") != 0)
        return usage_wrong("`--deny` takes `warnings`, not `%s`", deny);
    return compiling_run(check, options);
}
