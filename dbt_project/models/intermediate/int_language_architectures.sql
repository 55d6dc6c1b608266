with

architectures as (

    select * from {{ ref('stg_language_architectures') }}

),

models as (

    select * from {{ ref('int_models') }}

),

measured as (

    select distinct
        model_name,
        params_millions,
        active_params_millions

    from {{ ref('stg_measured_decode_energy') }}

),

-- A model that was measured and is no row of `models`, such as one in another weight precision, has its parameters from there.
sized as (

    select
        {{ slug('architectures.model_name') }} as model_id,
        architectures.model_name,
        architectures.kind,
        architectures.kind = 'decoder' as is_generative,
        coalesce(models.params_millions, measured.params_millions) as params_millions,
        coalesce(models.active_params_millions, models.params_millions, measured.active_params_millions) as active_params_millions,
        {{ measured_precision_class('architectures.weight_precision') }} as weight_precision_class,
        case when architectures.weight_precision = 'FP8' then 1e0 else 2e0 end as bytes_per_weight,
        architectures.n_layers_with_cache,
        architectures.cached_values_per_layer_and_token,
        architectures.n_experts_per_token / architectures.n_experts as share_of_experts_per_token,
        architectures.how_known

    from architectures
    left join models on {{ slug('architectures.model_name') }} = models.model_id
    left join measured on architectures.model_name = measured.model_name

),

-- Of all parameters P and those A that a token takes part in: P = shared + experts, A = shared + experts * k / E.
split as (

    select
        *,
        case
            when share_of_experts_per_token is null then 0e0
            else (params_millions - active_params_millions) / (1e0 - share_of_experts_per_token)
        end as expert_params_millions

    from sized

),

-- The cache is kept in 16 bits.
weighed as (

    select
        model_id,
        model_name,
        kind,
        is_generative,
        params_millions,
        active_params_millions,
        weight_precision_class,
        bytes_per_weight,
        (params_millions - expert_params_millions) * 1e6 * bytes_per_weight as shared_weight_bytes,
        expert_params_millions * 1e6 * bytes_per_weight as expert_weight_bytes,
        share_of_experts_per_token,
        n_layers_with_cache * cached_values_per_layer_and_token * 2e0 as kv_cache_bytes_per_token,
        concat_ws('/', params_millions, n_layers_with_cache, cached_values_per_layer_and_token) as architecture_id,
        how_known

    from split

)

select * from weighed
