"""Figures as drawings: charts, grids, bars."""
