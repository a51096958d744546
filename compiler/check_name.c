/*
 * What a word means where it stands.
 *
 * In this order: a value, where a value of an enumeration is expected; a name given by `as` or a field of the
 * element that a `where` is about, innermost first; a parameter of the function; a declaration that the
 * protocol sees.
 */
#include <string.h>

#include "compiler/check.h"
#include "compiler/phrases.h"

/* A name that another protocol has and that this one does not `use` is not visible: what a file reads
   stands at its top. */
struct decl *check_lookup(const struct checker *ck, const char *name)
{
    struct decl *d = symbols_find(ck->c->symbols, name);
    return d && symbols_visible(ck->c->symbols, ck->protocol, d) ? d : NULL;
}

struct enum_value *check_member(struct checker *ck, const struct enumeration *enumeration, const char *name)
{
    struct enum_value *value = enumeration_find(enumeration, name);
    if (value || !enumeration->or_other || strcmp(name, "other") != 0) return value;
    value = arena_alloc(ck->arena, sizeof *value);
    /* `other` has the code after the last member, as in the image */
    *value = (struct enum_value){.name = "other", .code = enumeration->count};
    return value;
}

/* ---- Messages --------------------------------------------------------------------------------------- */

/* Words that are tried for "did you mean"; beyond that the first ones are. */
enum { CANDIDATES_MAX = 300 };

void report_value_unknown(struct checker *ck, struct span span, const char *word,
                          const struct enumeration *enumeration)
{
    const char *candidates[CANDIDATES_MAX];
    size_t count = 0;
    for (const struct enum_value *v = enumeration->values; v && count < CANDIDATES_MAX; v = v->next)
        candidates[count++] = v->name;
    struct diag *d = diag_report(ck->sink, DIAG_VALUE_UNKNOWN, span, "`%s` is not one of %s", word,
                                 enumeration_words(ck->arena, enumeration));
    if (enumeration->span.end > 0) diag_note(ck->sink, d, enumeration->span, "the values are listed here");
    const char *near = suggest(word, candidates, count);
    if (near) diag_help(ck->sink, d, "did you mean `%s`?", near);
}

/* Each of these knows one reason why a name is not known, and says false where it is not that one;
   report_name_unknown asks them from the surest to the vaguest. */
static bool report_invisible(struct checker *ck, const struct expr *e)
{
    const struct decl *hidden = symbols_find(ck->c->symbols, e->name.text);
    if (!hidden) return false;
    struct diag *d =
        diag_report(ck->sink, DIAG_NAME_UNKNOWN, e->span, "`%s` is not known in this file", e->name.text);
    diag_note(ck->sink, d, hidden->name.span, "`%s` declares it", hidden->protocol->name.text);
    diag_help(ck->sink, d, "write `use %s` at the top of this file", hidden->protocol->name.text);
    return true;
}

static bool report_unit_word(struct checker *ck, const struct expr *e)
{
    struct unit unit;
    const char *word = e->name.text;
    if (unit_parse(word, strlen(word), UNIT_RULES, &unit, NULL) != UNIT_OK) return false;
    struct diag *d =
        diag_report(ck->sink, DIAG_UNIT_AS_NAME, e->span, "`%s` stands here as a name, and it is a unit: %s",
                    word, unit_words(ck->arena, &unit));
    diag_help(ck->sink, d,
              "a unit stands directly after its number, on the same line and without spaces inside: "
              "`2500 IU/m2`, `1 %s`",
              word);
    return true;
}

static const struct enumeration *enumeration_with(const struct checker *ck, const char *value)
{
    size_t count;
    struct enumeration *const *all = symbols_enumerations(ck->c->symbols, &count);
    for (size_t i = 0; i < count; i++)
        if (enumeration_find(all[i], value)) return all[i];
    return NULL;
}

static bool report_lone_value(struct checker *ck, const struct expr *e)
{
    const struct enumeration *enumeration = enumeration_with(ck, e->name.text);
    if (!enumeration) return false;
    struct diag *d = diag_report(ck->sink, DIAG_VALUE_ALONE, e->span,
                                 "`%s` is a value, and nothing here says of what", e->name.text);
    if (enumeration->span.end > 0) diag_note(ck->sink, d, enumeration->span, "it is listed here");
    diag_help(ck->sink, d, "a value stands after `is`: `... is %s`", e->name.text);
    return true;
}

