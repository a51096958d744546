/* regimen show: what a program takes and gives, or a stage of its compilation. */
#include "cli/compiling.h"
#include "cli/program_file.h"

#include <string.h>

#include "runtime/api.h"
#include "runtime/disassemble.h"

#define STAGE(word, function, after, meaning) " " word
static const char stage_help[] = "of the compilation:"
#include "compiler/stages.def"
    ;
#undef STAGE

const struct option_spec verb_show_options[] = {
    {"stage", 's', "STAGE", stage_help},
    COMPILING_SITE,
    {NULL, 0, NULL, NULL},
};

/* ---- A stage ---------------------------------------------------------------------------------------- */

static bool is_stage(const char *word)
{
    static const char *const words[] = {
#define STAGE(known, function, after, meaning) known,
#include "compiler/stages.def"
#undef STAGE
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static enum exit_status show_stage(struct regimen_compiler *compiler, const struct options *options)
{
    size_t length;
    enum exit_status status = compiling_load(compiler, options);
    if (status != EXIT_FINE) return status;
    const char *text = regimen_compiler_stage(compiler, option_value(options, "stage"), &length);
    if (text) fwrite(text, 1, length, stdout);
    bool fine = text && regimen_compiler_errors(compiler) == 0;
    return compiling_report(compiler, fine ? REGIMEN_COMPILER_OK : REGIMEN_COMPILER_FINDINGS);
}

static enum exit_status show_image_code(const struct options *options)
{
    struct program_file file;
    enum exit_status status = program_open(options, 1, false, &file);
    if (status != EXIT_FINE) return status;
    struct buffer text = {0};
    image_disassemble(&file.program->image, &text);
    fwrite(buffer_text(&text), 1, text.length, stdout);
    buffer_free(&text);
    program_close(&file);
    return EXIT_FINE;
}

/* ---- What a program takes and gives ----------------------------------------------------------------- */

static void print_program(const struct regimen_program *program)
{
    struct regimen_program_info info;
    regimen_program_info(program, &info);
    printf("%s %s, %s\n", info.name, info.version, info.status);
    if (*info.title) printf("%s\n", info.title);
    if (*info.approved_by) printf("approved by %s on %s\n", info.approved_by, info.approved_on);
    if (*info.site_name) printf("site %s, %s\n", info.site_name, info.site_title);
    printf("digest %s\n", info.digest);
}

static void print_item(const struct regimen_item *item, const char *state)
{
    printf("  %-32s %s%s\n", item->name, item->type, state);
    if (*item->label) printf("  %-32s \"%s\"\n", "", item->label);
}

/* On one line, as the protocol says it. */
static void print_shown(const struct regimen_program *program)
{
    const char *name;
    for (size_t i = 0; (name = regimen_program_shown_name(program, i)); i++)
        printf("%s%s", i ? ", " : "report shows ", name);
    if (regimen_program_shown(program)) printf("\n");
}

static void print_inputs(const struct regimen_program *program)
{
    struct regimen_item item;
    if (regimen_program_inputs(program)) printf("\ninputs\n");
    for (size_t i = 0; regimen_program_input(program, i, &item); i++)
        print_item(&item, "");
}

static void print_parameters(const struct regimen_program *program)
{
    struct regimen_item item;
    if (regimen_program_parameters(program)) printf("\nparameters\n");
    for (size_t i = 0; regimen_program_parameter(program, i, &item); i++)
        print_item(&item, item.is_set ? ", set" : ", not set");
}

static void print_rules(const struct regimen_program *program)
{
    struct regimen_rule rule;
    if (regimen_program_rules(program)) printf("\nresults\n");
    for (size_t i = 0; regimen_program_rule(program, i, &rule); i++) {
        printf("  %-32s %s : %s\n", *rule.name ? rule.name : rule.label, rule.kind, rule.value);
        if (*rule.name && *rule.label) printf("  %-32s \"%s\"\n", "", rule.label);
    }
}

/* What the sources say and this program does not, so that its silence is not taken for theirs. */
static void print_not_coded(const struct regimen_program *program)
{
    struct regimen_item item;
    for (size_t i = 0; regimen_program_not_coded(program, i, &item); i++) {
        if (i == 0) printf("\nnot coded\n");
        printf("  %-32s \"%s\"\n", item.name, item.because);
    }
}

static enum exit_status show_program(const struct options *options)
{
    struct program_file file;
    enum exit_status status = program_open(options, options->operand_count, false, &file);
    if (status != EXIT_FINE) return status;
    print_program(file.program);
    print_shown(file.program);
    print_inputs(file.program);
    print_parameters(file.program);
    print_rules(file.program);
    print_not_coded(file.program);
    program_close(&file);
    return EXIT_FINE;
}

enum exit_status verb_show(const struct options *options)
{
    const char *stage = option_value(options, "stage");
    bool is_image = options->operand_count == 1 && program_is_image(options->operands[0]);
    if (!stage) return show_program(options);
    if (!is_stage(stage)) return usage_wrong("there is no stage `%s`; `--stage` %s", stage, stage_help);
    if (!is_image) return compiling_run(show_stage, options);
    if (strcmp(stage, "code") != 0) return usage_wrong("of an image only the stage `code` can be shown");
    return show_image_code(options);
}
