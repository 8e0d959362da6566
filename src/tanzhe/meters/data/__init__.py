"""What lists of meters, readings and bills are headed with, and the words of their cells."""