/* The nearest of the words that only hold here, else of the declarations. */
static const char *nearest_name(const struct checker *ck, const char *word)
{
    const char *candidates[CANDIDATES_MAX];
    size_t count = 0;
    for (const struct scope *s = ck->scope; s; s = s->outer) {
        if (s->kind == SCOPE_BINDING && count < CANDIDATES_MAX) candidates[count++] = s->node->name.text;
        if (s->kind != SCOPE_ELEMENT) continue;
        for (const struct field *f = s->element->fields; f && count < CANDIDATES_MAX; f = f->next)
            candidates[count++] = f->name;
    }
    for (const struct param *p = ck->decl ? ck->decl->params : NULL; p && count < CANDIDATES_MAX; p = p->next)
        candidates[count++] = p->name.text;
    const char *near = suggest(word, candidates, count);
    const unsigned kinds = 1U << DECL_INPUT | 1U << DECL_PARAMETER | 1U << DECL_DEFINE | 1U << DECL_FUNCTION |
                           1U << DECL_CLASSIFY | 1U << DECL_DOSE | 1U << DECL_COLLECT | 1U << DECL_RECOMMEND |
                           1U << DECL_ALERT | 1U << DECL_MONITOR;
    return near ? near : symbols_suggest(ck->c->symbols, ck->protocol, kinds, word);
}

/* The element of `for each` where the rule as a whole is meant. */
static bool report_each_outside(struct checker *ck, const struct expr *e)
{
    const struct expr *each = ck->decl ? ck->decl->each : NULL;
    if (!each || strcmp(each->name.text, e->name.text) != 0) return false;
    const struct scope *s = ck->scope;
    /* inside its own `where` the element is in scope, but has no name yet */
    while (s && s->node != each->a)
        s = s->outer;
    struct diag *d =
        diag_report(ck->sink, DIAG_NAME_UNKNOWN, e->span, "`%s` has no meaning here", e->name.text);
    diag_note(ck->sink, d, each->name.span, "named here, for what follows");
    diag_help(ck->sink, d, "%s",
              s ? "inside the `where` of `for each` the fields of the element are written alone"
                : "`applies when` says which patients the rule is for; which elements count is said in "
                  "`for each E where (...)`");
    return true;
}

void report_name_unknown(struct checker *ck, const struct expr *e)
{
    if (ck->decl && ck->decl->names_lost) return; /* perhaps named in what was dropped */
    if (ck->sink->errors >= DIAG_KEPT_MAX) {      /* counted, not shown: no search for advice */
        diag_report(ck->sink, DIAG_NAME_UNKNOWN, e->span, "`%s` is not known", e->name.text);
        return;
    }
    if (report_each_outside(ck, e)) return;
    if (report_invisible(ck, e)) return;
    if (report_unit_word(ck, e)) return;
    if (report_lone_value(ck, e)) return;
    struct diag *d = diag_report(ck->sink, DIAG_NAME_UNKNOWN, e->span, "`%s` is not known", e->name.text);
    const char *instead = phrase_instead(PHRASE_NAME, e->name.text);
    const char *near = nearest_name(ck, e->name.text);
    if (instead)
        diag_help(ck->sink, d, "write %s", instead);
    else if (near)
        diag_help(ck->sink, d, "did you mean `%s`?", near);
    else
        diag_help(ck->sink, d,
                  "declare it: `input %s \"...\" : ...`, or `parameter` if the institution sets it",
                  e->name.text);
}

/* ---- Words that only hold here ---------------------------------------------------------------------- */

/* A field that has the name of a declaration reads ambiguously: the field is meant, and that is said. */
static void warn_field_hides(struct checker *ck, const struct expr *e, const struct field *field)
{
    const struct decl *hidden = check_lookup(ck, e->name.text);
    if (!hidden || hidden->kind == DECL_ENUMERATION || hidden->kind == DECL_SOURCE) return;
    struct diag *d =
        diag_report(ck->sink, DIAG_FIELD_HIDES, e->span, "`%s` means the field here", e->name.text);
    diag_note(ck->sink, d, field->span, "the field");
    diag_note(ck->sink, d, hidden->name.span, "this one is not read");
    diag_help(ck->sink, d, "to read the other one inside `where`, give it a further name with `define`");
}

/* `date` and `value` of the element that a `where` is about; NULL for any other word. */
static struct type *pseudo_type(struct checker *ck, struct expr *e, const struct scope *s)
{
    if (strcmp(e->name.text, "date") == 0) {
        e->builtin = PSEUDO_DATE;
        return type_new(ck->arena, TYPE_DATE);
    }
    if (strcmp(e->name.text, "value") != 0 || s->element->kind != TYPE_QUANTITY) return NULL;
    e->builtin = PSEUDO_VALUE;
    return type_quantity(ck->arena, &s->element->unit);
}

/* A field comes before the pseudo-field of its name: events may have a field `value`. */
static struct type *element_word(struct checker *ck, struct expr *e, const struct scope *s)
{
    struct field *field = field_find(s->element->fields, e->name.text);
    if (field) {
        warn_field_hides(ck, e, field);
        e->field = field;
        e->bound = s->node;
        return field->type;
    }
    struct type *type = pseudo_type(ck, e, s);
    if (type) e->bound = s->node;
    return type;
}

/* From the innermost scope outwards; NULL where none of them has the word. */
static struct type *scope_word(struct checker *ck, struct expr *e)
{
    for (const struct scope *s = ck->scope; s; s = s->outer) {
        if (s->kind == SCOPE_ELEMENT) {
            struct type *type = element_word(ck, e, s);
            if (type) return type;
        } else if (strcmp(s->node->name.text, e->name.text) == 0) {
            e->bound = s->node;
            return check_bound_type(ck, s->node);
        }
    }
    return NULL;
}

