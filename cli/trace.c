#include "cli/trace.h"

#include <stdlib.h>
#include <string.h>

#include "cli/trace_items.h"

const char *const trace_status_words[TRACE_STATUS_COUNT] = {
#define STATUS(name, word, meaning) word,
#include "cli/trace_statuses.def"
#undef STATUS
};

/* ---- Requirements ----------------------------------------------------------------------------------- */

/* RISK of RISK-01. */
static size_t section_length(const char *id)
{
    return strcspn(id, "-");
}

static bool same_section(const char *name, const char *id)
{
    size_t length = section_length(id);
    return strlen(name) == length && strncmp(name, id, length) == 0;
}

static struct trace_requirement *find_requirement(const struct trace *trace, const char *id)
{
    for (size_t i = 0; i < trace->requirement_count; i++)
        if (strcmp(trace->requirements[i].id, id) == 0) return &trace->requirements[i];
    return NULL;
}

static struct trace_requirement *add_requirement(struct trace *trace, const char *id)
{
    struct trace_requirement *r = &trace->requirements[trace->requirement_count++];
    *r = (struct trace_requirement){.id = id, .sentence = "", .because = "", .place = {"", 0}};
    return r;
}

static int by_id(const void *a, const void *b)
{
    const struct trace_requirement *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static void add_undeclared(struct trace *trace, const char *id)
{
    if (!find_requirement(trace, id)) add_requirement(trace, id);
}

/* Where nothing is declared, the list is what is traced or said to be not coded. */
static void gather_undeclared(struct trace *trace, struct regimen_compiler *compiler,
                              const struct image *image)
{
    size_t stated;
    const struct regimen_traced *traced = regimen_compiler_traced(compiler, &stated);
    size_t most = image->INDEXES_count + image->UNCODED_count + stated;
    trace->requirements = arena_alloc(trace->arena, (most + 1) * sizeof *trace->requirements);
    for (uint32_t i = 0; i < image->RULES_count; i++)
        for (uint32_t k = 0; k < image->RULES[i].traces.count; k++)
            add_undeclared(trace, image_text(image, image->INDEXES[image->RULES[i].traces.first + k]));
    for (uint32_t i = 0; i < image->ROWS_count; i++)
        for (uint32_t k = 0; k < image->ROWS[i].traces.count; k++)
            add_undeclared(trace, image_text(image, image->INDEXES[image->ROWS[i].traces.first + k]));
    for (size_t i = 0; i < stated; i++)
        add_undeclared(trace, traced[i].id);
    for (uint32_t i = 0; i < image->UNCODED_count; i++)
        add_undeclared(trace, image_text(image, image->UNCODED[i].id));
    qsort(trace->requirements, trace->requirement_count, sizeof *trace->requirements, by_id);
}

static void gather_declared(struct trace *trace, const struct regimen_requirement *list, size_t count)
{
    trace->requirements = arena_alloc(trace->arena, (count + 1) * sizeof *trace->requirements);
    for (size_t i = 0; i < count; i++) {
        struct trace_requirement *r = add_requirement(trace, list[i].id);
        r->sentence = list[i].sentence;
        r->because = list[i].because;
        r->cites = list[i].cites;
        r->cite_count = list[i].cite_count;
        r->place = list[i].place;
    }
}

static void gather_reasons(struct trace *trace, const struct image *image)
{
    for (uint32_t i = 0; i < image->UNCODED_count; i++) {
        struct trace_requirement *r = find_requirement(trace, image_text(image, image->UNCODED[i].id));
        if (r) r->reason = image_text(image, image->UNCODED[i].because);
    }
}

/* ---- Sections --------------------------------------------------------------------------------------- */

static bool is_asked_for(const char *sections, const char *name, size_t length)
{
    for (; sections; sections = strchr(sections, ',') ? strchr(sections, ',') + 1 : NULL)
        if (strcspn(sections, ",") == length && strncmp(sections, name, length) == 0) return true;
    return false;
}

/* The first of the sections asked for that no requirement belongs to, or NULL. */
static const char *unknown_section(const struct trace *trace, const char *sections)
{
    for (; sections; sections = strchr(sections, ',') ? strchr(sections, ',') + 1 : NULL) {
        const char *name = arena_copy(trace->arena, sections, strcspn(sections, ","));
        bool known = false;
        for (size_t i = 0; i < trace->requirement_count && !known; i++)
            known = same_section(name, trace->requirements[i].id);
        if (!known) return name;
    }
    return NULL;
}

static void keep_sections(struct trace *trace, const char *sections)
{
    size_t kept = 0;
    for (size_t i = 0; i < trace->requirement_count; i++) {
        const char *id = trace->requirements[i].id;
        if (is_asked_for(sections, id, section_length(id)))
            trace->requirements[kept++] = trace->requirements[i];
    }
    trace->requirement_count = kept;
}

static size_t section_of(struct trace *trace, const char *id)
{
    for (size_t i = 0; i < trace->section_count; i++)
        if (same_section(trace->sections[i].name, id)) return i;
    trace->sections[trace->section_count] =
        (struct trace_section){.name = arena_copy(trace->arena, id, section_length(id))};
    return trace->section_count++;
}

static void divide(struct trace *trace)
{
    trace->sections = arena_alloc(trace->arena, (trace->requirement_count + 1) * sizeof *trace->sections);
    for (size_t i = 0; i < trace->requirement_count; i++)
        trace->requirements[i].section = section_of(trace, trace->requirements[i].id);
}

/* ---- How each stands -------------------------------------------------------------------------------- */

static void link_item(struct trace *trace, size_t item, const char *id)
{
    struct trace_requirement *r = find_requirement(trace, id);
    if (!r) return; /* of a section that was not asked for */
    size_t index = (size_t)(r - trace->requirements);
    if (trace_list_has(&trace->items[item].requirements, index)) return;
    trace_list_add(trace->arena, &trace->items[item].requirements, index);
    trace_list_add(trace->arena, &r->items, item);
}

bool trace_item_untested(const struct trace_item *item)
{
    return item->kind != ITEM_PROVEN && item->kind != ITEM_STATED && trace_item_tests(item)->count == 0;
}

const struct trace_list *trace_item_tests(const struct trace_item *item)
{
    return item->tests.count > 0 ? &item->tests : &item->of_readers;
}

const char *trace_item_tested(const struct trace *trace, const struct trace_item *item)
{
    size_t n = trace_item_tests(item)->count;
    if (item->kind == ITEM_STATED) return "names it, and is no rule";
    if (item->kind == ITEM_PROVEN) return "the compiler has seen to it";
    if (n > 0)
        return arena_printf(trace->arena, "tested by %zu test%s%s", n, n == 1 ? "" : "s",
                            item->tests.count ? "" : " of what reads it");
    if (item->kind == ITEM_RULE) return "no test expects anything of it";
    if (item->held == 0) return "holds in no test";
    return arena_printf(trace->arena, "holds in %zu test%s, and none expects anything of its rule",
                        item->held, item->held == 1 ? "" : "s");
}

const char *trace_item_unknown(const struct trace *trace, const struct trace_item *item)
{
    return item->certain ? "cannot be unknown" : arena_printf(trace->arena, "is unknown in %zu", item->open);
}

const char *trace_rows_words(const struct trace *trace)
{
    if (!trace->whole) return arena_printf(trace->arena, "%zu trace a requirement", trace->traced_rows);
    return arena_printf(trace->arena, "%zu of %zu trace a requirement", trace->traced_rows, trace->rows);
}

const char *trace_others_words(const struct trace *trace)
{
    const char *words = "";
    for (int i = 0; i < UNTRACED_COUNT; i++)
        words = arena_printf(trace->arena, "%s%s%s: %zu", words, i ? ", " : "", untraced_words[i],
                             trace->untraced_rows[i]);
    return words;
}

const char *trace_conditions_words(const struct trace *trace)
{
    const size_t *findings = trace->findings;
    return arena_printf(
        trace->arena, "%zu; never seen not to hold: %zu, never seen unknown: %zu, cannot be unknown: %zu",
        trace->conditional_rows, findings[FINDING_ALWAYS], findings[FINDING_KNOWN], trace->certain_rows);
}

const char *trace_amounts_words(const struct trace *trace)
{
    return arena_printf(trace->arena, "%zu; never seen unknown: %zu", trace->computing_rows,
                        trace->findings[FINDING_AMOUNT]);
}

const char *trace_limits_words(const struct trace *trace)
{
    return arena_printf(trace->arena, "%zu; not shown by tests: %zu", trace->limit_count,
                        trace->findings[FINDING_LIMIT]);
}

static bool is_traced_condition(const struct trace_item *item)
{
    return item->conditional && item->requirements.count > 0;
}

bool trace_item_bare(const struct trace_item *item)
{
    return item->kind == ITEM_ROW && item->requirements.count == 0 && item->untraced == UNTRACED_BARE;
}

bool trace_item_always(const struct trace_item *item)
{
    return is_traced_condition(item) && item->not_held == 0;
}

bool trace_item_known(const struct trace_item *item)
{
    return is_traced_condition(item) && !item->certain && item->open == 0;
}

static enum trace_status status_of(const struct trace *trace, const struct trace_requirement *r)
{
    bool only_stated = true, untested = false;
    if (r->reason) return TRACE_NOT_CODED;
    if (!r->items.count) return TRACE_UNCOVERED;
    for (size_t i = 0; i < r->items.count; i++) {
        const struct trace_item *item = &trace->items[r->items.items[i]];
        only_stated &= item->kind == ITEM_STATED;
        untested |= trace_item_untested(item);
    }
    return only_stated || untested ? TRACE_UNTESTED : TRACE_COVERED;
}

static void count_requirements(struct trace *trace)
{
    for (size_t i = 0; i < trace->requirement_count; i++) {
        struct trace_requirement *r = &trace->requirements[i];
        struct trace_section *section = &trace->sections[r->section];
        r->status = status_of(trace, r);
        section->total++;
        section->counts[r->status]++;
        trace->total++;
        trace->counts[r->status]++;
    }
}

static void count_findings(struct trace *trace)
{
    size_t *findings = trace->findings;
    findings[FINDING_UNCOVERED] = trace->counts[TRACE_UNCOVERED];
    findings[FINDING_UNTESTED] = trace->counts[TRACE_UNTESTED];
    findings[FINDING_FAILING] = trace->failed;
    for (size_t i = 0; i < trace->item_count; i++) {
        const struct trace_item *item = &trace->items[i];
        bool row = item->kind == ITEM_ROW, traced = item->requirements.count > 0;
        trace->untraced_rows[item->untraced] += trace->whole && row && !traced;
        findings[FINDING_ALWAYS] += trace_item_always(item);
        findings[FINDING_KNOWN] += trace_item_known(item);
        findings[FINDING_AMOUNT] += trace_item_computed(item);
        trace->computing_rows += traced && item->computes;
        trace->rows += row;
        trace->traced_rows += row && traced;
        trace->conditional_rows += is_traced_condition(item);
        trace->certain_rows += is_traced_condition(item) && item->certain;
    }
    findings[FINDING_UNTRACED] = trace->untraced_rows[UNTRACED_BARE];
}

bool trace_limit_missing(const struct trace_limit *limit)
{
    return limit->at.count == 0 || (limit->decides && limit->across.count == 0);
}

bool trace_item_computed(const struct trace_item *item)
{
    return item->computes && item->requirements.count > 0 && item->blank == 0;
}

static const char *tests_words(const struct trace *trace, size_t count)
{
    if (count == 0) return "no test";
    return arena_printf(trace->arena, "%zu test%s", count, count == 1 ? "" : "s");
}

const char *trace_limit_tested(const struct trace *trace, const struct trace_limit *limit)
{
    const char *at = tests_words(trace, limit->at.count), *across = tests_words(trace, limit->across.count);
    return arena_printf(trace->arena, "%s%s%s exactly at the limit%s%s%s", limit->of ? limit->of : "",
                        limit->of ? ": " : "", at, limit->decides ? ", " : "", limit->decides ? across : "",
                        limit->decides ? " across it" : "");
}

static void count_limits(struct trace *trace)
{
    for (size_t i = 0; i < trace->limit_count; i++)
        trace->findings[FINDING_LIMIT] += trace_limit_missing(&trace->limits[i]);
}

bool trace_needs_attention(const struct trace_requirement *r)
{
    return r->status == TRACE_UNCOVERED || r->status == TRACE_UNTESTED;
}

/* ---- All together ----------------------------------------------------------------------------------- */

static void gather_requirements(struct trace *trace, struct regimen_compiler *compiler,
                                const struct image *image)
{
    size_t count;
    const struct regimen_requirement *list = regimen_compiler_requirements(compiler, &count);
    trace->declared = count > 0;
    if (trace->declared)
        gather_declared(trace, list, count);
    else
        gather_undeclared(trace, compiler, image);
    gather_reasons(trace, image);
}

struct trace *trace_new(struct arena *arena, struct regimen_compiler *compiler,
                        const struct regimen_program *program, const char *sections, const char **unknown)
{
    struct trace *trace = arena_alloc(arena, sizeof *trace);
    *trace = (struct trace){.arena = arena, .whole = !sections, .folder = regimen_compiler_folder(compiler)};
    regimen_program_info(program, &trace->info);
    gather_requirements(trace, compiler, &program->image);
    *unknown = unknown_section(trace, sections);
    if (*unknown) return NULL;
    if (sections) keep_sections(trace, sections);
    divide(trace);
    if (!trace_items(trace, compiler, program, link_item) || !trace_tests(trace, program)) return NULL;
    count_requirements(trace);
    count_findings(trace);
    count_limits(trace);
    return trace;
}
