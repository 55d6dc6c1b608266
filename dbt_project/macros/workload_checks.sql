{#-
    Where more rows, or more inferences in them, are set aside than the var `workload_max_reject_share` allows: a row with a message on
    what to do, and one for each reason, those of the most inferences first in the order of `place`. Or a row where there is no row at
    all: totals of what is left would pass for those of the whole.
-#}
{% macro too_many_rejected_rows(judged, rejects) -%}
{%- set max_share = var('workload_max_reject_share') -%}
with

totals as (

    select
        coalesce(sum(n_rows), 0) as n_rows,
        coalesce(sum(case when reject_reason is not null then n_rows else 0 end), 0) as n_rejected,
        coalesce(
            sum(case when reject_reason is not null then n_inferences else 0e0 end) / nullif(sum(n_inferences), 0e0), 0e0
        ) as share_of_inferences,
        nullif(sum(n_inferences), 0e0) as n_inferences,
        count(distinct reject_reason) as n_reasons
    from {{ judged }}

),

faulty as (

    select * from totals
    where n_rejected > {{ max_share }} * n_rows or share_of_inferences > {{ max_share }}

),

reasons as (

    select
        reject_reason,
        sum(n_rows) as n_rejected,
        sum(n_inferences) as n_inferences,
        cast(row_number() over (order by sum(n_inferences) desc, sum(n_rows) desc, reject_reason) as integer) as place
    from {{ judged }}
    where reject_reason is not null
    group by reject_reason

),

first_rows as (

    select
        reason,
        file,
        row_number,
        row_number() over (partition by reason order by file, row_number) as place
    from {{ rejects }}

)

select
    0 as place,
    'workload: found ' || cast(n_rejected as string) || ' of ' || cast(n_rows as string) || ' rows set aside, with '
    || {{ percent_text('share_of_inferences') }} || ' of the inferences, expected at most a share of {{ max_share }}; '
    || case when n_reasons = 1 then '1 reason. ' else cast(n_reasons as string) || ' reasons, those of the most inferences first. ' end
    || {{ sql_text(where_rejects_stand()) }}
    || {{ sql_text(
        ' `inference-energy workload PATH --rejects FILE` writes them to a file. To allow more, add to dbt build: --vars '
        ~ '"{workload_max_reject_share: 0.05}"'
    ) }} as message
from faulty

union all

select
    reasons.place,
    cast(reasons.n_rejected as string) || case when reasons.n_rejected = 1 then ' row' else ' rows' end || ' with '
    || {{ percent_text('coalesce(reasons.n_inferences / faulty.n_inferences, 0e0)') }} || ' of the inferences because '
    || reasons.reject_reason || ', the first in ' || first_rows.file
    || case when lower(first_rows.file) like '%.parquet' then ', row ' else ', line ' end || cast(first_rows.row_number as string)
        as message
from faulty
cross join reasons
left join first_rows on reasons.reject_reason = first_rows.reason and first_rows.place = 1

union all

select
    0 as place,
    'workload: found no row, expected one at least; see that WORKLOAD, or the var workload, names the right files' as message
from totals
where n_rows = 0

union all

select
    -1 as place,
    message
from ({{ unclosed_quotes(judged, rejects) }}) as unclosed
{%- endmacro %}

{#- SQL for a share as a text in per cent. -#}
{% macro percent_text(part) -%}
cast(round(100 * {{ part }}, 3) as string) || ' %'
{%- endmacro %}

{#- A sentence on where each row stands that was set aside. A build that failed is published nowhere but lies in its side file. -#}
{% macro where_rejects_stand() -%}
    {%- if target.path is defined -%}
        Each stands in table marts.workload_rejects of {{ plain_path(target.path) }}, while the published one is of the last good build.
    {%- else -%}
        Each stands in table marts.workload_rejects.
    {%- endif -%}
{%- endmacro %}

{#-
    A row with a message where a double quote is not closed, at the first such line: the lines of a cell with a line break are rows
    here, and one of them may read like a request that was never made.
-#}
{% macro unclosed_quotes(judged, rejects) -%}
select
    first_lines.file || ':' || cast(first_lines.row_number as string)
    || ': a double quote is not closed; a cell with a line break would be read as rows; write cells without line breaks ('
    || cast(faulty.n_rows as string) || ' such lines)' as message
from (
    select
        file,
        row_number,
        row_number() over (order by file, row_number) as place
    from {{ rejects }}
    where reason = '{{ unclosed_quote_fault() }}'
) as first_lines
cross join (
    select sum(n_rows) as n_rows from {{ judged }}
    where reject_reason = '{{ unclosed_quote_fault() }}'
) as faulty
where first_lines.place = 1
{%- endmacro %}

{#- A row with a message where the second reading found other rows to set aside than the first. -#}
{% macro uncounted_rejected_rows(judged, rejects) -%}
with

counted as (

    select coalesce(sum(n_rows), 0) as n_rows from {{ judged }}
    where reject_reason is not null

),

listed as (

    select count(*) as n_rows from {{ rejects }}

)

select
    'workload_rejects: found ' || cast(listed.n_rows as string) || ' rows, expected the ' || cast(counted.n_rows as string)
    || ' that were counted; the files changed while they were read, so build again' as message
from counted
cross join listed
where counted.n_rows <> listed.n_rows
{%- endmacro %}

{#- One row with a message for each file that is not as it was when the run began to read, of DuckDB's reading. -#}
{% macro changed_workload_files(files) -%}
with

before as (

    select * from {{ files }}

),

now as (

    {%- if workload_path() and is_workload_read() %}
    {{ workload_file_states(workload_patterns()) | indent(4) }}
    {%- else %}
    select * from before
    {%- endif %}

)

select
    'workload: ' || coalesce(now.file, before.file) || ' changed while it was read: found '
    || coalesce(now.size_bytes || ' bytes of ' || now.modified_at || ' UTC', 'no file') || ', expected '
    || coalesce(before.size_bytes || ' bytes of ' || before.modified_at || ' UTC', 'no file')
    || '; build again, best from a copy or a glob that leaves out what is still written' as message
from before
full join now on before.file = now.file
where before.size_bytes is distinct from now.size_bytes or before.modified_at is distinct from now.modified_at
{%- endmacro %}
