with

vision_models as (

    select * from {{ ref('stg_vision_models') }}

),

language_models as (

    select * from {{ ref('stg_language_models') }}

),

vision_models_since_paper as (

    select * from {{ ref('stg_vision_models_since_paper') }}

),

language_models_since_paper as (

    select * from {{ ref('stg_language_models_since_paper') }}

),

own_models as (

    select * from {{ ref('stg_own_models') }}

),

paper_models as (

    select
        model_name,
        'vision' as domain,
        architecture,
        release_date,
        params_millions,
        top1_accuracy_pct,
        null as glue_score,
        null as input_tokens,
        gflops_per_forward_pass,
        extra_training_data,
        model_source,
        coalesce(params_millions_source, model_source) as params_source,
        coalesce(top1_accuracy_pct_source, model_source) as score_source,
        coalesce(gflops_per_forward_pass_source, model_source) as gflops_source,
        params_millions_marks as params_marks,
        top1_accuracy_pct_marks as score_marks,
        gflops_per_forward_pass_marks as gflops_marks,
        params_millions_printed as params_printed,
        gflops_per_forward_pass_printed as gflops_printed,
        raw_file,
        raw_line

    from vision_models

    union all by name

    select
        model_name,
        'language' as domain,
        release_date,
        params_millions,
        glue_score,
        input_tokens,
        gflops_per_forward_pass,
        model_source,
        coalesce(params_millions_source, model_source) as params_source,
        case when glue_score is not null then coalesce(glue_score_source, model_source) end as score_source,
        coalesce(gflops_per_forward_pass_source, model_source) as gflops_source,
        params_millions_marks as params_marks,
        glue_score_marks as score_marks,
        gflops_per_forward_pass_marks as gflops_marks,
        params_millions_printed as params_printed,
        gflops_per_forward_pass_printed as gflops_printed,
        raw_file,
        raw_line

    from language_models

),

-- Only rows of the paper decide whether a name needs its extra data to be an id, so that no later row renames them.
identified_paper_models as (

    select
        *,
        true as is_in_paper,
        false as is_own,
        'seen' as how_known,
        case
            when gflops_marks like '%*%' then 'estimated'
            when gflops_marks like '%†%' then 'tool'
            else 'reported'
        end as gflops_basis,
        {{ slug('model_name') }} || case
            when count(*) over (partition by {{ slug('model_name') }}) > 1 and extra_training_data is not null
                then '-' || {{ slug('extra_training_data') }}
            else ''
        end as model_id

    from paper_models

),

-- No later source states the FLOPs of a language model: two per active parameter and token stand in for them, and a pass has no
-- length.
models_since_paper as (

    select
        model_name,
        'vision' as domain,
        architecture,
        release_date,
        release_precision,
        params_millions,
        top1_accuracy_pct,
        {{ gflops_from_gmacs('gmacs_per_forward_pass') }} as gflops_per_forward_pass,
        extra_training_data,
        'tool' as gflops_basis,
        how_known,
        null as missing_reason,
        source_id,
        raw_file,
        raw_line

    from vision_models_since_paper

    union all by name

    select
        model_name,
        'language' as domain,
        release_date,
        params_millions,
        active_params_millions,
        {{ gflops_per_token_of_params('active_params_millions') }} as gflops_per_token,
        'estimated' as gflops_basis,
        how_known,
        case
            when active_params_millions is null then 'no parameters stated, so no estimate of the FLOPs per token'
            else 'no input length stated, so no FLOPs of a forward pass'
        end as missing_reason,
        source_id,
        raw_file,
        raw_line

    from language_models_since_paper

),

identified_models_since_paper as (

    select
        * exclude (source_id),
        {{ slug('model_name') }} as model_id,
        source_id as model_source,
        source_id as params_source,
        case when top1_accuracy_pct is not null then source_id end as score_source,
        case when coalesce(gflops_per_forward_pass, gflops_per_token) is not null then source_id end as gflops_source,
        false as is_in_paper,
        false as is_own

    from models_since_paper

),

identified_own_models as (

    select
        model_name,
        domain,
        architecture,
        release_date,
        params_millions,
        top1_accuracy_pct,
        glue_score,
        input_tokens,
        coalesce(gflops_per_forward_pass, {{ gflops_from_gmacs('gmacs_per_forward_pass') }}) as gflops_per_forward_pass,
        extra_training_data,
        source as model_source,
        source as params_source,
        source as score_source,
        source as gflops_source,
        raw_file,
        raw_line,
        false as is_in_paper,
        true as is_own,
        gflops_basis,
        {{ slug("concat_ws(' ', model_name, extra_training_data)") }} as model_id

    from own_models

),

all_models as (

    select * from identified_paper_models
    union all by name
    select * from identified_models_since_paper
    union all by name
    select * from identified_own_models

),

normalised as (

    select
        model_id,
        model_name,
        domain,
        architecture,
        extra_training_data,
        gflops_basis,
        release_date,
        coalesce(release_precision, 'day') as release_precision,
        {{ years_since_origin('release_date') }} as years_since_origin,
        params_millions,
        active_params_millions,
        top1_accuracy_pct,
        glue_score,
        coalesce(top1_accuracy_pct, glue_score) as score,
        cast(input_tokens as integer) as input_tokens,
        gflops_per_forward_pass,
        coalesce(gflops_per_token, gflops_per_forward_pass / input_tokens) as gflops_per_token,
        coalesce(gflops_per_token, gflops_per_forward_pass / input_tokens) * {{ var('standard_input_tokens') }}
            as gflops_per_128_tokens,
        missing_reason,
        is_in_paper,
        is_own,
        how_known,
        model_source,
        params_source,
        score_source,
        gflops_source,
        params_marks,
        score_marks,
        gflops_marks,
        params_printed,
        gflops_printed,
        raw_file,
        raw_line

    from all_models

)

select * from normalised
