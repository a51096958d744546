/* The result of a record as one JSON object. */
#include "runtime/result_json.h"

#include <string.h>

#include "runtime/explain.h"
#include "runtime/fact.h"

/* What a parameter that is not set may be set to, where it chooses between readings. */
static void json_readings(struct json_writer *w, const struct result_view *v, uint32_t read)
{
    uint32_t readings = read_readings(v, read);
    if (readings == NONE32) return;
    json_key(w, "one_of");
    json_open_array(w);
    for (uint32_t code = 0; code < v->image->ENUMS[readings].members.count; code++)
        json_text(w, member_name(v->image, readings, (int32_t)code));
    json_close_array(w);
}

void json_missing(struct json_writer *w, const struct result_view *v, uint32_t rule, const uint32_t *reads,
                  uint32_t count)
{
    static const char *const KEYS[] = {
        [READ_INPUT] = "input", [READ_PARAM] = "parameter", [READ_RULE] = "rule"};
    struct buffer why = {0};
    json_key(w, "missing");
    json_open_array(w);
    for (uint32_t i = 0; i < count; i++) {
        buffer_clear(&why);
        read_why(v, rule, reads[i], &why);
        json_open_object(w);
        json_key_text(w, KEYS[read_kind_of(reads[i])], read_name(v, reads[i]));
        json_key_text(w, "why", buffer_text(&why));
        json_readings(w, v, reads[i]);
        json_close_object(w);
    }
    json_close_array(w);
    w->out->failed |= why.failed;
    buffer_free(&why);
}

void json_key_buffer(struct json_writer *w, const char *key, const struct buffer *text)
{
    if (text->length) json_key_text(w, key, buffer_text(text));
    w->out->failed |= text->failed;
}

static void json_unit(struct json_writer *w, const char *unit)
{
    if (*unit && strcmp(unit, "1") != 0) json_key_text(w, "unit", unit);
}

void json_amount(struct json_writer *w, decimal lo, decimal hi, const char *unit)
{
    bool range = !decimal_equal(lo, hi);
    json_open_object(w);
    json_key(w, range ? "from" : "value");
    json_number(w, lo);
    if (range) {
        json_key(w, "to");
        json_number(w, hi);
    }
    json_unit(w, unit);
    json_close_object(w);
}

static void json_range(struct json_writer *w, const struct value *value, const char *unit)
{
    json_open_object(w);
    if (!(value->flags & VALUE_LO_NONE)) {
        json_key(w, "from");
        json_number(w, value->n.lo);
        if (value->flags & VALUE_LO_OPEN) json_key_bool(w, "from_included", false);
    }
    if (!(value->flags & VALUE_HI_NONE)) {
        json_key(w, "to");
        json_number(w, value->n.hi);
        if (value->flags & VALUE_HI_OPEN) json_key_bool(w, "to_included", false);
    }
    json_unit(w, unit);
    json_close_object(w);
}

void json_value(struct json_writer *w, const struct result_view *v, const struct image_type *type,
                const struct value *value, const char *text)
{
    bool there = value->tag == TAG_KNOWN || value->tag == TAG_RANGE;
    const char *unit = view_text(v, type->unit);
    if (there && type->kind == KIND_NUM) {
        if (value->flags)
            json_range(w, value, unit);
        else
            json_amount(w, value->n.lo, value->n.hi, unit);
    } else if (value->tag == TAG_KNOWN && type->kind == KIND_BOOL)
        json_bool(w, value->yes);
    else {
        struct buffer words = {0};
        value_text(&words, v->image, type, value, VALUE_EXACT);
        json_text(w, text && type->kind == KIND_TEXT ? text : buffer_text(&words));
        w->out->failed |= words.failed;
        buffer_free(&words);
    }
}

/* Texts of INDEXES, or citations, each once in order of first appearance: those seen are kept as numbers. */
struct seen {
    struct buffer numbers;
};

static bool seen_before(struct seen *s, uint32_t number)
{
    const uint32_t *numbers = (const uint32_t *)(const void *)s->numbers.data;
    for (size_t i = 0; i < s->numbers.length / sizeof number; i++)
        if (numbers[i] == number) return true;
    buffer_bytes(&s->numbers, (const char *)&number, sizeof number);
    return false;
}

