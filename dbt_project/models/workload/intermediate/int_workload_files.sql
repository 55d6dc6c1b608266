{{ config(enabled=(target.type == 'duckdb')) }}

{%- if workload_path() and is_workload_read() %}
{{ workload_files() }}
{%- else %}
select
    cast(null as varchar) as file,
    cast(null as varchar) as format,
    cast(null as bigint) as size_bytes,
    cast(null as timestamp) as modified_at,
    cast(null as varchar) as layout
where false
{%- endif %}
