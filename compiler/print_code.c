/* The finished code, for `show --stage code`: the image is made and taken apart again, so what is shown is
 * what runs. */
#include "compiler/print.h"
#include "runtime/disassemble.h"

void print_code(FILE *out, const struct compilation *c)
{
    struct image image;
    char reason[1];
    struct buffer text = {0};
    if (image_load(c->image, c->image_size, &image, reason, sizeof reason) == IMAGE_OK)
        image_disassemble(&image, &text);
    fwrite(buffer_text(&text), 1, text.length, out);
    buffer_free(&text);
}
