#ifndef REGIMEN_VERIFY_SETTINGS_H
#define REGIMEN_VERIFY_SETTINGS_H

#include "runtime/image.h"

/* SITE, SITE_TEXT and SETTINGS of an image whose other sections are verified already.  False with a sentence in reason. */
bool verify_settings(const struct image *image, char *reason, size_t reason_size);

#endif
