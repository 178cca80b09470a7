"""``python -m seminarkit``: the command where ``seminar`` is not on the path."""

import sys  # built in: nothing is looked for yet

# Python has put the current folder first, and a received json.py may lie there. What Python itself
# loads before this line cannot be guarded from here: 'seminar', or 'python -P -m', guard that too.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]

from seminarkit.cli.main import main

main()
