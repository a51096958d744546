/* The public face of evaluation: settings, one record at a time, and what is asked of its results.

   An evaluator owns one context and one reader, and both are used again for every record.  Rules are
   counted in public in the order of their declaration, without expectations; order of the program leads
   from there to RULES. */
#include "runtime/api.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/digest.h"
#include "runtime/explain.h"
#include "runtime/report.h"
#include "runtime/result_json.h"

enum { REASON_MAX = 400 };

/* ---- Making one ----------------------------------------------------------------------------------- */

/* The limits of `negative` go to the reader of records whenever parameters change. */
static void pass_limits(struct regimen_evaluator *e)
{
    const struct image *image = &e->program->image;
    for (uint32_t i = 0; i < image->INPUTS_count; i++) {
        uint32_t limit = image->INPUTS[i].negative_below;
        if (limit == NONE32) continue;
        bool set = eval_parameter_set(e->context, limit);
        record_reader_negative_limit(e->reader, limit, set ? eval_parameter(e->context, limit) : NULL);
    }
}

enum regimen_status regimen_evaluator_new(const struct regimen_program *program,
                                          struct regimen_evaluator **evaluator, struct regimen_error *error)
{
    *evaluator = NULL;
    struct regimen_evaluator *e = calloc(1, sizeof *e);
    if (!e) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    e->program = program;
    e->dated_rule = SIZE_MAX;
    e->context = eval_new(&program->image);
    e->reader = record_reader_new(&program->image);
    e->settings = calloc((size_t)program->image.PARAMS_count + 1, sizeof *e->settings);
    e->reasons = calloc((size_t)program->image.PARAMS_count + 1, sizeof *e->reasons);
    if (!e->context || !e->reader || !e->settings || !e->reasons) {
        regimen_evaluator_free(e);
        return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    }
    pass_limits(e);
    *evaluator = e;
    return REGIMEN_OK;
}

static void free_texts(char **texts, uint32_t count)
{
    for (uint32_t i = 0; texts && i < count; i++)
        free(texts[i]);
    free(texts);
}

void regimen_evaluator_free(struct regimen_evaluator *e)
{
    if (!e) return;
    free_texts(e->settings, e->program->image.PARAMS_count);
    free_texts(e->reasons, e->program->image.PARAMS_count);
    record_reader_free(e->reader);
    eval_free(e->context);
    free(e->only);
    free(e->as_of);
    free(e->site_name);
    free(e->site_title);
    free(e->site_digest);
    buffer_free(&e->json);
    buffer_free(&e->explained);
    buffer_free(&e->report);
    buffer_free(&e->explanation);
    buffer_free(&e->refused_json);
    buffer_free(&e->refused_text);
    buffer_free(&e->dates);
    buffer_free(&e->amount);
    buffer_free(&e->route);
    buffer_free(&e->worksheet);
    buffer_free(&e->messages);
    buffer_free(&e->advices);
    buffer_free(&e->elements);
    free(e);
}

/* ---- Settings ------------------------------------------------------------------------------------- */

/* The parameter of that name, or NONE32. */
static uint32_t find_parameter(const struct regimen_evaluator *e, const char *name)
{
    const struct image *image = &e->program->image;
    for (uint32_t i = 0; i < image->PARAMS_count; i++)
        if (strcmp(image_text(image, image->PARAMS[i].name), name) == 0) return i;
    return NONE32;
}

/* The limits of `negative` are passed on again after each: any parameter may be one. */
static enum regimen_status set_value(struct regimen_evaluator *e, const char *name, const char *value,
                                     struct regimen_error *error)
{
    char reason[REASON_MAX] = "";
    bool known = find_parameter(e, name) != NONE32;
    if (!eval_set(e->context, name, value, reason, sizeof reason))
        return api_fail(error, known ? REGIMEN_VALUE : REGIMEN_NAME, "%s", reason);
    pass_limits(e);
    return REGIMEN_OK;
}

/* Puts a copy of text in the place of *old. */
static enum regimen_status keep_text(char **old, const char *text, struct regimen_error *error)
{
    char *copy = strdup(text);
    if (!copy) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    free(*old);
    *old = copy;
    return REGIMEN_OK;
}

