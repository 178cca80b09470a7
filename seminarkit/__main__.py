"""``python -m seminarkit``: the command line, for when ``seminar`` is not on the PATH."""

import sys  # built in, so the search path is not used

# Python has put the current folder first on the path, and it may contain a received json.py.
# Modules that Python loads before this line are only guarded by 'seminar' and 'python -P -m'.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]

from seminarkit.cli.main import main

main()
