with

models as (

    select * from {{ ref('int_models') }}

),

architectures as (

    select * from {{ ref('int_language_architectures') }}

),

ratios as (

    select * from {{ ref('int_calibration_ratios') }}

),

-- Work goes by the forward pass for an image and by the token for a text, whatever its length.
described as (

    select
        models.model_id,
        models.model_name,
        models.domain,
        coalesce(architectures.is_generative, false) as is_generative,
        case when models.domain = 'vision' then models.gflops_per_forward_pass end as gflops_per_forward_pass,
        models.gflops_per_token,
        coalesce(architectures.params_millions, models.params_millions) as params_millions,
        coalesce(architectures.active_params_millions, models.active_params_millions) as active_params_millions,
        architectures.weight_precision_class,
        architectures.shared_weight_bytes,
        architectures.expert_weight_bytes,
        architectures.share_of_experts_per_token,
        architectures.kv_cache_bytes_per_token,
        architectures.window_tokens,
        ratios.ratio as calibration_ratio,
        ratios.ratio_low as calibration_ratio_low,
        ratios.ratio_high as calibration_ratio_high,
        ratios.regime as calibration_regime,
        ratios.boundary as calibration_boundary,
        ratios.interval_kind as calibration_interval_kind,
        models.is_in_paper,
        models.is_own

    from models
    left join architectures on models.model_id = architectures.model_id
    left join ratios on models.model_id = ratios.model_id

)

select * from described
