"""The rulebook for its users: rule sets and numbers looked up, drafts confirmed; the registers."""
