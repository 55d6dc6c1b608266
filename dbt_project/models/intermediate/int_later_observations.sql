with

definitions as (

    select * from {{ ref('int_trend_definitions') }}

),

efficiency as (

    select
        *,
        accelerator_id || '-' || {{ slug('precision') }} as observation_id,
        max(case when is_in_paper then launch_date end) over () as last_launch_in_paper

    from {{ ref('int_accelerator_efficiency') }}
    where not is_own

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

tensor_derates as (

    select * from {{ ref('int_tensor_derates') }}

),

later_models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and not is_in_paper and not is_own

),

articles as (

    select * from {{ ref('stg_vision_models_since_paper') }}

),

comparable_years as (

    select * from {{ ref('int_comparable_years') }}

),

efficiency_to_2026 as (

    select * from {{ ref('int_energy_by_trend') }}
    where vintage = 'to_2026'

),

later_peaks as (

    select
        efficiency.*,
        case
            when efficiency.is_doubtful then 'power, date or rate is doubtful in its source'
            when accelerators.how_known = 'recalled' then 'known from memory'
        end as doubt

    from efficiency
    inner join accelerators on efficiency.accelerator_id = accelerators.accelerator_id
    where
        efficiency.workload = 'theoretical'
        and not efficiency.is_in_paper
        and efficiency.launch_date >= efficiency.last_launch_in_paper

),

fp32_peaks as (

    select
        definitions.trend_id,
        'none' as scenario,
        later_peaks.*

    from definitions
    cross join later_peaks
    where definitions.subset = 'table_8_fp32' and later_peaks.precision_class = 'FP32'

),

-- What arrives of a peak of matrix units is unknown for later chips, so each benchmarked chip of the paper lends its share in turn.
-- FP8 has no benchmarks.
tensor_peaks as (

    select
        definitions.trend_id,
        tensor_derates.derate_source as scenario,
        later_peaks.* replace (later_peaks.gflops_per_watt * tensor_derates.derate as gflops_per_watt)

    from definitions
    inner join tensor_derates on definitions.domain = tensor_derates.workload
    cross join later_peaks
    where definitions.subset = 'figure_8' and later_peaks.precision_class = '16-bit tensor'

),

peaks as (

    select * from fp32_peaks
    union all by name
    select * from tensor_peaks

),

hardware as (

    select
        trend_id,
        scenario,
        observation_id,
        maker,
        chip_design,
        coalesce(chip_design, accelerator_id) as group_id,
        case when maker = 'NVIDIA' then 'nvidia' else 'other makers' end as scope,
        launch_date as on_date,
        gflops_per_watt as actual_value,
        doubt,
        cast(null as varchar) as missing_census

    from peaks

),

-- Joules of a later model are those on the line of hardware to 2026, which rests on the default derate.
models as (

    select
        definitions.trend_id,
        case when definitions.quantity like 'joules%' then '{{ var("default_derate_source") }}' else 'none' end as scenario,
        later_models.model_id as observation_id,
        cast(null as varchar) as maker,
        cast(null as varchar) as chip_design,
        coalesce(articles.described_in, later_models.model_source) as group_id,
        'models' as scope,
        later_models.release_date as on_date,
        case definitions.quantity
            when 'gflops_per_forward_pass' then later_models.gflops_per_forward_pass
            else {{ joules('later_models.gflops_per_forward_pass', 'efficiency_to_2026.gflops_per_watt') }}
        end as actual_value,
        case when later_models.how_known = 'doubtful' then 'doubtful in its source' end as doubt,
        case
            when not comparable_years.is_comparable
                then format(
                    'best listed for {} has {:.2f} %, the record is {:.2f} %',
                    comparable_years.release_year,
                    comparable_years.best_top1_accuracy_pct,
                    comparable_years.record_top1_accuracy_pct
                )
        end as missing_census

    from definitions
    inner join later_models on definitions.domain = later_models.domain
    inner join comparable_years on year(later_models.release_date) = comparable_years.release_year
    left join efficiency_to_2026 on later_models.model_id = efficiency_to_2026.model_id
    left join articles
        on later_models.raw_file = articles.raw_file
        and later_models.raw_line = articles.raw_line
    where
        definitions.quantity in ('gflops_per_forward_pass', 'joules_per_forward_pass')
        and (
            definitions.subset = 'all'
            or (definitions.subset = 'best_of_year' and later_models.model_id = comparable_years.best_model_id)
        )

),

unioned as (

    select * from hardware
    union all by name
    select * from models

)

select * from unioned
