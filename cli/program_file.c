#include "cli/program_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/compiling.h"

bool program_is_image(const char *path)
{
    static const char MAGIC[] = {'R', 'G', 'M', 'C'};
    char start[sizeof MAGIC];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "rb");
    bool same = file && fread(start, 1, sizeof start, file) == sizeof start &&
                memcmp(start, MAGIC, sizeof MAGIC) == 0;
    if (file) fclose(file);
    return same;
}

static enum exit_status status_of(enum regimen_status status)
{
    if (status == REGIMEN_OK) return EXIT_FINE;
    if (status == REGIMEN_UNREADABLE) return EXIT_FILE;
    return status == REGIMEN_MEMORY ? EXIT_BUG : EXIT_FINDINGS;
}

static enum exit_status open_image(const char *path, struct program_file *out)
{
    struct regimen_error error;
    enum regimen_status status = regimen_program_load_file(path, &out->program, &error);
    if (status == REGIMEN_IMAGE)
        complain("%s: %s", path, error.message);
    else if (status != REGIMEN_OK)
        complain("%s", error.message);
    out->is_image = true;
    return status_of(status);
}

static enum exit_status keep_folder(struct regimen_compiler *compiler, struct program_file *out)
{
    out->folder = strdup(regimen_compiler_folder(compiler));
    if (out->folder) return EXIT_FINE;
    complain("the memory is not sufficient");
    return EXIT_BUG;
}

static enum exit_status open_sources(struct regimen_compiler *compiler, const struct options *options,
                                     struct program_file *out)
{
    const uint8_t *image;
    size_t size;
    struct regimen_error error;
    enum exit_status status = compiling_build(compiler, options, &image, &size);
    if (status != EXIT_FINE) return status;
    if (regimen_program_load(image, size, &out->program, &error) == REGIMEN_OK)
        return keep_folder(compiler, out);
    complain("the compiler made an image that is refused: %s", error.message);
    return EXIT_BUG;
}

enum exit_status program_open(const struct options *options, size_t operands, bool with_tests,
                              struct program_file *out)
{
    struct options own = *options;
    own.operand_count = operands;
    *out = (struct program_file){0};
    if (operands == 1 && program_is_image(own.operands[0])) return open_image(own.operands[0], out);
    struct regimen_compiler *compiler = regimen_compiler_new();
    if (!compiler) {
        complain("the memory is not sufficient");
        return EXIT_BUG;
    }
    if (with_tests) regimen_compiler_with_tests(compiler);
    enum exit_status status = open_sources(compiler, &own, out);
    regimen_compiler_free(compiler);
    return status;
}

static enum regimen_status pass_site(struct regimen_evaluator *evaluator, const struct regimen_site *site,
                                     struct regimen_error *error)
{
    enum regimen_status status =
        regimen_evaluator_site(evaluator, site->name, site->title, site->settings, error);
    for (size_t i = 0; i < site->reason_count && status == REGIMEN_OK; i++)
        status =
            regimen_evaluator_because(evaluator, site->reasons[i].parameter, site->reasons[i].because, error);
    return status;
}

static enum exit_status apply_loaded(struct regimen_compiler *compiler, struct regimen_evaluator *evaluator,
                                     const char *path)
{
    struct regimen_site site;
    struct regimen_error error;
    if (regimen_compiler_load_site(compiler, path) == REGIMEN_COMPILER_UNREADABLE) {
        complain("%s", regimen_compiler_problem(compiler));
        return EXIT_FILE;
    }
    if (!regimen_compiler_site(compiler, &site)) {
        compiling_print(compiler, "text", stderr);
        return EXIT_FINDINGS;
    }
    if (pass_site(evaluator, &site, &error) == REGIMEN_OK) return EXIT_FINE;
    complain("%s: %s", path, error.message);
    return EXIT_FINDINGS;
}

enum exit_status program_apply_site(struct regimen_evaluator *evaluator, const char *site)
{
    struct regimen_compiler *compiler = regimen_compiler_new();
    if (!compiler) {
        complain("the memory is not sufficient");
        return EXIT_BUG;
    }
    enum exit_status status = apply_loaded(compiler, evaluator, site);
    regimen_compiler_free(compiler);
    return status;
}

void program_close(struct program_file *file)
{
    regimen_program_free(file->program);
    free(file->folder);
}
