{#- The file is the one whose checksum its record in raw/ states. -#}
{% test matches_its_record(model) %}

{{ record_complaints(model.identifier) }}

{% endtest %}
