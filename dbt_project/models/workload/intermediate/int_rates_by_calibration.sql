with

models as (

    select * from {{ ref('dim_models') }}

),

accelerators as (

    select * from {{ ref('dim_accelerators') }}

),

rates_by_paper as (

    select * from {{ ref('int_rates_by_paper') }}

),

-- A ratio that was measured in 16 bits says nothing of a rate in another precision. Those of vision were measured in FP32, which the
-- rates of the paper's kind start from: measured speed-ups times the FP32 rate. They say nothing of a peak of tensor cores that is
-- taken down by the share of another chip.
with_regimes as (

    select
        rates_by_paper.*,
        models.calibration_ratio,
        models.calibration_ratio_low,
        models.calibration_ratio_high,
        models.calibration_boundary,
        models.calibration_interval_kind,
        models.calibration_regime,
        rates_by_paper.accelerator_id <> 'unstated'
        and models.calibration_regime like '%16-bit-tensor%'
        and coalesce({{ precision_class('accelerators.language_precision') }}, '') <> '16-bit tensor' as is_of_another_precision,
        models.domain = 'vision' and coalesce(accelerators.vision_precision, 'FP32') = '16-bit tensor' as is_of_a_derated_peak,
        -- Lines of hardware run through accelerators of several precisions.
        models.domain = 'vision' and coalesce(accelerators.vision_precision, 'several') <> 'FP32' as is_carried_from_fp32

    from rates_by_paper
    inner join models on rates_by_paper.model_id = models.model_id
    left join accelerators on rates_by_paper.accelerator_id = accelerators.accelerator_id
    where not models.is_generative

),

usable_ratios as (

    select
        *,
        case when not (is_of_another_precision or is_of_a_derated_peak) then calibration_ratio end as ratio,
        case when not (is_of_another_precision or is_of_a_derated_peak) then calibration_ratio_low end as ratio_low,
        case when not (is_of_another_precision or is_of_a_derated_peak) then calibration_ratio_high end as ratio_high

    from with_regimes

),

-- A pass: the paper's estimate times the measured ratio of the model's family.
passes as (

    select
        model_id,
        accelerator_id,
        batch_size,
        'calibrated' as method,
        matching_policy,
        joules_per_inference * ratio as joules_per_inference,
        joules_per_input_token * ratio as joules_per_input_token,
        joules_per_output_token * ratio as joules_per_output_token,
        joules_per_context_token * ratio as joules_per_context_token,
        ratio_low / ratio as pass_low_factor,
        ratio_high / ratio as pass_high_factor,
        ratio_low / ratio as decode_low_factor,
        ratio_high / ratio as decode_high_factor,
        cast(null as double) as longest_context_tokens,
        case when missing_reason is null and ratio is not null then coalesce(calibration_interval_kind, 'none') else 'none' end
            as interval_kind,
        coalesce(calibration_boundary, 'gpu_board') as boundary,
        basis || coalesce(
            ', times the ratio of the family measured in ' || calibration_regime
            || case when is_carried_from_fp32 then ' and in no other precision' else '' end,
            ''
        ) as basis,
        cast(null as double) as batch_size_used,
        is_hardware_extrapolated,
        case
            when missing_reason is not null then missing_reason
            when calibration_ratio is null then 'the family of the model was not measured'
            when is_of_another_precision then 'the family was measured in 16 bits, for which the accelerator has no rate'
            when is_of_a_derated_peak
                then 'the family was measured in FP32, and no speed-up over it was measured on the accelerator'
        end as missing_reason

    from usable_ratios

)

select * from passes
