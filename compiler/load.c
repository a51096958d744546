/* Which files make the program: the given ones, and those that they use.  What they say together - cycles,
   one protocol in two files, the head - is program.c. */
#include "compiler/compilation.h"
#include "compiler/file.h"
#include "compiler/markdown.h"
#include "compiler/program.h"

#include <stdio.h>
#include <string.h>

/* A rule file of a folder that `use` looks into, known by its protocol line alone. */
struct listed {
    const char *path, *folder;
    const char *protocol; /* NULL where it has no readable protocol line */
    struct listed *next;
};

struct folder {
    const char *path;
    struct folder *next;
};

struct seen {
    struct file_identity identity;
    struct seen *next;
};

/* Loading while it goes on.  Files are known by device and inode, so that one file given twice, or by
   two paths, is one. */
struct loader {
    struct compilation *c;
    struct io_error error;
    struct seen *seen;      /* files that were loaded */
    struct folder *folders; /* that were listed */
    struct listed *listed;
    struct protocol **end; /* where the next protocol is linked */
    bool nameless;         /* a file has no protocol name: what is missing may stand in it */
};

/* Room doubles whenever the count reaches a power of two. */
static void *array_with_room(struct arena *arena, void *array, uint32_t count, size_t size)
{
    if (count & (count - 1)) return array;
    char *larger = arena_alloc(arena, (count ? 2 * (size_t)count : 1) * size);
    if (count) memcpy(larger, array, count * size);
    return larger;
}

/* The number of the file in the compilation, which spans carry.  The name in the program is set by
   program_finish, when all files are there. */
static uint32_t add_file(struct loader *l, const char *path, const char *text, size_t length)
{
    struct compilation *c = l->c;
    static const char mark[] = "\xEF\xBB\xBF"; /* some editors put it before UTF-8 */
    size_t skip = strncmp(text, mark, 3) == 0 ? 3 : 0;
    const char *shown = strcmp(path, "-") == 0 ? "standard input" : path;
    c->files = array_with_room(c->arena, c->files, c->file_count, sizeof *c->files);
    c->files[c->file_count] = (struct source_file){shown, shown, text + skip, length - skip, text + skip};
    return c->file_count++;
}

static bool is_seen(const struct loader *l, struct file_identity identity)
{
    for (const struct seen *seen = l->seen; seen; seen = seen->next)
        if (seen->identity.device == identity.device && seen->identity.node == identity.node) return true;
    return false;
}

/* True the first time. */
static bool see(struct loader *l, struct file_identity identity)
{
    if (is_seen(l, identity)) return false;
    struct seen *seen = arena_alloc(l->c->arena, sizeof *seen);
    *seen = (struct seen){identity, l->seen};
    l->seen = seen;
    return true;
}

/* A file or folder about which there is something to say, and no text to show. */
static struct diag *report_path(struct loader *l, enum diag_code code, const char *path, const char *message)
{
    uint32_t file = add_file(l, path, "", 0);
    l->nameless = true;
    return diag_report(&l->c->sink, code, (struct span){file, 0, 0}, "%s", message);
}

static void report_site(struct loader *l, const struct protocol *site)
{
    struct diag *d =
        diag_report(&l->c->sink, DIAG_SITE_AS_PROGRAM, site->span, "this is a site file, not a protocol");
    diag_help(&l->c->sink, d, "give the protocol, and this file with `--site %s`",
              l->c->files[site->file].path);
}

/* NULL where the file is no text or a site file. */
static struct protocol *parse_protocol(struct loader *l, uint32_t file)
{
    if (!file_take_rules(&l->c->sink, &l->c->files[file], file)) return NULL;
    struct protocol *protocol = parse_file(l->c, file);
    if (!protocol->is_site) return protocol;
    report_site(l, protocol);
    return NULL;
}

static void load_source(struct loader *l, const char *path, const char *text, size_t length)
{
    struct protocol *protocol = parse_protocol(l, add_file(l, path, text, length));
    if (!protocol || !protocol->name.text) l->nameless = true;
    if (!protocol) return;
    *l->end = protocol;
    l->end = &protocol->next;
}

