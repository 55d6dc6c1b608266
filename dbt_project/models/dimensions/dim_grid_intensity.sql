with

grid as (

    select * from {{ ref('stg_grid_carbon_intensity') }}

),

population as (

    select * from {{ ref('stg_population') }}

),

years as (

    select unnest(range(2000, 2100)) as year

),

named_places as (

    select distinct
        country_iso3,
        country_name,
        1 as preference

    from grid

    union all

    select distinct
        country_iso3,
        country_name,
        2 as preference

    from population

),

-- A place has the name that the source of the intensity gives it. A request of no stated place is of the world.
places as (

    select
        country_iso3,
        min_by(country_name, preference) as country_name,
        country_iso3 as intensity_iso3

    from named_places
    group by country_iso3

    union all

    select
        'unstated' as country_iso3,
        'Not stated' as country_name,
        'WLD' as intensity_iso3

),

place_years as (

    select
        places.*,
        cast(years.year as integer) as year

    from places
    cross join years

),

with_neighbours as (

    select
        place_years.*,
        before.year as year_before,
        before.gco2e_per_kwh as gco2e_per_kwh_before,
        after.year as year_after,
        after.gco2e_per_kwh as gco2e_per_kwh_after

    from place_years
    asof left join grid as before
        on place_years.intensity_iso3 = before.country_iso3
        and place_years.year >= before.year
    asof left join grid as after
        on place_years.intensity_iso3 = after.country_iso3
        and place_years.year <= after.year

),

-- The nearest year on record, of two as near the earlier one.
judged as (

    select
        *,
        year_after is null or (year_before is not null and year - year_before <= year_after - year) as is_before_taken

    from with_neighbours

),

intensities as (

    select
        country_iso3,
        year,
        country_name,
        case when is_before_taken then gco2e_per_kwh_before else gco2e_per_kwh_after end as gco2e_per_kwh,
        intensity_iso3,
        case when is_before_taken then year_before else year_after end as intensity_year

    from judged

)

select * from intensities
