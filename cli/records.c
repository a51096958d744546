#include "cli/records.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/buffer.h"

enum layout { LAYOUT_NONE, LAYOUT_LINES, LAYOUT_DOCUMENT, LAYOUT_ARRAY };
enum expected { EXPECT_FIRST, EXPECT_ITEM, EXPECT_END };

struct record_source {
    char **files;
    size_t count, at;
    enum layout layout;     /* of the file in hand */
    enum expected expected; /* of a list: an item or its end, an item, its end */
    FILE *stream;
    char *line;
    size_t line_room, line_number;
    struct buffer ahead; /* lines that were read to tell the layout; or the document */
    size_t ahead_at, ahead_line;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), part = strlen(ending);
    return length >= part && strcmp(path + length - part, ending) == 0;
}

/* ---- Which files ---------------------------------------------------------------------------------- */

static bool add_file(struct record_source *s, char *path)
{
    char **more = path ? realloc(s->files, (s->count + 1) * sizeof *more) : NULL;
    if (!more) {
        free(path);
        complain("the memory is not sufficient");
        return false;
    }
    s->files = more;
    s->files[s->count++] = path;
    return true;
}

static int is_record_file(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && ends_with(entry->d_name, ".json");
}

/* By bytes, whatever the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static char *path_join(const char *folder, const char *name)
{
    struct buffer path = {0};
    buffer_printf(&path, "%s%s%s", folder, ends_with(folder, "/") ? "" : "/", name);
    return path.failed ? NULL : path.data;
}

static enum exit_status add_folder(struct record_source *s, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_record_file, by_name);
    enum exit_status status = EXIT_FINE;
    if (count < 0) {
        complain("%s cannot be read: %s", folder, strerror(errno));
        return EXIT_FILE;
    }
    if (count == 0) status = usage_wrong("%s has no records: a folder is read for its `.json` files", folder);
    for (int i = 0; i < count; i++) {
        if (status == EXIT_FINE && !add_file(s, path_join(folder, entries[i]->d_name))) status = EXIT_BUG;
        free(entries[i]);
    }
    free(entries);
    return status;
}

static enum exit_status add_path(struct record_source *s, const char *path)
{
    struct stat about;
    if (ends_with(path, ".csv")) return usage_wrong("%s: records in `.csv` are not supported yet", path);
    bool folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    if (folder) return add_folder(s, path);
    return add_file(s, strdup(path)) ? EXIT_FINE : EXIT_BUG;
}

struct record_source *records_open(const char *const *paths, size_t count, enum exit_status *status)
{
    struct record_source *s = calloc(1, sizeof *s);
    *status = s ? EXIT_FINE : EXIT_BUG;
    if (!s) complain("the memory is not sufficient");
    for (size_t i = 0; i < count && *status == EXIT_FINE; i++)
        *status = add_path(s, paths[i]);
    if (*status == EXIT_FINE) return s;
    records_close(s);
    return NULL;
}

static void close_stream(struct record_source *s)
{
    if (s->stream && s->stream != stdin) fclose(s->stream);
    s->stream = NULL;
    s->layout = LAYOUT_NONE;
}

void records_close(struct record_source *s)
{
    if (!s) return;
    close_stream(s);
    for (size_t i = 0; i < s->count; i++)
        free(s->files[i]);
    free(s->files);
    free(s->line);
    buffer_free(&s->ahead);
    free(s);
}

/* ---- How a file is laid out ----------------------------------------------------------------------- */

/* The next line into s->line, without its end; -1 at the end of the file. */
static ssize_t read_line(struct record_source *s)
{
    ssize_t length = getline(&s->line, &s->line_room, s->stream);
    if (length < 0) return -1;
    s->line_number++;
    if (length > 0 && s->line[length - 1] == '\n') length--;
    return length;
}

static bool is_empty(const char *text, size_t length)
{
    while (length && is_blank(*text))
        text++, length--;
    return length == 0;
}

/* Puts lines into s->ahead until one holds something; how that one begins, or 0 at the end. */
static char look_ahead(struct record_source *s, size_t *start)
{
    for (ssize_t length; (length = read_line(s)) >= 0;) {
        *start = s->ahead.length;
        buffer_bytes(&s->ahead, s->line, (size_t)length);
        buffer_bytes(&s->ahead, "\n", 1);
        if (!is_empty(s->line, (size_t)length)) return *s->line;
    }
    return 0;
}

/* One record a line, unless the first is a list or goes on in the next line. */
static enum layout layout_seen(struct record_source *s)
{
    size_t start = 0, next;
    char first = look_ahead(s, &start);
    if (first == '[' || is_blank(first)) return LAYOUT_DOCUMENT;
    if (first != '{' || json_extent(s->ahead.data + start, s->ahead.length - start) > 0) return LAYOUT_LINES;
    return look_ahead(s, &next) == '{' ? LAYOUT_LINES : LAYOUT_DOCUMENT;
}

static enum layout layout_of(struct record_source *s, const char *path)
{
    if (ends_with(path, ".json")) return LAYOUT_DOCUMENT;
    if (ends_with(path, ".ndjson") || ends_with(path, ".jsonl")) return LAYOUT_LINES;
    return layout_seen(s);
}

