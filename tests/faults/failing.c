/* Makes one call to the system fail, or kills the process at it: what a full or failing disk does.
 *
 * Loaded into a program by LD_PRELOAD. It counts the calls that change something below one of the
 * folders in FAULT_ROOTS (separated by colons), over all processes that the program starts, by a
 * counter in the file FAULT_STATE, and writes each of them into FAULT_LOG. No root is needed, and
 * SQLite's own calls are counted, too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

struct state {
  int count;  /* calls so far */
  int target; /* which of them fails, counted from 1; 0: none */
  int error;  /* errno, or -1 to kill */
  int lasts;  /* all later ones that need room, or all with EROFS, fail too */
  int dead;   /* killed: no process of the program does anything any more */
  int hit;    /* whether it came to that */
};

static struct state *state;
static int log_file = -1;

static void begin(void) {
  const char *path = getenv("FAULT_STATE"), *log = getenv("FAULT_LOG");
  if (state || !path) return;
  int file = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
  if (file < 0) return;
  void *place = mmap(NULL, sizeof *state, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  syscall(SYS_close, file);
  if (place == MAP_FAILED) return;
  if (log) log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  state = place;
}

static int below(const char *path) {
  const char *roots = getenv("FAULT_ROOTS");
  if (!roots || !path) return 0;
  while (*roots) {
    size_t length = strcspn(roots, ":");
    if (length && !strncmp(path, roots, length) && (path[length] == '/' || !path[length])) return 1;
    roots += length + (roots[length] == ':');
  }
  return 0;
}

static const char *absolute(int folder, const char *path, char *room) {
  char link[64];
  if (!path || path[0] == '/') return path;
  if (folder == AT_FDCWD) strcpy(link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t length = readlink(link, room, PATH_MAX);
  if (length < 0 || length + strlen(path) + 2 > PATH_MAX) return NULL;
  room[length] = '/';
  strcpy(room + length + 1, path);
  return room;
}

static const char *of_file(int file, char *room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, room, PATH_MAX);
  if (length < 0) return NULL;
  room[length] = 0;
  return room;
}

/* Return 0 to go on, else the errno to fail with; -1 to be killed. */
static int asked(const char *kind, const char *path) {
  int before = errno;
  begin();
  if (!state || !below(path)) { errno = before; return 0; }
  if (state->dead) syscall(SYS_kill, getpid(), SIGKILL);
  int number = __sync_add_and_fetch(&state->count, 1);
  char line[PATH_MAX + 64];
  int length = snprintf(line, sizeof line, "%d %s %s\n", number, kind, path);
  if (log_file >= 0) syscall(SYS_write, log_file, line, length);
  int fails = state->target && number == state->target;
  if (state->target && state->lasts && number > state->target) {
    int needs_room = strcmp(kind, "unlink") && strcmp(kind, "rename");
    fails = state->error == EROFS || (state->error == ENOSPC && needs_room);
  }
  errno = before;
  if (!fails) return 0;
  state->hit = 1;
  return state->error;
}

static void die(void) {
  state->dead = 1;
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define STOP(kind, path)                                  \
  do {                                                    \
    int fault = asked(kind, path);                        \
    if (fault == -1) die();                               \
    if (fault) { errno = fault; return -1; }              \
  } while (0)

/* A write that is killed has written half: what a reader must never take for the whole. */
#define WRITING(half)                                     \
  do {                                                    \
    char room[PATH_MAX + 1];                              \
    int fault = asked("write", of_file(file, room));      \
    if (fault == -1) { half; die(); }                     \
    if (fault) { errno = fault; return -1; }              \
  } while (0)

ssize_t write(int file, const void *data, size_t size) {
  WRITING(syscall(SYS_write, file, data, size / 2));
  return syscall(SYS_write, file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t place) {
  WRITING(syscall(SYS_pwrite64, file, data, size / 2, place));
  return syscall(SYS_pwrite64, file, data, size, place);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t place) {
  WRITING(syscall(SYS_pwrite64, file, data, size / 2, place));
  return syscall(SYS_pwrite64, file, data, size, place);
}

#define ON_FILE(kind, name, parameters, ...)              \
  int name parameters {                                   \
    char room[PATH_MAX + 1];                              \
    STOP(kind, of_file(file, room));                      \
    return REAL(name)(__VA_ARGS__);                       \
  }
ON_FILE("fsync", fsync, (int file), file)
ON_FILE("fdatasync", fdatasync, (int file), file)
ON_FILE("ftruncate", ftruncate, (int file, off_t size), file, size)
ON_FILE("ftruncate", ftruncate64, (int file, off64_t size), file, size)

#define ON_PATH(kind, name, folder, parameters, ...)      \
  int name parameters {                                   \
    char room[PATH_MAX + 1];                              \
    STOP(kind, absolute(folder, path, room));             \
    return REAL(name)(__VA_ARGS__);                       \
  }
ON_PATH("unlink", unlink, AT_FDCWD, (const char *path), path)
ON_PATH("unlink", unlinkat, folder, (int folder, const char *path, int flags), folder, path, flags)
ON_PATH("unlink", rmdir, AT_FDCWD, (const char *path), path)
#define MAKING(name, folder, parameters, ...)             \
  int name parameters {                                   \
    char room[PATH_MAX + 1];                              \
    const char *full = absolute(folder, path, room);      \
    struct stat facts;                                    \
    if (full && stat(full, &facts)) STOP("mkdir", full);  \
    return REAL(name)(__VA_ARGS__);                       \
  }
MAKING(mkdir, AT_FDCWD, (const char *path, mode_t mode), path, mode)
MAKING(mkdirat, folder, (int folder, const char *path, mode_t mode), folder, path, mode)
ON_PATH("rename", rename, AT_FDCWD, (const char *path, const char *to), path, to)
ON_PATH("rename", renameat, folder, (int folder, const char *path, int there, const char *to), folder, path, there, to)
ON_PATH("rename", link, AT_FDCWD, (const char *path, const char *to), path, to)

#define OPENING(name, folder, parameters, ...)            \
  int name parameters {                                   \
    char room[PATH_MAX + 1];                              \
    mode_t mode = 0;                                      \
    if (flags & (O_CREAT | O_TMPFILE)) {                  \
      va_list more;                                       \
      va_start(more, flags);                              \
      mode = va_arg(more, mode_t);                        \
      va_end(more);                                       \
    }                                                     \
    const char *full = absolute(folder, path, room);      \
    struct stat facts;                                    \
    if ((flags & O_CREAT) && full && stat(full, &facts))  \
      STOP("create", full);                               \
    return REAL(name)(__VA_ARGS__);                       \
  }
OPENING(open, AT_FDCWD, (const char *path, int flags, ...), path, flags, mode)
OPENING(open64, AT_FDCWD, (const char *path, int flags, ...), path, flags, mode)
OPENING(openat, folder, (int folder, const char *path, int flags, ...), folder, path, flags, mode)
OPENING(openat64, folder, (int folder, const char *path, int flags, ...), folder, path, flags, mode)
