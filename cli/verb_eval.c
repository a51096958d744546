/* regimen eval: records through a program, as reports, JSON or a calendar. */
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/ics.h"
#include "cli/program_file.h"

enum { JOBS_MAX = 256 };

const struct option_spec verb_eval_options[] = {
    {"as-of", 'a', "DATE", "the time of evaluation, for records without an as_of of their own"},
    {"site", 0, "FILE", "with the values that an institution sets"},
    {"set", 's', "NAME=VALUE", "sets a parameter for this run; may be repeated"},
    {"only", 'o', "WORD", "shows one rule, or the rules of a kind, drug or section; may be repeated"},
    {"all", 0, NULL, "the report writes out every result, and names what does not apply"},
    {"explain", 'e', NULL, "which rows fired, which did not, and why"},
    {"ignore-extra", 0, NULL, "passes over keys that the program does not know, and counts them"},
    {"format", 'f', "FORMAT", "of the results: text json ics"},
    {"jobs", 'j', "N", "evaluates in N threads; the results stay in order"},
    {NULL, 0, NULL, NULL},
};

/* ---- Setting up an evaluator ---------------------------------------------------------------------- */

/* `--set name=value` */
static enum exit_status set_parameter(struct regimen_evaluator *evaluator, const char *word)
{
    struct regimen_error error;
    const char *sign = strchr(word, '=');
    if (!sign) return usage_wrong("`--set %s`: write `--set NAME=VALUE`", word);
    char *name = strndup(word, (size_t)(sign - word));
    enum exit_status status = EXIT_FINE;
    if (!name || regimen_evaluator_set(evaluator, name, sign + 1, &error) != REGIMEN_OK)
        status = usage_wrong("`--set %s`: %s", word, name ? error.message : "the memory is not sufficient");
    free(name);
    return status;
}

static enum exit_status apply_option(struct regimen_evaluator *evaluator, const struct option_given *given)
{
    struct regimen_error error;
    const char *name = given->spec->name;
    enum regimen_status status = REGIMEN_OK;
    if (strcmp(name, "set") == 0) return set_parameter(evaluator, given->value);
    if (strcmp(name, "ignore-extra") == 0) regimen_evaluator_ignore_extra(evaluator, true);
    if (strcmp(name, "all") == 0) regimen_evaluator_all(evaluator, true);
    if (strcmp(name, "as-of") == 0) status = regimen_evaluator_as_of(evaluator, given->value, &error);
    if (strcmp(name, "only") == 0) status = regimen_evaluator_only(evaluator, given->value, &error);
    return status == REGIMEN_OK ? EXIT_FINE : usage_wrong("`--%s`: %s", name, error.message);
}

/* The file of --site is in what was compiled here; an image takes its values by name. */
static enum exit_status apply_site(struct regimen_evaluator *evaluator, const struct program_file *file,
                                   const char *site)
{
    struct regimen_program_info info;
    if (!site || !file->is_image) return EXIT_FINE;
    regimen_program_info(file->program, &info);
    if (*info.site_name)
        return usage_wrong("the image has the values of `%s` in it: `--site` cannot replace them",
                           info.site_name);
    return program_apply_site(evaluator, site);
}

static enum exit_status make_evaluator(const struct program_file *file, const struct options *options,
                                       struct regimen_evaluator **out)
{
    struct regimen_error error;
    if (regimen_evaluator_new(file->program, out, &error) != REGIMEN_OK) {
        complain("%s", error.message);
        return EXIT_BUG;
    }
    enum exit_status status = apply_site(*out, file, option_value(options, "site"));
    for (size_t i = 0; i < options->given_count && status == EXIT_FINE; i++)
        status = apply_option(*out, &options->given[i]);
    return status;
}

/* ---- The verb ------------------------------------------------------------------------------------- */

struct evaluation {
    struct program_file file;
    struct regimen_evaluator *evaluators[JOBS_MAX];
    unsigned threads;
    struct batch_form form;
    bool calendar; /* in place of form */
    const struct options *options;
};

