with

library_models as (

    select * from {{ ref('stg_vision_models_in_libraries') }}

),

epoch_accelerators as (

    select * from {{ ref('stg_accelerators_in_epoch') }}

),

accelerator_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper and domain = 'vision'

),

accelerators as (

    select * from {{ ref('int_accelerators') }}
    where is_in_paper

),

theoretical as (

    select * from {{ ref('int_accelerator_efficiency') }}
    where is_in_paper and workload = 'theoretical'

),

matched_models as (

    select
        models.model_id as subject,
        'Table 2' as printed_in,
        models.model_id,
        models.top1_accuracy_pct,
        models.params_millions,
        models.gflops_per_forward_pass,
        models.gflops_basis = 'estimated' as has_estimated_gflops,
        library_models.top1_accuracy_pct as other_top1_accuracy_pct,
        {{ rounding_unit('library_models.top1_accuracy_pct_printed') }} as other_top1_unit,
        library_models.params_millions as other_params_millions,
        {{ rounding_unit('library_models.params_millions_printed') }} as other_params_unit,
        library_models.gmacs_per_forward_pass as other_gmacs,
        {{ rounding_unit('library_models.gmacs_per_forward_pass_printed') }} as other_gmacs_unit,
        -- Work of a network is in proportion to the pixels of its input (Eq. 3, with depth and width unchanged).
        coalesce(power(library_models.compared_at_px / library_models.input_px, 2), 1) as pixel_ratio,
        library_models.source_id as other_source_id,
        library_models.weights_name as other_name,
        library_models.match_class,
        library_models.how_known,
        library_models.raw_file,
        library_models.raw_line

    from library_models
    inner join models
        on library_models.model_name = models.model_name
        and library_models.extra_training_data is not distinct from models.extra_training_data

),

top1_rows as (

    select
        * exclude (has_estimated_gflops),
        'top1_accuracy_pct' as quantity,
        '%' as unit,
        top1_accuracy_pct as value,
        other_top1_accuracy_pct as other_value,
        -- Accuracies are given to one decimal at least: 80.00 is not a rounding to whole percents.
        (least({{ unpadded_rounding_unit('top1_accuracy_pct') }}, 1e-1) + other_top1_unit) / 2 as rounding_tolerance,
        false as is_estimated_in_paper

    from matched_models
    where other_top1_accuracy_pct is not null

),

params_rows as (

    select
        * exclude (has_estimated_gflops),
        'params_millions' as quantity,
        'million' as unit,
        params_millions as value,
        other_params_millions as other_value,
        ({{ unpadded_rounding_unit('params_millions') }} + other_params_unit) / 2 as rounding_tolerance,
        false as is_estimated_in_paper

    from matched_models

),

-- Rounded are the multiply-adds, which the paper doubled as we do here: half a unit of theirs is a whole one of GFLOPs.
gflops_rows as (

    select
        * exclude (has_estimated_gflops),
        'gflops_per_forward_pass' as quantity,
        'GFLOPs' as unit,
        gflops_per_forward_pass as value,
        {{ gflops_from_gmacs('other_gmacs') }} * pixel_ratio as other_value,
        {{ unpadded_rounding_unit('gflops_per_forward_pass / 2') }} + other_gmacs_unit * pixel_ratio as rounding_tolerance,
        has_estimated_gflops as is_estimated_in_paper

    from matched_models

),

matched_accelerators as (

    select
        accelerator_names.accelerator_id,
        'Table 8' as printed_in,
        epoch_accelerators.precision,
        epoch_accelerators.tflops as other_tflops,
        {{ rounding_unit('epoch_accelerators.tflops_printed') }} as other_tflops_unit,
        epoch_accelerators.tdp_watts as other_tdp_watts,
        {{ rounding_unit('epoch_accelerators.tdp_watts_printed') }} as other_tdp_unit,
        epoch_accelerators.launch_date as other_launch_date,
        epoch_accelerators.source_id as other_source_id,
        epoch_accelerators.epoch_name as other_name,
        epoch_accelerators.how_known,
        epoch_accelerators.raw_file,
        epoch_accelerators.raw_line

    from epoch_accelerators
    inner join accelerator_names on epoch_accelerators.accelerator_printed_name = accelerator_names.printed_name

),

tflops_rows as (

    select
        matched_accelerators.*,
        matched_accelerators.accelerator_id || ' ' || matched_accelerators.precision as subject,
        'tflops' as quantity,
        'TFLOPS' as unit,
        theoretical.tflops as value,
        matched_accelerators.other_tflops as other_value,
        ({{ unpadded_rounding_unit('theoretical.tflops') }} + matched_accelerators.other_tflops_unit) / 2
            as rounding_tolerance

    from matched_accelerators
    inner join theoretical
        on matched_accelerators.accelerator_id = theoretical.accelerator_id
        and matched_accelerators.precision = theoretical.precision
    where matched_accelerators.other_tflops is not null

),

-- Power and date belong to the board and stand on each of its rows alike (a test holds them equal): its first row will do.
boards as (

    select
        matched_accelerators.accelerator_id as subject,
        matched_accelerators.printed_in,
        matched_accelerators.accelerator_id,
        accelerators.tdp_watts,
        accelerators.launch_date,
        matched_accelerators.other_tdp_watts,
        matched_accelerators.other_tdp_unit,
        matched_accelerators.other_launch_date,
        matched_accelerators.other_source_id,
        matched_accelerators.other_name,
        matched_accelerators.how_known,
        matched_accelerators.raw_file,
        matched_accelerators.raw_line

    from matched_accelerators
    inner join accelerators on matched_accelerators.accelerator_id = accelerators.accelerator_id
    qualify row_number() over (
        partition by matched_accelerators.accelerator_id order by matched_accelerators.raw_line
    ) = 1

),

tdp_rows as (

    select
        *,
        'tdp_watts' as quantity,
        'W' as unit,
        tdp_watts as value,
        other_tdp_watts as other_value,
        ({{ unpadded_rounding_unit('tdp_watts') }} + other_tdp_unit) / 2 as rounding_tolerance

    from boards

),

launch_date_rows as (

    select
        *,
        'launch_date' as quantity,
        'day' as unit,
        launch_date as value_date,
        other_launch_date as other_value_date,
        0 as rounding_tolerance

    from boards

),

unioned as (

    select * from top1_rows
    union all by name
    select * from params_rows
    union all by name
    select * from gflops_rows
    union all by name
    select * from tflops_rows
    union all by name
    select * from tdp_rows
    union all by name
    select * from launch_date_rows

),

selected as (

    select
        subject,
        quantity,
        other_source_id,
        printed_in,
        model_id,
        accelerator_id,
        precision,
        unit,
        value,
        other_value,
        value_date,
        other_value_date,
        cast(rounding_tolerance as double) as rounding_tolerance,
        coalesce(is_estimated_in_paper, false) as is_estimated_in_paper,
        other_name,
        match_class,
        how_known,
        raw_file,
        raw_line

    from unioned

)

select * from selected
