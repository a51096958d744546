#include "compiler/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/markdown.h"

void io_error_set(struct io_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, error->size, format, arguments);
    va_end(arguments);
}

static bool io_failed(struct io_error *error, const char *path)
{
    char buffer[128];
    io_error_set(error, "%s cannot be read: %s", path, strerror_r(errno, buffer, sizeof buffer));
    return false;
}

const char *path_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

const char *path_join(struct arena *arena, const char *folder, const char *name)
{
    if (strcmp(folder, ".") == 0) return arena_copy(arena, name, strlen(name));
    return arena_printf(arena, path_ends_in(folder, "/") ? "%s%s" : "%s/%s", folder, name);
}

bool path_ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), ending_length = strlen(ending);
    return length >= ending_length && strcmp(path + length - ending_length, ending) == 0;
}

int path_is_folder(const char *path, struct io_error *error)
{
    struct stat status;
    if (strcmp(path, "-") == 0) return 0;
    if (stat(path, &status) != 0) {
        io_failed(error, path);
        return -1;
    }
    return S_ISDIR(status.st_mode) ? 1 : 0;
}

/* All that comes from the descriptor, up to one byte more than a rule file may have; NULL on an error. */
static char *read_all(int descriptor, size_t expected, size_t *length)
{
    size_t size = expected < FILE_BYTES_MAX ? expected + 1 : (size_t)FILE_BYTES_MAX + 1;
    char *text = NULL;
    *length = 0;
    for (;;) {
        char *larger = realloc(text, size);
        if (!larger) break;
        text = larger;
        ssize_t count = read(descriptor, text + *length, size - *length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) break;
        *length += (size_t)count;
        if (count == 0 || *length > FILE_BYTES_MAX) return text;
        if (*length == size) size = size < FILE_BYTES_MAX / 2 ? size * 2 : (size_t)FILE_BYTES_MAX + 1;
    }
    free(text);
    return NULL;
}

bool file_read(struct arena *arena, const char *path, const char **text, size_t *length,
               struct file_identity *identity, struct io_error *error)
{
    bool is_input = strcmp(path, "-") == 0;
    int descriptor = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) return io_failed(error, path);
    *identity = (struct file_identity){status.st_dev, status.st_ino};
    char *bytes = read_all(descriptor, status.st_size > 0 ? (size_t)status.st_size : 4096, length);
    if (!bytes) io_failed(error, path);
    if (!is_input) close(descriptor);
    *text = bytes ? arena_copy(arena, bytes, *length) : NULL;
    free(bytes);
    return *text != NULL;
}

static int may_hold_rules(const struct dirent *entry)
{
    const char *name = entry->d_name;
    if (name[0] == '.' || strcasecmp(name, "README.md") == 0) return 0;
    return path_ends_in(name, ".rgm") || markdown_is_path(name);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

bool folder_list(struct arena *arena, const char *folder, const char ***paths, size_t *count,
                 struct io_error *error)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, may_hold_rules, by_name);
    if (found < 0) return io_failed(error, folder);
    *paths = arena_alloc(arena, (size_t)found * sizeof **paths);
    *count = 0;
    for (int i = 0; i < found; i++) {
        const char *path = path_join(arena, folder, entries[i]->d_name);
        struct io_error ignored = {NULL, 0};
        if (path_is_folder(path, &ignored) != 1) (*paths)[(*count)++] = path;
        free(entries[i]);
    }
    free(entries);
    return true;
}
