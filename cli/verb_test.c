/* regimen test: the test blocks of rule files, and what they cover. */
#include <stdlib.h>
#include <string.h>

#include "cli/program_file.h"
#include "cli/test_report.h"

const struct option_spec verb_test_options[] = {
    {"format", 'f', "FORMAT", "of the report: text tap junit json"},
    {"filter", 0, "TEXT", "only tests whose name holds this text"},
    {"coverage", 0, NULL, "which rows and conditions no test has reached"},
    {NULL, 0, NULL, NULL},
};

struct testing {
    struct test_runner *runner;
    struct test_entry *entries;
    size_t count, passed;
};

static void free_testing(struct testing *t)
{
    for (size_t i = 0; t->entries && i < t->count; i++)
        buffer_free(&t->entries[i].message);
    free(t->entries);
    test_runner_free(t->runner);
}

static bool run_selected(struct testing *t, const char *filter)
{
    bool failed = false;
    for (size_t i = 0; i < test_count(t->runner); i++) {
        struct test_entry *entry = &t->entries[t->count];
        entry->place = test_place(t->runner, i);
        if (filter && !strstr(entry->place.name, filter)) continue;
        entry->passed = test_run(t->runner, i, &entry->message);
        failed |= entry->message.failed;
        t->passed += entry->passed;
        t->count++;
    }
    return !failed;
}

static enum exit_status report(const struct testing *t, const struct program_file *file,
                               const struct options *options, test_writer *write)
{
    struct regimen_program_info info;
    regimen_program_info(file->program, &info);
    struct test_report report = {info.name,  file->folder ? file->folder : "",
                                 t->entries, t->count,
                                 t->passed,  option_is_given(options, "coverage") ? t->runner : NULL};
    struct buffer out = {0};
    write(&report, &out);
    bool failed = out.failed;
    if (!failed) fwrite(buffer_text(&out), 1, out.length, stdout);
    buffer_free(&out);
    if (failed) complain("the memory is not sufficient");
    return failed ? EXIT_BUG : t->passed == t->count ? EXIT_FINE : EXIT_FINDINGS;
}

static enum exit_status test_program(const struct program_file *file, const struct options *options,
                                     test_writer *write)
{
    struct testing t = {.runner = test_runner_new(file->program)};
    const char *filter = option_value(options, "filter");
    if (t.runner) t.entries = calloc(test_count(t.runner) + 1, sizeof *t.entries);
    enum exit_status status = EXIT_BUG;
    if (!t.entries || !run_selected(&t, filter))
        complain("the memory is not sufficient");
    else if (t.count)
        status = report(&t, file, options, write);
    else {
        complain(filter ? "no test has `%s` in its name" : "there is no test in these files", filter);
        status = EXIT_FINDINGS;
    }
    free_testing(&t);
    return status;
}

enum exit_status verb_test(const struct options *options)
{
    const char *format = option_value(options, "format");
    test_writer *write = test_writer_find(format ? format : "text");
    struct program_file file;
    if (!write)
        return usage_wrong("there is no format `%s`; `--format` takes text, tap, junit or json", format);
    enum exit_status status = program_open(options, options->operand_count, true, &file);
    if (status == EXIT_FINE) status = test_program(&file, options, write);
    program_close(&file);
    return status;
}
