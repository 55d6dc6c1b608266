with

definitions as (

    select * from {{ ref('int_trend_definitions') }}
    where quantity = 'gflops_per_watt'

),

efficiency as (

    select
        *,
        accelerator_id || '-' || {{ slug('precision') }} as observation_id

    from {{ ref('int_accelerator_efficiency') }}
    where is_in_paper

),

-- The 32 points of each line of Fig. 8: 28 unadapted rows and 4 adapted to the domain.
lines_of_figure_8 as (

    select * from efficiency
    where workload in ('vision', 'language')

),

theoretical_fp32 as (

    select * from efficiency
    where workload = 'theoretical' and precision = 'FP32'

),

-- Table 9 leaves out the FP32 rows of A100, A30 and P100, which Table 8 has.
left_out_by_table_9 as (

    select theoretical_fp32.*
    from theoretical_fp32
    anti join lines_of_figure_8 on theoretical_fp32.observation_id = lines_of_figure_8.observation_id

),

selected as (

    select
        definitions.trend_id,
        lines_of_figure_8.*

    from definitions
    inner join lines_of_figure_8 on definitions.domain = lines_of_figure_8.workload
    where definitions.subset <> 'figure_8_without_t4' or lines_of_figure_8.accelerator_id <> 't4'

    union all by name

    select
        definitions.trend_id,
        left_out_by_table_9.*

    from definitions
    cross join left_out_by_table_9
    where definitions.subset = 'figure_8_and_table_8_fp32'

    union all by name

    select
        definitions.trend_id,
        theoretical_fp32.*

    from definitions
    cross join theoretical_fp32
    where definitions.subset = 'table_8_fp32'

),

points as (

    select
        trend_id,
        observation_id,
        accelerator_id as group_id,
        launch_date as on_date,
        {{ years_since_origin('launch_date') }} as years,
        gflops_per_watt as value

    from selected

)

select * from points
