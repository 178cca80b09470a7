"""Files and disks: atomic writes, file modes of accounts, and messages for disk errors."""
