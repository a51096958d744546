/* Test blocks: settings, given values, expectations. */
#include "compiler/ast_build.h"

#include <string.h>

#include "compiler/mistakes.h"

static bool is_name(const struct expr *e, const char *word)
{
    return e->kind == EXPR_NAME && strcmp(e->name.text, word) == 0;
}

/* ---- Settings --------------------------------------------------------------------------------------- */

struct expr *ast_members(struct parser *p, struct expr_list names, struct span span)
{
    if (names.first != names.last) return ast_listed(p, EXPR_LIST, names, span);
    return names.first;
}

/* `none` switches off; `empty` is the set without members. */
static struct expr *setting_value(struct parser *p, struct expr *value)
{
    if (is_name(value, "none")) value->kind = EXPR_NONE;
    if (is_name(value, "empty")) return ast_listed(p, EXPR_LIST, (struct expr_list){0}, value->span);
    return value;
}

struct setting *ast_setting(struct parser *p, const struct name *name, struct expr *value,
                            struct text *because, struct span span)
{
    struct setting *setting = arena_alloc(p->c->arena, sizeof *setting);
    setting->span = span;
    setting->name = *name;
    setting->value = value ? setting_value(p, value) : NULL;
    setting->because = because;
    return setting;
}

struct setting *ast_setting_table(struct parser *p, const struct name *name, struct setting_list rows,
                                  struct text *because, struct span span)
{
    struct setting *setting = ast_setting(p, name, NULL, because, span);
    setting->rows = rows.first;
    return setting;
}

/* ---- Given values ----------------------------------------------------------------------------------- */

static const char *censor_of(int relation)
{
    switch (relation) {
    case EXPR_LT: return "<";
    case EXPR_LE: return "<=";
    case EXPR_GT: return ">";
    case EXPR_GE: return ">=";
    default: return NULL;
    }
}

struct given *ast_given_value(struct parser *p, int relation, struct expr *value)
{
    struct given *given = arena_alloc(p->c->arena, sizeof *given);
    given->censor = censor_of(relation);
    given->empty = is_name(value, "empty");
    given->negative = is_name(value, "negative");
    given->value = value;
    return given;
}

/* missing "why", other "what" */
struct given *ast_given_word(struct parser *p, const struct name *word, struct text *text)
{
    struct given *given = arena_alloc(p->c->arena, sizeof *given);
    bool other = strcmp(word->text, "other") == 0;
    if (other)
        given->other = ast_plain(p, text);
    else
        given->missing = ast_plain(p, text);
    if (!other && strcmp(word->text, "missing") != 0)
        mistake(p, DIAG_GIVEN_WORD, word->span, NULL,
                "before a text stands `missing` (why the value is not there) or `other` (a value outside the "
                "list)");
    return given;
}

struct given *ast_given_at(struct parser *p, struct expr *at, struct expr *until,
                           const struct name *until_word)
{
    struct given *given = arena_alloc(p->c->arena, sizeof *given);
    given->at = at;
    given->until = until;
    given->ongoing = until_word != NULL;
    if (until_word && strcmp(until_word->text, "ongoing") != 0)
        mistake(p, DIAG_GIVEN_WORD, until_word->span, NULL, "after `until` stands a date, or `ongoing`");
    return given;
}

struct given *ast_given(struct parser *p, const struct name *name, const struct given *value,
                        const struct given *at, struct given_list fields, struct span span)
{
    struct given *given = arena_alloc(p->c->arena, sizeof *given);
    if (value) *given = *value;
    given->span = span;
    given->name = *name;
    if (at) {
        given->at = at->at;
        given->until = at->until;
        given->ongoing = at->ongoing;
    }
    given->fields = fields.first;
    return given;
}
