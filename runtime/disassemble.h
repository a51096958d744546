/*
 * The code of an image in words.
 */
#ifndef REGIMEN_DISASSEMBLE_H
#define REGIMEN_DISASSEMBLE_H

#include "runtime/buffer.h"
#include "runtime/image.h"

/* The sections, and the four stretches of every rule with the names and constants that their operands mean.
 */
void image_disassemble(const struct image *image, struct buffer *out);

#endif
