"""One file per outside source."""
