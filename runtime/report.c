/* The report: its header, its sections in order of urgency, its end. */
#include "runtime/report.h"

#include <string.h>

#include "runtime/report_parts.h"

enum {
    DIGEST_SHOWN = 16,
    MISSING_FIRST = 3 /* lines of what is missing that go before blank lines */
};

struct buffer *report_begin(struct report *r)
{
    buffer_clear(&r->text);
    return &r->text;
}

void report_field(struct report *r, const char *label, const char *text)
{
    page_field(r->out, REPORT_LABEL, label, REPORT_FIELD, text);
}

void report_end(struct report *r, const char *label)
{
    if (r->text.length) report_field(r, label, buffer_text(&r->text));
}

void report_apart(struct report *r)
{
    r->sections++;
    if (r->all || r->spaced) buffer_put(r->out, "\n");
}

void report_heading(struct report *r, const char *title)
{
    report_apart(r);
    page_heading(r->out, title);
    r->headed = r->out->length;
}

/* In brief the first result of a section follows its heading at once, and sections stand apart where the page
 * has room. */
void report_name(struct report *r, uint32_t rule)
{
    const struct image_rule *image_rule = &r->v->image->RULES[rule];
    struct buffer *text = report_begin(r);
    worksheet_begin(&r->sheet, r->v);
    worksheet_begin(&r->read, r->v);
    buffer_put(text, view_text(r->v, image_rule->name));
    if (image_rule->name && image_rule->label) buffer_put(text, "   ");
    buffer_put(text, view_text(r->v, image_rule->label));
    if (r->all || r->out->length != r->headed) buffer_put(r->out, "\n");
    page_text(r->out, 0, buffer_text(text));
}

bool report_shows(const struct report *r, uint32_t rule, report_holds *holds)
{
    return view_shows(r->v, rule) && holds(&r->v->image->RULES[rule], eval_result(r->v->context, rule));
}

/* How much a report writes out. */
enum depth { BRIEF = 1, FULL = 2, BOTH = BRIEF | FULL };

/* Which results stand under one title; one and many: how the summary counts them, NULL where it does not.
   whole writes all of them at once, in place of write for each. */
struct report_section {
    enum depth depth;
    const char *title, *one, *many;
    report_holds *holds;
    void (*write)(struct report *r, uint32_t rule);
    void (*whole)(struct report *r, report_holds *holds);
};

static bool needs_repair(const struct image_rule *rule, const struct rule_result *result)
{
    bool broken = rule->kind == RULE_GUARANTEE && result->outcome == OUTCOME_DECIDED && !result->member;
    return broken || result->outcome == OUTCOME_CONFLICT || result->outcome == OUTCOME_FAULT;
}

static bool is_action(const struct image_rule *rule, const struct rule_result *result, enum action action)
{
    return rule->kind == RULE_DOSE && result->outcome == OUTCOME_DECIDED && result->action == action;
}

static bool is_withheld(const struct image_rule *rule, const struct rule_result *result)
{
    return is_action(rule, result, ACTION_WITHHOLD);
}

static bool is_asked(const struct image_rule *rule, const struct rule_result *result)
{
    return is_action(rule, result, ACTION_ASK);
}

static bool is_given(const struct image_rule *rule, const struct rule_result *result)
{
    return is_action(rule, result, ACTION_GIVE);
}

static bool is_classified(const struct image_rule *rule, const struct rule_result *result)
{
    bool answer = result->outcome == OUTCOME_DECIDED || result->outcome == OUTCOME_NO_STATEMENT ||
                  result->outcome == OUTCOME_EQUIPOISE;
    return rule->kind == RULE_CLASSIFY && answer;
}

/* The dose is for this patient, and cannot be told. */
static bool is_unknown_dose(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind == RULE_DOSE && result->outcome == OUTCOME_UNKNOWN && result->applies == TRUTH_YES;
}

/* It is not known whether the dose is for this patient: the planned drug must not vanish among all that is
 * unknown. */
static bool is_possible_dose(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind == RULE_DOSE && result->outcome == OUTCOME_UNKNOWN && result->applies != TRUTH_YES;
}

static bool is_unknown(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind != RULE_GUARANTEE && result->outcome == OUTCOME_UNKNOWN &&
           !is_unknown_dose(rule, result) && !is_possible_dose(rule, result);
}

/* The planned drug has a rule, and that no amount for this patient. */
static bool is_unprinted_dose(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind == RULE_DOSE &&
           (result->outcome == OUTCOME_NOT_COVERED || result->outcome == OUTCOME_NO_STATEMENT);
}

