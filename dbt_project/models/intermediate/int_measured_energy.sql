with

vision_measurements as (

    select * from {{ ref('stg_measured_vision_energy') }}

),

language_measurements as (

    select * from {{ ref('stg_measured_language_energy') }}

),

decode_measurements as (

    select * from {{ ref('stg_measured_decode_energy') }}

),

own_measurements as (

    select * from {{ ref('stg_own_measurements') }}

),

models as (

    select * from {{ ref('int_models') }}

),

accelerators as (

    select * from {{ ref('int_accelerators') }}

),

paper_names as (

    select * from {{ ref('stg_accelerator_names') }}

),

later_names as (

    select * from {{ ref('stg_accelerator_names_since_paper') }}

),

images as (

    select
        measurement_id,
        'vision' as domain,
        'image' as quantity,
        model_name,
        family,
        accelerator_name,
        precision,
        software_kind,
        software,
        batch_size,
        {{ gflops_from_gmacs('gmacs_per_image') }} as gflops,
        'gmacs_of_the_source' as gflops_known_from,
        joules_per_image as joules_measured,
        boundary,
        basis,
        n_submissions,
        how_known,
        source_id as source,
        false as is_own,
        raw_file,
        raw_line

    from vision_measurements

),

-- The sources of these rows state no work: it is that of a token of the paper's model, times the tokens of the input.
inputs as (

    select
        language_measurements.measurement_id,
        'language' as domain,
        'input' as quantity,
        language_measurements.model_name,
        language_measurements.family,
        language_measurements.accelerator_name,
        language_measurements.precision,
        language_measurements.software_kind,
        language_measurements.software,
        language_measurements.batch_size,
        models.gflops_per_token * language_measurements.input_tokens as gflops,
        'paper_gflops_per_token' as gflops_known_from,
        language_measurements.joules_per_input as joules_measured,
        language_measurements.boundary,
        language_measurements.basis,
        language_measurements.n_submissions,
        language_measurements.how_known,
        language_measurements.source_id as source,
        false as is_own,
        language_measurements.raw_file,
        language_measurements.raw_line

    from language_measurements
    left join models
        on {{ slug('language_measurements.model_name') }} = models.model_id
        and models.is_in_paper

),

-- Models of one architecture touch their weights alike, whoever made them: here it stands for the family.
output_tokens as (

    select
        measurement_id,
        'language' as domain,
        'output_token' as quantity,
        model_name,
        architecture as family,
        accelerator_name,
        weight_precision as precision,
        'serving' as software_kind,
        mean_batch_size as batch_size,
        n_gpus,
        active_params_millions,
        {{ gflops_per_token_of_params('active_params_millions') }} as gflops,
        'active_params' as gflops_known_from,
        joules_per_output_token as joules_measured,
        boundary,
        basis,
        1 as n_submissions,
        how_known,
        source_id as source,
        false as is_own,
        raw_file,
        raw_line

    from decode_measurements

),

own_rows as (

    select
        'own-' || {{ slug('measurement_name') }} as measurement_id,
        case quantity when 'image' then 'vision' else 'language' end as domain,
        quantity,
        model_name,
        family,
        accelerator_name,
        precision,
        software_kind,
        batch_size,
        coalesce(gflops, {{ gflops_from_gmacs('gmacs') }}) as gflops,
        'own' as gflops_known_from,
        joules as joules_measured,
        boundary,
        case boundary when 'gpu_tdp' then 'upper_bound' else 'measured' end as basis,
        1 as n_submissions,
        source,
        true as is_own,
        raw_file,
        raw_line

    from own_measurements

),

unioned as (

    select * from images
    union all by name
    select * from inputs
    union all by name
    select * from output_tokens
    union all by name
    select * from own_rows

),

all_names as (

    select
        {{ slug('printed_name') }} as alias,
        accelerator_id

    from paper_names

    union

    select
        {{ slug('printed_name') }} as alias,
        accelerator_id

    from later_names

    union

    select
        {{ slug('accelerator_name') }} as alias,
        accelerator_id

    from accelerators

    union

    select
        accelerator_id as alias,
        accelerator_id

    from accelerators

),

-- Upper and lower case and punctuation aside. A name of two chips would name neither.
aliases as (

    select
        alias,
        min(accelerator_id) as accelerator_id

    from all_names
    group by alias
    having count(distinct accelerator_id) = 1

),

identified as (

    select
        unioned.measurement_id,
        unioned.domain,
        unioned.quantity,
        unioned.model_name,
        unioned.family,
        unioned.accelerator_name,
        accelerators.accelerator_id,
        accelerators.chip_design,
        accelerators.maker,
        unioned.precision,
        {{ measured_precision_class('unioned.precision') }} as precision_class,
        unioned.boundary,
        unioned.software_kind,
        unioned.software,
        unioned.basis,
        cast(unioned.batch_size as double) as batch_size,
        case when unioned.quantity = 'output_token' then {{ batch_size_band('unioned.batch_size') }} end as batch_size_band,
        unioned.n_gpus,
        unioned.active_params_millions,
        unioned.gflops,
        unioned.gflops_known_from,
        unioned.joules_measured,
        cast(unioned.n_submissions as integer) as n_submissions,
        unioned.how_known,
        unioned.source,
        unioned.is_own,
        unioned.raw_file,
        unioned.raw_line

    from unioned
    left join aliases on {{ slug('unioned.accelerator_name') }} = aliases.alias
    left join accelerators on aliases.accelerator_id = accelerators.accelerator_id

),

with_regime as (

    select
        *,
        {{ calibration_regime('boundary', 'precision_class', 'software_kind') }} as regime

    from identified

),

-- Rows that share an id are of one kind, and may be averaged over the chips that they ran on.
with_calibration_id as (

    select
        *,
        regime || ' ' || {{ slug("concat_ws(' ', family, quantity, 'batch ' || batch_size_band)") }}
        || case basis when 'upper_bound' then ' upper bound' else '' end as calibration_id

    from with_regime

)

select * from with_calibration_id
