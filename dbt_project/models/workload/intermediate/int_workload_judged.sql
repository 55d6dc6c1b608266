with

workload_groups as (

    select * from {{ ref('int_workload_groups') }}

),

models as (

    select
        model_id as known_model_id,
        domain,
        is_generative

    from {{ ref('dim_models') }}

),

accelerators as (

    select accelerator_id as known_accelerator_id from {{ ref('dim_accelerators') }}

),

countries as (

    select distinct country_iso3 as known_country_iso3 from {{ ref('dim_grid_intensity') }}

),

judged as (

    select
        workload_groups.*,
        case
            when workload_groups.fault is not null then workload_groups.fault
            when models.known_model_id is null then 'model_id ' || workload_groups.model_id || ' is not in marts.models'
            when workload_groups.accelerator_id is not null and accelerators.known_accelerator_id is null
                then 'accelerator_id ' || workload_groups.accelerator_id || ' is not in marts.accelerators'
            when workload_groups.country_iso3 is not null and countries.known_country_iso3 is null
                then 'country_iso3 ' || workload_groups.country_iso3 || ' has no grid on record, in dimensions.dim_grid_intensity'
            when models.domain = 'vision' and (workload_groups.has_input_tokens or workload_groups.has_output_tokens)
                then 'tokens are stated for the vision model ' || workload_groups.model_id || ', whose inference is one forward pass'
            when models.domain = 'language' and workload_groups.has_input_tokens is null
                then 'input_tokens is missing, which a request to the language model ' || workload_groups.model_id || ' needs'
            when models.is_generative and workload_groups.has_output_tokens is null
                then 'output_tokens is missing, which a request to the generative model ' || workload_groups.model_id || ' needs'
            when not models.is_generative and workload_groups.has_output_tokens
                then 'output_tokens is above 0, and no architecture on record says that ' || workload_groups.model_id || ' writes text'
        end as reject_reason

    from workload_groups
    left join models on workload_groups.model_id = models.known_model_id
    left join accelerators on workload_groups.accelerator_id = accelerators.known_accelerator_id
    left join countries on workload_groups.country_iso3 = countries.known_country_iso3

),

-- A rejected group keeps what was written, by which its rows are found again.
named as (

    select
        on_date,
        model_id,
        case when reject_reason is null then coalesce(accelerator_id, 'unstated') else accelerator_id end as accelerator_id,
        case when reject_reason is null then coalesce(country_iso3, 'unstated') else country_iso3 end as country_iso3,
        batch_size,
        has_input_tokens,
        has_output_tokens,
        n_rows,
        n_inferences,
        n_input_tokens,
        n_output_tokens,
        n_context_tokens,
        is_hypothesis,
        fault,
        reject_reason

    from judged

)

select * from named
