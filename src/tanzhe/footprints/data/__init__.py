"""The sheets of the form of a product study and their columns, in order."""
