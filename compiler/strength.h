/* The strengths of recommendations (runtime/strengths.def) as rule files write them. */
#ifndef REGIMEN_STRENGTH_H
#define REGIMEN_STRENGTH_H

#include "compiler/arena.h"
#include "runtime/image.h"

/* STRENGTH_NONE where the word is none, or NULL. */
enum strength strength_named(const char *word);
bool strength_excludes(enum strength strength);
/* The word that was probably meant, or NULL. */
const char *strength_near(const char *word);
/* What a test expects of an item: `included` and its like, a strength, a strength of a choice. */
struct standing {
    enum item_state state;
    enum strength strength; /* NONE: whichever */
};

/* False where the word is none; `not included` is ITEM_ABSENT. */
bool standing_named(const char *word, bool negated, struct standing *standing);
/* The word that was probably meant, or NULL. */
const char *standing_near(const char *word);
/* "`contraindicated`, `not_recommended`": those of `exclude`, or of `include`. */
const char *strengths_of(struct arena *arena, bool exclude);

#endif
