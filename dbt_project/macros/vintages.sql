{#- Whether something of that date was known in a vintage; a vintage without an end knows all of its rows. -#}
{% macro is_known_in(vintages, date_column) -%}
({{ vintages }}.known_until is null or {{ date_column }} <= {{ vintages }}.known_until)
{%- endmacro %}

{#-
    For `qualify`: whether the points of a trend and vintage are enough for a line with an interval. The paper's are never
    left out, so that a trend of the paper that lost its rows fails and does not vanish.
-#}
{% macro has_enough_points(group_column='group_id') -%}
vintage = 'paper'
        or (
            count(*) over (partition by trend_id, vintage) >= 5
            and count(distinct on_date) over (partition by trend_id, vintage) >= 3
            and count(distinct {{ group_column }}) over (partition by trend_id, vintage) >= 2
        )
{%- endmacro %}

{#-
    Whether a trend is fitted in a vintage: a reading that touches one domain has the trends of that domain alone, and none has
    the sensitivity trends of the hardware, which are readings themselves.
-#}
{% macro is_fitted_in(vintages, definitions) -%}
(
    not coalesce({{ vintages }}.is_reading, false)
    or (
        coalesce({{ vintages }}.domain = {{ definitions }}.domain, {{ definitions }}.domain is not null)
        and ({{ definitions }}.quantity <> 'gflops_per_watt' or {{ definitions }}.subset = 'figure_8')
    )
)
{%- endmacro %}
