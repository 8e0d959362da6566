"""The result workbook of an assessment with live formulas, and how parks' numbers are written."""
