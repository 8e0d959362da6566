"""The forms in which readings come, one file each; a file is known by what it holds."""
