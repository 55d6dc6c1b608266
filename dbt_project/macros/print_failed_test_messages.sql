{#-
    dbt prints how many rows a test returned, not what they say. This prints the first messages of each failed or warning test, by
    their text unless a column in front says their place.
-#}
{% macro print_failed_test_messages(results) -%}
    {%- if execute -%}
        {%- set messages_per_test = var('failed_test_messages') -%}
        {%- for result in results if result.node.resource_type == 'test' and result.status in ('fail', 'warn') -%}
            {%- do log("", info=true) -%}
            {%- do log(result.status | upper ~ " " ~ result.node.name ~ " (" ~ result.failures ~ " rows)", info=true) -%}
            {%- set rows = run_query("select * from (" ~ result.node.compiled_code ~ ") order by all limit " ~ messages_per_test) -%}
            {%- for row in rows.rows -%}
                {%- if 'message' in rows.column_names -%}
                    {#- A cell may hold what a terminal obeys. -#}
                    {%- do log("  " ~ modules.re.sub('[\x00-\x1f\x7f-\x9f]', '?', row['message']), info=true) -%}
                {%- else -%}
                    {%- do log("  " ~ result.node.attached_node ~ ": " ~ row.dict(), info=true) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- if result.failures > messages_per_test -%}
                {%- do log("  and " ~ (result.failures - messages_per_test) ~ " more", info=true) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