enum regimen_status regimen_evaluator_set(struct regimen_evaluator *e, const char *name, const char *value,
                                          struct regimen_error *error)
{
    enum regimen_status status = set_value(e, name, value, error);
    return status == REGIMEN_OK ? keep_text(&e->settings[find_parameter(e, name)], value, error) : status;
}

enum regimen_status regimen_evaluator_because(struct regimen_evaluator *e, const char *name,
                                              const char *reason, struct regimen_error *error)
{
    uint32_t param = find_parameter(e, name);
    if (param == NONE32) return api_fail(error, REGIMEN_NAME, "the program has no parameter `%s`", name);
    return keep_text(&e->reasons[param], reason, error);
}

/* One line NAME=VALUE; it is cut into its halves for the while. */
static enum regimen_status set_line(struct regimen_evaluator *e, char *line, struct regimen_error *error)
{
    char *sign = strchr(line, '=');
    if (!sign) return api_fail(error, REGIMEN_VALUE, "`%s` is no line NAME=VALUE", line);
    *sign = 0;
    return set_value(e, line, sign + 1, error);
}

enum regimen_status api_set_lines(struct regimen_evaluator *e, char *lines, struct regimen_error *error)
{
    enum regimen_status status = REGIMEN_OK;
    for (char *line = lines, *next; status == REGIMEN_OK && *line; line = next) {
        size_t length = strcspn(line, "\n");
        next = line + length + (line[length] == '\n');
        line[length] = 0;
        if (length) status = set_line(e, line, error);
    }
    return status;
}

void api_reset(struct regimen_evaluator *e)
{
    eval_reset_parameters(e->context);
    pass_limits(e);
}

static char *digest_of_lines(const char *lines)
{
    uint8_t digest[DIGEST_SIZE];
    char *text = malloc(DIGEST_TEXT_SIZE);
    digest_of_text(lines, digest);
    if (text) digest_text(digest, text);
    return text;
}

/* Not noted in settings: results name the institution in their place.  The digest is of the lines as
   they came, before they are cut up. */
enum regimen_status regimen_evaluator_site(struct regimen_evaluator *e, const char *name, const char *title,
                                           const char *lines, struct regimen_error *error)
{
    char *copy = strdup(lines);
    free(e->site_name);
    free(e->site_title);
    free(e->site_digest);
    e->site_name = strdup(name);
    e->site_title = strdup(title);
    e->site_digest = digest_of_lines(lines);
    enum regimen_status status = REGIMEN_OK;
    if (copy && e->site_name && e->site_title && e->site_digest)
        status = api_set_lines(e, copy, error);
    else
        status = api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    free(copy);
    return status;
}

enum regimen_status regimen_evaluator_as_of(struct regimen_evaluator *e, const char *as_of,
                                            struct regimen_error *error)
{
    struct cal_value value;
    char *copy = as_of ? strdup(as_of) : NULL;
    if (as_of && !copy) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    if (as_of && (cal_parse(as_of, strlen(as_of), &value) != CAL_OK || value.precision < CAL_DAY)) {
        free(copy);
        return api_fail(error, REGIMEN_VALUE,
                        "`%s` is no time of evaluation: write a date such as 2026-01-31, or a time such as "
                        "2026-01-31T08:30",
                        as_of);
    }
    free(e->as_of);
    e->as_of = copy;
    record_reader_as_of(e->reader, copy);
    return REGIMEN_OK;
}

void regimen_evaluator_ignore_extra(struct regimen_evaluator *e, bool ignore)
{
    record_reader_ignore_extra(e->reader, ignore);
}

void regimen_evaluator_all(struct regimen_evaluator *e, bool all)
{
    e->all = all;
}

/* Whether one of these requirements is word, or of the section that word names: TLS of TLS-01. */
static bool is_of_section(const struct image *image, struct run traces, const char *word)
{
    size_t length = strlen(word);
    for (uint32_t i = traces.first; i < traces.first + traces.count; i++) {
        const char *id = image_text(image, image->INDEXES[i]);
        if (strncmp(id, word, length) == 0 && (id[length] == '\0' || id[length] == '-')) return true;
    }
    return false;
}