static bool is_unanswered(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind != RULE_GUARANTEE && !is_classified(rule, result) && !is_unprinted_dose(rule, result) &&
           (result->outcome == OUTCOME_NOT_COVERED || result->outcome == OUTCOME_NO_STATEMENT);
}

static bool is_answered_set(const struct image_rule *rule, const struct rule_result *result,
                            enum rule_kind kind)
{
    return rule->kind == (uint32_t)kind &&
           (result->outcome == OUTCOME_DECIDED || result->outcome == OUTCOME_UNKNOWN);
}

static bool is_recommended(const struct image_rule *rule, const struct rule_result *result)
{
    return is_answered_set(rule, result, RULE_RECOMMEND);
}

static bool is_found(const struct image_rule *rule, const struct rule_result *result)
{
    return is_answered_set(rule, result, RULE_COLLECT);
}

static void write_unknown(struct report *r, uint32_t rule)
{
    if (rule_fills_set(&r->v->image->RULES[rule]))
        report_set_unknown(r, rule);
    else
        report_unknown(r, rule);
}

static void write_broken(struct report *r, uint32_t rule)
{
    if (eval_result(r->v->context, rule)->outcome == OUTCOME_CONFLICT)
        report_conflict(r, rule);
    else
        report_fault(r, rule);
    if (rule_fills_set(&r->v->image->RULES[rule])) report_set_items(r, rule);
}

/* A level that was missed is told although the next one is not due yet. */
static bool is_overdue(const struct image_rule *rule, const struct rule_result *result)
{
    const uint64_t pressing =
        UINT64_C(1) << MONITOR_OVERDUE | UINT64_C(1) << MONITOR_LATE | UINT64_C(1) << MONITOR_MISSED;
    bool missed = result->in_parts >> MONITOR_MISSED & 1;
    bool pressed = result->outcome == OUTCOME_DECIDED && pressing >> result->member & 1;
    return rule->kind == RULE_MONITOR && result->outcome != OUTCOME_FAULT && (missed || pressed);
}

static bool is_due(const struct image_rule *rule, const struct rule_result *result)
{
    return rule->kind == RULE_MONITOR && result->outcome == OUTCOME_DECIDED &&
           result->member == MONITOR_DUE && !is_overdue(rule, result);
}

static bool is_answer(const struct image_rule *rule, const struct rule_result *result)
{
    return is_found(rule, result) || is_classified(rule, result);
}

static void brief_answers(struct report *r, report_holds *holds)
{
    struct buffer answers = {0};
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        bool set = rule_fills_set(&r->v->image->RULES[rule]);
        if (!report_shows(r, rule, holds) || (set && !report_says_something(r, rule))) continue;
        if (!r->terse) report_brief_answer(r, rule);
        if (r->terse && answers.length) buffer_put(&answers, "; ");
        if (r->terse) report_put_answer(r, rule, &answers);
    }
    page_text(r->out, REPORT_LABEL, buffer_text(&answers));
    r->out->failed |= answers.failed;
    buffer_free(&answers);
}

/* Not only what stands in no other section is missing something. */
static void brief_unknown(struct report *r, report_holds *holds)
{
    (void)holds;
    report_waiting(r);
}

