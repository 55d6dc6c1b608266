with

human_energy as (

    select * from {{ ref('stg_human_energy') }}

),

-- 1 kcal = 4,184 J, 1 kWh = 3.6 MJ, a day has 86,400 s, a year 365 days.
converted as (

    select
        human_reference,
        case amount_unit
            when 'kcal_per_day' then amount * 4184e0 / 86400e0
            when 'kwh_per_year' then amount * 3.6e6 / (365e0 * 86400e0)
        end as reference_watts,
        printed_watts as printed_reference_watts

    from human_energy

)

select * from converted
