{#-
    The file is the one whose checksum its record in raw/ states. A warning here, so that what follows can name the cell that was
    changed; tests/raw_files_are_on_record.sql turns it into an error at the end.
-#}
{% test matches_its_record(model) %}

{{ config(severity='warn') }}

{{ record_complaints(model.identifier) }}

{% endtest %}
