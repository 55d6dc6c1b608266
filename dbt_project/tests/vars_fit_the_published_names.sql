-- Names and descriptions of the marts state these values, so another value would make them untrue.
{% set published = {
    'trend_origin_date': '2012-01-01',
    'confidence_level': 0.95,
    'matching_window_months': 24,
    'standard_input_tokens': 128,
} %}

{% for name, value in published.items() %}
select
    'dbt_project.yml, var {{ name }}: found {{ var(name) }}, expected {{ value }}, which names and descriptions of the marts '
    || 'state; change them, and python/inference_energy/time_axis.py for the origin, together with the var' as message
where '{{ var(name) }}' <> '{{ value }}'
{{ 'union all' if not loop.last }}
{% endfor %}
