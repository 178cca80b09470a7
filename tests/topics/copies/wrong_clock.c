/* Moves the clock of a program by CLOCK_OFF seconds, as that of a computer which is set wrong. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *at)
{
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, at);
    const char *off = getenv("CLOCK_OFF");
    if (result == 0 && clock == CLOCK_REALTIME && off)
        at->tv_sec += atol(off);
    return result;
}
