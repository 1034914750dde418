"""Whether what a test counted can be chance."""

from math import comb


def can_be(share, found, tries):
    """Whether so many found of so many tries are no surprise (1 in 1,000) where ``share`` of all are: a binomial bound."""
    return sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(found, tries + 1)) > 0.001
