with

rates_by_paper as (

    select * from {{ ref('int_rates_by_paper') }}

),

rates_by_calibration as (

    select * from {{ ref('int_rates_by_calibration') }}

),

rates_by_decoding as (

    select * from {{ ref('int_rates_by_decoding') }}

),

rates_by_published_methods as (

    select * from {{ ref('int_rates_by_published_methods') }}

),

rates as (

    select * from rates_by_paper
    union all
    select * from rates_by_calibration
    union all
    select * from rates_by_decoding
    union all
    select * from rates_by_published_methods

)

select * from rates
