/* What near.h finds, in the words of an explanation. */
#ifndef REGIMEN_NEAR_WORDS_H
#define REGIMEN_NEAR_WORDS_H

#include "runtime/near.h"
#include "runtime/result_view.h"

/* "would hold if wbc_at_diagnosis were >= 50 10*9/L" */
void near_miss_words(const struct result_view *v, const struct near_miss *miss, struct buffer *out);
/* "it is 49.9 10*9/L, 0.1 10*9/L less" */
void near_miss_margin(const struct result_view *v, const struct near_miss *miss, struct buffer *out);
/* A region of a subject: "< 50 10*9/L", "t_all", "any other". */
void near_region_words(const struct result_view *v, uint32_t subject, const struct value *region, bool other,
                       struct buffer *out);

#endif
