"""`python -m tanzhe`."""

from tanzhe.cli import main

main()
