with

definitions as (

    select *
    from (
        values
        ('gpu_efficiency_vision', 'gflops_per_watt', 'vision', 'figure_8', false),
        ('gpu_efficiency_language', 'gflops_per_watt', 'language', 'figure_8', false),
        ('gpu_efficiency_theoretical_fp32', 'gflops_per_watt', null, 'table_8_fp32', false),
        ('gpu_efficiency_vision_without_t4', 'gflops_per_watt', 'vision', 'figure_8_without_t4', false),
        ('gpu_efficiency_language_without_t4', 'gflops_per_watt', 'language', 'figure_8_without_t4', false),
        ('gpu_efficiency_vision_with_table_8', 'gflops_per_watt', 'vision', 'figure_8_and_table_8_fp32', false),
        ('gpu_efficiency_language_with_table_8', 'gflops_per_watt', 'language', 'figure_8_and_table_8_fp32', false),
        ('vision_gflops_all', 'gflops_per_forward_pass', 'vision', 'all', false),
        ('vision_gflops_best_of_year', 'gflops_per_forward_pass', 'vision', 'best_of_year', true),
        ('vision_joules_all', 'joules_per_forward_pass', 'vision', 'all', false),
        ('vision_joules_best_of_year', 'joules_per_forward_pass', 'vision', 'best_of_year', true),
        ('language_gflops_all', 'gflops_per_forward_pass', 'language', 'all', false),
        ('language_gflops_most_demanding', 'gflops_per_forward_pass', 'language', 'most_demanding', true),
        ('language_joules_all', 'joules_per_forward_pass', 'language', 'all', false),
        ('language_joules_most_demanding', 'joules_per_forward_pass', 'language', 'most_demanding', true),
        ('language_joules_all_per_128_tokens', 'joules_per_128_tokens', 'language', 'all', false),
        ('language_joules_all_128_tokens', 'joules_per_forward_pass', 'language', 'input_of_128_tokens', false),
        (
            'language_joules_most_demanding_per_128_tokens',
            'joules_per_128_tokens',
            'language',
            'most_demanding_per_128_tokens',
            true
        )
    ) as listed (trend_id, quantity, domain, subset, is_selected_extreme)

)

select * from definitions
