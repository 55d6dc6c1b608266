-- The files are read twice where rows are set aside; both readings must agree.
{{ uncounted_rejected_rows(ref('int_workload_judged'), ref('workload_rejects')) }}
