/*
 * Evaluates patient records with a compiled protocol, from a program of one's own.
 *
 *     regimen build rules/all --site examples/site.rgm -o all.rgmc
 *     cc examples/embed/embed.c $(pkg-config --cflags --libs regimen) -o embed
 *     ./embed all.rgmc patient.json
 *
 * Prints the protocol, the result object, and how each rule ended.
 */
#include <regimen.h>

#include <stdio.h>
#include <stdlib.h>

/* A whole file; the caller frees it.  NULL where it cannot be read. */
static char *read_file(const char *path, size_t *length)
{
    enum { BLOCK = 65536 };
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t count = 0;
    if (!file) return NULL;
    for (*length = 0;; *length += count) {
        char *larger = realloc(text, *length + BLOCK);
        if (!larger) break;
        text = larger;
        count = fread(text + *length, 1, BLOCK, file);
        if (count == 0) break;
    }
    if (ferror(file)) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

static void print_program(const struct regimen_program *program)
{
    struct regimen_program_info info;
    regimen_program_info(program, &info);
    printf("library %s, protocol %s %s (%s)\n", regimen_version(), info.name, info.version, info.status);
    printf("%zu inputs, %zu parameters, %zu rules\n", regimen_program_inputs(program),
           regimen_program_parameters(program), regimen_program_rules(program));
}

static void print_results(const struct regimen_program *program, struct regimen_evaluator *evaluator)
{
    struct regimen_rule rule;
    const char *json = regimen_result_json(evaluator, NULL);
    if (json) puts(json);
    for (size_t i = 0; regimen_program_rule(program, i, &rule); i++)
        printf("%-24s %s %s\n", *rule.name ? rule.name : rule.label, regimen_result_outcome(evaluator, i),
               regimen_result_value(evaluator, i));
}

/* 0 where the record was evaluated. */
static int evaluate(const struct regimen_program *program, const char *path)
{
    struct regimen_error error;
    struct regimen_evaluator *evaluator;
    size_t length;
    char *record = read_file(path, &length);
    if (!record) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    enum regimen_status status = regimen_evaluator_new(program, &evaluator, &error);
    if (status == REGIMEN_OK) status = regimen_evaluate(evaluator, record, length, &error);
    if (status == REGIMEN_OK)
        print_results(program, evaluator);
    else
        fprintf(stderr, "%s: %s\n", error.field, error.message);
    regimen_evaluator_free(evaluator);
    free(record);
    return status != REGIMEN_OK;
}

int main(int count, char **words)
{
    struct regimen_error error;
    struct regimen_program *program;
    if (count != 3) {
        fprintf(stderr, "usage: embed IMAGE RECORD\n");
        return 2;
    }
    if (regimen_program_load_file(words[1], &program, &error) != REGIMEN_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    print_program(program);
    int status = evaluate(program, words[2]);
    regimen_program_free(program);
    return status;
}
