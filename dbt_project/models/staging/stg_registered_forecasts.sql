with

source as (

    select * from {{ ref('registered_forecasts') }}

),

parsed as (

    select
        forecast_id,
        {{ cell_iso_date('registered_on') }} as registered_on,
        registered_on as registered_on_printed,
        trend_id,
        vintage,
        quantity,
        try_cast(target_year as integer) as target_year,
        target_year as target_year_printed,
        {{ cell_iso_date('target_date') }} as target_date,
        target_date as target_date_printed,
        try_cast(predicted as double) as predicted,
        predicted as predicted_printed,
        try_cast(low as double) as low,
        low as low_printed,
        try_cast(high as double) as high,
        high as high_printed,
        try_cast(level as double) as level,
        level as level_printed,
        try_cast(degrees_of_freedom as integer) as degrees_of_freedom,
        degrees_of_freedom as degrees_of_freedom_printed,
        try_cast(is_supported as boolean) as is_supported,
        is_supported as is_supported_printed,
        warehouse_checksum,
        row_checksum,
        {{ raw_place('raw/reference/registered_forecasts.csv') }}

    from source

)

select * from parsed
