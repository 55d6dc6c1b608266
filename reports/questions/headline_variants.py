"""Which of the headlines hang on a choice? No figure has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import in_lines, log_bounds, log_x
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import PLOT_WIDTH
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

RATIOS = """
    select
        headline_id,
        headline,
        headline || ': ' || format('{:.3g}', published_value) as headline_and_number,
        variant_id,
        variant,
        choice,
        row_number() over (
            partition by headline_id
            order by ratio_to_published, variant_id
        ) - count(*) over (partition by headline_id) // 2 as lane,
        -- The farthest is named, where it is far.
        case
            when row_number() over (partition by headline_id order by abs(ln(ratio_to_published)) desc, variant_id) = 1
                and ratio_to_published not between 0.75 and 1.3
                then variant
        end as label,
        unit,
        value,
        published_value,
        ratio_to_published,
        coalesce(format('{:.3g} to {:.3g}', value_low, value_high), 'none') as interval_in_words,
        has_changed_sign_or_verdict,
        case when has_changed_sign_or_verdict then 'yes' else 'no' end as is_another,
        source
    from marts.headline_sensitivity
    where ratio_to_published is not null and variant_id <> 'as_published'
    order by
        max(abs(ln(ratio_to_published))) over (partition by headline_id) desc,
        headline_id,
        variant_id
"""
CROSSINGS = """
    select
        headline,
        variant_id,
        upper(left(variant, 1)) || right(variant, -1) as variant,
        choice,
        value,
        value_low,
        value_high,
        coalesce(format('{:.1f} to {:.1f}', value_low, value_high), 'not bounded') as interval_in_words,
        verdict,
        source
    from marts.headline_sensitivity
    where unit = 'calendar year'
    order by variant_id <> 'as_published', value, variant_id
"""
COUNTS = """
    select
        count(distinct headline_id) as headlines,
        count(distinct headline_id) filter (where has_changed_sign_or_verdict) as changed,
        string_agg(distinct lower(left(headline, 1)) || right(headline, -1), ' and ')
            filter (where has_changed_sign_or_verdict) as names,
        count(*) filter (where variant_id <> 'as_published') as variants
    from marts.headline_sensitivity
"""
MARTS = tables(RATIOS, CROSSINGS, COUNTS)
CHOICES = {
    "published": ("ink", "circle"),
    "dates": ("purple", "diamond"),
    "rows": ("blue", "circle"),
    "values": ("green", "triangle-up"),
    "method": ("orange", "square"),
    "later data": ("grey", "cross"),
}
RATIO_TICKS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 7, 10]


def scales(names: list[str]) -> tuple[alt.Scale, alt.Scale]:
    """Return the colours and shapes of some kinds of choice."""
    return (
        alt.Scale(domain=names, range=[colour(CHOICES[name][0]) for name in names]),
        alt.Scale(domain=names, range=[CHOICES[name][1] for name in names]),
    )


def ratios_by_headline(rows: pd.DataFrame) -> alt.LayerChart:
    """Return each variant of each headline over the published number, on a log axis.

    Parameters
    ----------
    rows
        One row per headline and variant but the published, the columns of ``RATIOS``, in the order in which headlines
        are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["choice"], bind="legend", toggle="true")
    ratios = rows["ratio_to_published"]
    bounds = (
        max([tick for tick in RATIO_TICKS if tick <= ratios.min() * 0.95], default=log_bounds(ratios)[0]),
        min([tick for tick in RATIO_TICKS if tick >= ratios.max() * 1.05], default=log_bounds(ratios)[1]),
    )
    x = log_x("ratio_to_published", bounds, "Over published number")
    x = x.axis(
        values=[tick for tick in RATIO_TICKS if bounds[0] <= tick <= bounds[1]],
        labelExpr="'×' + datum.label",
        format="~g",
        grid=True,
        title=x["axis"]["title"],
    )
    headlines = rows["headline_and_number"].drop_duplicates().tolist()
    y = (
        alt.Y("headline_and_number:N")
        .sort(headlines)
        .axis(title=None, domain=False, ticks=False, grid=True, **in_lines(headlines))
    )
    colours, shapes = scales([name for name in CHOICES if name != "published"])
    offset = alt.YOffset("lane:O").sort(sorted(rows["lane"].unique().tolist()))
    published = (
        alt.Chart(rows_of(pd.DataFrame({"ratio_to_published": [1]}), name="published"))
        .mark_rule(strokeWidth=1.4, color=colour("ink"))
        .encode(x=x)
    )
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    marks = (
        data.mark_point(filled=True, size=55, opacity=1, strokeWidth=1.4)
        .encode(
            x=x,
            y=y,
            yOffset=offset,
            color=alt.Color("choice:N", title=None, scale=colours),
            shape=alt.Shape("choice:N", title=None, scale=shapes),
            stroke=alt.condition(
                "datum.has_changed_sign_or_verdict", alt.value(colour("ink")), alt.value(colour("paper"))
            ),
            tooltip=[
                said("headline", "Headline"),
                said("variant", "Variant"),
                said("unit", "Unit"),
                measured("value", "Under the variant"),
                said("interval_in_words", "95 % interval"),
                measured("published_value", "As published"),
                measured("ratio_to_published", "Ratio"),
                said("is_another", "Another sign or verdict"),
                said("source", "Read from"),
            ],
        )
        .add_params(chosen)
    )
    names = []
    # A name goes to the right of its mark, but near the right end of the axis.
    beyond = 3
    for place, align, baseline, dx, dy in (
        ("< 1", "left", "bottom", 0, -6),
        (f"> 1 && datum.ratio_to_published <= {beyond}", "left", "middle", 9, 0),
        (f"> {beyond}", "right", "top", 4, 7),
    ):
        far = data.transform_filter(f"isValid(datum.label) && datum.ratio_to_published {place}")
        style = {
            "align": align,
            "baseline": baseline,
            "dx": dx,
            "dy": dy,
            "fontSize": 11,
            "opacity": alt.expr(f"width < {0.55 * PLOT_WIDTH} ? 0 : 1"),
        }
        named = far.encode(x=x, y=y, yOffset=offset, text="label:N")
        names += [
            named.mark_text(stroke=colour("paper"), strokeWidth=3, strokeJoin="round", **style),
            named.mark_text(color=colour("muted"), **style),
        ]
    return alt.layer(published, *names, marks).resolve_legend(color="independent", shape="independent")


