/* Declarations and the head of a file: the constructors that grammar.y calls when one begins and ends, broken
 * ones included. */
#include "compiler/ast_build.h"

#include <string.h>

#include "compiler/grammar.h"
#include "compiler/keyword.h"
#include "compiler/mistakes.h"

static struct span join(struct span from, struct span to)
{
    return (struct span){from.file, from.start, to.end};
}

/* ---- Files and headers ------------------------------------------------------------------------------ */

static void append(struct parser *p, struct decl *decl)
{
    if (p->last_decl)
        p->last_decl->next = decl;
    else
        p->protocol->decls = decl;
    p->last_decl = decl;
}

static void check_place(struct parser *p, struct span span)
{
    if (!p->protocol->name.text && !p->no_header) {
        mistake(p, DIAG_HEADER_MISSING,
                parser_span(p, p->stream.header.span.start, p->stream.header.span.end),
                "begin with `protocol NAME \"Title\"`", "a rule file begins with the line `protocol`");
        p->no_header = true;
    }
    bool is_set = p->decl && p->decl->kind == DECL_SET;
    if (p->protocol->is_site && !is_set && !p->header_read)
        mistake(p, DIAG_SITE_CONTENT, span, "rules stand in a file that begins with `protocol`",
                "a site file only sets parameters: `set NAME VALUE`");
    if (!p->protocol->is_site && is_set && p->protocol->name.text)
        mistake(p, DIAG_SITE_CONTENT, span, "write it in a file that begins with `site NAME`",
                "parameters are set in a site file, or inside a test");
}

void ast_file_add(struct parser *p)
{
    check_place(p, p->stream.header.span);
    if (p->decl) {
        p->decl->incomplete |= p->stream.broken;
        p->decl->names_lost |= !p->decl->applies && (p->stream.applies || p->stream.dropped_name);
        p->decl->names_lost |= !p->decl->each && p->stream.for_each;
        append(p, p->decl);
    }
    p->decl = NULL;
    p->header_read = false;
}

/* -1: what it declares has no name. */
static int kind_of_word(int token)
{
    switch (token) {
    case TOK_INPUT: return DECL_INPUT;
    case TOK_PARAMETER: return DECL_PARAMETER;
    case TOK_DEFINE: return DECL_DEFINE;
    case TOK_FUNCTION: return DECL_FUNCTION;
    case TOK_ENUMERATION: return DECL_ENUMERATION;
    case TOK_SOURCE: return DECL_SOURCE;
    case TOK_PHASE: return DECL_PHASE;
    case TOK_CLASSIFY: return DECL_CLASSIFY;
    case TOK_DOSE: return DECL_DOSE;
    case TOK_COLLECT: return DECL_COLLECT;
    case TOK_RECOMMEND: return DECL_RECOMMEND;
    case TOK_REQUIREMENT_WORD: return DECL_REQUIREMENT;
    case TOK_ALERT: return DECL_ALERT;
    case TOK_MONITOR: return DECL_MONITOR;
    case TOK_IDENT: return DECL_UNKNOWN;
    default: return -1;
    }
}

static struct decl *new_decl(struct parser *p, enum decl_kind kind, const struct name *name,
                             struct text *label, struct span span)
{
    struct decl *decl = arena_alloc(p->c->arena, sizeof *decl);
    decl->kind = kind;
    decl->span = span;
    if (name) decl->name = *name;
    decl->label = label;
    decl->protocol = p->protocol;
    p->decl = decl;
    memset(&p->parts, 0, sizeof p->parts);
    return decl;
}

/* What a header that did not parse would have declared: a word of the language too, so that it is not
   reported again where it is used.  NULL where nothing is named. */
static const char *wanted_name(const struct token *name, int wanted)
{
    const struct keyword *keyword = keyword_of(name->kind);
    if ((int)name->kind == wanted) return name->value.text;
    return keyword ? keyword->word : NULL;
}

