{#- Lower case, every run of other characters than a-z and 0-9 becomes one hyphen: `ViT-L/16` gives `vit-l-16`. -#}
{% macro slug(expression) -%}
trim(regexp_replace(lower({{ expression }}), '[^a-z0-9]+', '-', 'g'), '-')
{%- endmacro %}
