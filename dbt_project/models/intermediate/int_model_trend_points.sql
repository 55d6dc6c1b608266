{% set gflops = 'coalesce(flops_by_resolution.gflops_per_forward_pass, models.gflops_per_forward_pass)' %}

with

definitions as (

    select * from {{ ref('int_trend_definitions') }}
    where quantity <> 'gflops_per_watt'

),

models as (

    select * from {{ ref('int_models') }}
    where not is_own and coalesce(how_known, 'seen') <> 'doubtful'

),

later_vision_models as (

    select * from {{ ref('stg_vision_models_since_paper') }}

),

records as (

    select * from {{ ref('int_model_records') }}

),

expected_efficiency as (

    select * from {{ ref('int_energy_by_trend') }}

),

vintages as (

    select * from {{ ref('int_trend_vintages') }}

),

comparable_years as (

    select * from {{ ref('int_comparable_years') }}
    where is_comparable

),

best_of_year_readings as (

    select * from {{ ref('int_best_of_year_readings') }}

),

flops_by_resolution as (

    select * from {{ ref('int_flops_estimates') }}
    where model_id = 'vit-g-14'

),

selected as (

    select
        definitions.trend_id,
        vintages.vintage,
        models.model_id as observation_id,
        -- Later rows have one list as their source: what they share an error with is their article.
        coalesce(later_vision_models.described_in, models.model_source) as group_id,
        models.release_date as on_date,
        models.years_since_origin as years,
        case definitions.quantity
            when 'gflops_per_forward_pass' then {{ gflops }}
            when 'joules_per_forward_pass' then {{ joules(gflops, 'expected_efficiency.gflops_per_watt') }}
            when 'joules_per_128_tokens' then {{ joules('models.gflops_per_128_tokens', 'expected_efficiency.gflops_per_watt') }}
        end as value

    from definitions
    inner join models on definitions.domain = models.domain
    inner join records on models.model_id = records.model_id
    inner join vintages
        on {{ is_known_in('vintages', 'models.release_date') }}
        -- No language model since the paper has a pass of stated length, so nothing would be new.
        and (models.is_in_paper or vintages.has_later_rows)
        and (models.domain = 'vision' or not vintages.has_later_rows)
        and {{ is_fitted_in('vintages', 'definitions') }}
    left join later_vision_models
        on models.raw_file = later_vision_models.raw_file
        and models.raw_line = later_vision_models.raw_line
    left join comparable_years on models.model_id = comparable_years.best_model_id
    left join best_of_year_readings
        on models.model_id = best_of_year_readings.model_id
        and vintages.vintage = best_of_year_readings.vintage
    left join flops_by_resolution
        on models.model_id = flops_by_resolution.model_id
        and vintages.vintage = 'vit_g_by_resolution'
    left join expected_efficiency
        on models.model_id = expected_efficiency.model_id
        and vintages.vintage = expected_efficiency.vintage
    where
        case definitions.subset
            when 'all' then true
            when 'best_of_year'
                then case
                    when vintages.has_later_rows then comparable_years.best_model_id is not null
                    when vintages.vintage in ('text_year', 'other_tie_rule') then best_of_year_readings.model_id is not null
                    else records.is_best_of_year
                end
            when 'most_demanding' then records.is_most_demanding_at_release
            when 'most_demanding_per_128_tokens' then records.is_most_demanding_per_128_tokens_at_release
            when 'input_of_128_tokens' then models.input_tokens = {{ var('standard_input_tokens') }}
        end

),

-- Where a vintage has no line of its hardware its models have no joules.
fittable as (

    select *
    from selected
    where value is not null or vintage = 'paper'
    qualify
        {{ has_enough_points() }}

)

select * from fittable
