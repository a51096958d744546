/* What is missing, most wanted first, and which results wait for it. */
#include <stdlib.h>
#include <string.h>

#include "runtime/report_parts.h"

enum {
    LEAST_SHOWN = 1, /* where the page has no room for more */
    MORE_WIDTH = 14, /* of ", " and " and 99 more" */
    COUNT_WIDTH = 4,
    TEXT_COLUMN = 8
};

/* A row for each input, parameter and rule, with a cell for each result of the report: whether that waits for
 * it. */
struct waiting {
    const struct result_view *v;
    uint32_t reads;
    bool *waits;
    uint32_t *counts; /* by read: how many wait for it */
    bool *urgent;     /* by read: a dose for this patient waits for it, or a question about it */
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

static bool *waits_of(const struct waiting *w, uint32_t place)
{
    return w->waits + (size_t)place * w->v->order_count;
}

static bool is_waiting(const struct result_view *v, uint32_t rule)
{
    return view_shows(v, rule) && v->image->RULES[rule].kind != RULE_GUARANTEE &&
           eval_result(v->context, rule)->outcome == OUTCOME_UNKNOWN;
}

static void mark_reads(struct waiting *w, uint32_t at, const uint32_t *reads, uint32_t count, bool urgent);

/* A result that waits for another one waits for what that one waits for. */
static void mark(struct waiting *w, uint32_t at, uint32_t rule, bool urgent)
{
    const uint32_t *reads;
    uint32_t count = view_rule_missing(w->v, rule, &reads);
    mark_reads(w, at, reads, count, urgent);
}

static void mark_reads(struct waiting *w, uint32_t at, const uint32_t *reads, uint32_t count, bool urgent)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = place_of(w->v->image, reads[i]);
        bool *cell = &waits_of(w, place)[at];
        if (*cell) continue;
        *cell = true;
        bool other = read_kind_of(reads[i]) == READ_RULE;
        if (other && eval_result(w->v->context, read_index_of(reads[i]))->outcome == OUTCOME_UNKNOWN) {
            mark(w, at, read_index_of(reads[i]), urgent);
            continue;
        }
        w->counts[place]++;
        w->urgent[place] |= urgent;
    }
}

