/*
 * Words that people write for those of the language.
 */
#ifndef REGIMEN_PHRASES_H
#define REGIMEN_PHRASES_H

/* Where the word stands; phrases.def says what each is. */
enum phrase_kind { PHRASE_WORD, PHRASE_NAME, PHRASE_TYPE, PHRASE_ROUTE, PHRASE_SELECTOR, PHRASE_PHASE };

/* What to write instead, as the end of a sentence with `write`; NULL where the word is none of them. */
const char *phrase_instead(enum phrase_kind kind, const char *word);

#endif
