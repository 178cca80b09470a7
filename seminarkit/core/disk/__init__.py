"""Files and disks: whole writes, rights of accounts, and what a disk refuses in words."""
