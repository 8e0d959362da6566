"""When a Chinese province's CO2 emissions turned, by how much, why, and who says so."""

__version__ = "0.1.0"
__all__ = ["__version__"]
