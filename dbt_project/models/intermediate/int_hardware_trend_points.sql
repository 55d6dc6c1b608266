with

definitions as (

    select * from {{ ref('int_trend_definitions') }}
    where quantity = 'gflops_per_watt'

),

vintages as (

    select * from {{ ref('int_trend_vintages') }}

),

corrected_launch_dates as (

    select * from {{ ref('int_corrected_launch_dates') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

speedups as (

    select * from {{ ref('int_speedups') }}

),

efficiency as (

    select
        *,
        accelerator_id || '-' || {{ slug('precision') }} as observation_id,
        max(case when is_in_paper then launch_date end) over () as last_launch_in_paper

    from {{ ref('int_accelerator_efficiency') }}
    where not is_own and not is_doubtful

),

-- Later chips of the paper's maker, as rated in FP32 or derated to what networks reach; those of its own years it left out, and a
-- chip known from memory enters no fit.
with_later as (

    select efficiency.*

    from efficiency
    inner join accelerators on efficiency.accelerator_id = accelerators.accelerator_id
    where
        efficiency.is_in_paper
        or (
            efficiency.maker = 'NVIDIA'
            and efficiency.launch_date >= efficiency.last_launch_in_paper
            and accelerators.how_known <> 'recalled'
        )

),

-- The 32 points of each line of Fig. 8: 28 unadapted rows and 4 adapted to the domain.
lines_of_figure_8 as (

    select * from with_later
    where workload in ('vision', 'language')

),

theoretical_fp32 as (

    select * from with_later
    where workload = 'theoretical' and precision = 'FP32'

),

-- Table 9 leaves out the FP32 rows of A100, A30 and P100, which Table 8 has.
left_out_by_table_9 as (

    select theoretical_fp32.*
    from theoretical_fp32
    anti join lines_of_figure_8 on theoretical_fp32.observation_id = lines_of_figure_8.observation_id

),

selected as (

    select
        definitions.trend_id,
        definitions.domain,
        definitions.quantity,
        definitions.subset,
        false as is_left_out_by_table_9,
        lines_of_figure_8.*

    from definitions
    inner join lines_of_figure_8 on definitions.domain = lines_of_figure_8.workload
    where definitions.subset <> 'figure_8_without_t4' or lines_of_figure_8.accelerator_id <> 't4'

    union all by name

    -- Those of Fig. 8 alone have these rows in one reading.
    select
        definitions.trend_id,
        definitions.domain,
        definitions.quantity,
        definitions.subset,
        true as is_left_out_by_table_9,
        left_out_by_table_9.*

    from definitions
    cross join left_out_by_table_9
    where definitions.subset in ('figure_8', 'figure_8_and_table_8_fp32')

    union all by name

    select
        definitions.trend_id,
        definitions.domain,
        definitions.quantity,
        definitions.subset,
        false as is_left_out_by_table_9,
        theoretical_fp32.*

    from definitions
    cross join theoretical_fp32
    where definitions.subset = 'table_8_fp32'

),

dated as (

    select
        selected.trend_id,
        vintages.vintage,
        selected.observation_id,
        case
            when vintages.has_later_rows then coalesce(selected.chip_design, selected.accelerator_id)
            else selected.accelerator_id
        end as group_id,
        coalesce(corrected_launch_dates.launch_date, selected.launch_date) as on_date,
        case
            when vintages.vintage = 'geometric_speedups' and selected.is_adapted
                then selected.gflops_per_watt * speedups.geometric_mean_speedup_over_fp32 / speedups.speedup_over_fp32
            else selected.gflops_per_watt
        end as gflops_per_watt,
        selected.is_adapted and vintages.is_before_benchmarks as uses_later_benchmarks

    from selected
    inner join vintages
        on {{ is_known_in('vintages', 'selected.launch_date') }}
        and (selected.is_in_paper or vintages.has_later_rows)
        and {{ is_fitted_in('vintages', 'selected') }}
    left join speedups
        on selected.domain = speedups.domain
        and selected.accelerator_id = speedups.accelerator_id
        and selected.precision = speedups.precision
    left join corrected_launch_dates
        on vintages.has_corrected_dates
        and selected.accelerator_id = corrected_launch_dates.accelerator_id
    where
        (vintages.vintage <> 'without_t4' or selected.accelerator_id <> 't4')
        and (
            selected.subset <> 'figure_8'
            or not selected.is_left_out_by_table_9
            or vintages.vintage = 'with_table_8'
        )

),

points as (

    select
        trend_id,
        vintage,
        observation_id,
        group_id,
        on_date,
        {{ years_since_origin('on_date') }} as years,
        gflops_per_watt as value,
        uses_later_benchmarks

    from dated

),

fittable as (

    select *
    from points
    qualify
        {{ has_enough_points() }}

)

select * from fittable
