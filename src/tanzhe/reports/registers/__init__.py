"""Registers: a folder each, and what turns a tree into their words."""
