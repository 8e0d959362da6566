"""What is told: findings, the facts made of them, and the tree that holds both."""