static bool read_document(struct record_source *s)
{
    char block[65536];
    for (size_t count; (count = fread(block, 1, sizeof block, s->stream)) > 0;)
        buffer_bytes(&s->ahead, block, count);
    return !ferror(s->stream);
}

static void skip_blanks(struct record_source *s)
{
    for (; s->ahead_at < s->ahead.length && is_blank(s->ahead.data[s->ahead_at]); s->ahead_at++)
        s->ahead_line += s->ahead.data[s->ahead_at] == '\n';
}

static enum records_state failed(const struct record_source *s)
{
    const char *path = s->files[s->at];
    bool standard = strcmp(path, "-") == 0;
    complain("%s cannot be read: %s", standard ? "the standard input" : path, strerror(errno));
    return RECORDS_FAILED;
}

static enum records_state open_file(struct record_source *s)
{
    const char *path = s->files[s->at];
    buffer_clear(&s->ahead);
    s->ahead_at = s->line_number = 0;
    s->ahead_line = 1;
    s->stream = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
    if (!s->stream) return failed(s);
    s->layout = layout_of(s, path);
    if (ferror(s->stream) || (s->layout == LAYOUT_DOCUMENT && !read_document(s))) return failed(s);
    if (s->layout == LAYOUT_DOCUMENT) skip_blanks(s);
    if (s->layout == LAYOUT_DOCUMENT && s->ahead_at < s->ahead.length && s->ahead.data[s->ahead_at] == '[') {
        s->layout = LAYOUT_ARRAY;
        s->expected = EXPECT_FIRST;
        s->ahead_at++;
    }
    if (!s->ahead.failed) return RECORDS_MORE;
    complain("the memory is not sufficient");
    return RECORDS_FAILED;
}

/* ---- Record by record ----------------------------------------------------------------------------- */

static enum records_state hand_out(struct record_source *s, struct record_text *out, size_t length)
{
    *out = (struct record_text){buffer_text(&s->ahead) + s->ahead_at, length, s->ahead_line, NULL};
    for (size_t i = 0; i < length; i++)
        s->ahead_line += out->text[i] == '\n';
    s->ahead_at += length;
    return RECORDS_MORE;
}

static enum records_state rest_of_document(struct record_source *s, struct record_text *out)
{
    s->layout = LAYOUT_NONE;
    return hand_out(s, out, s->ahead.length - s->ahead_at);
}

static char character_at(const struct record_source *s)
{
    return s->ahead_at < s->ahead.length ? s->ahead.data[s->ahead_at] : 0;
}

/* What stands after an item: a comma and another item, or the end of the list. */
static void pass_separator(struct record_source *s)
{
    skip_blanks(s);
    s->expected = character_at(s) == ',' ? EXPECT_ITEM : EXPECT_END;
    if (s->expected == EXPECT_ITEM) s->ahead_at++;
}

/* What does not look like the rest of a list is handed out as one record, which is then refused. */
static enum records_state next_of_array(struct record_source *s, struct record_text *out)
{
    skip_blanks(s);
    if (character_at(s) == ']' && s->expected != EXPECT_ITEM) {
        s->ahead_at++;
        skip_blanks(s);
        return s->ahead_at < s->ahead.length ? rest_of_document(s, out) : RECORDS_END;
    }
    size_t length = json_extent(s->ahead.data + s->ahead_at, s->ahead.length - s->ahead_at);
    if (length == 0 || s->expected == EXPECT_END) return rest_of_document(s, out);
    enum records_state state = hand_out(s, out, length);
    pass_separator(s);
    return state;
}

/* First the lines that were read to tell the layout. */
static enum records_state next_line(struct record_source *s, struct record_text *out)
{
    while (s->ahead_at < s->ahead.length) {
        const char *text = s->ahead.data + s->ahead_at;
        size_t length = (size_t)((const char *)memchr(text, '\n', s->ahead.length - s->ahead_at) - text);
        bool empty = is_empty(text, length);
        if (!empty)
            hand_out(s, out, length);
        else
            s->ahead_at += length;
        s->ahead_at++;
        s->ahead_line++;
        if (!empty) return RECORDS_MORE;
    }
    for (ssize_t length; (length = read_line(s)) >= 0;) {
        if (is_empty(s->line, (size_t)length)) continue;
        *out = (struct record_text){s->line, (size_t)length, s->line_number, NULL};
        return RECORDS_MORE;
    }
    return ferror(s->stream) ? failed(s) : RECORDS_END;
}

static enum records_state next_of_file(struct record_source *s, struct record_text *out)
{
    switch (s->layout) {
    case LAYOUT_LINES: return next_line(s, out);
    case LAYOUT_DOCUMENT: return rest_of_document(s, out);
    case LAYOUT_ARRAY: return next_of_array(s, out);
    case LAYOUT_NONE: break;
    }
    return RECORDS_END;
}

enum records_state records_next(struct record_source *s, struct record_text *out)
{
    while (s->at < s->count) {
        enum records_state state = s->stream ? RECORDS_MORE : open_file(s);
        if (state == RECORDS_MORE) state = next_of_file(s, out);
        if (state == RECORDS_MORE && strcmp(s->files[s->at], "-") != 0) out->file = s->files[s->at];
        if (state != RECORDS_END) return state;
        close_stream(s);
        s->at++;
    }
    return RECORDS_END;
}
