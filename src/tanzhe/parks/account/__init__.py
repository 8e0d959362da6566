"""The CO2 account of a park's year: fuels, conversion, electricity, heat, processes, energy."""
