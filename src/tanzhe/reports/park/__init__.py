"""Reports of an assessment: result workbook, Word, web page."""