/* A header that did not parse leaves its word and the name after it. */
void ast_file_broken(struct parser *p)
{
    const struct token *word = &p->stream.header, *name = &p->stream.name;
    if (word->kind == TOK_PROTOCOL || word->kind == TOK_SITE) p->no_header = true;
    bool report =
        word->kind == TOK_IDENT && strcmp(word->value.text, "report") == 0; /* what follows is no new name */
    int kind = report ? -1 : kind_of_word(word->kind);
    int wanted = kind == DECL_REQUIREMENT ? TOK_REQUIREMENT : TOK_IDENT;
    const char *text = wanted_name(name, wanted);
    if (!p->decl && kind >= 0 && text) {
        struct name known = {.text = text, .span = name->span};
        new_decl(p, (enum decl_kind)kind, &known, NULL, join(word->span, name->span));
    }
    if (p->decl) {
        p->decl->broken = true;
        append(p, p->decl);
    }
    p->decl = NULL;
    p->header_read = false;
}

void ast_part_broken(struct parser *p)
{
    if (p->decl) p->decl->incomplete = true;
}

/* False where the line stood before. */
static bool once(struct parser *p, bool before, struct span span, const char *word)
{
    p->header_read = true;
    if (before) mistake(p, DIAG_TWICE, span, NULL, "a file has one line `%s`", word);
    return !before;
}

void ast_protocol(struct parser *p, const struct name *name, struct text *title, struct span span)
{
    if (!once(p, p->protocol->name.text != NULL, span, "protocol")) return;
    p->protocol->span = span;
    p->protocol->name = *name;
    p->protocol->title = title;
}

void ast_site(struct parser *p, const struct name *name, struct text *title, struct span span)
{
    if (!once(p, p->protocol->name.text != NULL, span, "site")) return;
    p->protocol->span = span;
    p->protocol->name = *name;
    p->protocol->title = title;
    p->protocol->is_site = true;
}

void ast_version(struct parser *p, const char *version, struct span span)
{
    if (!once(p, p->protocol->version != NULL, span, "version")) return;
    p->protocol->version = version;
    p->protocol->version_span = span;
}

void ast_version_short(struct parser *p, struct span span)
{
    if (!once(p, p->protocol->version != NULL, span, "version")) return;
    mistake(p, DIAG_VERSION_FORM, span, NULL, "a version has three numbers, as in 1.0.0");
    p->protocol->version = "0.0.0";
    p->protocol->version_span = span;
}

void ast_status(struct parser *p, const char *status, struct text *by, struct expr *on, struct span span)
{
    if (!once(p, p->protocol->status != NULL, span, "status")) return;
    bool approved = strcmp(status, "approved") == 0;
    bool known = approved || strcmp(status, "draft") == 0 || strcmp(status, "retired") == 0;
    if (!known || approved != (by != NULL))
        mistake(p, DIAG_STATUS_FORM, span, NULL,
                "the status is `draft`, `approved by \"who\" on 2019-03-07`, or `retired`");
    p->protocol->status = status;
    p->protocol->approved_by = by ? ast_plain(p, by) : NULL;
    p->protocol->approved_on = on;
}

void ast_use(struct parser *p, struct name_list names)
{
    p->header_read = true;
    if (p->uses.first) {
        p->uses = name_list_add(p->uses, names.first);
        p->uses.last = names.last;
    } else {
        p->uses = names;
    }
    p->protocol->uses = p->uses.first;
}

/* ---- Declarations ----------------------------------------------------------------------------------- */

void ast_source(struct parser *p, const struct name *name, struct text *label, struct text *in,
                struct span span)
{
    new_decl(p, DECL_SOURCE, name, label, span)->in = in ? ast_plain(p, in) : NULL;
}

void ast_enumeration(struct parser *p, const struct name *name, struct text *label,
                     struct enumeration *values, struct span span)
{
    struct unit unit;
    new_decl(p, DECL_ENUMERATION, name, label, span)->enumeration = values;
    values->name = name->text;
    if (unit_parse(name->text, strlen(name->text), UNIT_RULES, &unit, NULL) == UNIT_OK)
        mistake(p, DIAG_VALUE_RESERVED, name->span, "choose a longer name",
                "`%s` is a unit, so that an input of this type would be a quantity", name->text);
}

void ast_input(struct parser *p, const struct name *name, struct text *label, struct type *type,
               struct span from, struct span to)
{
    new_decl(p, DECL_INPUT, name, label, join(from, to))->type = type;
}

