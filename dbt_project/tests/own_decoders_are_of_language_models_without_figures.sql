-- A name that is not found would leave a model without an estimate, and a published architecture is not replaced silently.
with

own_decoders as (

    select * from {{ ref('stg_own_decoders') }}

),

architectures as (

    select * from {{ ref('int_language_architectures') }}

),

models as (

    select * from {{ ref('int_models') }}

),

judged as (

    select
        own_decoders.*,
        case
            when architectures.model_id is not null
                then 'a language model without an architecture of its own in the warehouse, which is not replaced'
            when models.model_id is null
                then 'the name of a language model of marts.models, or of one that you add in raw/own/models.csv'
            when models.params_millions is null then 'a model whose row in raw/own/models.csv states its parameters'
            when
                models.params_millions < own_decoders.active_params_millions
                or (own_decoders.n_experts is null and models.params_millions <> own_decoders.active_params_millions)
                then 'active parameters equal to the ' || models.params_millions || ' million of the model, or fewer with experts'
        end as expected

    from own_decoders
    left join models on {{ slug('own_decoders.model_name') }} = models.model_id and models.domain = 'language'
    left join architectures
        on {{ slug('own_decoders.model_name') }} = architectures.model_id
        and not architectures.is_own
        and architectures.kv_cache_bytes_per_token is not null

)

select
    raw_file || ', line ' || raw_line || ', column model_name: found "' || model_name || '" with ' || active_params_millions_printed
    || ' million active parameters, expected ' || expected as message
from judged
where expected is not null