static const struct report_section SECTIONS[] = {
    {BOTH, "CONFLICTS AND FAULTS: the protocol cannot answer, do not act on these", "conflict or fault",
     "conflicts or faults", needs_repair, write_broken, NULL},
    {BOTH, "MONITORING OVERDUE, LATE OR MISSED", "monitor overdue, late or missed",
     "monitors overdue, late or missed", is_overdue, report_monitor, NULL},
    {BOTH, "DOSES WITHHELD", "dose withheld", "doses withheld", is_withheld, report_withheld, NULL},
    {BOTH, "DOSES TO ASK ABOUT: a person decides", "dose to ask about", "doses to ask about", is_asked,
     report_dose, NULL},
    {BOTH, "DOSES TO GIVE", "dose to give", "doses to give", is_given, report_dose, NULL},
    {BOTH, "DOSES WITHOUT AN AMOUNT: the protocol has none for this patient", "dose without an amount",
     "doses without an amount", is_unprinted_dose, report_unanswered, NULL},
    {BOTH, "DOSES NOT DECIDED, do not give yet: something is missing", "dose not decided",
     "doses not decided", is_unknown_dose, report_unknown, NULL},
    {FULL, "DOSES THAT MAY BE FOR THIS PATIENT: something is missing", "dose that may be for this patient",
     "doses that may be for this patient", is_possible_dose, report_unknown, NULL},
    {BRIEF, "DOSES THAT MAY BE FOR THIS PATIENT: something is missing", "dose that may be for this patient",
     "doses that may be for this patient", is_possible_dose, NULL, report_brief_possible_doses},
    {BOTH, "MONITORING DUE", "monitor due", "monitors due", is_due, report_monitor, NULL},
    {FULL, "RECOMMENDATIONS: the most forceful first", "recommendation", "recommendations", is_recommended,
     report_set, NULL},
    {BRIEF, "RECOMMENDATIONS: the most forceful first", "recommendation", "recommendations", is_recommended,
     NULL, report_brief_recommendations},
    {FULL, "FINDINGS", NULL, NULL, is_found, report_set, NULL},
    {FULL, "CLASSIFICATIONS", NULL, NULL, is_classified, report_classify, NULL},
    {BRIEF, "FINDINGS AND CLASSIFICATIONS", NULL, NULL, is_answer, NULL, brief_answers},
    {FULL, "UNKNOWN: something is missing", "unknown", "unknown", is_unknown, write_unknown, NULL},
    {BRIEF, "UNKNOWN: what is missing, and how many results wait for it", "unknown", "unknown", is_unknown,
     NULL, brief_unknown},
    {FULL, "NOT ANSWERED BY THE PROTOCOL", "not answered", "not answered", is_unanswered, report_unanswered,
     NULL},
    {BRIEF, "NOT ANSWERED BY THE PROTOCOL", "not answered", "not answered", is_unanswered,
     report_brief_answer, NULL},
};

enum { SECTIONS_COUNT = sizeof SECTIONS / sizeof *SECTIONS };

/* In brief a set of which nothing is certain stands among what is unknown alone. */
static bool is_in(const struct report *r, uint32_t rule, const struct report_section *section)
{
    const struct image_rule *ir = &r->v->image->RULES[rule];
    const struct rule_result *result = eval_result(r->v->context, rule);
    bool certain = is_recommended(ir, result) || is_found(ir, result);
    if (certain && section->depth == BRIEF && section->holds != is_unknown && !report_says_something(r, rule))
        return false;
    return view_shows(r->v, rule) && section->holds(ir, result);
}

static uint32_t section_count(const struct report *r, const struct report_section *section)
{
    uint32_t count = 0;
    if (!(section->depth & (r->all ? FULL : BRIEF))) return 0;
    for (uint32_t i = 0; i < r->v->order_count; i++)
        count += is_in(r, r->v->order[i], section);
    return count;
}

static void write_section(struct report *r, const struct report_section *section)
{
    if (!section_count(r, section)) return;
    report_heading(r, section->title);
    if (section->whole) {
        section->whole(r, section->holds);
        return;
    }
    for (uint32_t i = 0; i < r->v->order_count; i++)
        if (is_in(r, r->v->order[i], section)) section->write(r, r->v->order[i]);
}

static void put_status(const struct report *r, struct buffer *text)
{
    const struct image_program *program = r->v->image->PROGRAM;
    switch ((enum program_status)program->status) {
    case STATUS_NONE: buffer_put(text, "no status"); break;
    case STATUS_DRAFT: buffer_put(text, "DRAFT: not approved"); break;
    case STATUS_RETIRED: buffer_put(text, "RETIRED: no longer in use"); break;
    case STATUS_APPROVED:
        buffer_printf(text, "approved by %s on %s", view_text(r->v, program->approved_by),
                      view_text(r->v, program->approved_on));
    }
}

static bool is_any_set(const struct report *r)
{
    for (uint32_t i = 0; i < r->v->image->PARAMS_count; i++)
        if (eval_parameter_set(r->v->context, i)) return true;
    return false;
}

/* "Acute lymphoblastic leukemia, all 0.1.0, DRAFT: not approved   (665fdd8187e4904f)" */
static void write_program(struct report *r)
{
    const struct image_program *program = r->v->image->PROGRAM;
    char digest[2 * IMAGE_DIGEST + 1];
    struct buffer *text = report_begin(r);
    image_digest_text(r->v->image, digest);
    if (program->title) buffer_printf(text, "%s, ", view_text(r->v, program->title));
    buffer_printf(text, "%s %s, ", view_text(r->v, program->name), view_text(r->v, program->version));
    put_status(r, text);
    buffer_printf(text, "   (%.*s)", DIGEST_SHOWN, digest);
    report_end(r, "Protocol");
    text = report_begin(r);
    if (!r->v->site_name && r->v->image->PARAMS_count && !is_any_set(r))
        report_field(r, "Site", "none: no parameter is set");
    if (!r->v->site_name) return;
    buffer_printf(text, "%s, %s   (%.*s)", r->v->site_title, r->v->site_name, DIGEST_SHOWN,
                  r->v->site_digest);
    report_end(r, "Site");
}

