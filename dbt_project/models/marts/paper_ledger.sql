with

paper_ledger as (

    select
        ledger_id,
        printed_in,
        quantity,
        result_kind,
        value_type,
        printed_text,
        printed_value,
        rounding_unit,
        recomputed_value,
        relative_difference,
        status,
        explanation,
        raw_file,
        raw_line,
        raw_column

    from {{ ref('int_paper_ledger') }}

)

select * from paper_ledger