bool check_scope_has(const struct checker *ck, const char *name)
{
    for (const struct scope *s = ck->scope; s; s = s->outer)
        if (s->kind == SCOPE_ELEMENT ? field_find(s->element->fields, name) != NULL
                                     : strcmp(s->node->name.text, name) == 0)
            return true;
    return false;
}

static struct type *param_word(const struct checker *ck, struct expr *e)
{
    for (struct param *p = ck->decl ? ck->decl->params : NULL; p; p = p->next)
        if (strcmp(p->name.text, e->name.text) == 0) {
            e->param = p;
            return p->type;
        }
    return NULL;
}

bool check_binding_name(struct checker *ck, const struct name *name)
{
    const struct decl *taken = check_lookup(ck, name->text);
    struct span first = taken ? taken->name.span : name->span;
    /* a name may hide a field, which `FIELD of NAME` still reaches, but no other name */
    for (const struct scope *s = ck->scope; s && !taken; s = s->outer) {
        if (s->kind != SCOPE_BINDING || strcmp(s->node->name.text, name->text) != 0) continue;
        first = s->node->name.span;
        taken = ck->decl;
    }
    if (!taken) return true;
    struct diag *d =
        diag_report(ck->sink, DIAG_BINDING_TAKEN, name->span, "`%s` has a meaning here already", name->text);
    diag_note(ck->sink, d, first, "named here");
    diag_help(ck->sink, d, "choose another name after `as`");
    return false;
}

/* ---- Declarations ----------------------------------------------------------------------------------- */

static struct type *report_no_value(struct checker *ck, const struct expr *e, const struct decl *d)
{
    static const char *const words[] = {
        [DECL_FUNCTION] = "a function, and its arguments are missing",
        [DECL_ENUMERATION] = "a list of values",
        [DECL_SOURCE] = "a source",
        [DECL_PHASE] = "a phase",
    };
    struct diag *message =
        diag_report(ck->sink, DIAG_NOT_A_VALUE, e->span, "`%s` has no value of its own: it is %s",
                    e->name.text, words[d->kind]);
    diag_note(ck->sink, message, d->name.span, "declared here");
    if (d->kind == DECL_FUNCTION) diag_help(ck->sink, message, "write `%s(...)`", e->name.text);
    if (d->kind == DECL_PHASE)
        diag_help(ck->sink, message, "write `start of %s`, `end of %s`, `day of %s` or `day 8 of %s`",
                  e->name.text, e->name.text, e->name.text, e->name.text);
    return type_new(ck->arena, TYPE_ERROR);
}

static struct type *report_none_misplaced(struct checker *ck, const struct expr *e)
{
    struct diag *d = diag_report(ck->sink, DIAG_NONE_PARAMETER, e->span,
                                 "`%s` may be `none`, so nothing can be calculated with it", e->name.text);
    diag_note(ck->sink, d, e->decl->type->span, "`or none` stands here");
    diag_help(ck->sink, d,
              "let it be the whole of a clause, as in `at most %s`, or declare it without `or none`",
              e->name.text);
    return type_new(ck->arena, TYPE_ERROR);
}

static struct type *decl_word(struct checker *ck, struct expr *e, bool whole_value)
{
    struct decl *d = check_lookup(ck, e->name.text);
    if (!d) return NULL;
    e->decl = d;
    if (d->kind == DECL_FUNCTION || d->kind == DECL_ENUMERATION || d->kind == DECL_SOURCE ||
        d->kind == DECL_PHASE)
        return report_no_value(ck, e, d);
    struct type *type = check_decl_type(ck, d);
    return type->or_none && !whole_value ? report_none_misplaced(ck, e) : type;
}

static struct type *value_word(struct checker *ck, struct expr *e, const struct type *want)
{
    if (!want || want->kind != TYPE_ENUM) return NULL;
    e->value = check_member(ck, want->enumeration, e->name.text);
    return e->value ? type_of_enumeration(ck->arena, want->enumeration) : NULL;
}

struct type *check_name(struct checker *ck, struct expr *e, const struct type *want, bool whole_value)
{
    e->builtin = PSEUDO_NONE;
    struct type *type = value_word(ck, e, want);
    if (!type) type = scope_word(ck, e);
    if (!type) type = param_word(ck, e);
    if (!type) type = decl_word(ck, e, whole_value);
    if (type) return type;
    if (want && want->kind == TYPE_ERROR)
        return type_new(ck->arena, TYPE_ERROR); /* perhaps a value of what is broken */
    /* a word that is declared somewhere was hardly meant as a value: then the name is reported */
    bool wants_value = want && want->kind == TYPE_ENUM;
    if (wants_value && !symbols_find(ck->c->symbols, e->name.text))
        report_value_unknown(ck, e->span, e->name.text, want->enumeration);
    else
        report_name_unknown(ck, e);
    return type_new(ck->arena, TYPE_ERROR);
}
