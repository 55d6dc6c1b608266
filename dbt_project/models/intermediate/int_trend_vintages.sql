with

vintages as (

    select *
    from (
        values
        ('paper', cast(null as date), false, false),
        ('corrected_dates', null, true, false),
        ('to_2026', null, false, true),
        ('up_to_2015', date '2015-12-31', false, false),
        ('up_to_2016', date '2016-12-31', false, false),
        ('up_to_2017', date '2017-12-31', false, false),
        ('up_to_2018', date '2018-12-31', false, false),
        ('up_to_2019', date '2019-12-31', false, false),
        ('up_to_2020', date '2020-12-31', false, false)
    ) as listed (vintage, known_until, has_corrected_dates, has_later_rows)

),

-- All rows of the paper, read otherwise in one place. Those that touch the rows of hardware touch the joules of both domains.
readings as (

    select *
    from (
        values
        ('without_t4', cast(null as varchar)),
        ('with_table_8', null),
        ('geometric_speedups', null),
        ('text_year', 'vision'),
        ('other_tie_rule', 'vision'),
        ('vit_g_by_resolution', 'vision')
    ) as listed (vintage, domain)

),

unioned as (

    select
        *,
        false as is_reading,
        null as domain

    from vintages

    union all by name

    select
        *,
        true as is_reading,
        false as has_corrected_dates,
        false as has_later_rows

    from readings

),

-- Table 3 measures an A100 with 80 GB, sold since the end of 2020: no earlier vintage could have known its speed-ups.
dated as (

    select
        vintage,
        known_until,
        has_corrected_dates,
        has_later_rows,
        is_reading,
        domain,
        coalesce(known_until < date '2020-01-01', false) as is_before_benchmarks

    from unioned

)

select * from dated
