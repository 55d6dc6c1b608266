"""Do the estimated joules agree with measured ones, and what does a token take? No figure of the paper has it."""

from __future__ import annotations

import altair as alt
import duckdb
import pandas as pd

from reports.axes import log_bounds, log_x, log_y
from reports.data import read, tables
from reports.figure import Figure, rows_of
from reports.labels import names_beside
from reports.theme import colour
from reports.tooltips import measured, said
from reports.words import number

# The measured rows farthest from the line have a name beside them: of the model where models differ, of the chip where
# chips do.
PASSES = """
    select
        energy_calibration.model_name,
        energy_calibration.family,
        energy_calibration.accelerator_name,
        accelerators.launch_date,
        energy_calibration.regime,
        case energy_calibration.regime
            when 'gpu_board fp32 framework' then 'Board, FP32, framework'
            when 'wall 16-bit-tensor tuned' then 'Wall, 16 bits, tuned'
            when 'wall int8 tuned' then 'Wall, INT8, tuned'
            when 'gpu_tdp 16-bit-tensor framework' then 'At most: rated power, 16 bits'
        end as measured_at,
        case
            when energy_calibration.basis = 'upper_bound' then 'at most, image'
            else 'measured, ' || energy_calibration.quantity
        end as kind,
        energy_calibration.joules_measured,
        energy_calibration.joules_estimated,
        energy_calibration.ratio,
        energy_calibration.gflops,
        energy_calibration.estimate_basis,
        coalesce(cast(cast(energy_calibration.batch_size as integer) as varchar), 'not stated') as batch,
        energy_calibration.software,
        energy_calibration.source,
        case
            when
                energy_calibration.basis = 'measured'
                and (
                    row_number() over (partition by regime order by ratio desc) = 1
                    or (
                        row_number() over (partition by regime order by ratio) = 1
                        and energy_calibration.precision_class <> 'INT8'
                    )
                )
                then case energy_calibration.software_kind
                    when 'framework' then energy_calibration.model_name
                    else replace(energy_calibration.accelerator_name, 'NVIDIA ', '')
                end
        end as label
    from marts.energy_calibration
    inner join marts.accelerators using (accelerator_id)
    where
        not energy_calibration.is_own
        and energy_calibration.quantity <> 'output_token'
        and energy_calibration.ratio is not null
    order by energy_calibration.joules_estimated, energy_calibration.measurement_id
"""
RATIOS = """
    select family, ratio, n_chip_designs
    from marts.energy_calibration_summary
    where regime = 'gpu_board fp32 framework' and not is_upper_bound
    order by ratio desc
"""
VERDICTS = """
    select
        count(*) filter (where verdict = 'near') as n_near,
        count(*) filter (where verdict = 'low') as n_low,
        count(*) filter (where verdict = 'high') as n_high,
        count(*) as n_families,
        count(*) filter (where interval_kind = 'none') as n_without_interval
    from marts.energy_calibration_summary
    where not is_upper_bound and quantity <> 'output_token'
"""
CHECKS = """
    select
        count(*) as n_checked,
        count(*) filter (where is_within_interval) as n_within,
        min(interval_factor) as narrowest
    from marts.calibration_check
    where is_within_interval is not null
"""
TOKENS = """
    select
        energy_calibration.model_name,
        energy_calibration.accelerator_name,
        accelerators.launch_date,
        regexp_replace(energy_calibration.measurement_id, '-batch-[0-9]+$', '') as series,
        case
            when energy_calibration.family = 'Mixture of experts' then 'Mixture of experts'
            when energy_calibration.active_params_millions < 20000 then 'Up to 14 billion parameters'
            when energy_calibration.active_params_millions < 50000 then '27 to 32 billion'
            when energy_calibration.active_params_millions < 100000 then '70 billion'
            else '405 billion'
        end as size,
        case energy_calibration.accelerator_id
            when 'nvidia-h100-sxm5-80gb' then 'H100'
            when 'nvidia-b200' then 'B200'
        end as chip,
        energy_calibration.n_gpus,
        energy_calibration.precision,
        energy_calibration.batch_size,
        energy_calibration.joules_measured,
        energy_calibration.joules_estimated,
        energy_calibration.source
    from marts.energy_calibration
    inner join marts.accelerators using (accelerator_id)
    where not energy_calibration.is_own and energy_calibration.quantity = 'output_token'
    order by series, energy_calibration.batch_size
"""
ONE_MODEL = """
    select
        arg_min(batch_size, batch_size) as smallest_batch,
        arg_max(batch_size, batch_size) as largest_batch,
        arg_min(joules_measured, batch_size) as joules_at_smallest,
        arg_max(joules_measured, batch_size) as joules_at_largest,
        any_value(joules_estimated) as joules_estimated
    from marts.energy_calibration
    where
        model_name = 'meta-llama/Llama-3.1-8B-Instruct'
        and accelerator_id = 'nvidia-h100-sxm5-80gb'
        and n_gpus = 1
        and not is_own
"""
MARTS = tables(PASSES, RATIOS, VERDICTS, CHECKS, TOKENS, ONE_MODEL)
REGIMES = {
    "Board, FP32, framework": "blue",
    "Wall, 16 bits, tuned": "green",
    "Wall, INT8, tuned": "orange",
    "At most: rated power, 16 bits": "grey",
}
# In units of half a mark: the bound is where the shaft begins, and the head points to less.
ARROW_DOWN = "M-0.25,0L0.25,0L0.25,1.1L0.9,1.1L0,2.5L-0.9,1.1L-0.25,1.1Z"
KINDS = {"measured, image": "circle", "measured, input": "square", "at most, image": ARROW_DOWN}
SIZES = {
    "Up to 14 billion parameters": "blue",
    "27 to 32 billion": "green",
    "70 billion": "purple",
    "405 billion": "grey",
    "Mixture of experts": "orange",
}
CHIPS = {"H100": "circle", "B200": "square"}
NAMED = {
    "meta-llama/Llama-3.1-8B-Instruct": "Llama 3.1 8B",
    "meta-llama/Llama-3.3-70B-Instruct": "Llama 3.3 70B",
    "meta-llama/Llama-3.1-405B-Instruct-FP8": "Llama 3.1 405B",
    "deepseek-ai/DeepSeek-V3.1": "DeepSeek V3.1",
    "Qwen/Qwen3-30B-A3B-Instruct-2507": "Qwen3 30B-A3B",
}


