"""Mixtures of normal distributions in three dimensions, in which the prior and the proposals of the sampler are said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import exp, pi, sqrt
from operator import mul
from typing import Final

from changedesk.values import dataclass

Vector = tuple[float, float, float]
Matrix = Sequence[Sequence[float]]

PEAK: Final[float] = (2 * pi) ** 1.5

LEAST: Final = 1e-300
GOLDEN: Final = 0.6180339887498949
"""Multiples of the golden section, less their whole part, fill 0 to 1 as evenly as any sequence does."""


@dataclass(frozen=True, slots=True)
class Gaussian:
    """One part of a mixture: its weight, its mean, and the lower triangle L of its covariance L L' (Cholesky)."""

    weight: float
    mean: Vector
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    """L = [[a, 0, 0], [b, d, 0], [c, e, f]]."""

    @classmethod
    def of(cls, weight: float, mean: Vector, covariance: Matrix) -> Gaussian:
        """From a covariance that is positive definite."""
        a = sqrt(covariance[0][0])
        b, c = covariance[1][0] / a, covariance[2][0] / a
        d = sqrt(covariance[1][1] - b * b)
        e = (covariance[2][1] - b * c) / d
        f = sqrt(covariance[2][2] - c * c - e * e)
        return cls(weight, mean, a, b, c, d, e, f)

    @classmethod
    def diagonal(cls, weight: float, mean: Vector, deviations: Vector) -> Gaussian:
        """Of three that do not depend on each other."""
        return cls(weight, mean, deviations[0], 0.0, 0.0, deviations[1], 0.0, deviations[2])

    def scaled(self, weight: float, by: float) -> Gaussian:
        """The same place with ``by`` times the deviations, at another weight."""
        return Gaussian(weight, self.mean, *(by * side for side in (self.a, self.b, self.c, self.d, self.e, self.f)))

    @property
    def peak(self) -> float:
        """The density at the mean, whatever the weight."""
        return 1 / (PEAK * self.a * self.d * self.f)

    def distance(self, x: Vector) -> float:
        """The squared distance of ``x`` from the mean, in deviations (Mahalanobis)."""
        x0, x1, x2 = x
        m0, m1, m2 = self.mean
        z0 = (x0 - m0) / self.a
        z1 = (x1 - m1 - self.b * z0) / self.d
        z2 = (x2 - m2 - self.c * z0 - self.e * z1) / self.f
        return z0 * z0 + z1 * z1 + z2 * z2

    def at(self, z: Vector) -> Vector:
        """Where a draw lands: mean + L z."""
        return (
            self.mean[0] + self.a * z[0],
            self.mean[1] + self.b * z[0] + self.d * z[1],
            self.mean[2] + self.c * z[0] + self.e * z[1] + self.f * z[2],
        )


@dataclass(frozen=True, slots=True)
class Mixture:
    """Weighted normals, weights summing to 1. ``peaks`` are weight x density at the means."""

    parts: tuple[Gaussian, ...]
    peaks: tuple[float, ...]

    @classmethod
    def of(cls, parts: Sequence[Gaussian]) -> Mixture:
        """From parts of any weights; those of none are left out."""
        total = sum(part.weight for part in parts)
        kept = tuple(part.scaled(part.weight / total, 1.0) for part in parts if part.weight > 0)
        return cls(kept, tuple(part.weight * part.peak for part in kept))

    def density(self, x: Vector) -> float:
        """The density at ``x``, never quite nothing."""
        return LEAST + sum(
            [peak * exp(-0.5 * part.distance(x)) for peak, part in zip(self.peaks, self.parts, strict=True)]
        )

    def draws(self, normals: Sequence[Vector]) -> list[Vector]:
        """One draw for each three standard normals; the parts take turns in proportion to their weights."""
        borders = list(accumulate(part.weight for part in self.parts))
        last = len(borders) - 1
        return [self.parts[min(last, bisect_right(borders, (n * GOLDEN) % 1.0))].at(z) for n, z in enumerate(normals)]


def moments(points: Sequence[Vector], weights: Sequence[float]) -> tuple[Vector, list[list[float]]]:
    """The weighted mean and covariance; weights sum to 1."""
    columns = list(zip(*points, strict=True))
    mean = [sum(map(mul, weights, column)) for column in columns]
    off = [[x - middle for x in column] for column, middle in zip(columns, mean, strict=True)]
    weighed = [list(map(mul, weights, column)) for column in off]
    return (mean[0], mean[1], mean[2]), [[sum(map(mul, a, b)) for b in off] for a in weighed]
