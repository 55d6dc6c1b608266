with

specifications as (

    select * from {{ ref('stg_efficientnet_specifications') }}

),

vit_g as (

    select * from {{ ref('stg_vit_g_gflops') }}

),

models as (

    select * from {{ ref('int_models') }}

),

stated_resolutions as (

    select * from {{ ref('int_stated_resolutions') }}

),

resolutions as (

    select
        max(resolution_px) filter (where model_id = 'fixefficientnet-b7') as fixefficientnet_b7_px,
        max(resolution_px) filter (where model_id = 'fixefficientnet-b0') as fixefficientnet_b0_px,
        max(resolution_px) filter (where model_id = 'efficientnet-b0') as efficientnet_b0_px,
        max(resolution_px) filter (where model_id = 'vit-g-14' and specification = 'test_resolution') as vit_g_px,
        max(resolution_px) filter (where model_id = 'vit-g-14' and specification = 'resolution_high') as vit_g_high_px

    from stated_resolutions

),

l2_factors as (

    select
        l2.depth_factor / b7.depth_factor as depth,
        l2.width_factor / b7.width_factor as width,
        l2.test_resolution_px * 1e0 / b7.test_resolution_px as resolution

    from specifications as l2
    cross join specifications as b7
    where l2.model_name = 'EfficientNet-L2' and b7.model_name = 'EfficientNet-B7'

),

-- Eq. 4, FLOPs = base FLOPs x depth x width^2 x resolution^2, with a factor of 1 where the paper scales nothing. For ViT-G/14
-- only the resolution is scaled, from the printed FLOPs at 384 x 384.
scaled as (

    select
        'noisystudent-l2' as model_id,
        'efficientnet-b7' as base_model_id,
        depth,
        width,
        resolution

    from l2_factors

    union all by name

    select
        'meta-pseudo-labels-l2' as model_id,
        'efficientnet-b7' as base_model_id,
        depth,
        width,
        resolution

    from l2_factors

    union all by name

    -- Tested at 600 x 600, the resolution of EfficientNet-B7.
    select
        'fixefficientnet-l2' as model_id,
        'efficientnet-b7' as base_model_id,
        depth,
        width,
        1e0 as resolution

    from l2_factors

    union all by name

    select
        'fixefficientnet-b7' as model_id,
        'efficientnet-b7' as base_model_id,
        1e0 as depth,
        1e0 as width,
        resolutions.fixefficientnet_b7_px / specifications.test_resolution_px as resolution

    from specifications
    cross join resolutions
    where specifications.model_name = 'EfficientNet-B7'

    union all by name

    select
        'fixefficientnet-b0' as model_id,
        'efficientnet-b0' as base_model_id,
        1e0 as depth,
        1e0 as width,
        fixefficientnet_b0_px / efficientnet_b0_px as resolution

    from resolutions

    union all by name

    select
        'vit-g-14' as model_id,
        null as base_model_id,
        1e0 as depth,
        1e0 as width,
        vit_g_px / vit_g_high_px as resolution

    from resolutions

),

estimated as (

    select
        scaled.model_id,
        scaled.base_model_id,
        coalesce(base_models.gflops_per_forward_pass, vit_g.gflops_at_384_px) as base_gflops_per_forward_pass,
        scaled.depth as depth_factor,
        scaled.width as width_factor,
        scaled.resolution as resolution_factor,
        base_gflops_per_forward_pass * depth_factor * power(width_factor, 2) * power(resolution_factor, 2)
            as gflops_per_forward_pass

    from scaled
    left join models as base_models on scaled.base_model_id = base_models.model_id
    left join vit_g on scaled.model_id = {{ slug('vit_g.model_name') }}

)

select * from estimated
