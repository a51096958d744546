/* The institution's settings in an image: each one names a parameter and can be read. */
#include "runtime/parameter_text.h"
#include "runtime/verify_settings.h"

#include <stdio.h>
#include <stdlib.h>

static bool refuse(char *reason, size_t reason_size, const char *what)
{
    snprintf(reason, reason_size, "%s", what);
    return false;
}

static bool text_is_inside(const struct image *image, uint32_t offset)
{
    return offset < image->SITE_TEXT_count;
}

static bool texts_are_sound(const struct image *image)
{
    for (uint32_t k = 0; k < image->SITE_count; k++)
        if (!text_is_inside(image, image->SITE[k].name) || !text_is_inside(image, image->SITE[k].title)) return false;
    for (uint32_t k = 0; k < image->SETTINGS_count; k++)
        if (!text_is_inside(image, image->SETTINGS[k].value) || !text_is_inside(image, image->SETTINGS[k].because))
            return false;
    return image->SITE_TEXT_count == 0 || image->SITE_TEXT[image->SITE_TEXT_count - 1] == '\0';
}

static uint32_t largest_table(const struct image *image)
{
    uint32_t largest = 1;
    for (uint32_t k = 0; k < image->PARAMS_count; k++) {
        uint32_t key = image->PARAMS[k].key;
        uint32_t count = key == NONE32 ? 0 : image->ENUMS[key].members.count;
        if (count > largest) largest = count;
    }
    return largest;
}

static bool settings_parse(const struct image *image, struct value *cells, char *reason, size_t reason_size)
{
    struct value value;
    for (uint32_t k = 0; k < image->SETTINGS_count; k++) {
        const struct image_setting *setting = &image->SETTINGS[k];
        if (setting->param >= image->PARAMS_count) return refuse(reason, reason_size, "a setting is of no parameter");
        if (!parameter_parse(image, setting->param, image_site_text(image, setting->value), &value, cells, reason,
                             reason_size))
            return false;
    }
    return true;
}

bool verify_settings(const struct image *image, char *reason, size_t reason_size)
{
    if (image->SITE_count > 1) return refuse(reason, reason_size, "there is more than one site");
    if (!texts_are_sound(image)) return refuse(reason, reason_size, "a text of the site is outside its section");
    struct value *cells = calloc(largest_table(image), sizeof *cells);
    if (!cells) return refuse(reason, reason_size, "the memory is not sufficient");
    bool sound = settings_parse(image, cells, reason, reason_size);
    free(cells);
    return sound;
}