def crossings_by_variant(rows: pd.DataFrame) -> alt.LayerChart:
    """Return the year of one crossing under each variant, with its interval.

    Parameters
    ----------
    rows
        One row per variant, the columns of ``CROSSINGS``, in the order in which they are drawn.
    """
    chosen = alt.selection_point(name="chosen", fields=["choice"], bind="legend", toggle="true")
    colours, shapes = scales([name for name in CHOICES if (rows["choice"] == name).any()])
    low, high = rows["value_low"].min(), rows["value_high"].max()
    x = (
        alt.X(field="value", type="quantitative")
        .scale(domain=[int(low), int(high) + 1], nice=False)
        .axis(title="Year", format="d", grid=True, tickCount=10)
    )
    variants = rows["variant"].tolist()
    y = alt.Y("variant:N").sort(variants).axis(title=None, domain=False, ticks=False, grid=False, **in_lines(variants))
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    intervals = data.mark_rule(strokeWidth=2.4).encode(
        x=x.copy().field("value_low"), x2="value_high:Q", y=y, color=alt.Color("choice:N", scale=colours, legend=None)
    )
    marks = (
        data.mark_point(filled=True, size=80, opacity=1, stroke=colour("paper"), strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color("choice:N", title=None, scale=colours),
            shape=alt.Shape("choice:N", title=None, scale=shapes),
            tooltip=[
                said("variant", "Variant"),
                measured("value", "Year"),
                said("interval_in_words", "95 % interval"),
                said("verdict", "Verdict"),
                said("source", "Read from"),
            ],
        )
        .add_params(chosen)
    )
    names = data.mark_text(
        align="center",
        baseline="bottom",
        dy=-7,
        fontSize=11,
        color=colour("muted"),
        opacity=alt.expr(f"width < {0.6 * PLOT_WIDTH} ? 0 : 1"),
    ).encode(x=x, y=y, text=alt.Text("value:Q", format=".1f"))
    return alt.layer(intervals, names, marks).resolve_legend(color="independent", shape="independent")


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figures of headlines and their variants."""
    ratios, crossings = read(connection, RATIOS), read(connection, CROSSINGS)
    counts = read(connection, COUNTS).iloc[0]
    changed = ratios[ratios["has_changed_sign_or_verdict"]]
    flips = "; ".join(f"{row.variant}, {number(row.value)}" for row in changed.itertuples())
    (published,) = crossings.loc[crossings["variant_id"] == "as_published", "value"]
    others = crossings.loc[crossings["variant_id"] != "as_published", "value"]
    return [
        Figure(
            figure_id="headline-variants",
            label="Headlines and their variants",
            title=f"One choice made otherwise changes the sign or verdict of {counts.changed} of {counts.headlines} "
            "headlines" + (f": {counts.names}" if counts.changed else ""),
            subtitle=f"{counts.variants} variants, each with one choice made otherwise. "
            + (f"Published {number(changed.iloc[0].published_value)} a year; {flips}." if counts.changed else ""),
            caption="Each mark is a headline under one variant, over the published number (the line at ×1). A dark "
            "ring marks another sign of the slope, or another verdict of its 95 % interval. Kinds of choice: launch "
            "and release dates; rows left out or added; values of rows (geometric speed-ups, the GFLOPs of ViT-G/14, "
            "the input length); method (median slope, tolerance, accuracy threshold, logarithms, ranks); data to "
            "2026. A variant is a choice and the spread of variants is no interval. The year of a crossing has no "
            "ratio and is drawn apart.",
            alt_text="Ratio of each variant to the published number on a log axis, one row per headline: most lie "
            "near one, those of all language models spread below it.",
            marts=MARTS,
            rows=ratios,
            chart=ratios_by_headline(ratios),
            phone_legend_columns=2,
            height=760,
        ),
        Figure(
            figure_id="headline-crossing",
            label="The crossing and its variants",
            title=f"The best vision models reach the power of a human body in {published:.1f}; one choice made "
            f"otherwise gives {others.min():.1f} to {others.max():.1f}",
            subtitle="Year in which the line of the joules of the best vision model of each year, at one pass a "
            "second, crosses 2,000 kcal a day, under each variant.",
            caption="Rules are the 95 % intervals of the crossing of the line. It runs through records, which are "
            "selected by their outcome, and is extrapolated: it describes the past and predicts no model. The axis "
            "does not begin at 0.",
            alt_text=f"Crossing year with its interval under {len(crossings)} variants; the intervals overlap widely.",
            marts=MARTS,
            rows=crossings,
            chart=crossings_by_variant(crossings),
            phone_legend_columns=2,
            height=360,
        ),
    ]
