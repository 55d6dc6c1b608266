with

source as (

    select * from {{ ref('table_6_vit_g_gflops') }}

),

parsed as (

    select
        model as model_name,
        {{ cell_number('gflops_224x224') }} as gflops_at_224_px,
        gflops_224x224 as gflops_at_224_px_printed,
        {{ cell_number('gflops_384x384') }} as gflops_at_384_px,
        gflops_384x384 as gflops_at_384_px_printed,
        {{ raw_place('raw/paper/table_6_vit_g_gflops.csv') }}

    from source

)

select * from parsed