void ast_parameter(struct parser *p, const struct name *name, struct text *label, struct type *type,
                   struct span from, struct span to)
{
    new_decl(p, DECL_PARAMETER, name, label, join(from, to))->type = type;
}

void ast_define(struct parser *p, const struct name *name, struct text *label, struct span from,
                struct span to)
{
    new_decl(p, DECL_DEFINE, name, label, join(from, to));
}

void ast_function(struct parser *p, const struct name *name, struct param_list params, struct text *label,
                  struct type *type, struct span from, struct span to)
{
    struct decl *decl = new_decl(p, DECL_FUNCTION, name, label, join(from, to));
    decl->params = params.first;
    decl->type = type;
}

void ast_phase(struct parser *p, const struct name *name, struct text *label, struct span from,
               struct span to)
{
    new_decl(p, DECL_PHASE, name, label, join(from, to));
}

void ast_classify(struct parser *p, const struct name *name, struct text *label, struct enumeration *results,
                  int policy, struct span from, struct span to)
{
    struct decl *decl = new_decl(p, DECL_CLASSIFY, name, label, join(from, to));
    decl->enumeration = results;
    decl->policy = (enum policy)policy;
}

void ast_dose(struct parser *p, const struct name *name, struct text *label, const struct name *drug,
              struct span from, struct span to)
{
    new_decl(p, DECL_DOSE, name, label, join(from, to))->drug = *drug;
}

void ast_set_rule(struct parser *p, enum decl_kind kind, const struct name *name, struct text *label,
                  struct type *type, struct span from, struct span to)
{
    new_decl(p, kind, name, label, join(from, to))->type = type;
}

void ast_alert(struct parser *p, const struct name *name, struct text *label, const struct name *severity,
               struct span from, struct span to)
{
    struct decl *decl = new_decl(p, DECL_ALERT, name, label, join(from, to));
    if (severity) decl->severity = *severity;
}

void ast_monitor(struct parser *p, const struct name *name, struct text *label, struct span from,
                 struct span to)
{
    new_decl(p, DECL_MONITOR, name, label, join(from, to));
}

void ast_guarantee(struct parser *p, struct text *label, struct span span)
{
    new_decl(p, DECL_GUARANTEE, NULL, ast_plain(p, label), span);
}

void ast_test(struct parser *p, struct text *label, struct span span)
{
    new_decl(p, DECL_TEST, NULL, ast_plain(p, label), span);
}

void ast_requirement(struct parser *p, const struct name *id, struct text *sentence,
                     const struct tail_parts *notes, struct span word)
{
    new_decl(p, DECL_REQUIREMENT, id, ast_plain(p, sentence), join(word, sentence->span));
    ast_decl_tail(p, notes);
}

void ast_not_coded(struct parser *p, struct name_list ids, const struct tail_parts *notes, struct span word)
{
    new_decl(p, DECL_NOT_CODED, NULL, NULL, join(word, ids.last->span))->uncoded = ids.first;
    ast_decl_tail(p, notes);
    if (p->decl->tail.because) return;
    mistake(p, DIAG_NOT_CODED_REASON, p->decl->span, "add it: `because \"the source's list is lost\"`",
            "this does not say why no rule fulfils %s", ids.first == ids.last ? "the requirement" : "them");
}

void ast_report_shows(struct parser *p, struct name_list names, struct span words)
{
    new_decl(p, DECL_SHOWN, NULL, NULL, join(words, names.last->span))->shown = names.first;
}

void ast_set(struct parser *p, struct setting *setting, struct span span)
{
    new_decl(p, DECL_SET, &setting->name, NULL, span)->settings = setting;
}

/* ---- Parts of the current declaration ---------------------------------------------------------------- */

void ast_twice(struct parser *p, struct span span, struct span first, const char *what)
{
    struct diag *d = mistake(p, DIAG_TWICE, span, NULL, "`%s` stands in this declaration twice", what);
    if (d) diag_note(&p->c->sink, d, first, "the first one");
}

void ast_range(struct parser *p, struct expr *low, struct expr *high, struct span span)
{
    struct decl *decl = p->decl;
    if (decl->low) ast_twice(p, span, join(decl->low->span, decl->high->span), "from … to …");
    decl->low = low;
    decl->high = high;
}