static bool load_file(struct loader *l, const char *path)
{
    const char *text;
    size_t length;
    struct file_identity identity;
    if (!file_read(l->c->arena, path, &text, &length, &identity, &l->error)) return false;
    if (see(l, identity)) load_source(l, path, text, length);
    return true;
}

/* False for a Markdown file that is prose alone.  What cannot be read is said when it is loaded. */
static bool holds_rules(struct loader *l, const char *path)
{
    struct io_error ignored = {NULL, 0};
    struct file_identity identity;
    const char *text;
    size_t length;
    if (!markdown_is_path(path) || !file_read(l->c->arena, path, &text, &length, &identity, &ignored))
        return true;
    return markdown_read(l->c->arena, text, length, NULL, 0).holds_rules;
}

/* The paths of the rule files of a folder, sorted. */
static bool list_rule_files(struct loader *l, const char *folder, const char ***paths, size_t *count)
{
    size_t kept = 0;
    if (!folder_list(l->c->arena, folder, paths, count, &l->error)) return false;
    for (size_t i = 0; i < *count; i++)
        if (holds_rules(l, (*paths)[i])) (*paths)[kept++] = (*paths)[i];
    *count = kept;
    return true;
}

static bool load_folder(struct loader *l, const char *folder)
{
    const char **paths;
    size_t count;
    if (!list_rule_files(l, folder, &paths, &count)) return false;
    if (count == 0) {
        struct diag *d = report_path(l, DIAG_FOLDER_EMPTY, folder, "the folder holds no rule files");
        diag_help(&l->c->sink, d,
                  "the names of rule files end in .rgm, or in .md where they have ```regimen blocks; "
                  "subfolders are "
                  "not read");
    }
    for (size_t i = 0; i < count; i++)
        if (!load_file(l, paths[i])) return false;
    return true;
}

/* ---- use ---------------------------------------------------------------------------------------------- */

