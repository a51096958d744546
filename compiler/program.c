/* What the files of a program say together: that no protocol is in two files, that `use` has no circles,
   and which protocol heads the program. */
#include "compiler/program.h"

#include <stdlib.h>
#include <string.h>

struct protocol *program_find(const struct compilation *c, const char *name)
{
    for (struct protocol *p = c->protocols; p; p = p->next)
        if (p->name.text && strcmp(p->name.text, name) == 0) return p;
    return NULL;
}

/* ---- One protocol in two files, one use twice --------------------------------------------------------- */

static void report_twice(struct compilation *c, const struct protocol *p)
{
    struct protocol *first = p->name.text ? program_find(c, p->name.text) : NULL;
    if (!first || first == p) return;
    struct diag *d = diag_report(&c->sink, DIAG_PROTOCOL_TWICE, p->name.span, "two files hold `protocol %s`",
                                 p->name.text);
    diag_note(&c->sink, d, first->name.span, "the other one");
    diag_help(&c->sink, d, "rename one of them, or move it out of the folder");
}

static int by_text_and_place(const void *left, const void *right)
{
    const struct name *a = *(const struct name *const *)left, *b = *(const struct name *const *)right;
    int order = strcmp(a->text, b->text);
    return order ? order : (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static void report_used_twice(struct compilation *c, const struct protocol *p)
{
    size_t count = 0;
    for (const struct name *use = p->uses; use; use = use->next)
        count++;
    const struct name **uses = arena_alloc(c->arena, (count + 1) * sizeof *uses);
    count = 0;
    for (const struct name *use = p->uses; use; use = use->next)
        uses[count++] = use;
    qsort(uses, count, sizeof *uses, by_text_and_place);
    for (size_t i = 1; i < count; i++)
        if (strcmp(uses[i - 1]->text, uses[i]->text) == 0) {
            struct diag *d =
                diag_report(&c->sink, DIAG_USE_TWICE, uses[i]->span, "`%s` is used twice", uses[i]->text);
            diag_note(&c->sink, d, uses[i - 1]->span, "the first time");
        }
}

/* ---- Cycles ---------------------------------------------------------------------------------------------
 */

/* A path of uses from the protocol where the search began. */
struct link {
    const struct protocol *from;
    const struct name *use;
    const struct link *before;
};

/* Protocols that the search has finished with. */
struct visited {
    const struct protocol *protocol;
    struct visited *next;
};

static bool is_visited(const struct visited *visited, const struct protocol *p)
{
    for (; visited; visited = visited->next)
        if (visited->protocol == p) return true;
    return false;
}

static const char *cycle_text(struct compilation *c, const struct link *link, const struct protocol *start)
{
    const char *text = link->use->text;
    for (; link; link = link->from == start ? NULL : link->before)
        text = arena_printf(c->arena, "%s → %s", link->from->name.text, text);
    return text;
}

static void report_cycle(struct compilation *c, const struct link *link, const struct protocol *start)
{
    const struct name *use = link->use;
    if (link->from == start) {
        diag_report(&c->sink, DIAG_USE_CYCLE, use->span, "`%s` uses itself", use->text);
        return;
    }
    struct diag *d = diag_report(&c->sink, DIAG_USE_CYCLE, use->span, "protocols use each other: %s",
                                 cycle_text(c, link, start));
    for (; link->from != start; link = link->before)
        diag_note(&c->sink, d, link->before->use->span, "`%s` uses `%s`", link->before->from->name.text,
                  link->before->use->text);
    diag_help(&c->sink, d, "move what both need into a protocol that uses neither");
}

/* Depth first along `use`; the path so far is a list on the C stack.  What is finished is never walked
   again, so each circle is reported once. */
static void search_cycles(struct compilation *c, const struct protocol *p, const struct link *before,
                          struct visited **visited)
{
    if (is_visited(*visited, p)) return;
    for (const struct link *link = before; link; link = link->before)
        if (link->from == p) {
            report_cycle(c, before, p);
            return;
        }
    for (const struct name *use = p->uses; use; use = use->next) {
        const struct protocol *used = program_find(c, use->text);
        struct link link = {p, use, before};
        if (used && p->name.text) search_cycles(c, used, &link, visited);
    }
    struct visited *done = arena_alloc(c->arena, sizeof *done);
    *done = (struct visited){p, *visited};
    *visited = done;
}

/* ---- The head -------------------------------------------------------------------------------------------
 */

static bool begins(const struct name *head, const struct name *other)
{
    size_t length = strlen(head->text);
    return strncmp(other->text, head->text, length) == 0 &&
           (other->text[length] == '.' || other->text[length] == '\0');
}

static bool is_given(const struct protocol *p, uint32_t given_count)
{
    return p->file < given_count && p->name.text;
}

static bool begins_all(const struct compilation *c, const struct protocol *head, uint32_t given_count)
{
    for (const struct protocol *p = c->protocols; p; p = p->next)
        if (is_given(p, given_count) && !begins(&head->name, &p->name)) return false;
    return true;
}

static bool is_used(const struct compilation *c, const char *name)
{
    for (const struct protocol *p = c->protocols; p; p = p->next)
        for (const struct name *use = p->uses; use; use = use->next)
            if (strcmp(use->text, name) == 0) return true;
    return false;
}

/* The given protocol whose name begins the names of the others; else the only one that no other uses. */
static struct protocol *find_head(const struct compilation *c, uint32_t given_count)
{
    struct protocol *unused = NULL;
    int unused_count = 0;
    for (struct protocol *p = c->protocols; p; p = p->next) {
        if (!is_given(p, given_count)) continue;
        if (begins_all(c, p, given_count)) return p;
        if (!is_used(c, p->name.text)) {
            unused = p;
            unused_count++;
        }
    }
    return unused_count == 1 ? unused : NULL;
}

/* A part of a program that is given alone (all.risk) takes version and status of the whole (all) where it
 * uses it. */
static struct protocol *whole_of(const struct compilation *c, struct protocol *part)
{
    if (!part || part->version || part->status) return part;
    for (struct protocol *p = c->protocols; p; p = p->next)
        if (p->name.text && p->version && p->status && begins(&p->name, &part->name)) return p;
    return part;
}

static const struct protocol *shortest_name(const struct compilation *c, uint32_t given_count)
{
    const struct protocol *shortest = NULL;
    for (const struct protocol *p = c->protocols; p; p = p->next)
        if (is_given(p, given_count) && (!shortest || strlen(p->name.text) < strlen(shortest->name.text)))
            shortest = p;
    return shortest;
}

static void report_no_head(struct compilation *c, uint32_t given_count)
{
    const struct protocol *nearest = shortest_name(c, given_count), *p = c->protocols;
    while (!is_given(p, given_count) || begins(&nearest->name, &p->name))
        p = p->next;
    struct diag *d = diag_report(&c->sink, DIAG_HEAD_MISSING, p->name.span,
                                 "no protocol heads this program: `%s` is not part of `%s`", p->name.text,
                                 nearest->name.text);
    diag_note(&c->sink, d, nearest->name.span, "the shortest name");
    diag_help(&c->sink, d, "add a protocol whose name begins all others, as `all` does for `all.risk`");
}

static void report_incomplete(struct compilation *c)
{
    const struct protocol *head = c->head;
    if (c->sink.errors || (head->version && head->status)) return;
    const char *lacks = head->version ? "status" : head->status ? "version" : "version and no status";
    struct diag *d = diag_report(&c->sink, DIAG_HEAD_INCOMPLETE, head->span, "`protocol %s` has no %s",
                                 head->name.text, lacks);
    diag_help(&c->sink, d, "below this line write %s%s%s%s", head->version ? "" : "`version 1.0.0`",
              head->version || head->status ? "" : " and ", head->status ? "" : "`status draft`",
              strchr(head->name.text, '.') ? "; or give the folder of the program that this is a part of"
                                           : "");
}

/* ---- Names in images ------------------------------------------------------------------------------------
 */

static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The length of the path, up to a slash, that all files begin with. */
static size_t common_folder(const struct compilation *c)
{
    const char *first = c->files[0].path;
    size_t length = folder_length(first);
    for (uint32_t i = 1; i < c->file_count; i++) {
        size_t same = 0;
        while (same < length && c->files[i].path[same] == first[same])
            same++;
        while (same > 0 && first[same - 1] != '/')
            same--;
        length = same;
    }
    return length;
}

void program_finish(struct compilation *c, uint32_t given_count, bool nameless)
{
    struct visited *visited = NULL;
    for (const struct protocol *p = c->protocols; p; p = p->next) {
        report_twice(c, p);
        report_used_twice(c, p);
        search_cycles(c, p, NULL, &visited);
    }
    c->head = whole_of(c, find_head(c, given_count));
    if (c->head)
        report_incomplete(c);
    else if (!nameless && c->protocols)
        report_no_head(c, given_count);
    size_t folder = c->file_count ? common_folder(c) : 0;
    for (uint32_t i = 0; i < c->file_count; i++)
        c->files[i].name = c->files[i].path + folder;
}
