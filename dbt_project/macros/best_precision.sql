{#-
    1 for the row of an accelerator and workload with the most GFLOPS per watt, of equals that of the first precision: what an
    accelerator counts with, once doubtful rows are left out.
-#}
{% macro rank_of_precision() -%}
row_number() over (
        partition by accelerator_id, workload
        order by gflops_per_watt desc, precision asc
    )
{%- endmacro %}
