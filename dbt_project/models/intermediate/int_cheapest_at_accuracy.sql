with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

{{ record_lows_at_accuracy('gflops_per_forward_pass') }}

select * from record_lows
