"""Generated workloads: the log of a month of requests, the same rows for the same seed.

``python -m tests.bench.workload_files FOLDER ROWS`` writes one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

# Each with the one or two accelerators that it runs on; None is a request that states none.
MODELS: dict[str, tuple[str | None, ...]] = {
    "alexnet": ("t4",),
    "densenet-121": ("t4", "tesla-v100"),
    "efficientnet-b0": ("t4",),
    "efficientnet-b7": ("a100", "t4"),
    "inception-v3": ("tesla-v100",),
    "resnet-50": ("a100", "t4"),
    "resnet-152": ("a100",),
    "vgg-16": ("tesla-v100", None),
    "vit-l-16-jft-300m": ("a100",),
    "albert-base": ("t4",),
    "bert-base": ("t4", "a100"),
    "bert-large": ("a100",),
    "electra-base": ("t4", None),
    "elmo": ("tesla-v100",),
    "squeezebert": ("t4",),
    "gpt-3": ("a100",),
    "meta-llama-llama-3-1-8b-instruct": ("nvidia-h100-sxm5-80gb", "a100"),
    "meta-llama-llama-3-1-70b-instruct": ("nvidia-h100-sxm5-80gb",),
    "meta-llama-llama-3-1-405b-instruct": ("nvidia-h100-sxm5-80gb",),
    "qwen-qwen3-32b": ("nvidia-h100-sxm5-80gb", "a100"),
}
GENERATIVE = ("gpt-3", "meta-llama-", "qwen-")
FIRST_VISION_MODELS = 9
COUNTRIES = ("ESP", "DEU", "FRA", "USA", "CHN", "IND", "BRA", "JPN", "GBR", "ZAF")
BATCH_SIZES = (1, 8, 32)
N_DAYS = 30
ROWS_PER_FILE = 10_000_000

# Rows that must be set aside, by what replaces their values: one in 400, of each kind alike.
FAULTS = (
    "null::timestamp as happened_at",
    "timestamp '1999-12-31 12:00:00' as happened_at",
    "null::varchar as model_id",
    "'no-such-model' as model_id",
    "'no-such-chip' as accelerator_id",
    "'ZZZ' as country_iso3",
    "-1 as inference_count",
    "0.5 as batch_size",
    "null::bigint as input_tokens, 'gpt-3' as model_id",
    "null::bigint as output_tokens, 'gpt-3' as model_id",
    "'bert-large' as model_id, 128::bigint as input_tokens, 7::bigint as output_tokens",
    "'resnet-50' as model_id, 128::bigint as input_tokens",
)


def write_workload(
    folder: Path, n_rows: int, seed: int = 1, *, rows_per_file: int = ROWS_PER_FILE, with_faults: bool = False
) -> None:
    """Write a workload as Parquet files into a folder.

    Rows are ordered by time, as those of a log. Beside the columns of a workload there are two that nobody needs.

    Parameters
    ----------
    folder
        Made if it is not there.
    n_rows
        Rows in all.
    seed
        Another seed gives other rows.
    rows_per_file
        No file has more.
    with_faults
        Whether one row in 400 has one of ``FAULTS``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("create table models (place bigint, model_id varchar, is_read boolean, is_written boolean)")
        connection.execute("create table places (place bigint, choice bigint, accelerator_id varchar)")
        for place, (model, accelerators) in enumerate(MODELS.items()):
            is_written = model.startswith(GENERATIVE)
            connection.execute(
                "insert into models values (?, ?, ?, ?)", [place, model, place >= FIRST_VISION_MODELS, is_written]
            )
            # Two choices for each, the same one twice where there is one.
            for choice in range(2):
                accelerator = accelerators[choice % len(accelerators)]
                connection.execute("insert into places values (?, ?, ?)", [place, choice, accelerator])
        for number, first in enumerate(range(0, n_rows, rows_per_file)):
            last = min(first + rows_per_file, n_rows)
            path = str(folder / f"part-{number:05}.parquet").replace("'", "''")
            query = _rows(first, last, n_rows, seed)
            if with_faults:
                query = _with_faults(query)
            connection.execute(f"copy ({query}) to '{path}' (format parquet)")


def _rows(first: int, last: int, n_rows: int, seed: int) -> str:
    """Return SQL for the rows of these numbers; each draw has bits of its own of one hash of number and seed."""
    countries = ", ".join(f"'{country}'" for country in COUNTRIES)
    batch_sizes = ", ".join(map(str, BATCH_SIZES))
    return f"""
        select
            timestamp '2026-01-01'
            + to_microseconds(({N_DAYS * 86_400} * 1000000::hugeint * number // {n_rows})::bigint) as happened_at,
            models.model_id,
            places.accelerator_id,
            [{countries}][1 + (draw >> 16) % {len(COUNTRIES)}] as country_iso3,
            (1 + (draw >> 24) % 4)::bigint as inference_count,
            case when is_read then (16 + (draw >> 28) % 2000)::bigint end as input_tokens,
            case when is_written then (1 + (draw >> 40) % 800)::bigint end as output_tokens,
            case when is_written then [{batch_sizes}][1 + (draw >> 12) % {len(BATCH_SIZES)}]::double end as batch_size,
            (hash(draw) >> 1)::bigint as request_id,
            ((draw >> 8) % 100000 / 1000)::float as latency_seconds,
            number
        from (
            select range as number, (hash(range, {seed}) >> 1)::bigint as draw
            from range({first}, {last})
        ) as numbers
        inner join models on models.place = draw % {len(MODELS)}
        inner join places on places.place = models.place and places.choice = (draw >> 50) % 2
        order by number
    """


def _with_faults(query: str) -> str:
    kinds = [
        f"select * exclude (number) replace ({fault}) from numbered "
        f"where number % 400 = 7 and number // 400 % {len(FAULTS)} = {kind}"
        for kind, fault in enumerate(FAULTS)
    ]
    return f"""
        with numbered as ({query})
        select * exclude (number) from numbered where number % 400 <> 7
        union all by name
        {" union all by name ".join(kinds)}
    """


if __name__ == "__main__":
    write_workload(Path(sys.argv[1]), int(sys.argv[2]))
