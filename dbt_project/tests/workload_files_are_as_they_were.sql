-- After both readings: a log that grows meanwhile is a workload of no moment.
-- depends_on: {{ ref('int_workload_groups') }}
-- depends_on: {{ ref('workload_rejects') }}
{{ config(enabled=(target.type == 'duckdb')) }}
{{ changed_workload_files(ref('int_workload_files')) }}
