#include "cli/test_report.h"

#include <string.h>

#include "cli/markup.h"
#include "runtime/json_writer.h"

/* ---- Text ----------------------------------------------------------------------------------------- */

static void put_place(const struct test_report *report, const char *file, unsigned line, struct buffer *out)
{
    if (*file) buffer_printf(out, "%s%s:%u: ", report->folder, file, line);
}

static const char *gap_words(const struct coverage_gap *gap)
{
    if (gap->is_row)
        return gap->never_yes && gap->never_no ? "never seen"
               : gap->never_yes                ? "never fired"
                                               : "always fired";
    return gap->never_yes && gap->never_no ? "never yes and never no"
           : gap->never_yes                ? "never yes"
                                           : "never no";
}

static void text_coverage(const struct test_report *report, struct buffer *out)
{
    struct test_runner *runner = report->coverage;
    struct coverage_sums s = coverage_sums(runner);
    struct coverage_gap gap;
    for (size_t position = 0; coverage_next(runner, &position, &gap);) {
        put_place(report, gap.file, gap.line, out);
        buffer_printf(out, "%s %s: %s\n", gap.is_row ? "row" : "condition", gap.what, gap_words(&gap));
    }
    buffer_printf(out, "rows: %zu of %zu fired, %zu seen not to fire\n", s.rows_fired, s.rows,
                  s.rows_not_fired);
    buffer_printf(out, "conditions: %zu of %zu seen yes, %zu seen no\n", s.conditions_yes, s.conditions,
                  s.conditions_no);
}

static void write_text(const struct test_report *report, struct buffer *out)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct test_entry *entry = &report->entries[i];
        if (entry->passed) continue;
        put_place(report, entry->place.file, entry->place.line, out);
        buffer_printf(out, "FAILED \"%s\"\n%s\n", entry->place.name, buffer_text(&entry->message));
    }
    if (report->coverage) text_coverage(report, out);
    buffer_printf(out, "%zu passed, %zu failed\n", report->passed, report->count - report->passed);
}

/* ---- TAP ------------------------------------------------------------------------------------------ */

/* Every line of text behind start. */
static void put_lines(const char *start, const char *text, struct buffer *out)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        buffer_put(out, start);
        buffer_bytes(out, text, length);
        buffer_put(out, "\n");
        text += length + (text[length] == '\n');
    }
}

/* A `#` would begin a directive. */
static void put_tap_name(const char *name, struct buffer *out)
{
    for (; *name; name++) {
        if (*name == '#' || *name == '\\') buffer_put(out, "\\");
        buffer_bytes(out, *name == '\n' ? " " : name, 1);
    }
}

static void write_tap(const struct test_report *report, struct buffer *out)
{
    buffer_printf(out, "TAP version 13\n1..%zu\n", report->count);
    for (size_t i = 0; i < report->count; i++) {
        const struct test_entry *entry = &report->entries[i];
        buffer_printf(out, "%s %zu - ", entry->passed ? "ok" : "not ok", i + 1);
        put_tap_name(entry->place.name, out);
        buffer_put(out, "\n");
        if (entry->passed) continue;
        buffer_printf(out, "  ---\n  at: '%s%s:%u'\n  message: |\n", report->folder, entry->place.file,
                      entry->place.line);
        put_lines("    ", buffer_text(&entry->message), out);
        buffer_put(out, "  ...\n");
    }
    struct buffer coverage = {0};
    if (report->coverage) text_coverage(report, &coverage);
    put_lines("# ", buffer_text(&coverage), out);
    out->failed |= coverage.failed;
    buffer_free(&coverage);
    buffer_printf(out, "# %zu passed, %zu failed\n", report->passed, report->count - report->passed);
}

/* ---- JUnit ---------------------------------------------------------------------------------------- */

static void put_attribute(const char *name, const char *value, struct buffer *out)
{
    buffer_printf(out, " %s=\"", name);
    markup_put(out, value);
    buffer_put(out, "\"");
}

static void write_case(const struct test_report *report, const struct test_entry *entry, struct buffer *out)
{
    buffer_put(out, "    <testcase");
    put_attribute("classname", report->program, out);
    put_attribute("name", entry->place.name, out);
    buffer_put(out, " file=\"");
    markup_put(out, report->folder);
    markup_put(out, entry->place.file);
    buffer_put(out, "\"");
    buffer_printf(out, " line=\"%u\"", entry->place.line);
    if (!entry->passed) {
        buffer_put(out, ">\n      <failure");
        put_attribute("message", buffer_text(&entry->message), out);
        buffer_put(out, "/>\n    </testcase>\n");
    } else
        buffer_put(out, "/>\n");
}

