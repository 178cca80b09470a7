"""The system's own lock on an opened file: it goes with the process that holds it."""

from __future__ import annotations

import errno
import os
import sys

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EINTR)

if sys.platform == "win32":
    import msvcrt

    def lock_file(file: int) -> bool:
        """Lock an opened file, or return False while another process has it locked.

        Raises an OSError where its disk has no locks. Closing the file lets it go.
        """
        try:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (*_HELD, errno.EDEADLK):
                return False
            raise
        return True

else:
    import fcntl

    def lock_file(file: int) -> bool:
        """Lock an opened file, or return False while another process has it locked.

        Raises an OSError where its disk has no locks. Closing the file lets it go.
        """
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD:
                return False
            raise
        return True
