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
        -- One side of a square; a resolution that is none stays NULL.
        case
            when
                regexp_full_match(test_resolution, '[0-9]+×[0-9]+')
                and split_part(test_resolution, '×', 1) = split_part(test_resolution, '×', 2)
                then try_cast(split_part(test_resolution, '×', 1) as integer)
        end as test_resolution_px,
        test_resolution as test_resolution_px_printed,
        {{ raw_place('raw/paper/table_5_efficientnet_specifications.csv') }}

    from source

)

select * from parsed
