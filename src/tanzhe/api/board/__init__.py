"""Tasks, projects and targets: files come onto the board, and reports are made of it."""