static void json_cite(struct json_writer *w, const struct result_view *v, uint32_t cite)
{
    const struct image_cite *c = &v->image->CITES[cite];
    json_open_object(w);
    json_key_text(w, "source", view_text(v, c->source));
    if (c->title) json_key_text(w, "title", view_text(v, c->title));
    if (c->document) json_key_text(w, "document", view_text(v, c->document));
    if (c->at) json_key_text(w, "at", view_text(v, c->at));
    json_close_object(w);
}

static void json_source(struct json_writer *w, const struct result_view *v, uint32_t item, bool cite)
{
    if (cite)
        json_cite(w, v, item);
    else
        json_text(w, view_text(v, item));
}

/* Those of one row that were not seen; the first opens the array. */
static void json_source_row(struct json_writer *w, const struct result_view *v, struct run items, bool cites,
                            struct seen *seen)
{
    for (uint32_t i = items.first; i < items.first + items.count; i++) {
        uint32_t item = cites ? i : v->image->INDEXES[i];
        bool first = !seen->numbers.length;
        if (seen_before(seen, item)) continue;
        if (first) {
            json_key(w, cites ? "cite" : "trace");
            json_open_array(w);
        }
        json_source(w, v, item, cites);
    }
}

static void json_source_list(struct json_writer *w, const struct result_view *v, uint32_t rule,
                             struct run rows, row_filter *filter, bool cites)
{
    struct seen seen = {0};
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (!filter || filter(v, rule, row))
            json_source_row(w, v, cites ? view_cites(v, rule, row) : view_traces(v, rule, row), cites, &seen);
    if (seen.numbers.length) json_close_array(w);
    w->out->failed |= seen.numbers.failed;
    buffer_free(&seen.numbers);
}

void json_sources(struct json_writer *w, const struct result_view *v, uint32_t rule, row_filter *filter)
{
    json_source_list(w, v, rule, v->image->RULES[rule].rows, filter, false);
    json_source_list(w, v, rule, v->image->RULES[rule].rows, filter, true);
}

/* Those of the header: of a result that no row made. */
static void json_header_sources(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    for (unsigned cites = 0; cites < 2; cites++) {
        struct seen seen = {0};
        const struct image_rule *r = &v->image->RULES[rule];
        json_source_row(w, v, cites ? r->cites : r->traces, cites, &seen);
        if (seen.numbers.length) json_close_array(w);
        w->out->failed |= seen.numbers.failed;
        buffer_free(&seen.numbers);
    }
}

void json_row_sources(struct json_writer *w, const struct result_view *v, uint32_t rule, uint32_t row)
{
    json_source_list(w, v, rule, (struct run){row, 1}, NULL, false);
    json_source_list(w, v, rule, (struct run){row, 1}, NULL, true);
}

void json_rows(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    struct run rows = v->image->RULES[rule].rows;
    json_key(w, "rows");
    json_open_array(w);
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++)
        if (view_row_made(v, rule, row)) json_text(w, view_text(v, v->image->ROWS[row].id));
    json_close_array(w);
}

/* The results that are still possible: values in order of their list, or the actions of a dose, then
 * outcomes. */
static void json_possible(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    json_key(w, "possible");
    json_open_array(w);
    for (int32_t member = 0; rule_is_classified(r) && member < 64; member++)
        if (result->possible >> member & 1)
            json_text(w,
                      rule_tells(r) ? state_word(r, member) : member_name(v->image, r->enumeration, member));
    for (unsigned action = ACTION_GIVE; r->kind == RULE_DOSE && action <= ACTION_WITHHOLD; action++)
        if (result->possible_outcomes >> (OUTCOME_COUNT + action) & 1) json_text(w, action_word(action));
    for (unsigned outcome = OUTCOME_DECIDED + 1; outcome < OUTCOME_COUNT; outcome++)
        if (result->possible_outcomes >> outcome & 1) json_text(w, outcome_word(outcome));
    json_close_array(w);
    if (!result->exact) json_key_bool(w, "possible_exact", false);
}

