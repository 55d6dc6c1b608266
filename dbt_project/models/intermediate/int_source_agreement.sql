with

compared_values as (

    select * from {{ ref('int_compared_values') }}

),

known_disagreements as (

    select * from {{ ref('stg_known_disagreements') }}

),

differences as (

    select
        *,
        coalesce(other_value - value, other_value_date - value_date) as difference,
        other_value / value - 1 as relative_difference,
        case quantity
            when 'top1_accuracy_pct' then 0.3e0
            when 'launch_date' then 0
            else 0.01e0 * value
        end as quantity_tolerance

    from compared_values

),

-- The last summand lets a difference that equals its tolerance count as within it, whatever the last bit of a double says.
judged as (

    select
        * exclude (quantity_tolerance),
        greatest(rounding_tolerance, quantity_tolerance) as tolerance,
        abs(difference) <= rounding_tolerance + 1e-9 as is_within_rounding,
        case
            when abs(difference) <= greatest(rounding_tolerance, quantity_tolerance) + 1e-9 then 'agree'
            else 'differs'
        end as verdict

    from differences

),

with_known_reasons as (

    select
        judged.*,
        known_disagreements.reason as known_reason,
        known_disagreements.evidence as known_evidence,
        known_disagreements.source_id as known_source_id

    from judged
    left join known_disagreements
        on judged.subject = known_disagreements.subject
        and judged.quantity = known_disagreements.quantity
        and judged.other_source_id = known_disagreements.other_source_id

),

with_rules as (

    select
        *,
        case
            when known_reason is not null then null
            when value_date + interval 1 month = other_value_date and day(value_date) = day(other_value_date)
                then 'launch date a month earlier in Table 8'
            when value_date + interval 1 day = other_value_date then 'launch date a day earlier in Table 8'
            when quantity = 'top1_accuracy_pct' and match_class = 'retrained' then 'retrained weights'
            when is_estimated_in_paper then 'estimate of the paper'
        end as reason_by_rule

    from with_known_reasons

),

reasoned as (

    select
        * exclude (known_reason, known_evidence, known_source_id, reason_by_rule),
        case when verdict = 'differs' then coalesce(known_reason, reason_by_rule) end as reason,
        case
            when verdict = 'agree' then null
            when known_reason is not null then known_evidence
            when reason_by_rule = 'launch date a month earlier in Table 8' then 'The same day of the next month'
            when reason_by_rule = 'launch date a day earlier in Table 8' then 'The next day'
            when reason_by_rule = 'retrained weights' then 'The name of the weights in the library'
            when reason_by_rule = 'estimate of the paper' then 'The mark * in Table 2'
        end as evidence,
        case when verdict = 'differs' then known_source_id end as reason_source_id

    from with_rules

)

select * from reasoned
