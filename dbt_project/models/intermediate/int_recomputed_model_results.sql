with

models as (

    select * from {{ ref('int_models') }}
    where is_in_paper

),

flops_estimates as (

    select * from {{ ref('int_flops_estimates') }}

),

efficientnets as (

    select
        *,
        {{ slug('model_name') }} as model_id

    from {{ ref('stg_efficientnet_specifications') }}

),

vit_g as (

    select
        *,
        {{ slug('model_name') }} as model_id

    from {{ ref('stg_vit_g_gflops') }}

),

correlations as (

    select * from {{ ref('int_correlations') }}

),

stated_resolutions as (

    select * from {{ ref('int_stated_resolutions') }}

),

model_values as (

    unpivot (
        select
            model_id as subject,
            top1_accuracy_pct,
            gflops_per_forward_pass,
            params_millions,
            cast(year(release_date) as double) as release_year

        from models
    )
    on top1_accuracy_pct, gflops_per_forward_pass, params_millions, release_year
    into name measure value value

),

estimates as (

    select
        'estimated_gflops_per_forward_pass' as measure,
        model_id as subject,
        gflops_per_forward_pass as value

    from flops_estimates

),

-- The factors of Eq. 4 are those of NoisyStudent-L2, an EfficientNet-L2; the other models scale the resolution only.
scale_factors as (

    unpivot (
        select
            case model_id when 'noisystudent-l2' then 'efficientnet-l2' else model_id end as scaled_model_id,
            depth_factor as depth,
            width_factor as width,
            resolution_factor as resolution

        from flops_estimates
        where model_id in ('noisystudent-l2', 'fixefficientnet-b7', 'fixefficientnet-b0', 'vit-g-14')
    )
    on depth, width, resolution
    into name factor value value

),

vit_g_factors as (

    select
        'scale_factor' as measure,
        model_id || ':gflops_ratio_224_to_384' as subject,
        gflops_at_384_px / gflops_at_224_px as value

    from vit_g

    union all by name

    select
        'scale_factor' as measure,
        high.model_id || ':resolution_squared_224_to_384' as subject,
        power(high.resolution_px / low.resolution_px, 2) as value

    from stated_resolutions as high
    inner join stated_resolutions as low
        on high.model_id = low.model_id
        and high.specification = 'resolution_high'
        and low.specification = 'resolution_low'

),

table_5_values as (

    unpivot (
        select
            model_id,
            depth_factor as depth,
            width_factor as width,
            cast(test_resolution_px as double) as test_resolution

        from efficientnets
    )
    on depth, width, test_resolution
    into name specification value value

),

table_6_values as (

    unpivot (
        select
            model_id,
            gflops_at_224_px as gflops_224,
            gflops_at_384_px as gflops_384

        from vit_g
    )
    on gflops_224, gflops_384
    into name specification value value

),

specifications as (

    select * from table_5_values
    union all by name
    select * from table_6_values
    union all by name
    select
        model_id,
        specification,
        resolution_px as value

    from stated_resolutions

),

release_spans as (

    unpivot (
        select
            domain as subject,
            cast(min(year(release_date)) as double) as first_release_year,
            cast(max(year(release_date)) as double) as last_release_year

        from models
        group by domain
    )
    on first_release_year, last_release_year
    into name measure value value

),

between_releases as (

    select
        'years_between_releases' as measure,
        earlier.model_id || ':' || later.model_id as subject,
        later.years_since_origin - earlier.years_since_origin as value

    from models as earlier
    inner join models as later on earlier.model_id = 'alexnet' and later.model_id = 'efficientnet-b1'

),

conventions as (

    select
        'domain_count' as measure,
        'models' as subject,
        cast(count(distinct domain) as double) as value

    from models

    union all by name

    select
        'glue_models_input_tokens' as measure,
        'language' as subject,
        cast(case when min(input_tokens) = max(input_tokens) then min(input_tokens) end as double) as value

    from models
    where glue_score is not null

    union all by name

    select
        'flops_per_multiply_add' as measure,
        'convention' as subject,
        cast({{ gflops_from_gmacs('1') }} as double) as value

),

unioned as (

    select * from model_values
    union all by name
    select * from estimates
    union all by name
    select
        'scale_factor' as measure,
        -- ViT-G/14 is scaled twice, so the paper's resolutions name the factor.
        scaled_model_id || ':' || case scaled_model_id when 'vit-g-14' then 'resolution_384_to_518' else factor end as subject,
        value

    from scale_factors
    where scaled_model_id <> 'vit-g-14' or factor = 'resolution'
    union all by name
    select * from vit_g_factors
    union all by name
    select
        'architecture_specification' as measure,
        model_id || ':' || specification as subject,
        value

    from specifications
    union all by name
    select * from release_spans
    union all by name
    select * from between_releases
    union all by name
    select * from conventions
    union all by name
    -- All rows, the plain reading of the text; the explanation in the ledger gives the other count.
    select
        'params_gflops_correlation' as measure,
        lower(architecture) as subject,
        pearson as value

    from correlations
    where subset = 'all_rows'

)

select * from unioned
