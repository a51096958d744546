#include "cli/ics.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

#include "cli/ics_lines.h"
#include "runtime/calendar.h"
#include "runtime/digest.h"

struct calendar {
    const struct regimen_program *program;
    struct regimen_evaluator *evaluator;
    struct regimen_program_info info;
    struct buffer *out;
    char stamp[32];     /* the time of evaluation */
    struct buffer text; /* a property in the making */
    bool failed;
};

/* ---- Texts ---------------------------------------------------------------------------------------- */

/* iCalendar has no control characters but line ends; a run of blanks is two of them, and none stands at the
   end of a line. */
static void put_clean(struct buffer *out, const char *text)
{
    for (size_t blanks = 0; *text; text++) {
        bool end = *text == '\n';
        if (!end && (unsigned char)*text <= ' ') {
            blanks++;
            continue;
        }
        if (!end && blanks) buffer_put(out, blanks > 1 && out->length ? "  " : " ");
        buffer_bytes(out, text, 1);
        blanks = 0;
    }
}

static void put_line(struct buffer *out, const char *text)
{
    put_clean(out, text);
    buffer_put(out, "\n");
}

static struct buffer *begin(struct calendar *c)
{
    buffer_clear(&c->text);
    return &c->text;
}

/* c->text, without the line end behind it. */
static const char *finish(struct calendar *c)
{
    while (c->text.length && c->text.data[c->text.length - 1] == '\n')
        buffer_cut(&c->text, c->text.length - 1);
    c->failed |= c->text.failed;
    return buffer_text(&c->text);
}

static bool has_status(const struct calendar *c, const char *status)
{
    return strcmp(c->info.status, status) == 0;
}

/* What must be seen of the protocol before all else. */
static const char *warning(const struct calendar *c)
{
    return has_status(c, "draft") ? "DRAFT: " : has_status(c, "retired") ? "RETIRED: " : "";
}

/* ---- Times ---------------------------------------------------------------------------------------- */

/* A day as text, which has been checked, or so many days later. */
static void add_day(struct calendar *c, const char *name, const char *text, int later)
{
    struct cal_value value = {0};
    char words[32];
    (void)cal_parse(text, strlen(text), &value);
    struct cal_civil civil = cal_to_civil(cal_day_of(value.from) + later);
    (void)snprintf(words, sizeof words, "%04d%02d%02d", civil.year, civil.month, civil.day);
    ics_line(c->out, name, words);
}

/* The last moment that the time of evaluation can mean, in UTC where it has an offset, else as its clock
 * shows it. */
