/* What the items of an image say. */
#include "runtime/image.h"

#include <stdio.h>

static bool refuse(char *reason, size_t size, const char *what)
{
    (void)snprintf(reason, size, "the image is not valid: %s", what);
    return false;
}

bool image_verify(const struct image *image, char *reason, size_t reason_size)
{
    if (image->STRINGS_count == 0 || image->STRINGS[0] != '\0' ||
        image->STRINGS[image->STRINGS_count - 1] != '\0')
        return refuse(reason, reason_size, "its texts are not terminated");
    if (image->PROGRAM_count != 1) return refuse(reason, reason_size, "it does not hold exactly one program");
    return true;
}
