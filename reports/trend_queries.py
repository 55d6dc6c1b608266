"""The queries that trend charts of GFLOPs and of joules share; each takes the parameter ``domain``."""

from __future__ import annotations

# A model is drawn with the line of the records when it was one.
SERIES_OF_MODEL = """
        case
            when models.domain = 'vision' and models.is_best_of_year then 'Best of each year'
            when models.domain = 'language' and models.is_most_demanding_at_release then 'Most demanding at release'
            else 'All models'
        end as series"""


def lines_and_means(quantity: str) -> str:
    """Return the query for the trend lines within the data, and for the yearly means.

    Parameters
    ----------
    quantity
        ``gflops_per_forward_pass`` or ``joules_per_forward_pass``.
    """
    return f"""
    select
        on_date,
        value,
        case subset
            when 'all' then 'All models'
            when 'best_of_year' then 'Best of each year'
            when 'most_demanding' then 'Most demanding at release'
        end as series,
        confidence_low,
        confidence_high,
        is_extrapolated
    from marts.trend_lines
    inner join marts.trends using (trend_id, vintage)
    where
        quantity = '{quantity}' and subset in ('all', 'best_of_year', 'most_demanding')
        and domain = $domain and vintage = 'paper' and not is_extrapolated
    union all by name
    select
        make_date(release_year, 7, 1) as on_date,
        mean_{quantity} as value,
        'Yearly mean' as series,
        false as is_extrapolated
    from marts.yearly_energy
    where domain = $domain
    order by series, on_date
"""  # noqa: S608 - the quantity is one of two names
