/* A disk without locks, or with locks that lie: put before the system's own by LD_PRELOAD.
 *
 * FLOCK_ERROR is the errno of each flock; 0 says that it was locked, and locks nothing.
 */
#include <errno.h>
#include <stdlib.h>

int flock(int file, int operation) {
  const char *error = getenv("FLOCK_ERROR");
  (void)file;
  (void)operation;
  errno = error ? atoi(error) : 0;
  return errno ? -1 : 0;
}
