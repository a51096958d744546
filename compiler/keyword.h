/*
 * The words of the language (keywords.def) and the two-word keywords.
 */
#ifndef REGIMEN_KEYWORD_H
#define REGIMEN_KEYWORD_H

#include <stdbool.h>
#include <stddef.h>

/* Where a word is a keyword: see the head of keywords.def. */
enum keyword_kind { KEYWORD_DECLARATION, KEYWORD_CLAUSE, KEYWORD_LOCAL, KEYWORD_TIME, KEYWORD_WORD };

struct keyword {
    const char *word;
    enum keyword_kind kind;
    int token; /* TOK_... */
    const char *meaning;
};

/* Two words that the grammar has as one token. */
struct fused {
    const char *first, *second;
    int token;
};

/* NULL where word (length bytes, case matters) is none. */
const struct keyword *keyword_find(const char *word, size_t length);
/* The keyword of a token, or NULL. */
const struct keyword *keyword_of(int token);
/* NULL where the two words are not one. */
const struct fused *fused_find(const char *first, const char *second);
/* Whether a two-word keyword begins, or ends, with this word. */
bool fused_begins(const char *word);
bool fused_ends(const char *word);

/* The words of one kind, for "did you mean"; returns their number. */
size_t keyword_list(enum keyword_kind kind, const char **words, size_t room);

#endif
