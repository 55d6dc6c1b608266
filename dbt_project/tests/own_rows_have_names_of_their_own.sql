-- An id names one row for ever: a user's row may not take that of a shipped row, nor two rows of a user the same.
with

own_rows as (

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
        accelerator_name || ' in ' || precision as own_name,
        {{ slug('accelerator_name') }} || ' in ' || precision as id

    from {{ ref('stg_own_accelerators') }}

    union all

    select
        raw_file,
        raw_line,
        'measurement_name' as name_column,
        measurement_name as own_name,
        'own-' || {{ slug('measurement_name') }} as id

    from {{ ref('stg_own_measurements') }}

    union all

    select
        raw_file,
        raw_line,
        'scenario_id' as name_column,
        scenario_id as own_name,
        'scenario ' || scenario_id as id

    from {{ ref('stg_own_scenarios') }}

),

-- Read from staging, so that this test speaks before the keys of later models fail with less to say.
shipped_ids as (

    select {{ slug('model_name') }} as id
    from {{ ref('stg_vision_models') }}

    union

    select {{ slug("concat_ws(' ', model_name, extra_training_data)") }} as id
    from {{ ref('stg_vision_models') }}

    union

    select {{ slug('model_name') }} as id
    from {{ ref('stg_language_models') }}

    union

    select {{ slug('model_name') }} as id
    from {{ ref('stg_vision_models_since_paper') }}

    union

    select {{ slug('model_name') }} as id
    from {{ ref('stg_language_models_since_paper') }}

    union

    select 'scenario ' || scenario_id as id
    from {{ ref('stg_scenarios') }}

    union

    select name || ' in ' || unnest(['FP32', 'TF32', 'FP16', 'BF16', 'FP16/FP32 Tensor', 'Mixed']) as id
    from (
        select accelerator_id as name from {{ ref('stg_accelerator_names') }}
        union
        -- The paper prints the T4 as "T4", "Tesla T4" and "T4 16GB"; none of them is free.
        select {{ slug('printed_name') }} as name from {{ ref('stg_accelerator_names') }}
        union
        select accelerator_id as name from {{ ref('stg_accelerator_names_since_paper') }}
        union
        select {{ slug('printed_name') }} as name from {{ ref('stg_accelerator_names_since_paper') }}
    )

),

counted as (

    select
        own_rows.*,
        list(own_rows.raw_line) over (partition by own_rows.id, own_rows.raw_file) as lines_of_this_id,
        shipped_ids.id is not null as is_taken

    from own_rows
    left join shipped_ids on own_rows.id = shipped_ids.id

)

select
    raw_file || ', line ' || raw_line || ', column ' || name_column || ': found "' || own_name || '", whose id ' || id
    || ' is taken by ' || case
        when is_taken then 'a row of the paper or of a later source'
        else 'line ' || array_to_string(list_filter(lines_of_this_id, lambda line: line <> raw_line), ', line ')
    end
    || ', expected a name of its own' as message
from counted
where is_taken or len(lines_of_this_id) > 1
