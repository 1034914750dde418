"""Adoption: is it used, when will it be enough, is it slipping, was it worth it."""
