#include "cli/ics.h"

#include <libical/ical.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/calendar.h"
#include "runtime/digest.h"

struct calendar {
    const struct regimen_program *program;
    struct regimen_evaluator *evaluator;
    struct regimen_program_info info;
    icalcomponent *component;
    struct icaltimetype stamp;
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

/* A day as text; it has been checked. */
static struct icaltimetype whole_day(const char *text, int later)
{
    struct cal_value value = {0};
    struct icaltimetype t = icaltime_null_date();
    (void)cal_parse(text, strlen(text), &value);
    struct cal_civil civil = cal_to_civil(cal_day_of(value.from) + later);
    t.year = civil.year;
    t.month = civil.month;
    t.day = civil.day;
    return t;
}

/* The last moment that the time of evaluation can mean, in UTC where it has an offset, else as its clock
 * shows it. */
static struct icaltimetype stamp_of(const char *as_of)
{
    struct cal_value value = {0};
    (void)cal_parse(as_of, strlen(as_of), &value);
    cal_clock clock = value.to - (value.offset == CAL_NO_OFFSET ? 0 : value.offset * CAL_MICROS_PER_MINUTE);
    int seconds = (int)((clock - cal_day_of(clock) * CAL_MICROS_PER_DAY) / CAL_MICROS_PER_SECOND);
    struct cal_civil civil = cal_to_civil(cal_day_of(clock));
    struct icaltimetype t = icaltime_null_time();
    t.year = civil.year;
    t.month = civil.month;
    t.day = civil.day;
    t.hour = seconds / 3600;
    t.minute = seconds / 60 % 60;
    t.second = seconds % 60;
    t.zone = icaltimezone_get_utc_timezone();
    return t;
}

/* ---- Properties ----------------------------------------------------------------------------------- */

static void add(struct calendar *c, icalcomponent *to, icalproperty *property)
{
    if (property)
        icalcomponent_add_property(to, property);
    else
        c->failed = true;
}

/* A name for all times: the words, each with its end, as a digest. */
static void add_uid(struct calendar *c, icalcomponent *to, const char *rule, const char *date)
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
    add(c, to, icalproperty_new_uid(finish(c)));
    add(c, to, icalproperty_new_dtstamp(c->stamp));
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

static void add_summary(struct calendar *c, icalcomponent *event, const struct regimen_rule *rule,
                        const struct regimen_date *date)
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
    add(c, event, icalproperty_new_summary(finish(c)));
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

static void add_description(struct calendar *c, icalcomponent *event, const struct regimen_rule *rule,
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
    add(c, event, icalproperty_new_description(finish(c)));
}

static void add_event(struct calendar *c, const struct regimen_rule *rule, const struct regimen_date *date,
                      const char *worksheet)
{
    icalcomponent *event = icalcomponent_new_vevent();
    if (!event || !worksheet) {
        c->failed = true;
        return;
    }
    icalcomponent_add_component(c->component, event);
    add_uid(c, event, rule->name, date->from);
    add(c, event, icalproperty_new_dtstart(whole_day(date->from, 0)));
    add(c, event, icalproperty_new_dtend(whole_day(date->to, 1)));
    add_summary(c, event, rule, date);
    add_description(c, event, rule, date, worksheet);
    bool certain = has_status(c, "approved") && !date->ask;
    add(c, event, icalproperty_new_status(certain ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_TENTATIVE));
    add(c, event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    add(c, event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
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
    icalcomponent *journal = icalcomponent_new_vjournal();
    const char *as_of = regimen_result_as_of(c->evaluator);
    if (!journal) {
        c->failed = true;
        return;
    }
    icalcomponent_add_component(c->component, journal);
    add_uid(c, journal, "", "");
    add(c, journal, icalproperty_new_dtstart(whole_day(as_of, 0)));
    struct buffer *text = begin(c);
    buffer_put(text, warning(c));
    put_clean(text, regimen_result_record(c->evaluator));
    buffer_put(text, ": treatment calendar, made on this day");
    add(c, journal, icalproperty_new_summary(finish(c)));
    (void)begin(c);
    put_absent(c);
    put_origin(c);
    add(c, journal, icalproperty_new_description(finish(c)));
    add(c, journal, icalproperty_new_class(ICAL_CLASS_PRIVATE));
}

static void put_calendar(struct calendar *c, struct buffer *out)
{
    char *text = c->failed ? NULL : icalcomponent_as_ical_string_r(c->component);
    c->failed |= text == NULL;
    if (text) buffer_put(out, text);
    free(text);
}

bool ics_calendar(const struct regimen_program *program, struct regimen_evaluator *evaluator,
                  struct buffer *out)
{
    struct calendar c = {.program = program, .evaluator = evaluator};
    c.component = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    if (!c.component) return false;
    regimen_program_info(program, &c.info);
    c.stamp = stamp_of(regimen_result_as_of(evaluator));
    add(&c, c.component, icalproperty_new_version("2.0"));
    buffer_printf(begin(&c), "-//Regimen//regimen %s//EN", regimen_version());
    add(&c, c.component, icalproperty_new_prodid(finish(&c)));
    add_journal(&c);
    add_events(&c);
    put_calendar(&c, out);
    icalcomponent_free(c.component);
    buffer_free(&c.text);
    return !c.failed && !out->failed;
}
