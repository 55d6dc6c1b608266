"""What dbt calls `target`, for sqlfluff, which renders models without dbt."""

type = "duckdb"