void json_unknown(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(v, rule, &reads);
    json_missing(w, v, rule, reads, count);
    json_possible(w, v, rule);
}

static void json_conflict(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    json_rows(w, v, rule);
    if (result->conflict_with != NONE32)
        json_key_text(w, "conflict_with", view_text(v, v->image->RULES[result->conflict_with].name));
    json_sources(w, v, rule, view_row_made);
}

static const char *rule_title(const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const char *name = view_text(v, r->name);
    return *name ? name : view_text(v, r->label);
}

void json_fault(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    struct buffer position = {0};
    json_key_text(w, "reason", fault_sentence(result->fault));
    if (result->fault_rule != NONE32) json_key_text(w, "rule", rule_title(v, result->fault_rule));
    if (result->fault_row != NONE32)
        json_key_text(w, "row", view_text(v, v->image->ROWS[result->fault_row].id));
    view_position(v, result->fault_at, &position);
    if (position.length) json_key_text(w, "position", buffer_text(&position));
    w->out->failed |= position.failed;
    buffer_free(&position);
}

static void json_classify(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    bool decided = result->outcome == OUTCOME_DECIDED;
    if (decided) json_key_text(w, "value", member_name(v->image, r->enumeration, result->member));
    if (decided || result->outcome == OUTCOME_NO_STATEMENT || result->outcome == OUTCOME_EQUIPOISE) {
        json_rows(w, v, rule);
        json_sources(w, v, rule, view_row_made);
    }
}

static void json_rule(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct image_rule *r = &v->image->RULES[rule];
    const struct rule_result *result = eval_result(v->context, rule);
    json_key(w, view_text(v, r->name));
    json_open_object(w);
    json_key_text(w, "kind", rule_kind_word(r->kind));
    json_key_text(w, "outcome", outcome_word(result->outcome));
    if (r->kind == RULE_CLASSIFY)
        json_classify(w, v, rule);
    else if (rule_tells(r))
        json_alert(w, v, rule);
    else if (rule_fills_set(r))
        json_set(w, v, rule);
    else
        json_dose(w, v, rule);
    if (result->outcome == OUTCOME_NOT_COVERED) json_header_sources(w, v, rule);
    if (result->outcome == OUTCOME_UNKNOWN && !rule_fills_set(r)) json_unknown(w, v, rule);
    if (result->outcome == OUTCOME_CONFLICT) json_conflict(w, v, rule);
    if (result->outcome == OUTCOME_FAULT) json_fault(w, v, rule);
    if (r->each != NONE32) json_each(w, v, rule);
    json_close_object(w);
}

static void json_results(struct json_writer *w, const struct result_view *v)
{
    json_key(w, "results");
    json_open_object(w);
    for (uint32_t i = 0; i < v->order_count; i++)
        if (view_shows(v, v->order[i]) && v->image->RULES[v->order[i]].kind != RULE_GUARANTEE)
            json_rule(w, v, v->order[i]);
    json_close_object(w);
}

/* What an open guarantee waits for: inputs and parameters, else the results that it reads. */
static void json_guarantee_missing(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(v, rule, &reads);
    struct run names = v->image->RULES[rule].names;
    struct buffer results = {0};
    for (uint32_t i = names.first; !count && i < names.first + names.count; i++) {
        uint32_t read = (uint32_t)READ_RULE << 28 | v->image->INDEXES[i];
        if (eval_result(v->context, v->image->INDEXES[i])->outcome != OUTCOME_DECIDED)
            buffer_bytes(&results, (const char *)&read, sizeof read);
    }
    if (!count)
        json_missing(w, v, rule, (const uint32_t *)(const void *)results.data,
                     (uint32_t)(results.length / sizeof(uint32_t)));
    else
        json_missing(w, v, rule, reads, count);
    w->out->failed |= results.failed;
    buffer_free(&results);
}

static void json_guarantee(struct json_writer *w, const struct result_view *v, uint32_t rule)
{
    const struct rule_result *result = eval_result(v->context, rule);
    json_open_object(w);
    json_key_text(w, "name", rule_title(v, rule));
    json_key_text(w, "outcome", outcome_word(result->outcome));
    if (result->outcome == OUTCOME_DECIDED) json_key_bool(w, "holds", result->member == 1);
    if (result->outcome == OUTCOME_UNKNOWN) json_guarantee_missing(w, v, rule);
    if (result->outcome == OUTCOME_FAULT) json_fault(w, v, rule);
    json_close_object(w);
}

