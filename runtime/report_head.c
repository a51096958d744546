/* On top of a report: who the patient is, as the protocol says it by `report shows`. */
#include <string.h>

#include "runtime/report_parts.h"
#include "runtime/shown.h"

enum { TIED = 24 }; /* characters of a value with its name that stay on one line */

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* The label where it is shorter than the name. */
static void put_name(const struct shown *s, struct buffer *out)
{
    bool label = *s->label && characters(s->label) < characters(s->name);
    for (const char *c = label ? s->label : s->name; *c; c++)
        buffer_bytes(out, !label && *c == '_' ? " " : c, 1);
}

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static void put_known(const struct report *r, const struct shown *s, struct buffer *out)
{
    buffer_put(out, " ");
    size_t start = out->length;
    fact_value(r->v, &s->fact, VALUE_SHORT, out);
    if (s->fact.written && !begins_with(buffer_text(out) + start, s->fact.written))
        buffer_printf(out, " (written %s)", s->fact.written);
}

/* "weight: absent", "age: unknown (birth_date: absent)" */
static void put_missing(const struct report *r, const struct shown *s, struct buffer *out)
{
    bool defined = s->fact.node->kind == NODE_DEFINE && s->fact.value && s->fact.value->tag == TAG_UNKNOWN;
    buffer_put(out, defined ? ": unknown (" : ": ");
    size_t start = out->length;
    shown_why(r->v, s, out);
    bool silent = out->length == start;
    if (silent && defined) buffer_cut(out, start - strlen(" ("));
    if (silent && !defined) buffer_put(out, "unknown");
    if (!silent && defined) buffer_put(out, ")");
}

/* The day alone: the time of day stands where a rule reads it. */
static void put_day(const struct report *r, const struct fact *fact, struct buffer *out)
{
    buffer_clear(out);
    fact_date(r->v, fact, out);
    buffer_cut(out, strcspn(buffer_text(out), "T"));
}

/* One of them in r->side, and the date of its observation in r->line.date.  No line ends within a short one.
 */
static void word_item(struct report *r, const struct shown *s)
{
    buffer_clear(&r->side);
    buffer_clear(&r->line.date);
    put_name(s, &r->side);
    if (!shown_has_value(s)) {
        put_missing(r, s, &r->side);
        return;
    }
    put_known(r, s, &r->side);
    put_day(r, &s->fact, &r->line.date);
    for (size_t i = 0; r->side.length <= TIED && i < r->side.length; i++)
        if (r->side.data[i] == ' ') r->side.data[i] = PAGE_TIE[0];
}

static void put_observed(const struct buffer *date, struct buffer *text)
{
    if (date->length) buffer_printf(text, " on" PAGE_TIE "%s", buffer_text(date));
}

/* What was observed at one time has its date once: "weight 18 kg, height 112.5 cm on 2026-02-02". */
void report_shown(struct report *r)
{
    struct buffer *text = report_begin(r), *last = &r->line.remark;
    buffer_clear(last);
    for (uint32_t i = 0; i < r->v->image->SHOWN_count; i++) {
        struct shown s = shown_at(r->v, i);
        word_item(r, &s);
        bool together = last->length && strcmp(buffer_text(last), buffer_text(&r->line.date)) == 0;
        if (!together) put_observed(last, text);
        if (i) buffer_put(text, together ? ", " : "; ");
        buffer_put(text, buffer_text(&r->side));
        buffer_clear(last);
        buffer_put(last, buffer_text(&r->line.date));
    }
    put_observed(last, text);
    report_end(r, "Shown");
}
