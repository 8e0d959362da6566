"""Documents that are handed over: findings with their grounds, audits, policies; made again."""
