-- `all` stands for the sum of a workload and for every scenario, `unstated` for what a row of a log does not say.
with

own_ids as (

    select
        raw_file,
        raw_line,
        'model_name' as name_column,
        model_name as own_name,
        {{ slug("concat_ws(' ', model_name, extra_training_data)") }} as id
    from {{ ref('stg_own_models') }}

    union all

    select
        raw_file,
        raw_line,
        'accelerator_name' as name_column,
        accelerator_name as own_name,
        {{ slug('accelerator_name') }} as id
    from {{ ref('stg_own_accelerators') }}

    union all

    select
        raw_file,
        raw_line,
        'scenario_id' as name_column,
        scenario_id as own_name,
        scenario_id as id
    from {{ ref('stg_own_scenarios') }}

)

select
    raw_file || ', line ' || raw_line || ', column ' || name_column || ': found "' || own_name || '", whose id ' || id
    || ' is reserved for ' || case id when 'all' then 'sums and for all at once' else 'what a log does not state' end
    || ', expected another name' as message
from own_ids
where id in ('all', 'unstated')