static void put_stamp(struct calendar *c)
{
    const char *as_of = regimen_result_as_of(c->evaluator);
    struct cal_value value = {0};
    (void)cal_parse(as_of, strlen(as_of), &value);
    cal_clock clock = value.to - (value.offset == CAL_NO_OFFSET ? 0 : value.offset * CAL_MICROS_PER_MINUTE);
    int seconds = (int)((clock - cal_day_of(clock) * CAL_MICROS_PER_DAY) / CAL_MICROS_PER_SECOND);
    struct cal_civil civil = cal_to_civil(cal_day_of(clock));
    (void)snprintf(c->stamp, sizeof c->stamp, "%04d%02d%02dT%02d%02d%02dZ", civil.year, civil.month,
                   civil.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* ---- Properties ----------------------------------------------------------------------------------- */

/* A name for all times: the words, each with its end, as a digest. */
static void add_uid(struct calendar *c, const char *rule, const char *date)
{
    const char *const words[] = {c->info.name, regimen_result_record(c->evaluator), rule, date};
    uint8_t digest[DIGEST_SIZE];
    char hex[DIGEST_TEXT_SIZE];
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        sha256_update(&hash, strlen(words[i]) + 1, (const uint8_t *)words[i]);
    sha256_digest(&hash, sizeof digest, digest);
    digest_text(digest, hex);
    buffer_printf(begin(c), "%.40s@regimen", hex);
    ics_line(c->out, "UID", finish(c));
    ics_line(c->out, "DTSTAMP", c->stamp);
}

/* What made it, behind the text in hand. */
static void put_origin(struct calendar *c)
{
    struct buffer line = {0};
    buffer_printf(&line, "Record %s, as of %s", regimen_result_record(c->evaluator),
                  regimen_result_as_of(c->evaluator));
    put_line(&c->text, buffer_text(&line));
    buffer_clear(&line);
    buffer_printf(&line, "Protocol %s %s", c->info.name, c->info.version);
    if (has_status(c, "draft"))
        buffer_put(&line, ", DRAFT: not approved");
    else if (*c->info.status)
        buffer_printf(&line, ", %s", c->info.status);
    if (*c->info.approved_by) buffer_printf(&line, " by %s on %s", c->info.approved_by, c->info.approved_on);
    put_line(&c->text, buffer_text(&line));
    if (*regimen_result_site(c->evaluator)) {
        buffer_clear(&line);
        buffer_printf(&line, "Site %s, digest %s", regimen_result_site(c->evaluator),
                      regimen_result_site_digest(c->evaluator));
        put_line(&c->text, buffer_text(&line));
    }
    buffer_printf(&c->text, "Digest %s\n", c->info.digest);
    c->failed |= line.failed;
    buffer_free(&line);
}

/* ---- Events --------------------------------------------------------------------------------------- */

static void put_days(const struct regimen_date *date, struct buffer *text)
{
    if (date->day == date->day_to)
        buffer_printf(text, ", day %u", date->day);
    else
        buffer_printf(text, ", days %u to %u", date->day, date->day_to);
}

static void add_summary(struct calendar *c, const struct regimen_rule *rule, const struct regimen_date *date)
{
    struct buffer *text = begin(c);
    buffer_put(text, warning(c));
    if (date->ask) buffer_put(text, "ASK FIRST: ");
    if (strcmp(date->state, "overdue") == 0) buffer_put(text, "OVERDUE: ");
    put_clean(text, regimen_result_record(c->evaluator));
    if (*date->state)
        buffer_printf(text, ": %s, %s expected", rule->name, date->what);
    else
        buffer_printf(text, ": %s %s", rule->drug, date->what);
    if (date->continuous) buffer_put(text, " continuous");
    if (date->day) put_days(date, text);
    ics_text(c->out, "SUMMARY", finish(c));
}

static void put_dose(const struct regimen_date *date, const char *worksheet, struct buffer *text)
{
    buffer_put(text, date->what);
    if (*date->route) buffer_printf(text, ", %s", date->route);
    put_days(date, text);
    buffer_put(text, "\n");
    put_line(text, worksheet);
}

static void put_window(const struct calendar *c, const struct regimen_date *date, struct buffer *text)
{
    buffer_printf(text, "%s is expected from %s to %s, overdue from %s on\n", date->what, date->from,
                  date->to, date->overdue_from);
    buffer_printf(text, "%s as of %s\n\n", date->state, regimen_result_as_of(c->evaluator));
}

static void add_description(struct calendar *c, const struct regimen_rule *rule,
                            const struct regimen_date *date, const char *worksheet)
{
    struct buffer *text = begin(c);
    if (date->ask) put_line(text, "A named person decides whether to give it: see the report.");
    buffer_printf(text, "%s%s%s\n", rule->name, *rule->label ? ": " : "", rule->label);
    if (*date->state)
        put_window(c, date, text);
    else
        put_dose(date, worksheet, text);
    put_origin(c);
    ics_text(c->out, "DESCRIPTION", finish(c));
}

static void add_event(struct calendar *c, const struct regimen_rule *rule, const struct regimen_date *date,
                      const char *worksheet)
{
    if (!worksheet) {
        c->failed = true;
        return;
    }
    ics_line(c->out, "BEGIN", "VEVENT");
    add_uid(c, rule->name, date->from);
    add_day(c, "DTSTART;VALUE=DATE", date->from, 0);
    add_day(c, "DTEND;VALUE=DATE", date->to, 1);
    add_summary(c, rule, date);
    add_description(c, rule, date, worksheet);
    bool certain = has_status(c, "approved") && !date->ask;
    ics_line(c->out, "STATUS", certain ? "CONFIRMED" : "TENTATIVE");
    ics_line(c->out, "CLASS", "PRIVATE");
    ics_line(c->out, "TRANSP", "TRANSPARENT");
    ics_line(c->out, "END", "VEVENT");
}

static void add_events(struct calendar *c)
{
    struct regimen_rule rule;
    for (size_t i = 0; regimen_program_rule(c->program, i, &rule); i++) {
        struct regimen_date date;
        if (!regimen_evaluator_shows(c->evaluator, i)) continue;
        size_t count = regimen_result_dates(c->evaluator, i), index = 0;
        for (; regimen_result_date(c->evaluator, i, index, &date); index++)
            add_event(c, &rule, &date, regimen_result_date_worksheet(c->evaluator, i, index));
        c->failed |= index < count;
    }
}

/* ---- The calendar --------------------------------------------------------------------------------- */

static void put_absent(struct calendar *c)
{
    struct regimen_rule rule;
    for (size_t i = 0; regimen_program_rule(c->program, i, &rule); i++) {
        const char *why = regimen_result_undated(c->evaluator, i);
        if (!why) c->failed = true;
        if (why && *why) buffer_printf(&c->text, "Not in this calendar: %s (%s)\n", rule.name, why);
    }
}

/* What the calendar is, and what is not in it. */
static void add_journal(struct calendar *c)
{
    ics_line(c->out, "BEGIN", "VJOURNAL");
    add_uid(c, "", "");
    add_day(c, "DTSTART;VALUE=DATE", regimen_result_as_of(c->evaluator), 0);
    struct buffer *text = begin(c);
    buffer_put(text, warning(c));
    put_clean(text, regimen_result_record(c->evaluator));
    buffer_put(text, ": treatment calendar, made on this day");
    ics_text(c->out, "SUMMARY", finish(c));
    (void)begin(c);
    put_absent(c);
    put_origin(c);
    ics_text(c->out, "DESCRIPTION", finish(c));
    ics_line(c->out, "CLASS", "PRIVATE");
    ics_line(c->out, "END", "VJOURNAL");
}

bool ics_calendar(const struct regimen_program *program, struct regimen_evaluator *evaluator,
                  struct buffer *out)
{
    struct calendar c = {.program = program, .evaluator = evaluator, .out = out};
    regimen_program_info(program, &c.info);
    put_stamp(&c);
    ics_line(out, "BEGIN", "VCALENDAR");
    ics_line(out, "VERSION", "2.0");
    buffer_printf(begin(&c), "-//Regimen//regimen %s//EN", regimen_version());
    ics_text(out, "PRODID", finish(&c));
    add_journal(&c);
    add_events(&c);
    ics_line(out, "END", "VCALENDAR");
    buffer_free(&c.text);
    return !c.failed && !out->failed;
}
