"""Every fitted trend with its growth and its time to double or halve."""

from __future__ import annotations

import duckdb

from reports.data import read, tables
from reports.tables.table import Table

TRENDS = """
    select
        trend_id as "Trend",
        n_points as "Points",
        growth_per_year as "Factor a year",
        growth_per_year_low as "Low",
        growth_per_year_high as "High",
        case
            when growth_per_year_low <= 1 and growth_per_year_high >= 1 then 'no clear direction'
            when doubling_time_years is not null then format('doubles in {:.2f}', doubling_time_years)
            when halving_time_years is not null then format('halves in {:.2f}', halving_time_years)
        end as "Years to double or halve",
        case
            when is_doubling_time_bounded or is_halving_time_bounded
                then format(
                    '{:.2f} to {:.2f}',
                    coalesce(doubling_time_years_low, halving_time_years_low),
                    coalesce(doubling_time_years_high, halving_time_years_high)
                )
        end as "95 % interval, years",
        power(10, slope_theil_sen_log10_per_year) as "Robust factor (Theil-Sen)",
        r_squared as "R²",
        first_date as "First",
        last_date as "Last",
        if(is_selected_extreme, 'yes', 'no') as "Through records"
    from marts.trends
    where vintage = 'paper'
    order by quantity, domain, trend_id
"""
MARTS = tables(TRENDS)


def trend_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the table of trends."""
    return [
        Table(
            "trends",
            "Trends",
            "Growth, doubling and halving times",
            "Least squares on log10 over time. Low and high are 95 % intervals by Student's t; those of efficiency "
            "count each GPU once, those of joules hold the error of the hardware trend as well. Where the interval "
            "of the factor holds 1, no direction is shown and the time has no upper bound. A line through records "
            "predicts no next record. The robust factor is the median slope of all pairs of points.",
            tables(TRENDS),
            read(connection, TRENDS),
        )
    ]
