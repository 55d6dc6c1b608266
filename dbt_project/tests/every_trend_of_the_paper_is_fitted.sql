-- Later vintages may be too short for a trend; the paper has each, and no trend is fitted that is not defined.
with

definitions as (

    select * from {{ ref('int_trend_definitions') }}

),

trends as (

    select * from {{ ref('trends') }}

),

missing as (

    select definitions.trend_id

    from definitions
    anti join trends
        on definitions.trend_id = trends.trend_id
        and trends.vintage = 'paper'

),

undefined as (

    select
        trends.trend_id,
        trends.vintage

    from trends
    anti join definitions on trends.trend_id = definitions.trend_id

)

select 'trend ' || trend_id || ': found no line of vintage paper, expected one' as message
from missing
union all
select 'trend ' || trend_id || ' of vintage ' || vintage || ': found a line, expected none, since int_trend_definitions has no such trend'
from undefined
