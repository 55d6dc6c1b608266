{#-
    Flags that rank a row among others are computed twice: among the paper's rows only, and among all rows. A row of the
    paper takes the first, a later row or a user's the second, so that no added row moves a flag of the paper.
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
    For rows of the paper; a later row is held against what was known on its day (`dominated_at_release`).
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

{#-
    The rows outside the paper that were off the frontier on the day they came out: a row of the same domain, released up to that
    day, scores as much at no more cost, and differs in one of the two.
-#}
{% macro dominated_at_release(relation, score, cost) -%}
    select distinct later_rows.model_id

    from {{ relation }} as later_rows
    inner join {{ relation }} as rivals
        on later_rows.domain = rivals.domain
        and later_rows.release_date >= rivals.release_date
        and later_rows.{{ score }} <= rivals.{{ score }}
        and later_rows.{{ cost }} >= rivals.{{ cost }}
        and (later_rows.{{ score }} < rivals.{{ score }} or later_rows.{{ cost }} > rivals.{{ cost }})
    where not later_rows.is_in_paper
{%- endmacro %}
