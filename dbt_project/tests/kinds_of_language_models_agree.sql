-- Two files name the kind of a later language model; they may not differ.
with

architectures as (

    select * from {{ ref('stg_language_architectures') }}

),

models_since_paper as (

    select * from {{ ref('stg_language_models_since_paper') }}

)

select
    architectures.raw_file || ', line ' || architectures.raw_line || ', column kind: found "' || architectures.kind
    || '", expected "' || models_since_paper.kind || '", as in language_models_since_paper.csv' as message
from architectures
inner join models_since_paper on {{ slug('architectures.model_name') }} = {{ slug('models_since_paper.model_name') }}
where architectures.kind <> models_since_paper.kind