/* A dose that is decided may wait for what is asked about it. */
static void mark_questions(struct report *r, struct waiting *w, uint32_t at)
{
    struct run rows = w->v->image->RULES[w->v->order[at]].rows;
    struct buffer scratch = {0};
    for (uint32_t row = rows.first; row < rows.first + rows.count; row++) {
        const uint32_t *reads;
        if (view_truth(w->v, row) != TRUTH_UNKNOWN) continue;
        uint32_t count = view_row_missing(w->v, row, &scratch, &reads);
        mark_reads(w, at, reads, count, true);
    }
    r->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

static bool is_for_patient(const struct result_view *v, uint32_t rule)
{
    return v->image->RULES[rule].kind == RULE_DOSE && eval_result(v->context, rule)->applies == TRUTH_YES;
}

static void mark_all(struct report *r, struct waiting *w)
{
    for (uint32_t at = 0; at < w->v->order_count; at++) {
        uint32_t rule = w->v->order[at];
        bool dose = is_for_patient(w->v, rule);
        if (is_waiting(w->v, rule))
            mark(w, at, rule, dose);
        else if (dose && view_shows(w->v, rule))
            mark_questions(r, w, at);
    }
}

/* "nci_risk, bfm_risk and 2 more": as many names as the line has room for, and at least one. */
static void put_names(const struct waiting *w, uint32_t place, struct buffer *out)
{
    uint32_t shown = 0, count = w->counts[place];
    for (uint32_t at = 0; at < w->v->order_count && shown < count; at++) {
        if (!waits_of(w, place)[at]) continue;
        const char *name = view_text(w->v, w->v->image->RULES[w->v->order[at]].name);
        if (shown && out->length + strlen(name) > PAGE_WIDTH - TEXT_COLUMN - MORE_WIDTH) break;
        buffer_printf(out, "%s%s", shown++ ? ", " : "", name);
    }
    if (count > shown) buffer_printf(out, " and %u more", count - shown);
}

static uint32_t first_waiting(const struct waiting *w, uint32_t place)
{
    uint32_t at = 0;
    while (!waits_of(w, place)[at])
        at++;
    return w->v->order[at];
}

static bool waits_alike(const struct waiting *w, uint32_t a, uint32_t b)
{
    return w->counts[a] == w->counts[b] && memcmp(waits_of(w, a), waits_of(w, b), w->v->order_count) == 0;
}

static void put_why(const struct waiting *w, uint32_t place, struct buffer *out)
{
    buffer_clear(out);
    read_why(w->v, first_waiting(w, place), read_at(w->v->image, place), out);
}

/* What kind of thing it is where it is no value of the record; beside others of the kind that stands there
 * once. */
static void put_read(const struct waiting *w, uint32_t place, enum read_kind before, struct buffer *out)
{
    uint32_t read = read_at(w->v->image, place);
    enum read_kind kind = read_kind_of(read);
    if (kind == READ_PARAM && before != kind) buffer_put(out, "parameter ");
    if (kind == READ_RULE && before != kind) buffer_put(out, "result ");
    buffer_put(out, read_name(w->v, read));
}

/* The names of all for which the same results wait for the same reason; those after the first are done with.
 */
static void put_alike(struct waiting *w, uint32_t place, const struct buffer *why, struct buffer *names)
{
    struct buffer other = {0};
    enum read_kind kind = read_kind_of(read_at(w->v->image, place));
    put_read(w, place, READ_INPUT, names);
    for (uint32_t next = place + 1; next < w->reads; next++) {
        if (!waits_alike(w, place, next)) continue;
        put_why(w, next, &other);
        if (strcmp(buffer_text(&other), buffer_text(why)) != 0) continue;
        buffer_put(names, ", ");
        put_read(w, next, kind, names);
        kind = read_kind_of(read_at(w->v->image, next));
        w->counts[next] = 0;
    }
    names->failed |= other.failed;
    buffer_free(&other);
}

/* "tests_requested (absent): ", of all that stand in one line. */
static struct buffer *begin_line(struct report *r, struct waiting *w, uint32_t place)
{
    struct buffer why = {0}, *text = report_begin(r);
    put_why(w, place, &why);
    put_alike(w, place, &why, text);
    buffer_printf(text, " (%s): ", buffer_text(&why));
    r->out->failed |= why.failed;
    buffer_free(&why);
    return text;
}

/* "7  tests_requested (absent): genetic_tests_due and 6 more" */
static void write_line(struct report *r, struct waiting *w, uint32_t place)
{
    struct buffer *text = begin_line(r, w, place);
    buffer_clear(&r->side);
    buffer_printf(&r->side, "%*u", COUNT_WIDTH, w->counts[place]);
    put_names(w, place, text);
    struct page_column columns[] = {
        {REPORT_LABEL, COUNT_WIDTH, buffer_text(&r->side)},
        {TEXT_COLUMN, PAGE_WIDTH - TEXT_COLUMN, buffer_text(text)},
    };
    page_columns(r->out, columns, sizeof columns / sizeof *columns);
}

/* What a dose of this patient waits for goes before all else. */
static bool is_wanted_more(const struct waiting *w, uint32_t a, uint32_t b)
{
    return w->urgent[a] != w->urgent[b] ? w->urgent[a] : w->counts[a] > w->counts[b];
}

/* The place that most results wait for; NONE32 where none waits. */
static uint32_t most_wanted(const struct waiting *w)
{
    uint32_t best = NONE32;
    for (uint32_t place = 0; place < w->reads; place++)
        if (w->counts[place] && (best == NONE32 || is_wanted_more(w, place, best))) best = place;
    return best;
}

/* As many lines as the page has room for, with one for how many are left. */
static void write_lines(struct report *r, struct waiting *w)
{
    struct buffer line = {0}, *page = r->out;
    unsigned used = r->lines + 1 + r->spaced, shown = 0, left = 0;
    for (uint32_t place; (place = most_wanted(w)) != NONE32; w->counts[place] = 0) {
        if (left) {
            (void)begin_line(r, w, place); /* it takes others with it, and is not shown */
            left++;
            continue;
        }
        r->out = &line;
        buffer_clear(&line);
        write_line(r, w, place);
        r->out = page;
        used += page_lines(&line);
        left = shown >= LEAST_SHOWN && (r->tight || used >= PAGE_LINES);
        if (left) continue;
        shown++;
        buffer_put(page, buffer_text(&line));
    }
    page->failed |= line.failed;
    buffer_free(&line);
    if (!left) return;
    buffer_printf(report_begin(r), "and %u more, which --all lists", left);
    page_text(r->out, TEXT_COLUMN, buffer_text(&r->text));
}

void report_waiting(struct report *r)
{
    const struct image *image = r->v->image;
    struct waiting w = {.v = r->v, .reads = image->INPUTS_count + image->PARAMS_count + image->RULES_count};
    w.waits = calloc((size_t)w.reads * r->v->order_count + 1, sizeof *w.waits);
    w.counts = calloc((size_t)w.reads + 1, sizeof *w.counts);
    w.urgent = calloc((size_t)w.reads + 1, sizeof *w.urgent);
    if (w.waits && w.counts && w.urgent) {
        mark_all(r, &w);
        write_lines(r, &w);
    } else {
        r->out->failed = true;
    }
    free(w.waits);
    free(w.counts);
    free(w.urgent);
}
