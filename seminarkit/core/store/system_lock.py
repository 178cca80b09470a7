"""The operating system's lock on an open file: it ends with the process that holds it."""

from __future__ import annotations

import errno
import os
import sys

_LOCKED = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR)

if sys.platform == "win32":
    import msvcrt

    def lock_file(file: int) -> bool:
        """Lock an open file; return False if another process has it locked.

        Raises an OSError where the disk has no locks. Closing the file releases the lock.
        """
        try:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (*_LOCKED, errno.EDEADLK):
                return False
            raise
        return True

else:
    import fcntl

    def lock_file(file: int) -> bool:
        """Lock an open file; return False if another process has it locked.

        Raises an OSError where the disk has no locks. Closing the file releases the lock.
        """
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _LOCKED:
                return False
            raise
        return True
