with

points as (

    select * from {{ ref('int_decode_points') }}

),

predictions as (

    select * from {{ ref('int_decode_predictions') }}

),

checked as (

    select
        points.measurement_id,
        points.model_id,
        points.model_name,
        points.accelerator_id,
        points.precision_class,
        points.n_gpus,
        points.mean_batch_size,
        points.context_tokens,
        points.joules_measured,
        points.memory_joules_ideal + points.compute_joules_ideal as joules_ideal,
        predictions.joules_fitted,
        predictions.joules_left_out,
        points.joules_measured / predictions.joules_left_out as measured_over_left_out,
        power(1e1, predictions.half_width_log10) as width_factor_of_others,
        abs(log10(points.joules_measured / predictions.joules_left_out)) <= predictions.half_width_log10 as is_within_interval,
        points.missing_reason

    from points
    left join predictions on points.measurement_id = predictions.measurement_id

)

select * from checked