void ast_starts(struct parser *p, struct expr *moment, struct span span)
{
    if (p->decl->starts) ast_twice(p, span, p->decl->starts->span, "starts");
    p->decl->starts = moment;
}

void ast_lasts(struct parser *p, struct expr *length, struct span span)
{
    if (p->decl->lasts) ast_twice(p, span, p->decl->lasts->span, "lasts");
    p->decl->lasts = length;
}

void ast_negative_below(struct parser *p, const struct name *limit)
{
    struct decl *decl = p->decl;
    if (decl->negative_below.text) ast_twice(p, limit->span, decl->negative_below.span, "negative below");
    decl->negative_below = *limit;
}

void ast_code(struct parser *p, const struct name *system, struct text *value)
{
    struct code *code = arena_alloc(p->c->arena, sizeof *code);
    code->system = *system;
    code->value = ast_plain(p, value);
    p->parts.codes = code_list_add(p->parts.codes, code);
    p->decl->codes = p->parts.codes.first;
}

void ast_decl_tail(struct parser *p, const struct tail_parts *tail)
{
    p->decl->tail = ast_tail(tail);
}

void ast_body(struct parser *p, struct expr *body, const struct tail_parts *tail)
{
    p->decl->body = body;
    ast_decl_tail(p, tail);
}

void ast_not_reading(struct parser *p, const struct name *reader, struct name_list read,
                     const struct tail_parts *tail)
{
    if (reader) p->decl->reader = *reader;
    p->decl->not_reading = read.first;
    ast_decl_tail(p, tail);
}

void ast_does_not(struct parser *p, const struct name *reader, const char *word, struct span word_span,
                  struct name_list read, const struct tail_parts *tail)
{
    if (strcmp(word, "read") != 0)
        mistake(p, DIAG_GUARANTEE_WORD, word_span, NULL,
                "a guarantee about what something looks at is written `%s does not read %s`", reader->text,
                read.first->text);
    ast_not_reading(p, reader, read, tail);
}

void ast_applies(struct parser *p, struct expr *condition, struct span span)
{
    if (p->decl->applies) ast_twice(p, span, p->decl->applies->span, "applies when");
    p->decl->applies = condition;
}

void ast_add_row(struct parser *p, struct row *row)
{
    p->parts.rows = row_list_add(p->parts.rows, row);
    p->decl->rows = p->parts.rows.first;
}

void ast_add_clause(struct parser *p, struct clause *clause)
{
    p->parts.clauses = clause_list_add(p->parts.clauses, clause);
    p->decl->clauses = p->parts.clauses.first;
}

void ast_add_table(struct parser *p, struct table *table)
{
    p->parts.tables = table_list_add(p->parts.tables, table);
    p->decl->tables = p->parts.tables.first;
}

void ast_as_of(struct parser *p, struct expr *date, struct span span)
{
    if (p->decl->as_of) ast_twice(p, span, p->decl->as_of->span, "as of");
    p->decl->as_of = date;
}

void ast_add_settings(struct parser *p, struct setting_list settings)
{
    p->parts.settings = setting_list_add(p->parts.settings, settings.first);
    p->parts.settings.last = settings.last;
    p->decl->settings = p->parts.settings.first;
}

void ast_add_givens(struct parser *p, struct given_list givens)
{
    p->parts.givens = given_list_add(p->parts.givens, givens.first);
    p->parts.givens.last = givens.last;
    p->decl->givens = p->parts.givens.first;
}

void ast_add_expect(struct parser *p, struct expr *condition)
{
    p->parts.expects = expr_list_add(p->parts.expects, condition);
    p->decl->expects = p->parts.expects.first;
}

int ast_policy(struct parser *p, const char *word, struct span span)
{
    if (strcmp(word, "agreement") != 0)
        mistake(p, DIAG_POLICY_UNKNOWN, span, NULL,
                "`by %s` is no policy: write `by agreement`, `by first match` or `by highest`", word);
    return POLICY_AGREEMENT;
}

int ast_policy_first(struct parser *p, const char *word, struct span span)
{
    if (strcmp(word, "match") != 0)
        mistake(p, DIAG_POLICY_UNKNOWN, span, NULL, "this policy is written `by first match`");
    return POLICY_FIRST_MATCH;
}
