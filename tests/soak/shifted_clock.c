/* Loaded before the C library into a test process and its PostgreSQL: the wall clock shows another day.
 *
 * Only the wall clock moves, by the seconds in the file SHIFTED_CLOCK_FILE (eight bytes, read at each call, so
 * that all processes move together), and it runs on from there. The monotonic clock is left alone, so that
 * waiting works as always. Times of files move with the wall clock, so that a file written now is dated now.
 * Why not libfaketime: docs/decisions/test-clocks.md.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t none = 0;
static const volatile int64_t *shift = &none;

__attribute__((constructor)) static void find_shift(void)
{
    const char *path = getenv("SHIFTED_CLOCK_FILE");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    void *place = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
    if (place == MAP_FAILED) {
        /* Half of the processes on another clock than the rest would be worse than none. */
        fputs("shifted_clock: SHIFTED_CLOCK_FILE cannot be read\n", stderr);
        abort();
    }
    close(file);
    shift = place;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Asked millions of times: looked up once. Two threads that look at the same moment find the same. */
#define KNOWN(name)                          \
    static __typeof__(&name) real;           \
    if (!real)                               \
    real = REAL(name)

int clock_gettime(clockid_t clock, struct timespec *at)
{
    KNOWN(clock_gettime);
    int wrong = real(clock, at);
    if (!wrong && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += *shift;
    return wrong;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    KNOWN(gettimeofday);
    int wrong = real(at, zone);
    if (!wrong)
        at->tv_sec += *shift;
    return wrong;
}

time_t time(time_t *at)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}

static int dated(int wrong, struct stat64 *file)
{
    if (!wrong) {
        file->st_atim.tv_sec += *shift;
        file->st_mtim.tv_sec += *shift;
        file->st_ctim.tv_sec += *shift;
    }
    return wrong;
}

int stat64(const char *restrict path, struct stat64 *restrict file)
{
    KNOWN(stat64);
    return dated(real(path, file), file);
}

int lstat64(const char *restrict path, struct stat64 *restrict file)
{
    KNOWN(lstat64);
    return dated(real(path, file), file);
}

int fstat64(int number, struct stat64 *file)
{
    KNOWN(fstat64);
    return dated(real(number, file), file);
}

int fstatat64(int folder, const char *restrict path, struct stat64 *restrict file, int flags)
{
    KNOWN(fstatat64);
    return dated(real(folder, path, file, flags), file);
}

static const struct timespec *stored(const struct timespec given[2], struct timespec moved[2])
{
    if (!given)
        return NULL;
    for (int n = 0; n < 2; n++) {
        moved[n] = given[n];
        if (given[n].tv_nsec != UTIME_NOW && given[n].tv_nsec != UTIME_OMIT)
            moved[n].tv_sec -= *shift;
    }
    return moved;
}

int utimensat(int folder, const char *path, const struct timespec times[2], int flags)
{
    struct timespec moved[2];
    KNOWN(utimensat);
    return real(folder, path, stored(times, moved), flags);
}

int futimens(int number, const struct timespec times[2])
{
    struct timespec moved[2];
    KNOWN(futimens);
    return real(number, stored(times, moved));
}
