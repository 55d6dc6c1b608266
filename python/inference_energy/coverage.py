"""How well a share is known that was counted in few trials, such as that of intervals which held."""

from __future__ import annotations

from scipy.special import betaincinv


def clopper_pearson(k: int, n: int, confidence_level: float) -> tuple[float, float]:
    """Return the exact interval of a share of which ``k`` of ``n`` independent trials are known.

    Parameters
    ----------
    k
        Trials that held, from 0 to n.
    n
        All trials, at least 1.
    confidence_level
        Two-sided, between 0 and 1. The interval covers the share at least that often, for few trials far more often.

    Returns
    -------
    tuple of float
        Low and high end of the share, from 0 to 1.

    Raises
    ------
    ValueError
        When there is no trial, k is not from 0 to n, or the level not between 0 and 1.

    Notes
    -----
    Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial, 1934. The
    ends are quantiles of beta distributions.
    """
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"found {k} of {n}, expected 0 to n of at least 1 trial")
    if not 0 < confidence_level < 1:
        raise ValueError(f"found a confidence level of {confidence_level}, expected one between 0 and 1")
    tail = (1 - confidence_level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))
    return low, high
