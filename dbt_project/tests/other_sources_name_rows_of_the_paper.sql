-- A row of another source that finds no row of the paper would be left out unseen.
with

library_models as (

    select * from {{ ref('stg_vision_models_in_libraries') }}

),

vision_models as (

    select * from {{ ref('stg_vision_models') }}

),

epoch_accelerators as (

    select * from {{ ref('stg_accelerators_in_epoch') }}

),

theoretical as (

    select * from {{ ref('stg_gpu_theoretical_performance') }}

)

select
    library_models.raw_file || ', line ' || library_models.raw_line || ', columns model, extra_data: found '
    || library_models.model_name || ', ' || coalesce(library_models.extra_training_data, 'No')
    || ', expected both as in a row of Table 2' as message
from library_models
left join vision_models
    on library_models.model_name = vision_models.model_name
    and library_models.extra_training_data is not distinct from vision_models.extra_training_data
where vision_models.model_name is null

union all

select
    epoch_accelerators.raw_file || ', line ' || epoch_accelerators.raw_line || ', columns gpu, precision: found '
    || epoch_accelerators.accelerator_printed_name || ', ' || epoch_accelerators.precision
    || ', expected both as in a row of Table 8' as message
from epoch_accelerators
left join theoretical
    on epoch_accelerators.accelerator_printed_name = theoretical.accelerator_printed_name
    and epoch_accelerators.precision = theoretical.precision
where theoretical.precision is null
