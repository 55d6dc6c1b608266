"""Kaplan-Meier medians of the consolidation lags, one row per domain, kind of cost, factor and tolerance."""

from inference_energy.kaplan_meier import median_lags


def model(dbt, session):
    lags = dbt.ref("int_consolidation_lags").df()
    return median_lags(lags, confidence_level=dbt.config.get("confidence_level"))