/* What --only can mean, the narrowest first. */
enum only_way { ONLY_NAME, ONLY_KIND, ONLY_DRUG, ONLY_SECTION, ONLY_WAYS };

static bool is_selected(const struct image *image, const struct image_rule *rule, const char *word,
                        enum only_way way)
{
    if (!rule_is_listed(rule)) return false;
    if (way == ONLY_NAME) return strcmp(image_text(image, rule->name), word) == 0;
    if (way == ONLY_KIND) return strcmp(rule_kind_word((enum rule_kind)rule->kind), word) == 0;
    if (way == ONLY_DRUG) return rule->kind == RULE_DOSE && strcmp(image_text(image, rule->drug), word) == 0;
    bool found = is_of_section(image, rule->traces, word);
    for (uint32_t i = rule->rows.first; !found && i < rule->rows.first + rule->rows.count; i++)
        found = is_of_section(image, image->ROWS[i].traces, word);
    return found;
}

/* The first way that finds anything is the one that is meant: a rule that is named like a kind or a drug
   stays reachable.  Words add up over several calls. */
enum regimen_status regimen_evaluator_only(struct regimen_evaluator *e, const char *word,
                                           struct regimen_error *error)
{
    const struct image *image = &e->program->image;
    if (!e->only) e->only = calloc((size_t)image->RULES_count + 1, sizeof *e->only);
    if (!e->only) return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient");
    e->dated_rule = SIZE_MAX; /* dates of a dose stand with the first of its drug that is shown */
    bool found = false;
    for (enum only_way way = ONLY_NAME; way < ONLY_WAYS && !found; way++)
        for (uint32_t i = 0; i < image->RULES_count; i++)
            if (is_selected(image, &image->RULES[i], word, way)) e->only[i] = found = true;
    if (found) return REGIMEN_OK;
    return api_fail(
        error, REGIMEN_NAME,
        "the program has no rule `%s`, and it is no kind of rule, drug or section of requirements", word);
}

bool regimen_evaluator_shows(const struct regimen_evaluator *e, size_t rule)
{
    return rule < e->program->order_count && (!e->only || e->only[e->program->order[rule]]);
}

/* ---- Running -------------------------------------------------------------------------------------- */

static enum regimen_status refuse(const struct regimen_evaluator *e, const struct record_error *found,
                                  struct regimen_error *error)
{
    if (!error) return REGIMEN_RECORD;
    *error = (struct regimen_error){.status = REGIMEN_RECORD, .offset = found->offset};
    api_copy(error->code, sizeof error->code, found->code);
    api_copy(error->field, sizeof error->field, found->field);
    api_copy(error->value, sizeof error->value, found->value);
    api_copy(error->message, sizeof error->message, found->message);
    if (e->record.id) api_copy(error->record, sizeof error->record, e->record.id);
    return REGIMEN_RECORD;
}

enum regimen_status regimen_evaluate(struct regimen_evaluator *e, const char *json, size_t length,
                                     struct regimen_error *error)
{
    /* of the last record neither the id nor the dates stay, whether this one is read or refused */
    struct record_error found = {.code = ""};
    e->record = (struct record){0};
    e->dated_rule = SIZE_MAX;
    if (!record_read(e->reader, json, length, &e->record, &found)) return refuse(e, &found, error);
    if (!eval_run(e->context, &e->record))
        return api_fail(error, REGIMEN_MEMORY, "the memory is not sufficient for this record");
    return REGIMEN_OK;
}

/* ---- Results -------------------------------------------------------------------------------------- */

