-- A slip of 1,000 (MFLOPs or TFLOPs typed as GFLOPs, parameters in thousands, kilowatts, an accuracy as a fraction) parses and
-- lies in every range. It shows in ratios, which spread less than 1,000 among the rows of the paper: there is room between the
-- largest and a thousand times the smallest. The bounds lie as far out as catches each such slip of each of those rows (tested
-- in tests/test_units.py), for a model or chip of another kind may be right and yet unlike the paper's.
{{ config(severity='warn') }}

-- Table 2: 0.0233 (AlexNet) to 2.86 (ViT-G/14) GFLOPs per million parameters.
{% set vision = {'low': 0.004, 'high': 20} %}
-- Table 7: 0.00113 (SqueezeBERT) to 0.0208 (ALBERT-xxl) GFLOPs per million parameters and token.
{% set language = {'low': 0.00003, 'high': 1} %}
-- Tables 8 and 9: 0.00648 (GTX 580) to 1 (A30, tensor cores) TFLOPS per watt.
{% set accelerator = {'low': 0.0012, 'high': 6} %}
-- Scores are percentages of some dozens, speed-ups over FP32 1 to 7.77.
{% set highest_fraction = 1 %}
{% set lowest_speedup = 0.1 %}

{% set vision_models = ref('stg_vision_models') %}
{% set language_models = ref('stg_language_models') %}

with

own_models as (

    select * from {{ ref('stg_own_models') }}

),

own_accelerators as (

    select * from {{ ref('stg_own_accelerators') }}

),

models as (

    select
        raw_file,
        raw_line,
        'vision' as domain,
        '{{ raw_column(vision_models, "gflops_per_forward_pass") }}' as gflops_column,
        '{{ raw_column(vision_models, "params_millions") }}' as params_column,
        '{{ raw_column(vision_models, "top1_accuracy_pct") }}' as score_column,
        gflops_per_forward_pass,
        params_millions,
        1 as input_tokens,
        top1_accuracy_pct as score

    from {{ vision_models }}

    union all

    select
        raw_file,
        raw_line,
        'language' as domain,
        '{{ raw_column(language_models, "gflops_per_forward_pass") }}' as gflops_column,
        '{{ raw_column(language_models, "params_millions") }}' as params_column,
        '{{ raw_column(language_models, "glue_score") }}' as score_column,
        gflops_per_forward_pass,
        params_millions,
        input_tokens,
        glue_score as score

    from {{ language_models }}

    union all

    select
        raw_file,
        raw_line,
        domain,
        if(gmacs_per_forward_pass is null, 'gflops_per_forward_pass', 'gmacs_per_forward_pass') as gflops_column,
        'params_millions' as params_column,
        if(domain = 'language', 'glue_score', 'top1_accuracy_pct') as score_column,
        coalesce(gflops_per_forward_pass, {{ gflops_from_gmacs('gmacs_per_forward_pass') }}) as gflops_per_forward_pass,
        params_millions,
        if(domain = 'language', input_tokens, 1) as input_tokens,
        coalesce(top1_accuracy_pct, glue_score) as score

    from own_models

),

accelerators as (

    {% for relation in [ref('stg_gpu_theoretical_performance'), ref('stg_gpu_adapted_performance'), ref('stg_own_accelerators')] %}
    select
        raw_file,
        raw_line,
        '{{ raw_column(relation, "tflops") }}' as tflops_column,
        '{{ raw_column(relation, "tdp_watts") }}' as watts_column,
        tflops,
        tdp_watts

    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

ratios as (

    select
        raw_file,
        raw_line,
        gflops_column || ' and ' || params_column as column_names,
        gflops_per_forward_pass || ' GFLOPs for ' || params_millions || ' million parameters'
        || if(domain = 'language', ' and ' || input_tokens || ' tokens', '') as found,
        gflops_per_forward_pass as work,
        params_millions * input_tokens as size,
        if(domain = 'language', {{ language.low }}, {{ vision.low }}) as low,
        if(domain = 'language', {{ language.high }}, {{ vision.high }}) as high,
        'GFLOPs' as unit,
        if(domain = 'language', 'per million parameters and token', 'per million parameters') as per

    from models

    union all

    select
        raw_file,
        raw_line,
        tflops_column || ' and ' || watts_column as column_names,
        tflops || ' TFLOPS at ' || tdp_watts || ' W' as found,
        tflops as work,
        tdp_watts as size,
        {{ accelerator.low }} as low,
        {{ accelerator.high }} as high,
        'TFLOPS' as unit,
        'per watt' as per

    from accelerators

),

speedups as (

    {% for workload in ['vision', 'language'] %}
    select
        raw_file,
        raw_line,
        '{{ workload }}_speedup_over_fp32' as column_name,
        {{ workload }}_speedup_over_fp32 as speedup

    from own_accelerators
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    format(
        '{}, line {}, columns {}: found {}, expected {:.3g} to {:.3g} {} ({} to {} {}); is one of them in another unit?',
        raw_file, raw_line, column_names, found, low * size, high * size, unit, low, high, per
    ) as message
from ratios
where work / size not between low and high

union all

select
    format(
        '{}, line {}, column {}: found {}, expected a score of 100 at most as a percentage, such as {:.3g}',
        raw_file, raw_line, score_column, score, 100 * score
    ) as message
from models
where score <= {{ highest_fraction }}

union all

select
    format(
        '{}, line {}, column {}: found {}, expected a throughput over that in FP32, such as 2.5',
        raw_file, raw_line, column_name, speedup
    ) as message
from speedups
where speedup < {{ lowest_speedup }}
