-- What is left of a workload must be nearly all of it.
{{ too_many_rejected_rows(ref('int_workload_judged'), ref('workload_rejects')) }}
