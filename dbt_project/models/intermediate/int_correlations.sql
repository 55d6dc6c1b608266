with

models as (

    select * from {{ ref('int_models') }}
    where domain = 'vision' and is_in_paper

),

subsets as (

    select
        'all_rows' as subset,
        architecture,
        params_millions,
        gflops_per_forward_pass

    from models

    union all

    -- Variants of one network that differ in training only share parameters and FLOPs; here they count once.
    select distinct
        'distinct_pairs' as subset,
        architecture,
        params_millions,
        gflops_per_forward_pass

    from models

),

-- Spearman's coefficient is Pearson's on ranks, equal values sharing the mean of their ranks.
ranked as (

    select
        *,
        {{ mean_rank('params_millions', 'subset, architecture') }} as params_rank,
        {{ mean_rank('gflops_per_forward_pass', 'subset, architecture') }} as gflops_rank

    from subsets

),

correlated as (

    select
        architecture,
        subset,
        cast(count(*) as integer) as n,
        corr(params_millions, gflops_per_forward_pass) as pearson,
        corr(log10(params_millions), log10(gflops_per_forward_pass)) as pearson_log,
        corr(params_rank, gflops_rank) as spearman

    from ranked
    group by architecture, subset
    -- Two hybrids always lie on a line: their coefficient would be 1 and say nothing.
    having count(*) >= 3

)

select * from correlated
