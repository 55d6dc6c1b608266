with

headlines as (

    select * from {{ ref('int_headlines') }}

),

headline_values as (

    select * from {{ ref('int_headline_values') }}

),

compared as (

    select
        headline_values.headline_id,
        headlines.headline,
        headlines.unit,
        headline_values.variant_id,
        headline_values.variant,
        headline_values.choice,
        headline_values.value,
        headline_values.value_low,
        headline_values.value_high,
        published.value as published_value,
        headline_values.value - published.value as difference,
        -- The start of the calendar is no zero of time.
        case when headlines.unit <> 'calendar year' then headline_values.value / published.value end as ratio_to_published,
        headline_values.direction,
        headline_values.verdict,
        coalesce(headline_values.direction <> published.direction, false)
        or coalesce(headline_values.verdict <> published.verdict, false) as has_changed_sign_or_verdict,
        headline_values.source

    from headline_values
    inner join headlines on headline_values.headline_id = headlines.headline_id
    inner join headline_values as published
        on headline_values.headline_id = published.headline_id
        and published.variant_id = 'as_published'

)

select * from compared
