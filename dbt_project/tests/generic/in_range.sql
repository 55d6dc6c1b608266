{#-
    Every value lies within the bounds; `above` and `below` are strict, `at_least` and `at_most` are not.
    A missing value fails unless `may_be_missing`.
-#}
{% test in_range(model, column_name, above=none, at_least=none, below=none, at_most=none, may_be_missing=false, place=none) %}

{{ out_of_range(model, column_name, above, at_least, below, at_most, may_be_missing, place) }}

{% endtest %}
