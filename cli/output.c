/* What every verb does with its output: complaints, colours, a full disk or a closed pipe, files that are
 * replaced as a whole. */
#include "cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void complain_list(const char *format, va_list arguments)
{
    fflush(stdout);
    fputs("regimen: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(format, arguments);
    va_end(arguments);
}

enum exit_status usage_wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(format, arguments);
    va_end(arguments);
    return EXIT_USAGE;
}

bool colour_wanted(FILE *stream)
{
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (refused && *refused) return false;
    return isatty(fileno(stream)) && !(terminal && strcmp(terminal, "dumb") == 0);
}

/* Why the output fails.  Where a write before the last one did, its reason is gone: one more byte, in an
   output that is broken already, finds it again. */
static int output_reason(bool last_failed)
{
    if (!last_failed && write(STDOUT_FILENO, "\n", 1) == 1) return 0;
    return errno;
}

enum exit_status output_finish(enum exit_status status)
{
    bool last_failed = fflush(stdout) != 0;
    if (!last_failed && !ferror(stdout)) return status;
    int reason = output_reason(last_failed);
    if (reason != EPIPE)
        complain("the output could not be written%s%s", reason ? ": " : "", reason ? strerror(reason) : "");
    return EXIT_FILE;
}

static bool write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(descriptor, bytes, size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

static bool close_after(int descriptor, bool fine)
{
    int reason = errno;
    if (close(descriptor) != 0 && fine) return false;
    errno = reason;
    return fine;
}

/* A device or a pipe cannot be replaced: it is written to as it is. */
static bool is_replaceable(const char *path)
{
    struct stat status;
    return lstat(path, &status) != 0 ? errno == ENOENT : S_ISREG(status.st_mode);
}

static bool write_in_place(const char *path, const void *bytes, size_t size)
{
    int descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    return descriptor >= 0 && close_after(descriptor, write_all(descriptor, bytes, size));
}

static mode_t file_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static bool write_and_replace(const char *path, const void *bytes, size_t size)
{
    static const char ending[] = ".XXXXXX";
    size_t length = strlen(path) + sizeof ending;
    char *beside = malloc(length);
    if (!beside) return false;
    snprintf(beside, length, "%s%s", path, ending);
    int descriptor = mkstemp(beside);
    bool fine = descriptor >= 0;
    if (fine) {
        fine = close_after(descriptor,
                           write_all(descriptor, bytes, size) && fchmod(descriptor, file_mode()) == 0);
        fine = fine && rename(beside, path) == 0;
        int reason = errno;
        if (!fine) unlink(beside);
        errno = reason;
    }
    free(beside);
    return fine;
}

bool output_write_file(const char *path, const void *bytes, size_t size)
{
    if (strcmp(path, "-") == 0) {
        fwrite(bytes, 1, size, stdout); /* output_finish sees a failure */
        return true;
    }
    bool fine =
        is_replaceable(path) ? write_and_replace(path, bytes, size) : write_in_place(path, bytes, size);
    if (!fine) complain("%s cannot be written: %s", path, strerror(errno));
    return fine;
}
