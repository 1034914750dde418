"""Adoption, and benefits and value: is it used, when will it be enough, was it worth it?"""
