"""What was ordered, who does it, how far it is: tasks, projects, targets of official documents.

items      what stands on the board, and its words
history    every change as a line that is never altered
board      the changes added up, and which of them are allowed
lights     how an item stands on a day
gathering  items of documents and of parks
targets    figures to be reached against what was measured
workbook, calendar, feed   the board for Excel, calendars and readers
"""
