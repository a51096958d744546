/* The front end up to the syntax tree: trees, spans, what is kept after a mistake, and bad files. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compiler/compilation.h"
#include "compiler/keyword.h"
#include "compiler/print.h"

static const char header[] = "protocol t \"T\"\n";

struct parsed {
    struct source_file file;
    struct compilation c;
};

static struct parsed *parse_bytes(const char *text, size_t length)
{
    struct parsed *parsed = calloc(1, sizeof *parsed);
    char *copy = malloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    parsed->file = (struct source_file){"t.rgm", "t.rgm", copy, length, copy};
    parsed->c = (struct compilation){.arena = arena_new(), .files = &parsed->file, .file_count = 1};
    parsed->c.sink.arena = parsed->c.arena;
    parsed->c.protocols = parse_file(&parsed->c, 0);
    assert_non_null(parsed->c.protocols);
    return parsed;
}

/* The text with a first line before it. */
static struct parsed *parse(const char *text)
{
    char *whole;
    assert_true(asprintf(&whole, "%s%s", header, text) > 0);
    struct parsed *parsed = parse_bytes(whole, strlen(whole));
    free(whole);
    return parsed;
}

static void drop(struct parsed *parsed)
{
    arena_free(parsed->c.arena);
    free((char *)parsed->file.text);
    free(parsed);
}

/* ---- Trees as text: (ADD a (MUL b 2)) ----------------------------------------------------------------- */

static const char *const expr_names[] = {
#define EXPR(name) #name,
#include "compiler/expr_kinds.def"
#undef EXPR
};

static void put_tree(FILE *out, const struct expr *e)
{
    char number[DECIMAL_TEXT_MAX];
    if (e->kind == EXPR_NAME || e->kind == EXPR_NUMBER) {
        if (e->kind == EXPR_NUMBER) decimal_format(e->number, number);
        fputs(e->kind == EXPR_NAME ? e->name.text : number, out);
        return;
    }
    fprintf(out, "(%s%s", e->negated ? "not " : "", expr_names[e->kind]);
    if (e->name.text) fprintf(out, " %s:", e->name.text);
    const struct expr *parts[] = {
        e->a, e->b, e->c, e->where, e->window.low, e->window.high, e->window.anchor, e->window.to, e->claim};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]) {
            fputc(' ', out);
            put_tree(out, parts[i]);
        }
    for (const struct expr *arg = e->args; arg; arg = arg->next) {
        fputc(' ', out);
        put_tree(out, arg);
    }
    fputc(')', out);
}

static void assert_tree(const char *text, const char *expected)
{
    char *whole, *tree;
    size_t size;
    assert_true(asprintf(&whole, "define x = %s\n", text) > 0);
    struct parsed *parsed = parse(whole);
    const struct decl *decl = parsed->c.protocols->decls;
    assert_int_equal(parsed->c.sink.errors, 0);
    FILE *out = open_memstream(&tree, &size);
    put_tree(out, decl->body);
    fclose(out);
    assert_string_equal(tree, expected);
    free(tree);
    free(whole);
    drop(parsed);
}