static void write_settings(struct report *r)
{
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; r->v->settings && i < r->v->image->PARAMS_count; i++)
        if (r->v->settings[i])
            buffer_printf(text, "%s%s = %s", text->length ? ", " : "",
                          view_text(r->v, r->v->image->PARAMS[i].name), r->v->settings[i]);
    report_end(r, "Set now");
}

/* What lies after the time of the evaluation was not seen: a dose may be among it. */
static void put_later(struct report *r, struct buffer *text)
{
    uint32_t later = 0;
    for (uint32_t i = 0; i < r->v->image->INPUTS_count; i++)
        later += r->v->record->slots[i].later;
    if (later) buffer_printf(text, "; %u later %s NOT SEEN", later, later == 1 ? "entry" : "entries");
}

static void write_summary(struct report *r)
{
    struct buffer *text = report_begin(r);
    report_alerts_in_short(r, text);
    for (unsigned i = 0; i < SECTIONS_COUNT; i++) {
        uint32_t count = SECTIONS[i].many ? section_count(r, &SECTIONS[i]) : 0;
        const char *words = count == 1 ? SECTIONS[i].one : SECTIONS[i].many;
        if (count) buffer_printf(text, "%s%u %s", text->length ? ", " : "", count, words);
    }
    if (!text->length) buffer_put(text, r->v->only ? "nothing of what is shown" : "nothing to act on");
    put_later(r, text);
    report_end(r, "In short");
    if (r->v->only) report_field(r, "EXTRACT", "--only: what else there is, alerts too, is not on this page");
}

static void write_header(struct report *r)
{
    page_rule(r->out, '=');
    buffer_printf(report_begin(r), "%s   as of %s%s", r->v->record->id, r->v->record->as_of,
                  strchr(r->v->record->as_of, 'T') ? "" : ", the end of that day");
    report_end(r, "Patient");
    report_shown(r);
    write_program(r);
    write_settings(r);
    write_summary(r);
    page_rule(r->out, '=');
}

void report_count(struct report *r, const char *sentence)
{
    if (r->all)
        page_text(r->out, 0, sentence);
    else if (*sentence)
        buffer_printf(&r->quiet, "%s%s", r->quiet.length ? "; " : "", sentence);
}

static void write_not_applicable(struct report *r)
{
    uint32_t count = 0;
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        uint32_t rule = r->v->order[i];
        if (!view_shows(r->v, rule) || eval_result(r->v->context, rule)->outcome != OUTCOME_NOT_APPLICABLE)
            continue;
        buffer_printf(text, "%s%s", count++ ? ", " : "", view_text(r->v, r->v->image->RULES[rule].name));
    }
    if (!count) return;
    buffer_clear(&r->side);
    buffer_printf(&r->side, "%u %s not apply%s%s", count, count == 1 ? "rule does" : "rules do",
                  r->all ? " to this patient: " : "", r->all ? buffer_text(text) : "");
    report_count(r, buffer_text(&r->side));
}

/* A guarantee about a dose that does not apply says nothing about this patient. */
static bool is_moot(const struct report *r, const struct image_rule *rule)
{
    for (uint32_t i = rule->names.first; i < rule->names.first + rule->names.count; i++)
        if (eval_result(r->v->context, r->v->image->INDEXES[i])->outcome == OUTCOME_NOT_APPLICABLE)
            return true;
    return false;
}

static void write_guarantees(struct report *r)
{
    uint32_t holding = 0, open = 0;
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < r->v->order_count; i++) {
        const struct image_rule *rule = &r->v->image->RULES[r->v->order[i]];
        const struct rule_result *result = eval_result(r->v->context, r->v->order[i]);
        if (rule->kind != RULE_GUARANTEE || !view_shows(r->v, r->v->order[i])) continue;
        holding += result->outcome == OUTCOME_DECIDED && result->member;
        if (result->outcome == OUTCOME_UNKNOWN && !is_moot(r, rule))
            buffer_printf(text, "%s\"%s\"", open++ ? ", " : "", view_text(r->v, rule->label));
    }
    buffer_clear(&r->side);
    if (holding)
        buffer_printf(&r->side, "%u %s", holding, holding == 1 ? "guarantee holds" : "guarantees hold");
    if (open) buffer_printf(&r->side, "%snot decided: %s", r->side.length ? "; " : "", buffer_text(text));
    report_count(r, buffer_text(&r->side));
}

