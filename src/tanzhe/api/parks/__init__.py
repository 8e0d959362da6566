"""A park: its year judged, then compared, planned for, and written as workbook and report."""
