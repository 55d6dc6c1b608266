{#-
    Flags that rank a row among others are computed twice: among the paper's rows only, and among all rows. A row of the
    paper takes the first, a user's row the second, so that no added row moves a flag of the paper.
-#}
{% macro in_cohorts(relation) -%}
    select
        *,
        'paper' as cohort

    from {{ relation }}
    where is_in_paper

    union all

    select
        *,
        'all' as cohort

    from {{ relation }}
{%- endmacro %}

{% macro is_own_cohort() -%}
cohort = case when is_in_paper then 'paper' else 'all' end
{%- endmacro %}

{#-
    True for a row on the Pareto frontier of a high score at a low cost within its cohort and domain: no row costs less
    and scores as much, and none of the same cost scores more. Equal rows are on it together. NULL without a score or a cost.
-#}
{% macro is_on_frontier(score, cost) -%}
case
    when {{ score }} is null or {{ cost }} is null then null
    else
        {{ score }} > coalesce(
            max({{ score }}) over (
                partition by cohort, domain
                order by {{ cost }}
                groups between unbounded preceding and 1 preceding
            ),
            -1
        )
        and {{ score }} = max({{ score }}) over (partition by cohort, domain, {{ cost }})
end
{%- endmacro %}
