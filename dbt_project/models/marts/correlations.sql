with

correlations as (

    select
        architecture,
        subset,
        n,
        pearson,
        pearson_log,
        spearman

    from {{ ref('int_correlations') }}

)

select * from correlations
