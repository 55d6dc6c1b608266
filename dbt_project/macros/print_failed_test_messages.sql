{#-
    dbt prints how many rows a test returned, not what they say. This prints the first messages of each failed or warning test, by
    their text unless a column in front says their place.
-#}
{% macro print_failed_test_messages(results) -%}
    {%- if execute -%}
        {%- set messages_per_test = var('failed_test_messages') -%}
        {%- for result in results if result.node.resource_type == 'test' and result.status in ('fail', 'warn') -%}
            {%- do print("") -%}
            {%- do print(result.status | upper ~ " " ~ result.node.name ~ " (" ~ result.failures ~ " rows)") -%}
            {%- set rows = run_query("select * from (" ~ result.node.compiled_code ~ ") order by all limit " ~ messages_per_test) -%}
            {%- for row in rows.rows -%}
                {%- if 'message' in rows.column_names -%}
                    {#- A cell may hold what a terminal obeys. -#}
                    {%- do print("  " ~ modules.re.sub('[\x00-\x1f\x7f-\x9f]', '?', row['message'])) -%}
                {%- else -%}
                    {%- do print("  " ~ result.node.attached_node ~ ": " ~ row.dict()) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- if result.failures > messages_per_test -%}
                {%- do print("  and " ~ (result.failures - messages_per_test) ~ " more") -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
