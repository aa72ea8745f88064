"""The output folder: staged, committed, catalogued and recovered; what reads it back, checks it and sums it up."""
