/*
 * What the scanner, the token stream, the grammar and the tree builder share while one file is parsed.
 *
 *   lexer.l  ->  tokens.c  ->  grammar.y  ->  ast*.c        mistakes.c words every message
 */
#ifndef REGIMEN_SYNTAX_H
#define REGIMEN_SYNTAX_H

#include "compiler/ast_build.h"
#include "compiler/compilation.h"

enum {
    NESTING_MAX = 200,    /* brackets inside brackets */
    DEPTH_MAX = 500,      /* levels of one expression's tree: bounds the recursion of every later stage */
    TOKENS_MAX = 500000,  /* of one file: bounds the memory of its tree */
    WORD_BYTES_MAX = 200, /* a name, a number or a unit */
    LOOKAHEAD_MAX = 8,
};

/* The value of a token or of a rule of the grammar. */
union syntax_value {
    const char *text;
    bool flag;
    int kind;
    struct unit_word *unit;
    struct expr *expr;
    struct name *name;
    struct text *quoted;
    struct text_part *text_part;
    struct type *type;
    struct enumeration *enumeration;
    struct row_label *row_label;
    struct tail_parts *tail;
    struct cite *cite;
    struct row *row;
    struct clause *clause;
    struct step *step;
    struct route *route;
    struct schedule *schedule;
    struct rounding *rounding;
    struct table *table;
    struct column *column;
    struct table_row *table_row;
    struct cell *cell;
    struct field *field;
    struct param *param;
    struct setting *setting;
    struct given *given;
    struct name_list names;
    struct enum_value_list enum_values;
    struct text_part_list text_parts;
    struct expr_list exprs;
    struct field_list fields;
    struct param_list params;
    struct cite_list cites;
    struct step_list steps;
    struct route_list routes;
    struct column_list columns;
    struct table_row_list table_rows;
    struct cell_list cells;
    struct setting_list settings;
    struct given_list givens;
};

/* A token as the grammar gets it.  value is set for words, literals and units; of a keyword it is the
   word. */
struct token {
    int kind; /* TOK_... of grammar.h; TOK_YYEOF at the end */
    struct span span;
    union syntax_value value; /* text: also of keywords */
    bool first;               /* on its line */
    bool column_one;          /* in the first column */
    bool reported;            /* the scanner said already what is wrong here */
};

/* What the scanner reads next, in the order of lexer.l's start conditions: anything; a unit, where one
   follows on the line; a unit or a type; a text. */
enum scan_state { SCAN_PLAIN, SCAN_AFTER_NUMBER, SCAN_UNIT, SCAN_TEXT };

struct scan { /* where the scanner is */
    void *flex;
    enum scan_state state;
    uint32_t offset;      /* of the next byte */
    uint32_t line_offset; /* of the first byte of this line */
    bool line_start;      /* no token on this line yet */
    bool in_table;        /* inside a row of a table */
    bool in_braces;       /* inside the {expression} of a text */
    bool typographic;     /* the text began with a typographic quote */
    bool in_set;          /* a setting: no unit stands after `:` */
    bool in_table_type;   /* after `table of`: a unit may stand after `to` */
    uint32_t text_start;  /* of the text that is open */
    uint32_t brace_start; /* of its {expression} */
    uint32_t case_end;    /* of the last word in capitals that was reported */
    const char *last_word;
    int last_kind;
    uint32_t reported_end; /* where the last thing that the scanner reported ends; 0 for none */
};

struct stream { /* what tokens.c remembers */
    struct token queue[LOOKAHEAD_MAX];
    int queued;
    struct token current;  /* the token that the grammar has */
    struct token previous; /* the one before it */
    size_t count;
    bool open;           /* a declaration has begun and its end was not told yet */
    struct token header; /* the word that began it */
    struct token name;   /* and the name after it, where one stands there */
    bool broken;         /* a clause of it was dropped */
    bool dropped_name;   /* with an `as` in it */
    bool applies;        /* its `applies when` was met */
    bool for_each;       /* its `for each` was met */
    int clause;          /* the last clause word of it, or 0 */
    bool has_when;       /* the clause has had its `when` */
    int nesting;         /* open brackets */
    struct span brackets[NESTING_MAX];
    struct span opened;             /* a bracket that was open where none can be; of length 0 for none */
    int dropped;                    /* brackets beyond the limit */
    int text_nesting;               /* where the open text began */
    bool in_head, in_row;           /* of a table */
    int columns[TABLE_COLUMNS_MAX]; /* the CELL_ token of each column, or 0 */
    int column, column_count;
    int pending_cell; /* the CELL_ token that comes before the next cell, or 0 */
};

/* The parse of one file, from its scanner to the tree; in the arena, dead when parse_file returns. */
struct parser {
    struct compilation *c;
    uint32_t file;
    const char *text;
    size_t length;
    struct scan scan;
    struct stream stream;
    bool muted;    /* inside what is refused as a whole */
    bool too_deep; /* said of this declaration */
    struct protocol *protocol;
    struct decl *decl; /* the one that is being built, or NULL: it has no node */
    bool no_header;    /* said already that the first line is missing */
    bool header_read;  /* the line that is being read belongs to the file's header */
    struct decl *last_decl;
    struct name_list uses;
    struct { /* the lists of the current declaration */
        struct row_list rows;
        struct clause_list clauses;
        struct table_list tables;
        struct code_list codes;
        struct setting_list settings;
        struct given_list givens;
        struct expr_list expects;
        struct tail_parts *tail;
    } parts;
};

struct span parser_span(const struct parser *p, uint32_t start, uint32_t end);

/* lexer.l: the raw tokens of the file, TOK_YYEOF at its end again and again.  False where memory is short. */
bool scanner_open(struct parser *p);
int scanner_next(struct parser *p, union syntax_value *value, struct span *span);
void scanner_close(struct parser *p);

#endif
