with

source as (

    select * from {{ ref('table_5_efficientnet_specifications') }}

),

parsed as (

    select
        model as model_name,
        {{ cell_number('w') }} as width_factor,
        w as width_factor_printed,
        {{ cell_number('d') }} as depth_factor,
        d as depth_factor_printed,
        try_cast(nullif(regexp_extract(test_resolution, '^([0-9]+)×[0-9]+$', 1), '') as integer) as test_resolution_px,
        test_resolution as test_resolution_px_printed,
        {{ raw_place('raw/paper/table_5_efficientnet_specifications.csv') }}

    from source

)

select * from parsed