struct result_view api_view(const struct regimen_evaluator *e)
{
    const struct image *image = &e->program->image;
    struct result_view v = {
        .image = image,
        .context = e->context,
        .record = &e->record,
        .order = e->program->order,
        .order_count = e->program->order_count,
        .only = e->only,
        .settings = (const char *const *)e->settings,
        .reasons = (const char *const *)e->reasons,
    };
    if (e->site_name) {
        v.site_name = e->site_name;
        v.site_title = e->site_title;
        v.site_digest = e->site_digest;
    } else if (image->SITE_count) {
        v.site_name = image_aside(image, image->SITE->name);
        v.site_title = image_aside(image, image->SITE->title);
        v.site_digest = e->program->site_digest;
    }
    return v;
}

static const char *finished(const struct buffer *text, size_t *length)
{
    if (text->failed) return NULL;
    if (length) *length = text->length;
    return buffer_text(text);
}

static const char *write_json(const struct regimen_evaluator *e, bool explain, struct buffer *out,
                              size_t *length)
{
    struct result_view v = api_view(e);
    buffer_clear(out);
    result_json(&v, explain, out);
    return finished(out, length);
}

const char *regimen_result_json(struct regimen_evaluator *e, size_t *length)
{
    return write_json(e, false, &e->json, length);
}

const char *regimen_result_json_explained(struct regimen_evaluator *e, size_t *length)
{
    return write_json(e, true, &e->explained, length);
}

const char *regimen_result_report(struct regimen_evaluator *e, size_t *length)
{
    struct result_view v = api_view(e);
    buffer_clear(&e->report);
    report_text(&v, e->all || e->only, &e->report);
    return finished(&e->report, length);
}

const char *regimen_result_explanation(struct regimen_evaluator *e, size_t *length)
{
    struct result_view v = api_view(e);
    buffer_clear(&e->explanation);
    for (uint32_t i = 0; i < v.order_count; i++) {
        if (!view_shows(&v, v.order[i])) continue;
        if (e->explanation.length) buffer_put(&e->explanation, "\n");
        explain_text(&v, v.order[i], &e->explanation);
    }
    return finished(&e->explanation, length);
}

static const struct rule_result *result_at(const struct regimen_evaluator *e, size_t rule)
{
    return rule < e->program->order_count ? eval_result(e->context, e->program->order[rule]) : NULL;
}

const char *regimen_result_outcome(const struct regimen_evaluator *e, size_t rule)
{
    const struct rule_result *result = result_at(e, rule);
    return result ? outcome_word(result->outcome) : NULL;
}

const char *regimen_result_value(const struct regimen_evaluator *e, size_t rule)
{
    const struct rule_result *result = result_at(e, rule);
    if (!result || result->outcome != OUTCOME_DECIDED) return result ? "" : NULL;
    const struct image *image = &e->program->image;
    const struct image_rule *r = &image->RULES[e->program->order[rule]];
    if (rule_fills_set(r)) return "";
    if (rule_tells(r)) return state_word(r, result->member);
    if (r->kind == RULE_CLASSIFY) return member_name(image, r->enumeration, result->member);
    return r->kind == RULE_DOSE ? action_word(result->action) : result->member ? "holds" : "does not hold";
}

bool regimen_result_has_findings(const struct regimen_evaluator *e)
{
    struct result_view v = api_view(e);
    for (uint32_t i = 0; i < v.order_count; i++) {
        if (!view_shows(&v, v.order[i])) continue;
        const struct rule_result *result = eval_result(e->context, v.order[i]);
        bool broken = v.image->RULES[v.order[i]].kind == RULE_GUARANTEE &&
                      result->outcome == OUTCOME_DECIDED && !result->member;
        if (broken || result->outcome == OUTCOME_CONFLICT || result->outcome == OUTCOME_FAULT) return true;
    }
    return false;
}

const char *regimen_refused_json(struct regimen_evaluator *e, const struct regimen_error *error,
                                 const char *file, size_t line, size_t *length)
{
    buffer_clear(&e->refused_json);
    result_json_refused(error, file, line, &e->refused_json);
    return finished(&e->refused_json, length);
}

const char *regimen_refused_text(struct regimen_evaluator *e, const struct regimen_error *error,
                                 const char *where, size_t *length)
{
    buffer_clear(&e->refused_text);
    report_refused(error, where, &e->refused_text);
    return finished(&e->refused_text, length);
}
