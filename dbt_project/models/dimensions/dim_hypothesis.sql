with

hypothetical_models as (

    select * from {{ ref('stg_hypothetical_models') }}

),

models as (

    select * from {{ ref('int_models') }}

),

population as (

    select * from {{ ref('stg_population') }}

),

countries as (

    select * from population
    where country_iso3 <> 'WLD'

),

-- From the year of its release on, each model serves everybody once a second, in whole years.
counted as (

    select
        make_date(countries.year, 1, 1) as happened_at,
        hypothetical_models.model_id,
        hypothetical_models.accelerator_id,
        countries.country_iso3,
        countries.population
        * date_diff('second', make_date(countries.year, 1, 1), make_date(countries.year + 1, 1, 1)) as inference_count,
        hypothetical_models.input_tokens,
        hypothetical_models.output_tokens,
        hypothetical_models.batch_size

    from hypothetical_models
    inner join models on hypothetical_models.model_id = models.model_id
    inner join countries on countries.year >= year(models.release_date)

)

select * from counted