def measured_against_estimated(rows: pd.DataFrame, height: int) -> alt.LayerChart:
    """Return measured over estimated joules of images and inputs, with the line on which both are equal.

    Parameters
    ----------
    rows
        One row per measurement, the columns of ``PASSES``.
    height
        Of the plot, in pixels.
    """
    chosen = alt.selection_point(name="chosen", fields=["measured_at"], bind="legend", toggle="true")
    bounds = log_bounds(rows["joules_measured"], rows["joules_estimated"])
    x = log_x("joules_estimated", bounds, "Joules estimated")
    y = log_y("joules_measured", bounds, "Joules measured")
    ends = pd.DataFrame([{"joules_estimated": bound, "joules_measured": bound} for bound in bounds])
    equality = (
        alt.Chart(rows_of(ends, name="equality"))
        .mark_line(color=colour("ink"), strokeWidth=1.2, strokeDash=[5, 4])
        .encode(x=x, y=y)
    )
    marks = (
        alt.Chart(rows_of(rows))
        .transform_filter(chosen)
        .mark_point(filled=True, size=80, opacity=0.9, stroke=colour("paper"), strokeWidth=0.7)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "measured_at:N",
                title=None,
                scale=alt.Scale(domain=list(REGIMES), range=list(map(colour, REGIMES.values()))),
            ).legend(symbolType="circle"),
            shape=alt.Shape(
                "kind:N", title=None, scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
            ).legend(orient="bottom"),
            tooltip=[
                said("model_name", "Model"),
                said("accelerator_name", "Accelerator"),
                said("launch_date", "Accelerator launched"),
                said("kind", "Joules are"),
                said("regime", "Regime"),
                measured("joules_measured", "Joules measured"),
                measured("joules_estimated", "Joules estimated"),
                measured("ratio", "Measured over estimated"),
                said("estimate_basis", "Estimated from"),
                measured("gflops", "GFLOPs"),
                said("batch", "Batch"),
                said("software", "Software"),
                said("source", "Source"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(equality, *names_beside(rows, x, y, height, chosen), marks).resolve_legend(
        color="independent", shape="independent"
    )


def tokens_against_batch(rows: pd.DataFrame, height: int) -> alt.LayerChart:
    """Return joules of a generated token against the batch, one line per model and set of GPUs.

    Parameters
    ----------
    rows
        One row per measurement, the columns of ``TOKENS``, and a ``label``, null for most.
    height
        Of the plot, in pixels.
    """
    chosen = alt.selection_point(name="chosen", fields=["size"], bind="legend", toggle="true")
    x = log_x("batch_size", log_bounds(rows["batch_size"]), "Mean batch, requests at a time")
    y = log_y("joules_measured", log_bounds(rows["joules_measured"]), "Joules per generated token")
    colours = alt.Scale(domain=list(SIZES), range=[colour(name) for name in SIZES.values()])
    shapes = alt.Scale(domain=list(CHIPS), range=list(CHIPS.values()))
    data = alt.Chart(rows_of(rows)).transform_filter(chosen)
    lines = data.mark_line(strokeWidth=1.3, opacity=0.55).encode(
        x=x, y=y, detail="series:N", color=alt.Color("size:N", scale=colours, legend=None)
    )
    marks = (
        data.mark_point(filled=True, size=52, opacity=1, stroke=colour("paper"), strokeWidth=0.7)
        .encode(
            x=x,
            y=y,
            color=alt.Color("size:N", title=None, scale=colours).legend(symbolType="circle"),
            shape=alt.Shape("chip:N", title=None, scale=shapes).legend(orient="bottom"),
            tooltip=[
                said("model_name", "Model"),
                said("size", "Size"),
                said("precision", "Weights in"),
                said("accelerator_name", "Accelerator"),
                said("launch_date", "Accelerator launched"),
                said("n_gpus", "GPUs"),
                measured("batch_size", "Mean batch"),
                measured("joules_measured", "Joules per generated token"),
                measured("joules_estimated", "Joules estimated"),
                said("source", "Source"),
            ],
        )
        .add_params(chosen)
    )
    return alt.layer(lines, *names_beside(rows, x, y, height, chosen), marks).resolve_legend(
        color="independent", shape="independent"
    )


def first_points(tokens: pd.DataFrame) -> pd.Series:
    """Return a name for one point of each named model: that of the smallest batch and the most joules."""
    order = tokens.sort_values(["batch_size", "joules_measured"], ascending=[True, False])
    first = order[order["model_name"].isin(list(NAMED))].drop_duplicates("model_name").index
    return tokens["model_name"].map(NAMED).where(tokens.index.isin(first))


def figures(connection: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Return the figures of measured joules: against the estimate, and of a token against the batch."""
    passes, tokens = read(connection, PASSES), read(connection, TOKENS)
    ratios = read(connection, RATIOS).set_index("family")["ratio"]
    (verdicts,) = read(connection, VERDICTS).itertuples()
    (checks,) = read(connection, CHECKS).itertuples()
    (one,) = read(connection, ONE_MODEL).itertuples()
    tokens["label"] = first_points(tokens)
    return [
        Figure(
            figure_id="measured-against-estimated",
            label="Measured against estimated",
            title=f"In FP32 on one chip an image takes ×{number(ratios['EfficientNet'])} the estimated joules for "
            f"EfficientNet, ×{number(ratios['ResNet'])} for ResNet, ×{number(ratios['VGG'])} for VGG",
            subtitle=f"Of {verdicts.n_families} families and regimes the estimate is near the measured joules, within "
            f"a factor of 1.5, for {verdicts.n_near}, too low for {verdicts.n_low} and too high for "
            f"{verdicts.n_high}. Those measured on one chip design alone have no interval: "
            f"{verdicts.n_without_interval} of the {verdicts.n_families}.",
            caption="One mark per measurement, on the chip and in the precision that it was measured in; the dashed "
            "line is where both are equal. The estimate is the work over the paper's rate of that chip: its FP32 rate, "
            "its peak in 16 bits as far as it was measured to arrive on the A100, its peak in INT8. Colours must not "
            "be compared: a board is not a system at the wall, and INT8 is not FP16. Arrows are no measurements but "
            "bounds, rated power over measured throughput: the joules lie where an arrow begins or below, and enter no "
            f"mean. Leaving out one chip design at a time, {checks.n_within} of {checks.n_checked} lie within the "
            f"interval of the others, which says little: the narrowest reaches ×{number(checks.narrowest)} up and "
            "down. Both axes have the same bounds.",
            alt_text=f"Measured against estimated joules of {len(passes)} images and inputs on log axes with the line "
            "of equality: most measured points lie above it, arrows of upper bounds mostly below.",
            marts=MARTS,
            rows=passes,
            chart=measured_against_estimated(passes, 520),
            height=520,
        ),
        Figure(
            figure_id="token-against-batch",
            label="Energy of a generated token",
            title="A token of Llama-3.1-8B on one H100 falls from "
            f"{number(one.joules_at_smallest)} J in a batch of {number(one.smallest_batch)} to "
            f"{number(one.joules_at_largest)} J in one of {number(one.largest_batch)}",
            subtitle=f"The paper's method counts operations alone and gives {number(one.joules_estimated)} J for each "
            f"of them. {tokens['series'].nunique()} models and sets of GPUs, {len(tokens)} runs.",
            caption="One line per model and set of GPUs, from few requests at a time to many; colour is the parameters "
            "of dense models, with mixtures of experts apart, shape the GPU. Joules are those of the GPU boards, over "
            "generated tokens, with the reading of the prompts. In a small batch each token pays for reading the "
            "weights from memory, which a batch shares; so there is no one energy of a token, and no ratio to the "
            "estimate without its batch.",
            alt_text="Joules per generated token against the mean batch on log axes, "
            f"{tokens['series'].nunique()} falling lines that flatten at large batches; larger models and mixtures of "
            "experts lie higher.",
            marts=MARTS,
            rows=tokens,
            chart=tokens_against_batch(tokens, 460),
            height=460,
        ),
    ]
