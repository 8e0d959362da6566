"""Data of the workbook: the example park."""