static void json_guarantees(struct json_writer *w, const struct result_view *v)
{
    bool any = false;
    for (uint32_t i = 0; i < v->order_count; i++) {
        uint32_t rule = v->order[i];
        if (!view_shows(v, rule) || v->image->RULES[rule].kind != RULE_GUARANTEE) continue;
        if (!any) {
            json_key(w, "guarantees");
            json_open_array(w);
        }
        any = true;
        json_guarantee(w, v, rule);
    }
    if (any) json_close_array(w);
}

static void json_header(struct json_writer *w, const struct result_view *v)
{
    const struct image_program *program = v->image->PROGRAM;
    char digest[2 * IMAGE_DIGEST + 1];
    image_digest_text(v->image, digest);
    json_key_text(w, "record", v->record->id);
    json_key_text(w, "protocol", view_text(v, program->name));
    json_key_text(w, "version", view_text(v, program->version));
    if (program->status != STATUS_NONE) json_key_text(w, "status", status_word(program->status));
    json_key_text(w, "digest", digest);
    if (v->site_name) {
        json_key(w, "site");
        json_open_object(w);
        json_key_text(w, "name", v->site_name);
        json_key_text(w, "digest", v->site_digest);
        json_close_object(w);
    }
    json_key_text(w, "as_of", v->record->as_of);
}

/* What was set for this run, as it was written. */
static void json_settings(struct json_writer *w, const struct result_view *v)
{
    bool any = false;
    for (uint32_t i = 0; v->settings && i < v->image->PARAMS_count; i++) {
        if (!v->settings[i]) continue;
        if (!any) {
            json_key(w, "set");
            json_open_object(w);
        }
        any = true;
        json_key_text(w, view_text(v, v->image->PARAMS[i].name), v->settings[i]);
    }
    if (any) json_close_object(w);
}

/* How many entries dated after the as-of time were not seen, a list each. */
static void json_later(struct json_writer *w, const struct result_view *v)
{
    bool any = false;
    for (uint32_t i = 0; i < v->image->INPUTS_count; i++) {
        if (!v->record->slots[i].later) continue;
        if (!any) {
            json_key(w, "later");
            json_open_object(w);
        }
        any = true;
        json_key_whole(w, view_text(v, v->image->INPUTS[i].name), v->record->slots[i].later);
    }
    if (any) json_close_object(w);
}

static void json_explanations(struct json_writer *w, const struct result_view *v)
{
    json_key(w, "explain");
    json_open_object(w);
    for (uint32_t i = 0; i < v->order_count; i++) {
        if (!view_shows(v, v->order[i])) continue;
        json_key(w, rule_title(v, v->order[i]));
        explain_json(v, v->order[i], w);
    }
    json_close_object(w);
}

void result_json(const struct result_view *v, bool explain, struct buffer *out)
{
    struct json_writer w = {.out = out};
    json_open_object(&w);
    json_header(&w, v);
    json_shown(&w, v);
    json_settings(&w, v);
    json_results(&w, v);
    json_guarantees(&w, v);
    json_later(&w, v);
    if (v->record->ignored) json_key_whole(&w, "ignored", v->record->ignored);
    if (explain) json_explanations(&w, v);
    json_close_object(&w);
}

void result_json_refused(const struct regimen_error *error, const char *file, size_t line, struct buffer *out)
{
    struct json_writer w = {.out = out};
    json_open_object(&w);
    json_key(&w, "record");
    if (*error->record)
        json_text(&w, error->record);
    else
        json_null(&w);
    if (file) json_key_text(&w, "file", file);
    if (line) json_key_whole(&w, "line", (int64_t)line);
    json_key(&w, "error");
    json_open_object(&w);
    json_key_text(&w, "code", error->code);
    json_key_text(&w, "field", error->field);
    json_key_text(&w, "value", error->value);
    json_key_text(&w, "message", error->message);
    json_close_object(&w);
    json_close_object(&w);
}
