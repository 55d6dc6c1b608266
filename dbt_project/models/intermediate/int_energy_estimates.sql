with

measured as (

    select * from {{ ref('int_measured_energy') }}

),

efficiency as (

    select * from {{ ref('int_accelerator_efficiency') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

tensor_derates as (

    select * from {{ ref('int_tensor_derates') }}

),

-- INT8 operations are counted in TOPS; only here, where a pass is held against the rate that it ran at, do they stand beside FLOPS.
all_peaks as (

    select
        accelerator_id,
        precision_class,
        gflops_per_watt,
        is_doubtful

    from efficiency
    where workload = 'theoretical'

    union all

    select
        accelerator_id,
        'INT8' as precision_class,
        {{ gflops_per_watt('int8_tops', 'tdp_watts') }} as gflops_per_watt,
        list_has_any(string_split(coalesce(doubtful_cells, ''), ';'), ['tdp_watts']) as is_doubtful

    from accelerators
    where int8_tops is not null

),

-- A user's chip may have two printed precisions of one class.
peaks as (

    select * from all_peaks
    qualify row_number() over (partition by accelerator_id, precision_class order by gflops_per_watt desc) = 1

),

benchmarked as (

    select * from efficiency
    where is_adapted and derate_source is null
    qualify row_number() over (partition by accelerator_id, precision_class, workload order by gflops_per_watt desc) = 1

),

-- A measured speed-up is learned from the chip that was measured and from the one that it was compared with.
learned_from as (

    select distinct
        benchmarked.accelerator_id,
        designs.chip_design

    from benchmarked
    inner join accelerators as designs
        on designs.accelerator_id in (benchmarked.accelerator_id, benchmarked.baseline_accelerator_id)
    where designs.chip_design is not null

),

-- Everything is estimated once with all that is known, and once for each measured design as if no chip of it had ever been seen.
folds as (

    select 'none' as held_out_chip_design

    union

    select distinct chip_design as held_out_chip_design
    from measured
    where not is_own and basis = 'measured' and chip_design is not null

),

in_folds as (

    select
        measured.*,
        folds.held_out_chip_design

    from measured
    cross join folds
    where folds.held_out_chip_design = 'none' or not measured.is_own

),

usable_benchmarks as (

    select
        folds.held_out_chip_design,
        benchmarked.*

    from folds
    cross join benchmarked
    anti join learned_from
        on benchmarked.accelerator_id = learned_from.accelerator_id
        and folds.held_out_chip_design = learned_from.chip_design

),

usable_derates as (

    select
        folds.held_out_chip_design,
        tensor_derates.workload,
        tensor_derates.derate_source,
        tensor_derates.derate,
        sources.chip_design as source_chip_design

    from folds
    cross join tensor_derates
    left join accelerators as sources on tensor_derates.derate_source = sources.accelerator_id
    anti join learned_from
        on tensor_derates.derate_source = learned_from.accelerator_id
        and folds.held_out_chip_design = learned_from.chip_design

),

-- The derate of the same design first, then the default, then the next by age: A100, V100, T4. Those of one maker's chips hold for no
-- other maker's.
derate_choices as (

    select
        in_folds.measurement_id,
        in_folds.held_out_chip_design,
        usable_derates.derate_source,
        usable_derates.derate

    from in_folds
    inner join usable_derates
        on in_folds.held_out_chip_design = usable_derates.held_out_chip_design
        and in_folds.domain = usable_derates.workload
    where in_folds.precision_class = '16-bit tensor' and in_folds.maker = 'NVIDIA'
    qualify row_number() over (
        partition by in_folds.measurement_id, in_folds.held_out_chip_design
        order by
            in_folds.chip_design is not distinct from usable_derates.source_chip_design desc,
            usable_derates.derate_source = '{{ var("default_derate_source") }}' desc,
            list_position(['a100', 'tesla-v100', 't4'], usable_derates.derate_source)
    ) = 1

),

with_rates as (

    select
        in_folds.*,
        peaks.gflops_per_watt as peak_gflops_per_watt,
        coalesce(peaks.is_doubtful, false) as is_rate_doubtful,
        case
            when in_folds.precision_class = 'FP32' then 'fp32_rate'
            when usable_benchmarks.gflops_per_watt is not null then 'adapted'
            when in_folds.precision_class = '16-bit tensor' then 'derated'
            else 'peak'
        end as estimate_basis,
        case when usable_benchmarks.gflops_per_watt is null then derate_choices.derate_source end as derate_source,
        case
            when in_folds.precision_class = 'FP32' then peaks.gflops_per_watt
            when usable_benchmarks.gflops_per_watt is not null then usable_benchmarks.gflops_per_watt
            when in_folds.precision_class = '16-bit tensor' then peaks.gflops_per_watt * derate_choices.derate
            else peaks.gflops_per_watt
        end as gflops_per_watt

    from in_folds
    left join peaks
        on in_folds.accelerator_id = peaks.accelerator_id
        and in_folds.precision_class = peaks.precision_class
    left join usable_benchmarks
        on in_folds.accelerator_id = usable_benchmarks.accelerator_id
        and in_folds.domain = usable_benchmarks.workload
        and in_folds.precision_class = usable_benchmarks.precision_class
        and in_folds.held_out_chip_design = usable_benchmarks.held_out_chip_design
    left join derate_choices
        on in_folds.measurement_id = derate_choices.measurement_id
        and in_folds.held_out_chip_design = derate_choices.held_out_chip_design

),

priced as (

    select
        measurement_id,
        held_out_chip_design,
        case when gflops_per_watt is not null and not is_rate_doubtful then estimate_basis end as estimate_basis,
        case when gflops_per_watt is not null and not is_rate_doubtful then derate_source end as derate_source,
        case when not is_rate_doubtful then {{ joules('gflops', 'gflops_per_watt') }} end as joules_estimated,
        {{ joules('gflops', 'peak_gflops_per_watt') }} as joules_at_peak,
        case
            when gflops is null then 'no work of the pass on record'
            when accelerator_id is null then 'accelerator not on record'
            when peak_gflops_per_watt is null and gflops_per_watt is null
                then 'no peak rate of the accelerator in ' || precision_class || ' on record'
            when is_rate_doubtful then 'rate or power of the accelerator is doubtful'
            when gflops_per_watt is null then 'no measured share of the peak for chips of this maker or design'
        end as missing_reason,
        joules_measured

    from with_rates

),

compared as (

    select
        * exclude (joules_measured),
        joules_measured / joules_estimated as ratio,
        log10(joules_measured / joules_estimated) as ratio_log10

    from priced

)

select * from compared
