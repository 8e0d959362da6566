"""Meters of a park: readings as they came, what is wrong with them, and what they add up to.

clock         instants, in UTC and in Beijing's time
tree          the meters as declared
rows          readings as arrays
forms         files of readings in the forms people have
store         a Parquet file a month and the manifest that names what holds
intake        rows into the store, each with its fate
adding        files into the store, all or none
"""
