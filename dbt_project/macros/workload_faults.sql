{#-
    SQL for the rows of a workload with what groups them: by it the rows of a group are found again. `fault` is the first reason
    for which a row can be no row of a workload, in the order of its columns, or NULL; then nothing else of it counts.
-#}
{% macro keyed_workload_rows(with_place=false) -%}
{#- What a number may be at most is far above any log, and keeps each sum finite. -#}
{%- set most_inferences = '1e18' -%}
{%- set most_tokens = '1e9' -%}
select
    case when fault is null then on_date end as on_date,
    case when fault is null then model_id end as model_id,
    case when fault is null then accelerator_id end as accelerator_id,
    case when fault is null then country_iso3 end as country_iso3,
    case when fault is null then batch_size end as batch_size,
    case when fault is null then input_tokens > 0 end as has_input_tokens,
    case when fault is null then output_tokens > 0 end as has_output_tokens,
    fault,
    {%- if with_place %}
    file,
    row_number,
    row_text
    {%- else %}
    -- What is set aside is counted too, by the number that it states, sound or not; one that nobody could mean is one.
    case
        when row_fault is not null or isnan(inference_count) or abs(inference_count) > {{ most_inferences }} then 1e0
        else coalesce(abs(inference_count), 1e0)
    end as inference_count,
    case when fault is null then coalesce(input_tokens, 0e0) else 0e0 end as input_tokens,
    case when fault is null then coalesce(output_tokens, 0e0) else 0e0 end as output_tokens
    {%- endif %}
from (
    select
        *,
        case
            when row_fault is not null then row_fault
            when on_date is null then 'happened_at is no date or timestamp of 2000 to 2099, such as 2026-03-01'
            when model_id is null then 'model_id is missing'
            {{ number_fault('inference_count', 0, most_inferences) }}
            {{ number_fault('input_tokens', 0, most_tokens) }}
            {{ number_fault('output_tokens', 0, most_tokens) }}
            {{ number_fault('batch_size', 1, most_tokens, is_whole=false) }}
        end as fault
    from ({{ workload_rows(with_place) | indent(4) }}
    ) as workload_rows
) as judged_rows
{%- endmacro %}

{#- A branch of `case`: what is wrong with a number that is there. -#}
{% macro number_fault(column, at_least, at_most, is_whole=true) -%}
when isnan({{ column }}) or {{ column }} < {{ at_least }} or {{ column }} > {{ at_most }}
            {%- if is_whole %} or {{ column }} <> floor({{ column }}){% endif %}
                then '{{ column }} is no{{ " whole" if is_whole }} number from {{ at_least }} to {{ at_most }}
                {%- if not is_whole %}, or has three decimals, which may be thousands{% endif %}'
{%- endmacro %}

{#- Why a line with a double quote too few or too many is no row. -#}
{% macro unclosed_quote_fault() -%}
a double quote is not closed, or stands within a cell without another
{%- endmacro %}

{#- The columns that group the rows of a workload, beside `fault`. -#}
{% macro workload_key() -%}
    {{- return(
        ['on_date', 'model_id', 'accelerator_id', 'country_iso3', 'batch_size', 'has_input_tokens', 'has_output_tokens']
    ) -}}
{%- endmacro %}

{#- Whether any group of a user's rows is rejected; where none is, the files need not be read once more. -#}
{% macro has_rejected_rows(judged) -%}
    {%- if workload_path() and is_workload_read() -%}
        {%- set n_rejected = run_query("select count(*) from " ~ judged ~ " where reject_reason is not null").rows[0][0] -%}
        {%- if n_rejected > 0 -%}true{%- endif -%}
    {%- endif -%}
{%- endmacro %}

{#- The columns of `keyed_workload_rows(with_place=true)` without a row. -#}
{% macro no_keyed_workload_rows() -%}
select
    on_date,
    model_id,
    accelerator_id,
    country_iso3,
    batch_size,
    input_tokens > 0 as has_input_tokens,
    output_tokens > 0 as has_output_tokens,
    row_fault as fault,
    file,
    row_number,
    row_text
from (
    {{- no_workload_rows(with_place=true) | indent(4) }}
) as no_rows
{%- endmacro %}
