with

architectures as (

    select * from {{ ref('stg_language_architectures') }}

),

own_decoders as (

    select * from {{ ref('stg_own_decoders') }}

),

models as (

    select * from {{ ref('int_models') }}

),

models_since_paper as (

    select * from {{ ref('stg_language_models_since_paper') }}

),

decode_measurements as (

    select * from {{ ref('stg_measured_decode_energy') }}

),

-- Decoders of the paper have no stated precision: 16 bits are assumed, in which models of their time are served.
listed_models as (

    select
        models.model_id,
        models.model_name,
        models.params_millions,
        coalesce(models.active_params_millions, models.params_millions) as active_params_millions,
        coalesce(models_since_paper.weight_precision, case when models.is_in_paper then 'FP16' end) as weight_precision,
        models_since_paper.kind

    from models
    left join models_since_paper on models.model_id = {{ slug('models_since_paper.model_name') }} and not models.is_own
    where models.domain = 'language'

),

measured_models as (

    select distinct
        {{ slug('model_name') }} as model_id,
        model_name,
        params_millions,
        active_params_millions,
        weight_precision,
        'decoder' as kind

    from decode_measurements

),

all_models as (

    select * from listed_models
    union all by name
    select measured_models.*
    from measured_models
    anti join listed_models on measured_models.model_id = listed_models.model_id

),

described as (

    select
        all_models.model_id,
        all_models.model_name,
        coalesce(architectures.kind, all_models.kind) as kind,
        all_models.params_millions,
        all_models.active_params_millions,
        {{ measured_precision_class('all_models.weight_precision') }} as weight_precision_class,
        architectures.n_layers_with_cache * architectures.cached_values_per_layer_and_token * architectures.bytes_per_cached_value
            as kv_cache_bytes_per_token,
        architectures.window_tokens,
        architectures.n_experts_per_token * 1e0 / architectures.n_experts as share_of_experts_per_token,
        architectures.how_known,
        architectures.source_id as source,
        false as is_own

    from all_models
    left join architectures on all_models.model_id = {{ slug('architectures.model_name') }}
    where coalesce(architectures.kind, all_models.kind) is not null

),

own as (

    select
        all_models.model_id,
        all_models.model_name,
        'decoder' as kind,
        all_models.params_millions,
        own_decoders.active_params_millions,
        case own_decoders.bytes_per_weight when 1 then 'FP8' when 2 then '16-bit tensor' end as weight_precision_class,
        own_decoders.n_layers_with_cache * own_decoders.cached_values_per_layer_and_token * own_decoders.bytes_per_cached_value
            as kv_cache_bytes_per_token,
        cast(null as integer) as window_tokens,
        own_decoders.n_experts_per_token * 1e0 / own_decoders.n_experts as share_of_experts_per_token,
        own_decoders.source,
        true as is_own

    from own_decoders
    inner join all_models on {{ slug('own_decoders.model_name') }} = all_models.model_id

),

-- A row of one's own never replaces a published architecture; a test says so to whoever tries.
unioned as (

    select * from described
    union all by name
    select own.*
    from own
    anti join described on own.model_id = described.model_id and described.kv_cache_bytes_per_token is not null

),

-- Total = shared + experts, active = shared + experts x share.
split as (

    select
        *,
        case
            when share_of_experts_per_token is null then 0e0
            else (params_millions - active_params_millions) / (1e0 - share_of_experts_per_token)
        end as expert_params_millions

    from unioned

),

judged as (

    select
        *,
        case
            when kind = 'encoder' then 'an encoder generates no tokens'
            when kv_cache_bytes_per_token is null then 'no figures of the architecture on record'
            when params_millions is null or weight_precision_class is null then 'no parameters or no precision of the weights on record'
            when expert_params_millions < 0 or expert_params_millions > params_millions
                then 'parameters, active parameters and experts do not agree'
        end as missing_reason

    from split

),

weighed as (

    select
        model_id,
        model_name,
        kind,
        kind = 'decoder' as is_generative,
        params_millions,
        active_params_millions,
        case when missing_reason is null then weight_precision_class end as weight_precision_class,
        case when missing_reason is null then {{ bytes_per_weight('weight_precision_class') }} end as bytes_per_weight,
        case
            when missing_reason is null
                then 1e6 * (params_millions - expert_params_millions) * {{ bytes_per_weight('weight_precision_class') }}
        end as shared_weight_bytes,
        case
            when missing_reason is null then 1e6 * expert_params_millions * {{ bytes_per_weight('weight_precision_class') }}
        end as expert_weight_bytes,
        case when missing_reason is null then share_of_experts_per_token end as share_of_experts_per_token,
        case when missing_reason is null then kv_cache_bytes_per_token end as kv_cache_bytes_per_token,
        case when missing_reason is null then window_tokens end as window_tokens,
        missing_reason,
        how_known,
        source,
        is_own

    from judged

)

select * from weighed