/* The calendar, and on the standard error what is not in it. */
static enum exit_status print_calendar(struct evaluation *e)
{
    struct regimen_evaluator *evaluator = e->evaluators[0];
    struct regimen_rule rule;
    struct buffer calendar = {0};
    if (!ics_calendar(e->file.program, evaluator, &calendar)) {
        buffer_free(&calendar);
        complain("the memory is not sufficient");
        return EXIT_BUG;
    }
    fwrite(calendar.data, 1, calendar.length, stdout);
    buffer_free(&calendar);
    for (size_t i = 0; regimen_program_rule(e->file.program, i, &rule); i++) {
        const char *why = regimen_result_undated(evaluator, i);
        if (why && *why) complain("`%s` is not in the calendar: %s", rule.name, why);
    }
    return regimen_result_has_findings(evaluator) ? EXIT_FINDINGS : EXIT_FINE;
}

static enum exit_status refuse_record(struct evaluation *e, const struct regimen_error *error,
                                      const struct record_text *record)
{
    struct buffer where = {0};
    if (record->file) buffer_printf(&where, "%s, ", record->file);
    buffer_printf(&where, "line %zu", record->line);
    const char *text = regimen_refused_text(e->evaluators[0], error, buffer_text(&where), NULL);
    if (text) fputs(text, stderr);
    buffer_free(&where);
    return EXIT_FINDINGS;
}

/* A calendar is of one patient. */
static enum exit_status run_calendar(struct evaluation *e, struct record_source *source)
{
    struct record_text record;
    struct regimen_error error;
    enum records_state state = records_next(source, &record);
    if (state == RECORDS_FAILED) return EXIT_FILE;
    if (state == RECORDS_END) return usage_wrong("there is no record to make a calendar of");
    if (regimen_evaluate(e->evaluators[0], record.text, record.length, &error) != REGIMEN_OK)
        return refuse_record(e, &error, &record);
    state = records_next(source, &record);
    if (state == RECORDS_FAILED) return EXIT_FILE;
    if (state == RECORDS_MORE)
        return usage_wrong(
            "a calendar is of one patient, and there is more than one record: evaluate each by itself");
    return print_calendar(e);
}

static enum exit_status run_batch(struct evaluation *e, struct record_source *source)
{
    struct batch *batch = batch_new(e->file.program, e->evaluators, e->threads, e->form);
    if (!batch) return EXIT_BUG;
    enum exit_status status = batch_run(batch, source);
    size_t records = batch_records(batch);
    if (records > 1) batch_summary(batch, stderr);
    batch_free(batch);
    if (records == 0 && status == EXIT_FINE) return usage_wrong("there is no record to evaluate");
    return status;
}

static enum exit_status evaluate(struct evaluation *e)
{
    const struct options *o = e->options;
    enum exit_status status = EXIT_FINE;
    for (unsigned i = 0; i < e->threads && status == EXIT_FINE; i++)
        status = make_evaluator(&e->file, o, &e->evaluators[i]);
    if (status != EXIT_FINE) return status;
    struct record_source *source = records_open(o->operands + 1, o->operand_count - 1, &status);
    if (!source) return status;
    status = e->calendar ? run_calendar(e, source) : run_batch(e, source);
    records_close(source);
    return status;
}

/* A number from 1 to JOBS_MAX; 0 where the word is none. */
static unsigned jobs_of(const char *word)
{
    unsigned jobs = 0;
    for (; *word >= '0' && *word <= '9' && jobs <= JOBS_MAX; word++)
        jobs = 10 * jobs + (unsigned)(*word - '0');
    return *word || jobs > JOBS_MAX ? 0 : jobs;
}

enum exit_status verb_eval(const struct options *options)
{
    const char *format = option_value(options, "format"), *jobs = option_value(options, "jobs");
    struct evaluation e = {.options = options, .threads = jobs ? jobs_of(jobs) : 1};
    e.calendar = format && strcmp(format, "ics") == 0;
    if (format && strcmp(format, "text") != 0 && strcmp(format, "json") != 0 && !e.calendar)
        return usage_wrong("there is no format `%s`; `--format` takes text, json or ics", format);
    if (e.calendar && option_is_given(options, "explain"))
        return usage_wrong("a calendar has no place for explanations: leave out `--explain`");
    if (e.threads == 0) return usage_wrong("`--jobs` takes a number from 1 to %d, not `%s`", JOBS_MAX, jobs);
    e.form = (struct batch_form){format && strcmp(format, "json") == 0, option_is_given(options, "explain")};
    enum exit_status status = program_open(options, 1, false, &e.file);
    if (status == EXIT_FINE) status = evaluate(&e);
    for (unsigned i = 0; i < e.threads; i++)
        regimen_evaluator_free(e.evaluators[i]);
    program_close(&e.file);
    return status;
}
