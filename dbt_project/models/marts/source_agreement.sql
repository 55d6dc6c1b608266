with

source_agreement as (

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
        difference,
        relative_difference,
        tolerance,
        is_within_rounding,
        verdict,
        reason,
        evidence,
        reason_source_id,
        other_name,
        match_class,
        how_known,
        raw_file,
        raw_line

    from {{ ref('int_source_agreement') }}

)

select * from source_agreement
