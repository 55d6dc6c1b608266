with

headline_sensitivity as (

    select
        headline_id,
        variant_id,
        headline,
        unit,
        variant,
        choice,
        value,
        value_low,
        value_high,
        published_value,
        difference,
        ratio_to_published,
        direction,
        verdict,
        has_changed_sign_or_verdict,
        source

    from {{ ref('int_headline_sensitivity') }}

)

select * from headline_sensitivity
