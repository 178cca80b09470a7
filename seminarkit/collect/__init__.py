"""Takes in what came: keeps the bytes, reads them in a child process, records the outcome."""
