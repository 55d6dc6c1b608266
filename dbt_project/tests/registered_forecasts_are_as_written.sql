-- Each row carries a checksum of its cells and of the row before it, so a forecast that was changed, taken out or moved
-- afterwards shows at its line. python/inference_energy/register_forecasts.py writes the same chain.
with

forecasts as (

    select * from {{ ref('stg_registered_forecasts') }}

),

chained as (

    select
        raw_file,
        raw_line,
        forecast_id,
        row_checksum,
        sha256(
            coalesce(lag(row_checksum) over (order by raw_line), '')
            || chr(10)
            || concat_ws(
                ',',
                coalesce(forecast_id, ''),
                coalesce(registered_on_printed, ''),
                coalesce(trend_id, ''),
                coalesce(vintage, ''),
                coalesce(quantity, ''),
                coalesce(target_year_printed, ''),
                coalesce(target_date_printed, ''),
                coalesce(predicted_printed, ''),
                coalesce(low_printed, ''),
                coalesce(high_printed, ''),
                coalesce(level_printed, ''),
                coalesce(degrees_of_freedom_printed, ''),
                coalesce(is_supported_printed, ''),
                coalesce(warehouse_checksum, '')
            )
        ) as expected_checksum

    from forecasts

)

select
    raw_file || ', line ' || raw_line || ', column row_checksum: found ' || coalesce(row_checksum, 'nothing') || ', expected '
    || expected_checksum || '; the row of forecast ' || coalesce(forecast_id, '(no id)')
    || ' was changed after it was written, or the one before it was changed, taken out or moved. A registered forecast stays as '
    || 'it is: undo the change with `git checkout -- ' || raw_file || '`; `make register-forecasts` appends new ones' as message
from chained
where (row_checksum = expected_checksum) is not true