static void write_unseen(struct report *r)
{
    struct buffer *text = report_begin(r);
    for (uint32_t i = 0; i < r->v->image->INPUTS_count; i++) {
        uint32_t later = r->v->record->slots[i].later;
        if (later)
            buffer_printf(text, "%s%u of %s",
                          text->length ? ", " : "Entries dated after the as-of time, not seen: ", later,
                          view_text(r->v, r->v->image->INPUTS[i].name));
    }
    page_text(r->out, 0, buffer_text(text));
    if (!r->v->record->ignored) return;
    text = report_begin(r);
    buffer_printf(text, "Keys of the record that the protocol does not know, ignored: %u",
                  r->v->record->ignored);
    page_text(r->out, 0, buffer_text(text));
}

static void write_end(struct report *r)
{
    report_apart(r);
    page_rule(r->out, '-');
    write_not_applicable(r);
    report_quiet(r);
    write_guarantees(r);
    if (r->quiet.length) buffer_put(&r->quiet, ".");
    page_text(r->out, 0, buffer_text(&r->quiet));
    write_unseen(r);
    report_numbered_sources(r);
    if (r->v->only) return; /* nobody signs for a part */
    buffer_put(r->out, "Checked by ______________________________   Date ______________   Signature "
                       "______________________\n");
}

void report_free(struct report *r)
{
    struct buffer *buffers[] = {&r->text,       &r->side,      &r->sheet.lines, &r->read.lines, &r->line.name,
                                &r->line.value, &r->line.date, &r->line.remark, &r->quiet};
    for (unsigned i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        r->out->failed |= buffers[i]->failed;
        buffer_free(buffers[i]);
    }
}

/* The sections up to the first that holds what is unknown; then those behind it, with the end. */
static unsigned write_body(struct report *r)
{
    unsigned i = 0;
    for (; SECTIONS[i].holds != is_unknown; i++) {
        write_section(r, &SECTIONS[i]);
        if (SECTIONS[i].holds == is_possible_dose && SECTIONS[i].depth == BRIEF) report_calendar(r);
    }
    return i;
}

/* What is unknown takes the room that the rest leaves on the page, and so is written last. */
static void write_page(struct report *r, struct buffer *page)
{
    struct buffer rest = {0};
    r->out = page;
    write_header(r);
    report_alerts(r);
    unsigned unknown = write_body(r), next = unknown;
    while (SECTIONS[next].holds == is_unknown)
        next++;
    r->out = &rest;
    for (unsigned i = next; i < SECTIONS_COUNT; i++)
        write_section(r, &SECTIONS[i]);
    write_end(r);
    r->out = page;
    r->lines = page_lines(page) + page_lines(&rest);
    for (unsigned i = unknown; i < next; i++)
        write_section(r, &SECTIONS[i]);
    buffer_put(page, buffer_text(&rest));
    page->failed |= rest.failed;
    buffer_free(&rest);
}

/* How many lines the page takes when only the most wanted is named of what is missing. */
static unsigned least_lines(const struct result_view *v, bool terse, unsigned *sections)
{
    struct buffer page = {0};
    struct report r = {.v = v, .tight = true, .terse = terse};
    write_page(&r, &page);
    unsigned lines = page_lines(&page);
    *sections = r.sections;
    report_free(&r);
    buffer_free(&page);
    return lines;
}

/* In brief the report fits a page where it can: with a blank line before each section, without, or with
   findings and classifications in a paragraph. */
void report_text(const struct result_view *v, bool all, struct buffer *out)
{
    struct buffer page = {0};
    struct report r = {.v = v, .all = all};
    unsigned sections = 0, lines = all ? 0 : least_lines(v, false, &sections);
    r.spaced = !all && lines + sections + MISSING_FIRST <= PAGE_LINES;
    r.terse = lines > PAGE_LINES;
    write_page(&r, &page);
    report_free(&r);
    buffer_put(out, buffer_text(&page));
    out->failed |= page.failed;
    buffer_free(&page);
}

void report_refused(const struct regimen_error *error, const char *where, struct buffer *out)
{
    struct report r = {.out = out};
    page_rule(out, '=');
    page_text(out, REPORT_LABEL, "RECORD REFUSED: nothing was evaluated");
    if (*error->record) report_field(&r, "Patient", error->record);
    if (*where) report_field(&r, "Where", where);
    if (*error->field) report_field(&r, "Field", error->field);
    if (*error->value) report_field(&r, "Value", error->value);
    report_field(&r, "Why", error->message);
    page_rule(out, '=');
}
