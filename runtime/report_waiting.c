/* What is missing, most wanted first, and which results wait for it. */
#include <stdlib.h>
#include <string.h>

#include "runtime/report_parts.h"

enum {
    LINES_SHOWN = 6, /* of the record's values, and of the institution's */
    MORE_WIDTH = 14, /* of ", " and " and 99 more" */
    WHY_COLUMN = 42,
    NAMES_COLUMN = 56
};

/* A cell for each result of the report and each input, parameter and rule: whether it waits for it. */
struct waiting {
    const struct result_view *v;
    uint32_t reads;
    bool *waits;
    uint32_t *counts; /* by read: how many wait for it */
};

static uint32_t place_of(const struct image *image, uint32_t read)
{
    switch (read_kind_of(read)) {
    case READ_INPUT: return read_index_of(read);
    case READ_PARAM: return image->INPUTS_count + read_index_of(read);
    default: return image->INPUTS_count + image->PARAMS_count + read_index_of(read);
    }
}

static uint32_t read_at(const struct image *image, uint32_t place)
{
    if (place < image->INPUTS_count) return (uint32_t)READ_INPUT << 28 | place;
    place -= image->INPUTS_count;
    if (place < image->PARAMS_count) return (uint32_t)READ_PARAM << 28 | place;
    return (uint32_t)READ_RULE << 28 | (place - image->PARAMS_count);
}

/* A result that waits for another one waits for what that one waits for. */
static void mark(struct waiting *w, uint32_t at, uint32_t rule)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(w->v, rule, &reads);
    for (uint32_t i = 0; i < count; i++) {
        bool *cell = &w->waits[(size_t)at * w->reads + place_of(w->v->image, reads[i])];
        if (*cell) continue;
        *cell = true;
        bool other = read_kind_of(reads[i]) == READ_RULE;
        if (other && eval_result(w->v->context, read_index_of(reads[i]))->outcome == OUTCOME_UNKNOWN)
            mark(w, at, read_index_of(reads[i]));
        else
            w->counts[place_of(w->v->image, reads[i])]++;
    }
}

static bool is_waiting(const struct result_view *v, uint32_t rule)
{
    return view_shows(v, rule) && v->image->RULES[rule].kind != RULE_GUARANTEE &&
           eval_result(v->context, rule)->outcome == OUTCOME_UNKNOWN;
}

/* "4: nci_risk, bfm_risk and 2 more": as many names as a line holds. */
static void put_names(const struct waiting *w, uint32_t place, struct buffer *out)
{
    uint32_t shown = 0, count = w->counts[place];
    buffer_printf(out, "%u: ", count);
    for (uint32_t at = 0; at < w->v->order_count && shown < count; at++) {
        if (!w->waits[(size_t)at * w->reads + place]) continue;
        const char *name = view_text(w->v, w->v->image->RULES[w->v->order[at]].name);
        if (shown && out->length + strlen(name) > PAGE_WIDTH - NAMES_COLUMN - MORE_WIDTH) break;
        buffer_printf(out, "%s%s", shown++ ? ", " : "", name);
    }
    if (count > shown) buffer_printf(out, " and %u more", count - shown);
}

static uint32_t first_waiting(const struct waiting *w, uint32_t place)
{
    uint32_t at = 0;
    while (!w->waits[(size_t)at * w->reads + place])
        at++;
    return w->v->order[at];
}

static bool waits_alike(const struct waiting *w, uint32_t a, uint32_t b)
{
    if (w->counts[a] != w->counts[b]) return false;
    for (uint32_t at = 0; at < w->v->order_count; at++)
        if (w->waits[(size_t)at * w->reads + a] != w->waits[(size_t)at * w->reads + b]) return false;
    return true;
}

static void put_why(const struct waiting *w, uint32_t place, struct buffer *out)
{
    buffer_clear(out);
    read_why(w->v, first_waiting(w, place), read_at(w->v->image, place), out);
}

/* The names of all for which the same results wait for the same reason; those after the first are done with. */
static void put_alike(struct waiting *w, uint32_t place, uint32_t end, const struct buffer *why,
                      struct buffer *names)
{
    struct buffer other = {0};
    buffer_put(names, read_name(w->v, read_at(w->v->image, place)));
    for (uint32_t next = place + 1; next < end; next++) {
        if (!waits_alike(w, place, next)) continue;
        put_why(w, next, &other);
        if (strcmp(buffer_text(&other), buffer_text(why)) != 0) continue;
        buffer_printf(names, ", %s", read_name(w->v, read_at(w->v->image, next)));
        w->counts[next] = 0;
    }
    names->failed |= other.failed;
    buffer_free(&other);
}

static void write_line(struct report *r, struct waiting *w, uint32_t place, uint32_t end)
{
    struct buffer why = {0}, *names = report_begin(r);
    put_why(w, place, &why);
    put_alike(w, place, end, &why, names);
    buffer_clear(&r->side);
    put_names(w, place, &r->side);
    w->counts[place] = 0;
    struct page_column columns[] = {
        {REPORT_LABEL, WHY_COLUMN - REPORT_LABEL - 1, buffer_text(names)},
        {WHY_COLUMN, NAMES_COLUMN - WHY_COLUMN - 1, buffer_text(&why)},
        {NAMES_COLUMN, PAGE_WIDTH - NAMES_COLUMN, buffer_text(&r->side)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
    r->out->failed |= why.failed;
    buffer_free(&why);
}

/* The place that most results wait for, of those from first on and below end; NONE32 where there is none. */
static uint32_t most_wanted(const struct waiting *w, uint32_t first, uint32_t end)
{
    uint32_t best = NONE32;
    for (uint32_t place = first; place < end; place++)
        if (w->counts[place] && (best == NONE32 || w->counts[place] > w->counts[best])) best = place;
    return best;
}

static void write_lines(struct report *r, struct waiting *w, uint32_t first, uint32_t end, const char *title)
{
    uint32_t left = 0, place;
    for (unsigned shown = 0; (place = most_wanted(w, first, end)) != NONE32; shown++) {
        if (shown == 0) page_text(r->out, 0, title);
        if (shown < LINES_SHOWN) {
            write_line(r, w, place, end);
        } else {
            w->counts[place] = 0;
            left++;
        }
    }
    if (!left) return;
    buffer_printf(report_begin(r), "and %u more, which --all lists", left);
    page_text(r->out, REPORT_LABEL, buffer_text(&r->text));
}

void report_waiting(struct report *r)
{
    const struct image *image = r->v->image;
    struct waiting w = {.v = r->v, .reads = image->INPUTS_count + image->PARAMS_count + image->RULES_count};
    w.waits = calloc((size_t)w.reads * r->v->order_count + 1, sizeof *w.waits);
    w.counts = calloc((size_t)w.reads + 1, sizeof *w.counts);
    if (w.waits && w.counts) {
        uint32_t params = image->INPUTS_count, rules = params + image->PARAMS_count;
        for (uint32_t at = 0; at < r->v->order_count; at++)
            if (is_waiting(r->v, r->v->order[at])) mark(&w, at, r->v->order[at]);
        write_lines(r, &w, 0, params, "From the record, and how many results wait for it:");
        write_lines(r, &w, params, rules, "From the institution:");
        write_lines(r, &w, rules, w.reads, "From other results:");
    } else {
        r->out->failed = true;
    }
    free(w.waits);
    free(w.counts);
}