/* From the loosest level to the tightest. */
static void test_precedence(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tree;
    } rows[] = {
        {"a implies b implies c", "(IMPLIES a (IMPLIES b c))"},
        {"a implies b or c", "(IMPLIES a (OR b c))"},
        {"a or b or c", "(OR (OR a b) c)"},
        {"a and b or c", "(OR (AND a b) c)"},
        {"not a and b", "(AND (NOT a) b)"},
        {"not a is b", "(NOT (IS a b))"},
        {"a is not b", "(not IS a b)"},
        {"a + 1 < b * 2", "(LT (ADD a 1) (MUL b 2))"},
        {"a <= b and c >= 3", "(AND (LE a b) (GE c 3))"},
        {"a - b - c", "(SUB (SUB a b) c)"},
        {"a / b / c", "(DIV (DIV a b) c)"},
        {"a * (b + c)", "(MUL a (ADD b c))"},
        {"-a * b", "(MUL (NEGATE a) b)"},
        {"-a in kg", "(NEGATE (IN_UNIT a))"},
        {"a + b or else c", "(ADD a (OR_ELSE b c))"},
        {"a or else b or else c", "(OR_ELSE a (OR_ELSE b c))"},
        {"a or else b in kg", "(IN_UNIT (OR_ELSE a b))"},
        {"a is one of b, c and d", "(AND (IS_ONE_OF a b c) d)"},
        {"a is from 1 to b + 2", "(IS_RANGE a 1 (ADD b 2))"},
        {"a is not from -1 to 2", "(not IS_RANGE a (NEGATE 1) 2)"},
        {"a includes b", "(INCLUDES a b)"},
        {"f(a, b + 1)", "(CALL f: a (ADD b 1))"},
        {"p of q of r", "(OF p: (OF q: r))"},
        {"time from a to b > 1 year", "(GT (TIME_FROM a b) 1)"},
        {"completed years from a to now", "(COMPLETED a (NOW))"},
        {"count of (a, b < 1, not c) >= 2", "(GE (COUNT_OF a (LT b 1) (NOT c)) 2)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_tree(rows[i].text, rows[i].tree);
}

static void test_selections(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tree;
    } rows[] = {
        {"latest s > 1", "(GT (SELECT s) 1)"},
        {"any e where (a and b) within 2 d before now", "(SELECT e (AND a b) 2 (NOW))"},
        {"lowest s from 6 d to 8 d after latest t < 1", "(LT (SELECT s 6 8 (SELECT t)) 1)"},
        {"every s within 7 d before now has a < 4 and b", "(AND (SELECT s 7 (NOW) (LT a 4)) b)"},
        {"every s has < 4", "(SELECT s (LT value 4))"},
        {"count of s between a and b and c", "(AND (SELECT s a b) c)"},
        {"(latest s) as x > 1", "(GT (AS x: (SELECT s)) 1)"},
        {"any e where (a) as x", "(AS x: (SELECT e a))"},
        {"highest gaps of e", "(SELECT (GAPS_OF e))"},
        {"total of d", "(TOTAL_OF d)"},
        {"total of s since a", "(SELECT s a)"},
        {"date of latest s < a", "(LT (DATE_OF (SELECT s)) a)"},
        {"latest s is from 3 to 5", "(IS_RANGE (SELECT s) 3 5)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_tree(rows[i].text, rows[i].tree);
}

/* `is` asks for a state where the word is one; the word stays, since it may be the value of an enumeration.
 */
static void test_states(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bool negated;
        enum state state;
        const char *value;
    } rows[] = {
        {"known", false, STATE_KNOWN, "known"},
        {"negative", false, STATE_NEGATIVE, "negative"},
        {"not negative", true, STATE_NEGATIVE, "negative"},
        {"not covered", false, STATE_NOT_COVERED, "covered"},
        {"not applicable", false, STATE_NOT_APPLICABLE, "applicable"},
        {"unknown", false, STATE_UNKNOWN, NULL},
        {"not unknown", true, STATE_UNKNOWN, NULL},
        {"no statement", false, STATE_NO_STATEMENT, NULL},
        {"given", false, STATE_GIVEN, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[64];
        snprintf(text, sizeof text, "define x = a is %s\n", rows[i].words);
        struct parsed *parsed = parse(text);
        const struct expr *e = parsed->c.protocols->decls->body;
        assert_int_equal(e->kind, EXPR_IS_STATE);
        assert_int_equal(e->state, rows[i].state);
        assert_int_equal(e->negated, rows[i].negated);
        assert_int_equal(e->b != NULL, rows[i].value != NULL);
        if (e->b) assert_string_equal(e->b->name.text, rows[i].value);
        drop(parsed);
    }
}

/* ---- Spans ------------------------------------------------------------------------------------------ */

static void assert_span(const struct parsed *parsed, struct span span, const char *expected)
{
    char *text = strndup(parsed->file.text + span.start, span.end - span.start);
    assert_string_equal(text, expected);
    free(text);
}

static void test_spans(void **state)
{
    (void)state;
    struct parsed *parsed = parse("dose d \"D\" of d  trace A-1\n"
                                  "  amount 5 mg/m2 * bsa as young when age <= 21  because \"b\"\n"
                                  "  | age | amount |\n"
                                  "  | < 5 | 6 mg   |   # end\n");
    const struct decl *decl = parsed->c.protocols->decls;
    const struct clause *amount = decl->clauses;
    const struct expr *product = amount->steps->amount;
    const struct table *table = decl->tables;
    assert_int_equal(parsed->c.sink.errors, 0);
    assert_span(parsed, decl->span, "dose d \"D\"");
    assert_span(parsed, decl->tail.traces->span, "A-1");
    assert_span(parsed, amount->span, "amount 5 mg/m2 * bsa as young when age <= 21  because \"b\"");
    assert_span(parsed, product->span, "5 mg/m2 * bsa");
    assert_span(parsed, product->a->unit_span, "mg/m2");
    assert_span(parsed, amount->name.span, "young");
    assert_span(parsed, amount->when->span, "age <= 21");
    assert_span(parsed, amount->tail.because->span, "\"b\"");
    assert_span(parsed, table->columns->next->span, "amount");
    assert_span(parsed, table->rows->span, "| < 5 | 6 mg   |");
    assert_span(parsed, table->rows->cells->span, "< 5");
    drop(parsed);
}

static void test_print(void **state)
{
    (void)state;
    struct parsed *parsed = parse("input w \"W\" : kg from 0 to 300\ndefine x = w in g\n");
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    print_ast(out, &parsed->c);
    fclose(out);
    assert_string_equal(text, "protocol t [1:1-1:15]\n"
                              "  title: text \"T\" [1:12-1:15]\n"
                              "  INPUT w [2:1-2:12]\n"
                              "    label: text \"W\" [2:9-2:12]\n"
                              "    type: QUANTITY <kg> [2:15-2:17]\n"
                              "    from: NUMBER 0 [2:23-2:24]\n"
                              "    to: NUMBER 300 [2:28-2:31]\n"
                              "  DEFINE x [3:1-3:9]\n"
                              "    IN_UNIT <g> [3:12-3:18]\n"
                              "      NAME w [3:12-3:13]\n");
    free(text);
    drop(parsed);
}

/* ---- After a mistake --------------------------------------------------------------------------------- */

static const struct decl *decl_named(const struct parsed *parsed, const char *name)
{
    for (const struct decl *d = parsed->c.protocols->decls; d; d = d->next)
        if (d->name.text && strcmp(d->name.text, name) == 0) return d;
    return NULL;
}

/* The name of each broken declaration stays known, and the next one is whole. */
static void test_recovery(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "input a : kg from 0 too 5\n",
        "input a kg\n",
        "inptu a : kg\n",
        "define a = 1 +\n",
        "define a = (1 + 2\n",
        "enumeration a : x, any\n",
        "function a(x) : mg = x\n",
        "classify a : x, y by agreement\n  x whn b\n",
        "classify a : x, y by agreement\n  | b | a |\n  | < 5 | x\n",
        "classify a : x, y by agreement\n  | b | a\n  | < 5 | x |\n",
        "dose a \"A\" of a\n  amont 5 mg\n",
        "dose a \"A\" of a\n  amount 5 mg when (b\n",
        "dose a \"A\"\n  amount 5 mg\n",
        "monitor a \"A\"\n  after b\n  expect b from c too d\n",
        "alert a \"A\"\n  when b\n  for each c\n",
        "dose a \"A\" of a\n  amount 5 mg\n  schedule continuous\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, "%sdefine last_one = 1\n", rows[i]);
        struct parsed *parsed = parse(text);
        assert_int_equal(parsed->c.sink.errors, 1);
        assert_non_null(decl_named(parsed, "a"));
        assert_true(decl_named(parsed, "a")->broken || decl_named(parsed, "a")->incomplete);
        assert_non_null(decl_named(parsed, "last_one"));
        assert_false(decl_named(parsed, "last_one")->broken || decl_named(parsed, "last_one")->incomplete);
        drop(parsed);
    }
}

/* A clause that does not parse takes no other clause with it. */
static void test_clauses_kept(void **state)
{
    (void)state;
    struct parsed *parsed = parse("dose d \"D\" of d\n  amount 5 mg\n  round 5 mg\n  at most 6 mg\n");
    const struct clause *clauses = parsed->c.protocols->decls->clauses;
    assert_int_equal(parsed->c.sink.errors, 1);
    assert_int_equal(clauses->kind, CLAUSE_AMOUNT);
    assert_int_equal(clauses->next->kind, CLAUSE_AT_MOST);
    assert_null(clauses->next->next);
    drop(parsed);
}

/* ---- Bad files --------------------------------------------------------------------------------------- */

/* header, then part count times, then end: the code of the first error, or 0. */
static int first_error(const char *start, const char *part, size_t count, const char *end)
{
    size_t length = strlen(part);
    char *text = malloc(strlen(start) + count * length + strlen(end) + 1), *at = stpcpy(text, start);
    for (size_t i = 0; i < count; i++)
        at = stpcpy(at, part);
    strcpy(at, end);
    struct parsed *parsed = parse(text);
    int code = parsed->c.sink.errors ? (int)parsed->c.sink.first->code : 0;
    free(text);
    drop(parsed);
    return code;
}

static void test_limits(void **state)
{
    (void)state;
    assert_int_equal(first_error("define x = ", "(", 200, "1"), DIAG_BRACKET_OPEN);
    assert_int_equal(first_error("define x = ", "(", 10000, "1"), DIAG_TOO_DEEP);
    assert_int_equal(first_error("define x = ", "not ", 400, "y"), 0);
    assert_int_equal(first_error("define x = ", "not ", 100000, "y"), DIAG_TOO_DEEP);
    assert_int_equal(first_error("define x = ", "- ", 100000, "y"), DIAG_TOO_DEEP);
    assert_int_equal(first_error("define x = ", "a of ", 100000, "y"), DIAG_TOO_DEEP);
    assert_int_equal(first_error("define x = ", "a + ", 499, "y"), 0);
    assert_int_equal(first_error("define x = ", "a + ", 500, "y"), DIAG_TOO_DEEP);
    assert_int_equal(first_error("define ", "a", 200, " = 1"), 0);
    assert_int_equal(first_error("define ", "a", 201, " = 1"), DIAG_TOO_LONG);
    assert_int_equal(first_error("define x = \"", "a", 1000000, "\""), 0);
    assert_int_equal(first_error("define x = \"", "a", 1000000, ""), DIAG_TEXT_OPEN);
    assert_int_equal(first_error("", "define x = 1\n", 200000, ""), DIAG_TOO_LONG);
    assert_int_equal(first_error("", "$ ", 500000, ""), DIAG_CHARACTER);
}

static void assert_errors(const char *text, size_t length, size_t errors)
{
    struct parsed *parsed = parse_bytes(text, length);
    assert_int_equal(parsed->c.sink.errors, errors);
    drop(parsed);
}

static void test_odd_files(void **state)
{
    (void)state;
    static const char zeros[] = "protocol t\n\0\0\0\n";
    assert_errors("", 0, 0);
    assert_errors("\n\n# nothing\n", 12, 0);
    assert_errors("\xEF\xBB\xBFprotocol t\r\n", 15, 0);
    assert_errors("protocol t", 10, 0);
    assert_errors("protocol t\r\ndefine x = 1\r\n", 26, 0);
    assert_errors(zeros, sizeof zeros - 1, 1);
    assert_errors("protocol t\n\xFF\xFE", 13, 1);
    assert_errors("protocol t \"\xE2\x80", 14, 1);
}

/* Bytes that are no rule file: nothing crashes, and what is reported lies inside the file. */
static void test_random_bytes(void **state)
{
    (void)state;
    static const char letters[] = "abz_ \n\t|(){}\",:=<>+-*/#.0159\xE2\x80\x9C\xC2\xB5%[]\r\\AZ'";
    uint64_t random = 88172645463325252u;
    for (int i = 0; i < 2000; i++) {
        char text[300];
        size_t length = (size_t)snprintf(text, sizeof text, "%s", i % 2 ? "dose d \"D\" of d\n  " : "");
        while (length < sizeof text) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            text[length++] = letters[random % (sizeof letters - 1)];
        }
        struct parsed *parsed = parse_bytes(text, length);
        for (const struct diag *d = parsed->c.sink.first; d; d = d->next)
            assert_true(d->span.start <= d->span.end && d->span.end <= length);
        drop(parsed);
    }
}

/* ---- Words ------------------------------------------------------------------------------------------ */

static void test_keywords(void **state)
{
    (void)state;
    static const char *const words[] = {
#define KEYWORD(token, word, kind, meaning) word,
#include "compiler/keywords.def"
#undef KEYWORD
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (i > 0) assert_true(strcmp(words[i - 1], words[i]) < 0);
        const struct keyword *keyword = keyword_find(words[i], strlen(words[i]));
        assert_non_null(keyword);
        assert_string_equal(keyword->word, words[i]);
        assert_string_equal(keyword_of(keyword->token)->word, words[i]);
    }
    assert_null(keyword_find("whe", 3));
    assert_null(keyword_find("whenn", 5));
    assert_null(keyword_find("", 0));
    assert_non_null(fused_find("or", "else"));
    assert_null(fused_find("else", "or"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_precedence),   cmocka_unit_test(test_selections),
        cmocka_unit_test(test_states),       cmocka_unit_test(test_spans),
        cmocka_unit_test(test_print),        cmocka_unit_test(test_recovery),
        cmocka_unit_test(test_clauses_kept), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_odd_files),    cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_keywords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
