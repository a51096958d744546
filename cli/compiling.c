#include "cli/compiling.h"

enum exit_status compiling_load(struct regimen_compiler *compiler, const struct options *options)
{
    const char *site = option_value(options, "site");
    enum regimen_compiler_status status =
        regimen_compiler_load_paths(compiler, options->operands, options->operand_count);
    if (status != REGIMEN_COMPILER_UNREADABLE && site) status = regimen_compiler_load_site(compiler, site);
    if (status != REGIMEN_COMPILER_UNREADABLE) return EXIT_FINE;
    complain("%s", regimen_compiler_problem(compiler));
    return EXIT_FILE;
}

void compiling_print(struct regimen_compiler *compiler, const char *format, FILE *out)
{
    size_t length;
    const char *text = regimen_compiler_diagnostics(compiler, format, colour_wanted(out), &length);
    if (text) fwrite(text, 1, length, out);
}

enum exit_status compiling_report(struct regimen_compiler *compiler, enum regimen_compiler_status status)
{
    if (regimen_compiler_errors(compiler) + regimen_compiler_warnings(compiler) > 0)
        compiling_print(compiler, "text", stderr);
    switch (status) {
    case REGIMEN_COMPILER_OK: return EXIT_FINE;
    case REGIMEN_COMPILER_FINDINGS: return EXIT_FINDINGS;
    case REGIMEN_COMPILER_UNREADABLE: complain("%s", regimen_compiler_problem(compiler)); return EXIT_FILE;
    case REGIMEN_COMPILER_BUG: complain("%s", regimen_compiler_problem(compiler)); break;
    case REGIMEN_COMPILER_MEMORY: complain("the memory is not sufficient"); break;
    }
    return EXIT_BUG;
}

enum exit_status compiling_build(struct regimen_compiler *compiler, const struct options *options,
                                 const uint8_t **image, size_t *size)
{
    enum exit_status status = compiling_load(compiler, options);
    if (status != EXIT_FINE) return status;
    return compiling_report(compiler, regimen_compiler_build(compiler, image, size));
}

enum exit_status compiling_run(enum exit_status (*work)(struct regimen_compiler *compiler,
                                                        const struct options *options),
                               const struct options *options)
{
    struct regimen_compiler *compiler = regimen_compiler_new();
    if (!compiler) {
        complain("the memory is not sufficient");
        return EXIT_BUG;
    }
    enum exit_status status = work(compiler, options);
    regimen_compiler_free(compiler);
    return status;
}
