#include "runtime/suggest.h"

#include <string.h>

#include "runtime/edit_distance.h"

const char *suggest(const char *word, const char *const *candidates, size_t count)
{
    size_t length = strlen(word);
    if (length == 0 || length > EDIT_WORD_MAX) return NULL;
    const char *nearest = NULL;
    size_t nearest_distance = (length < 3 ? 1 : length / 3) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t candidate_length = strlen(candidates[i]);
        if (candidate_length > EDIT_WORD_MAX) continue;
        size_t distance = edit_distance(word, length, candidates[i], candidate_length);
        if (distance < nearest_distance && distance < candidate_length) {
            nearest = candidates[i];
            nearest_distance = distance;
        }
    }
    return nearest;
}
