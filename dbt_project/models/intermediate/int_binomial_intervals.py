"""Intervals of shares, k of n, for counts that are made in SQL, which has no such function."""

import pandas as pd
from inference_energy.coverage import clopper_pearson

MAX_TRIALS = 100


def model(dbt, session):
    confidence_level = dbt.config.get("confidence_level")
    counts = [(k, n) for n in range(1, MAX_TRIALS + 1) for k in range(n + 1)]
    intervals = [clopper_pearson(k, n, confidence_level) for k, n in counts]
    return pd.DataFrame(
        {
            "n_successes": [k for k, _ in counts],
            "n_trials": [n for _, n in counts],
            "share_low": [low for low, _ in intervals],
            "share_high": [high for _, high in intervals],
        }
    )
