"""An official document -> goals, tasks, responsible bodies, indicators."""