/* The name in the protocol line, which is the first that is not blank and no comment; else NULL. */
static const char *protocol_line(struct arena *arena, const char *text)
{
    static const char word[] = "protocol", name[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    for (text += strspn(text, "\xEF\xBB\xBF \t\r\n"); *text == '#'; text += strspn(text, " \t\r\n"))
        text += strcspn(text, "\n");
    if (strncmp(text, word, sizeof word - 1) != 0) return NULL;
    text += sizeof word - 1;
    size_t blanks = strspn(text, " \t"), length = strspn(text + blanks, name);
    return blanks && length ? arena_copy(arena, text + blanks, length) : NULL;
}

static void list_file(struct loader *l, const char *folder, const char *path)
{
    struct io_error ignored = {NULL, 0};
    struct file_identity identity;
    const char *text = NULL;
    size_t length = 0;
    if (file_read(l->c->arena, path, &text, &length, &identity, &ignored) && is_seen(l, identity)) return;
    struct listed *listed = arena_alloc(l->c->arena, sizeof *listed);
    if (text && markdown_is_path(path)) text = markdown_read(l->c->arena, text, length, NULL, 0).rules;
    *listed = (struct listed){path, folder, text ? protocol_line(l->c->arena, text) : NULL, l->listed};
    l->listed = listed;
}

/* Once for each folder. */
static bool list_folder(struct loader *l, const char *path)
{
    const char **paths;
    size_t count;
    for (struct folder *f = l->folders; f; f = f->next)
        if (strcmp(f->path, path) == 0) return true;
    if (!list_rule_files(l, path, &paths, &count)) return false;
    struct folder *folder = arena_alloc(l->c->arena, sizeof *folder);
    *folder = (struct folder){path, l->folders};
    l->folders = folder;
    for (size_t i = count; i > 0; i--)
        list_file(l, path, paths[i - 1]);
    return true;
}

/* NAME.rgm or NAME.md, with the dots as written, or the last part of the name. */
static bool is_named_after(struct arena *arena, const struct listed *listed, const char *name)
{
    const char *dot = strrchr(name, '.');
    const char *ending = markdown_is_path(listed->path) ? "md" : "rgm";
    const char *whole = arena_printf(arena, "%s.%s", name, ending);
    const char *last = arena_printf(arena, "%s.%s", dot ? dot + 1 : name, ending);
    return strcmp(listed->path, path_join(arena, listed->folder, whole)) == 0 ||
           strcmp(listed->path, path_join(arena, listed->folder, last)) == 0;
}

/* Loads the files of the folder that hold the protocol.  Where no protocol line says so, the name of a file
   does that has none: what is wrong with its first line will be reported. */
static bool load_used(struct loader *l, const char *folder, const char *name, bool *found)
{
    if (!list_folder(l, folder)) return false;
    for (int by_file_name = 0; by_file_name < 2 && !*found; by_file_name++)
        for (struct listed *listed = l->listed; listed; listed = listed->next) {
            if (strcmp(listed->folder, folder) != 0) continue;
            if (by_file_name ? listed->protocol || !is_named_after(l->c->arena, listed, name)
                             : !listed->protocol || strcmp(listed->protocol, name) != 0)
                continue;
            *found = true;
            if (!load_file(l, listed->path)) return false;
        }
    return true;
}

static void report_missing(struct loader *l, const struct name *use, const char *folder)
{
    uint32_t count = 0;
    const char **names = NULL;
    for (struct protocol *p = l->c->protocols; p; p = p->next)
        if (p->name.text) {
            names = array_with_room(l->c->arena, names, count, sizeof *names);
            names[count++] = p->name.text;
        }
    for (struct listed *listed = l->listed; listed; listed = listed->next)
        if (listed->protocol && strcmp(listed->folder, folder) == 0) {
            names = array_with_room(l->c->arena, names, count, sizeof *names);
            names[count++] = listed->protocol;
        }
    struct diag *d =
        diag_report(&l->c->sink, DIAG_USE_MISSING, use->span, "no file holds `protocol %s`", use->text);
    const char *meant = suggest(use->text, names, count);
    if (meant)
        diag_help(&l->c->sink, d, "did you mean `%s`?", meant);
    else
        diag_help(&l->c->sink, d, "it is looked for among the given files and in the folder of this file");
}

static bool load_uses(struct loader *l, const struct protocol *user)
{
    const char *folder = path_folder(l->c->arena, l->c->files[user->file].path);
    for (const struct name *use = user->uses; use; use = use->next) {
        bool found = program_find(l->c, use->text) != NULL;
        if (!found && !load_used(l, folder, use->text, &found)) return false;
        if (!found && !l->nameless) report_missing(l, use, folder);
    }
    return true;
}

/* The given files are all read before what they use is looked for. */
static bool load_rest(struct loader *l)
{
    uint32_t given_count = l->c->file_count;
    for (struct protocol *p = l->c->protocols; p; p = p->next)
        if (!load_uses(l, p)) return false;
    program_finish(l->c, given_count, l->nameless);
    return true;
}

bool load_program(struct compilation *c, const char *const *paths, size_t count, char *io_error,
                  size_t io_error_size)
{
    struct loader l = {.c = c, .error = {io_error, io_error_size}, .end = &c->protocols};
    for (size_t i = 0; i < count; i++) {
        int is_folder = path_is_folder(paths[i], &l.error);
        if (is_folder < 0 || !(is_folder ? load_folder(&l, paths[i]) : load_file(&l, paths[i]))) return false;
    }
    return load_rest(&l);
}

bool load_text(struct compilation *c, const char *name, const char *text, size_t length)
{
    struct loader l = {.c = c, .end = &c->protocols};
    load_source(&l, name, arena_copy(c->arena, text, length), length);
    return load_rest(&l);
}

static void load_site_file(struct compilation *c, uint32_t file)
{
    if (!file_take_rules(&c->sink, &c->files[file], file)) return;
    struct protocol *site = parse_file(c, file);
    if (site->is_site)
        c->site = site;
    else
        diag_report(&c->sink, DIAG_PROGRAM_AS_SITE, site->span, "this is a protocol, not a site file");
}

bool load_site(struct compilation *c, const char *path, char *io_error, size_t io_error_size)
{
    struct loader l = {.c = c, .error = {io_error, io_error_size}};
    const char *text;
    size_t length;
    struct file_identity identity;
    if (!file_read(c->arena, path, &text, &length, &identity, &l.error)) return false;
    load_site_file(c, add_file(&l, path, text, length));
    return true;
}