static void write_junit(const struct test_report *report, struct buffer *out)
{
    size_t failed = report->count - report->passed;
    buffer_put(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buffer_printf(out, "<testsuites tests=\"%zu\" failures=\"%zu\">\n  <testsuite", report->count, failed);
    put_attribute("name", report->program, out);
    buffer_printf(out, " tests=\"%zu\" failures=\"%zu\">\n", report->count, failed);
    for (size_t i = 0; i < report->count; i++)
        write_case(report, &report->entries[i], out);
    if (report->coverage) {
        struct buffer coverage = {0};
        text_coverage(report, &coverage);
        buffer_put(out, "    <system-out>");
        markup_put(out, buffer_text(&coverage));
        buffer_put(out, "</system-out>\n");
        out->failed |= coverage.failed;
        buffer_free(&coverage);
    }
    buffer_put(out, "  </testsuite>\n</testsuites>\n");
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static void json_place(struct json_writer *w, const struct test_report *report, const char *file,
                       unsigned line)
{
    if (!*file) return;
    struct buffer path = {0};
    buffer_printf(&path, "%s%s", report->folder, file);
    json_key_text(w, "file", buffer_text(&path));
    w->out->failed |= path.failed;
    buffer_free(&path);
    json_key_whole(w, "line", line);
}

static void json_entry(struct json_writer *w, const struct test_report *report,
                       const struct test_entry *entry)
{
    json_open_object(w);
    json_key_text(w, "name", entry->place.name);
    json_place(w, report, entry->place.file, entry->place.line);
    json_key_bool(w, "passed", entry->passed);
    if (!entry->passed) json_key_text(w, "message", buffer_text(&entry->message));
    json_close_object(w);
}

static void json_sums(struct json_writer *w, const char *key, size_t count, const char *yes_key, size_t yes,
                      const char *no_key, size_t no)
{
    json_key(w, key);
    json_open_object(w);
    json_key_whole(w, "count", (int64_t)count);
    json_key_whole(w, yes_key, (int64_t)yes);
    json_key_whole(w, no_key, (int64_t)no);
    json_close_object(w);
}

static void json_gap(struct json_writer *w, const struct test_report *report, const struct coverage_gap *gap)
{
    json_open_object(w);
    json_key_text(w, gap->is_row ? "row" : "condition", gap->what);
    json_place(w, report, gap->file, gap->line);
    json_key(w, "never");
    json_open_array(w);
    if (gap->never_yes) json_text(w, "yes");
    if (gap->never_no) json_text(w, "no");
    json_close_array(w);
    json_close_object(w);
}

static void json_coverage(struct json_writer *w, const struct test_report *report)
{
    struct test_runner *runner = report->coverage;
    struct coverage_sums s = coverage_sums(runner);
    struct coverage_gap gap;
    json_key(w, "coverage");
    json_open_object(w);
    json_sums(w, "rows", s.rows, "fired", s.rows_fired, "not_fired", s.rows_not_fired);
    json_sums(w, "conditions", s.conditions, "yes", s.conditions_yes, "no", s.conditions_no);
    json_key(w, "missing");
    json_open_array(w);
    for (size_t position = 0; coverage_next(runner, &position, &gap);)
        json_gap(w, report, &gap);
    json_close_array(w);
    json_close_object(w);
}

static void write_json(const struct test_report *report, struct buffer *out)
{
    struct json_writer w = {.out = out};
    json_open_object(&w);
    json_key_text(&w, "program", report->program);
    json_key_whole(&w, "passed", (int64_t)report->passed);
    json_key_whole(&w, "failed", (int64_t)(report->count - report->passed));
    json_key(&w, "tests");
    json_open_array(&w);
    for (size_t i = 0; i < report->count; i++)
        json_entry(&w, report, &report->entries[i]);
    json_close_array(&w);
    if (report->coverage) json_coverage(&w, report);
    json_close_object(&w);
    buffer_put(out, "\n");
}

test_writer *test_writer_find(const char *format)
{
    static const struct {
        const char *name;
        test_writer *write;
    } WRITERS[] = {{"text", write_text}, {"tap", write_tap}, {"junit", write_junit}, {"json", write_json}};
    for (unsigned i = 0; i < sizeof WRITERS / sizeof *WRITERS; i++)
        if (strcmp(WRITERS[i].name, format) == 0) return WRITERS[i].write;
    return NULL;
}
