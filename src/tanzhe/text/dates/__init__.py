"""Dates and periods in Chinese and English text."""
