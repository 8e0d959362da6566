"""The text of a document as one flowing line, and the tree of its numbered parts."""
