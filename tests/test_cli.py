"""The command `inference-energy`: what it answers, what it refuses, and that it changes nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

import duckdb
import pytest
from conftest import ROOT, Project
from inference_energy import cli, terminal, workloads
from inference_energy.names import COUNTRY_NAMES, Entry, UnknownNameError, find
from inference_energy.sql_models import SqlModels

README = (ROOT / "README.md").read_text(encoding="utf-8")
LLAMA = ["--model", "llama-3.1-8b", "--accelerator", "h100-sxm5"]
RESNET = ["estimate", "--model", "resnet-50", "--accelerator", "a100", "--country", "ESP", "--date", "2024-06-01"]
HEADER = "happened_at,model_id,accelerator_id,country_iso3,inference_count"
# Two days and two countries; a model that nobody knows and a day that is none.
GOOD = ["2024-06-01,resnet-50,a100,ESP,600", "2024-06-02,resnet-50,a100,ESP,400", "2024-06-02,alexnet,,FRA,5"]
BAD = ["2024-06-02,no-such-model,a100,ESP,1", "2024-02-30,alexnet,,ESP,1"]


@pytest.fixture(autouse=True)
def published(built_project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the commands of each test find the session's warehouse, and no workload of whoever runs the tests."""
    monkeypatch.setenv("INFERENCE_ENERGY_WAREHOUSE", str(built_project.warehouse))
    monkeypatch.delenv("WORKLOAD", raising=False)
    return built_project.warehouse


@pytest.fixture
def run(capsys: pytest.CaptureFixture) -> object:
    """Return a function that runs a command and returns its exit code, output and messages."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        return code, *capsys.readouterr()

    return run_command


def write_parquet(source: Path, target: Path) -> None:
    """Write a CSV file as Parquet, on a connection of its own."""
    with duckdb.connect() as connection:
        connection.sql(f"select * from read_csv('{source}')").write_parquet(str(target))


def log(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def estimates(run: object, *arguments: object) -> dict[tuple[str, str], dict]:
    """Return the rows of an estimate by scenario and method."""
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    return {(row["scenario_id"], row["method"]): row for row in json.loads(out)["estimates"]}


def summaries(run: object, *arguments: object) -> list[dict]:
    code, out, said = run("workload", *arguments, "--json")
    assert code == 0, said
    return json.loads(out)["summary"]


class TestNames:
    """Forgiving about how a name is written, never about which of several it is."""

    MODELS = (
        Entry("resnet-50", "ResNet-50"),
        Entry("resnet-101", "ResNet-101"),
        Entry("gpt-4o-mini", "GPT-4o mini"),
        Entry("meta-llama-llama-3-1-8b-instruct", "meta-llama/Llama-3.1-8B-Instruct"),
        Entry("google-gemma-3-12b-it", "google/gemma-3-12b-it"),
        Entry("google-gemma-3-27b-it", "google/gemma-3-27b-it"),
        Entry("a100", "A100", "NVIDIA"),
        Entry("nvidia-a100-pcie-40-gb", "NVIDIA A100 PCIe 40 GB"),
        Entry("nvidia-b200", "NVIDIA B200"),
        Entry("vit-l-16-jft-300m", "ViT-L/16"),
        Entry("vit-l-16-imagenet-21k", "ViT-L/16"),
        Entry("CIV", "Côte d'Ivoire"),
        Entry("KOR", "South Korea"),
        Entry("UKR", "Ukraine"),
        Entry("GIN", "Guinea"),
        Entry("GNB", "Guinea-Bissau"),
    )
    COUNTRIES = (
        Entry("COG", "Congo"),
        Entry("COD", "Democratic Republic of Congo"),
        Entry("ZAF", "South Africa"),
        Entry("NZL", "New Zealand"),
        Entry("KOR", "South Korea"),
        Entry("PRK", "North Korea"),
        Entry("GIN", "Guinea"),
        Entry("PNG", "Papua New Guinea"),
        Entry("NER", "Niger"),
        Entry("NGA", "Nigeria"),
        Entry("USA", "United States"),
        Entry("VIR", "United States Virgin Islands"),
    )
    ACCELERATORS = (
        Entry("amd-radeon-instinct-mi300", "AMD Radeon Instinct MI300"),
        Entry("amd-instinct-mi300a", "AMD Instinct MI300A"),
        Entry("amd-instinct-mi300x", "AMD Instinct MI300X"),
    )

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("resnet-50", "resnet-50"),
            ("ResNet 50", "resnet-50"),
            ("resnet50", "resnet-50"),
            ("  RESNET_50 ", "resnet-50"),
            ("NVIDIA A100", "a100"),
            ("B200", "nvidia-b200"),
            ("Llama 3.1 8B", "meta-llama-llama-3-1-8b-instruct"),
            ("meta-llama/Llama-3.1-8B-Instruct", "meta-llama-llama-3-1-8b-instruct"),
            ("gemma-3-27b", "google-gemma-3-27b-it"),
            ("a100 pcie", "nvidia-a100-pcie-40-gb"),
            ("cote d ivoire", "CIV"),
            ("kor", "KOR"),
            ("Guinea", "GIN"),
        ],
    )
    def test_found(self, written: str, meant: str) -> None:
        assert find(written, self.MODELS, "model").id == meant

    @pytest.mark.parametrize("written", ["gemma 3", "ViT-L/16", "resnet"])
    def test_several_are_listed_and_none_is_taken(self, written: str) -> None:
        with pytest.raises(UnknownNameError, match="may be any of 2: .+, .+; name one of them"):
            find(written, self.MODELS, "model")

    @pytest.mark.parametrize(
        ("written", "near"),
        [("resnet-5", "resnet-50"), ("gpt-4", "gpt-4o-mini"), ("rezned-50", "resnet-50"), ("KR", "KOR")],
    )
    def test_near_misses_are_suggested_and_not_taken(self, written: str, near: str) -> None:
        with pytest.raises(UnknownNameError, match=f'there is no model "{written}"; near it: .*{near}'):
            find(written, self.MODELS, "model")

    @pytest.mark.parametrize(
        "written", ["AMD A100", "google a100", "OpenAI ResNet-50", "A10 0", "llama 3 18b", "200", "Llama 31 8B"]
    )
    def test_another_vendor_or_another_number_is_not_that(self, written: str) -> None:
        with pytest.raises(UnknownNameError, match="there is no model"):
            find(written, self.MODELS, "model")

    @pytest.mark.parametrize(
        ("written", "meant"),
        [("Niger", "NER"), ("United States", "USA"), ("COG", "COG"), ("gin", "GIN"), ("south korea", "KOR")],
    )
    def test_country_found(self, written: str, meant: str) -> None:
        assert find(written, self.COUNTRIES, "country").id == meant

    @pytest.mark.parametrize(
        ("written", "listed"), [("Congo", "COG .*COD"), ("Korea", "KOR .*PRK"), ("Guinea", "GIN .*PNG")]
    )
    def test_a_word_of_several_countries_means_none(self, written: str, listed: str) -> None:
        with pytest.raises(UnknownNameError, match=f"may be any of 2: {listed}"):
            find(written, self.COUNTRIES, "country")

    @pytest.mark.parametrize(
        ("written", "near"), [("Africa", "ZAF"), ("Zealand", "NZL"), ("Republic of Congo", "COD"), ("Virgin", "VIR")]
    )
    def test_a_part_of_one_country_is_not_that(self, written: str, near: str) -> None:
        with pytest.raises(UnknownNameError, match=f'no country "{written}"; near it: .*{near}'):
            find(written, self.COUNTRIES, "country")

    @pytest.mark.parametrize(
        ("written", "meant"),
        [("UK", "GBR"), ("gb", "GBR"), ("England", "GBR"), ("US", "USA"), ("Czech Republic", "CZE"), ("Burma", "MMR")],
    )
    def test_codes_of_two_letters_and_everyday_names_are_suggested_alone(self, written: str, meant: str) -> None:
        countries = [
            *self.COUNTRIES,
            Entry("GBR", "United Kingdom"),
            Entry("UKR", "Ukraine"),
            Entry("CZE", "Czechia"),
            Entry("CAF", "Central African Republic"),
            Entry("MMR", "Myanmar"),
        ]
        with pytest.raises(UnknownNameError, match=f'no country "{written}".*; near it: {meant} [^,]*$') as raised:
            find(written, countries, "country")
        assert ("expected a code of three letters or a name" in str(raised.value)) == (len(written) == 2)

    def test_each_country_has_one_code_and_no_name_means_two(self) -> None:
        with COUNTRY_NAMES.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = [name.strip().casefold() for row in rows for name in (row["iso2"], *row["other_names"].split(";"))]
        names = [name for name in names if name]
        assert len(names) == len(set(names))
        assert len({row["country_iso3"] for row in rows}) == len(rows)
        assert all(re.fullmatch("[A-Z]{3}", row["country_iso3"]) for row in rows)
        assert all(re.fullmatch("[A-Z]{2}", row["iso2"]) for row in rows)

    def test_a_part_with_which_longer_words_begin_means_none(self) -> None:
        with pytest.raises(UnknownNameError, match="may be any of 3: .*mi300, .*mi300a, .*mi300x"):
            find("MI300", self.ACCELERATORS, "accelerator")
        assert find("mi300x", self.ACCELERATORS, "accelerator").id == "amd-instinct-mi300x"

    @pytest.mark.parametrize("written", ["", " - ", "zzzzzzzz"])
    def test_nothing_like_it(self, written: str) -> None:
        with pytest.raises(UnknownNameError, match="there is no model"):
            find(written, self.MODELS, "model")


class TestNumbersForReading:
    """Three digits and a prefix."""

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (None, "–"),
            (0.0, "0 J"),
            (1.0, "1.00 J"),
            (999.4, "999 J"),
            (999.6, "1.00 kJ"),
            (58_070_118.0, "58.1 MJ"),
            (0.00123, "1.23 mJ"),
            (1e22, "10,000 EJ"),
        ],
    )
    def test_energy(self, value: float | None, shown: str) -> None:
        assert terminal.energy(value) == shown

    def test_other_units(self) -> None:
        assert terminal.electricity(16.13) == "16.1 kWh"
        assert terminal.electricity(2e9) == "2.00 TWh"
        assert [terminal.emissions(grams) for grams in (2358.0, 999_999.0, 2.3e9)] == ["2.36 kg", "1.00 t", "2.30 kt"]
        assert [terminal.share(part) for part in (0.0, 1e-6, 0.4, 0.99999, 1.0)] == [
            "0 %", "< 0.1 %", "40 %", "> 99.9 %", "100 %",
        ]  # fmt: skip


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class TestScreen:
    """A terminal of a given width."""

    COLUMNS: ClassVar = {"model": "left", "energy": "right"}
    ROWS: ClassVar = [["resnet-50", "58.1 MJ"], ["alexnet", "9.30 MJ"]]

    @pytest.fixture
    def shown(self, monkeypatch: pytest.MonkeyPatch) -> object:
        monkeypatch.delenv("NO_COLOR", raising=False)

        def show(width: int, **environment: str) -> str:
            # Not before the test itself: pytest sets its own output then.
            monkeypatch.setattr(sys, "stdout", Screen())
            for name, value in {"TERM": "xterm-256color", "COLUMNS": str(width), **environment}.items():
                monkeypatch.setenv(name, value)
            return terminal.table_text(self.COLUMNS, self.ROWS)

        return show

    def test_a_narrow_one_shows_lines(self, shown: object) -> None:
        # 9 letters, 3 blanks, 7 letters.
        assert shown(18) == "model: resnet-50\nenergy: 58.1 MJ\n\nmodel: alexnet\nenergy: 9.30 MJ\n"
        assert "resnet-50   58.1 MJ" in shown(19)

    def test_no_colour_is_no_escape(self, shown: object) -> None:
        assert "\x1b" in shown(80)
        assert "\x1b" not in shown(80, NO_COLOR="1")

    def test_no_colour_is_no_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        screen = Screen()
        with duckdb.connect() as connection, terminal.progress_of(connection, "Reading", screen):
            connection.execute("select sum(range) from range(10000000)")
        assert screen.getvalue() == ""


class TestEstimate:
    """One request, against the marts and by hand."""

    def test_resnet_50_on_the_a100(self, run: object, warehouse: duckdb.DuckDBPyConnection) -> None:
        """Eq. 2: GFLOPs of the model over the GFLOPS per watt of the accelerator at its best precision."""
        ((joules,),) = warehouse.execute(
            """
            select 1e9 * m.gflops_per_forward_pass / max(a.gflops_per_watt)
            from marts.models as m cross join marts.accelerator_efficiency as a
            where m.model_id = 'resnet-50' and a.accelerator_id = 'a100' and a.workload = 'vision'
            group by m.gflops_per_forward_pass
            """
        ).fetchall()
        rows = estimates(run, *RESNET, "--count", "1e9", "--scenario", "all")
        row = rows["paper", "paper"]
        assert row["joules"] == pytest.approx(joules, rel=1e-12)
        assert row["kwh"] == pytest.approx(joules / 3.6e6, rel=1e-12)
        # Our World in Data: Spain in 2024, 146.2 g per kWh.
        assert (row["gco2e_per_kwh"], row["intensity_year"]) == (146.2, 2024)
        assert row["gco2e"] == pytest.approx(joules / 3.6e6 * 146.2, rel=1e-12)
        # Google states 58 % of the energy of a prompt for the accelerators at work, of 101 % by rounding.
        assert rows["google_2025", "paper"]["kwh"] == pytest.approx(row["kwh"] * 101 / 58, rel=1e-3)

    def test_all_of_a_number_is_n_times_one(self, run: object) -> None:
        one, many = estimates(run, *RESNET), estimates(run, *RESNET, "--count", "1_000_000")
        assert one.keys() == many.keys()
        for key, row in one.items():
            assert many[key]["joules"] == pytest.approx(1e6 * row["joules"], rel=1e-12)

    def test_default_is_the_scenario_of_the_paper_by_all_methods(self, run: object) -> None:
        assert list(estimates(run, *RESNET)) == [("paper", "paper"), ("paper", "calibrated")]

    def test_a_generated_text(self, run: object) -> None:
        said = ["--input-tokens", 400, "--output-tokens", 200]
        rows = estimates(run, "estimate", *LLAMA, *said)
        # EcoLogits 2024: 8.91e-5 Wh per billion active parameters and 1.43e-3 Wh more, for each token written.
        assert {method for _, method in rows} >= {
            "paper",
            "calibrated",
            "ecologits_2024",
            "ecologits_2025",
            "epoch_2025",
        }
        assert rows["paper", "calibrated"]["batch_size_used"] == 32
        given = estimates(run, "estimate", *LLAMA, *said, "--batch-size", 64)
        assert given["paper", "calibrated"]["batch_size_used"] == 64
        assert given["paper", "calibrated"]["joules"] < rows["paper", "calibrated"]["joules"]

    def test_nothing_is_nothing(self, run: object) -> None:
        assert "\n0 inferences of " in "\n" + run(*RESNET, "--count", "-0")[1]

    def test_a_temporary_folder_of_any_name(self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Its file is none that the user named."""
        folder = tmp_path / "model_id=it's *" / "_x"
        folder.mkdir(parents=True)
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        assert run(*RESNET)[0] == 0

    def test_for_reading(self, run: object) -> None:
        code, out, said = run("estimate", "--model", "ResNet 50", "--count", "1e9", "--country", "Spain")
        assert code == 0
        assert said == "ResNet 50 -> resnet-50\nSpain -> ESP\n"
        assert out.startswith("1,000,000,000 inferences of ResNet-50, no accelerator stated, Spain, ")
        assert "Estimated, not measured." in out
        assert "- paper: typical hardware" in out
        assert "146.2 g per kWh, the yearly average of the grid of Spain, in 2024" in out
        assert ", scenario paper\n" in out
        assert not re.search("paper +paper", out)
        assert "Nothing is added to the boundary" in out
        assert "at the meter" not in out
        assert "matching of hardware is not used" not in out
        # No terminal, so no colours.
        assert "\x1b" not in out

    def test_a_stated_accelerator_is_not_matched(self, run: object) -> None:
        code, out, said = run(*RESNET)
        assert code == 0
        assert said.startswith("a100 taken; others: nvidia-a100-")
        assert "Its matching of hardware is not used, since the accelerator was stated." in out

    def test_a_scenario_of_a_user_is_told_with_its_numbers(self, run: object, published: Path, tmp_path: Path) -> None:
        """Boards: 1.3 x 1.2 / 0.6; a server: 1.2 / 0.6."""
        own = tmp_path / "own.duckdb"
        shutil.copy(published, own)
        with duckdb.connect(str(own)) as connection:
            connection.execute(
                """
                insert into dimensions.dim_scenarios by name
                select 'my_site' as scenario_id, 'trend' as matching_policy, 0.6 as utilisation, 0.3 as host_overhead,
                    1.2 as pue, 99 as display_order, 'Our data centre in Leeds' as description, 'ours' as source,
                    true as is_own
                """
            )
        command = [*RESNET, "--warehouse", own, "--scenario", "my_site"]
        _, out, _ = run(*command)
        assert (
            "- my_site: Our data centre in Leeds. Utilisation 0.6, host overhead 0.3, PUE 1.2: electricity is 2.6 "
            "times the energy of boards, 2 times that of a server. Its matching of hardware"
        ) in out
        row = estimates(run, *command)["my_site", "paper"]
        assert row["kwh"] == pytest.approx(2.6 * row["joules"] / 3.6e6, rel=1e-12)

    def test_a_reason_stands_where_no_number_does(self, run: object) -> None:
        code, out, _ = run("estimate", "--model", "llama-3.1-8b", "--input-tokens", 1, "--output-tokens", 1)
        assert code == 0
        assert "- calibrated: no estimate: no accelerator stated" in out

    def test_csv_has_the_numbers_of_json(self, run: object) -> None:
        _, text, _ = run(*RESNET, "--csv")
        for row, cells in zip(estimates(run, *RESNET).values(), csv.DictReader(io.StringIO(text)), strict=True):
            assert list(row) == list(cells)
            assert [float(cells[name]) for name in ("joules", "kwh", "gco2e")] == [
                row[name] for name in ("joules", "kwh", "gco2e")
            ]
            assert cells["joules_low"] == ""
            assert cells["is_hypothesis"] == "false"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                ["--model", "resnet-51"],
                'no model "resnet-51"; near it: .*resnet-50.* All of them: inference-energy models',
            ),
            (["--model", "resnet-50", "--accelerator", "h100"], '"h100" may be any of .*nvidia-h100-pcie'),
            (["--model", "resnet-50", "--country", "ES"], "expected a code of three letters"),
            (["--model", "resnet-50", "--country", "Atlantis"], 'there is no country "Atlantis"'),
            (["--model", "resnet-50", "--count", "-1"], ": --count is no whole number from 0 to 1e18"),
            (["--model", "resnet-50", "--count", "1.5"], ": --count is no whole number from 0 to 1e18"),
            (["--model", "resnet-50", "--count", "nan"], "invalid number value: 'nan'"),
            (["--model", "resnet-50", "--count", "1,000,000"], "write a number such as 1000000 or 1e6"),
            (["--model", "resnet-50", "--count", "250.000"], "may be a number of thousands; write 250000 for that"),
            (["--model", "resnet-50", "--count", "1.000_000"], "may be a number of thousands; write 1000_000 for that"),
            ([*LLAMA, "--batch-size", "1.024"], "may be a number of thousands; write 1024 for that"),
            (["--model", "resnet-50", "--input-tokens", "3"], "no language model.*; leave out --input-tokens"),
            (["--model", "resnet-50", "--batch-size", "3"], "no language model.*; leave out --batch-size"),
            (["--model", "bert-base", "--input-tokens", "3", "--output-tokens", "1"], "leave out --output-tokens"),
            (["--model", "bert-base", "--input-tokens", "3", "--batch-size", "1"], "leave out --batch-size"),
            (["--model", "resnet-50", "--country", "Africa"], '"Africa".* ZAF \\(South Africa\\)'),
            (["--model", "resnet-50", "--accelerator", "mi300"], "may be any of 3: .*mi300a.*mi300x"),
            (["--model", "resnet-50", "--date", "2024-02-30"], "2024-02-30 is no date such as"),
            (
                ["--model", "resnet-50", "--date", "1999-01-01"],
                "--date is no date or timestamp of 2000 to 2099, such as",
            ),
            (["--model", "bert-large", "--input-tokens", "1.5"], ": --input-tokens is no whole number from 0 to 1e9"),
            (
                [*LLAMA, "--input-tokens", "1", "--output-tokens", "1", "--batch-size", "0"],
                ": --batch-size is no number from 1 to 1e9",
            ),
            (["--model", "llama-3.1-8b"], "--input-tokens is missing.*add --input-tokens N and --output-tokens N$"),
            (["--model", "llama-3.1-8b", "--input-tokens", "1"], "--output-tokens is missing.*add --output-tokens N$"),
            (["--model", "bert-large"], "--input-tokens is missing.*add --input-tokens N$"),
            (["--model", "gpt-4"], "no model .*or add it: raw/own/models.csv"),
            (["--model", "resnet-50", "--accelerator", "zx80"], "no accelerator .*or add it: raw/own/accelerators.csv"),
            (["--model", "resnet-50", "--country", "UK"], "expected a code of three letters or a name; near it: GBR"),
            (["--model", "resnet-50", "--scenario", "nobody"], "--scenario is nobody, expected one of paper, "),
            (["--model", "resnet-50", "--method", "guess"], "--method is guess, expected one of paper, calibrated, "),
            (["--model", "resnet-50", "--method", "epoch_2025"], "does not know resnet-50; those that do are paper, "),
            ([], "the following arguments are required: --model"),
        ],
    )
    def test_what_is_not_understood_is_said(self, run: object, arguments: list[str], message: str) -> None:
        code, out, said = run("estimate", *arguments)
        assert (code, out) == (2, "")
        assert re.search(message, said), said
        assert "Traceback" not in said


class TestWorkload:
    """A log, read by the models of dbt."""

    def test_sums_are_those_of_single_estimates(self, run: object, tmp_path: Path) -> None:
        (total,) = summaries(run, log(tmp_path / "log.csv", GOOD[:2]), "--by", "total", "--method", "paper")
        one = estimates(run, *RESNET, "--count", "1000")["paper", "paper"]
        assert total["joules"] == pytest.approx(one["joules"], rel=1e-12)
        assert total["gco2e"] == pytest.approx(one["gco2e"], rel=1e-12)
        assert (total["n_inferences"], total["first_date"], total["last_date"]) == (1000, "2024-06-01", "2024-06-02")

    @pytest.mark.parametrize(
        ("by", "key", "parts"),
        [
            ("model", "model_id", {"resnet-50": 1000, "alexnet": 5}),
            ("day", "on_date", {"2024-06-01": 600, "2024-06-02": 405}),
            ("country", "country_iso3", {"ESP": 1000, "FRA": 5}),
            ("accelerator", "accelerator_id", {"a100": 1000, "unstated": 5}),
        ],
    )
    def test_parts_add_up(self, run: object, tmp_path: Path, by: str, key: str, parts: dict[str, int]) -> None:
        total, *rows = summaries(run, log(tmp_path / "log.csv", GOOD), "--by", by, "--method", "paper")
        assert total[key] == "all"
        assert {row[key]: row["n_inferences"] for row in rows} == parts
        for quantity in ("n_inferences", "joules", "kwh", "gco2e"):
            assert sum(row[quantity] for row in rows) == pytest.approx(total[quantity], rel=1e-12)

    def test_a_line_of_too_many_cells_is_said_to_weigh_nothing_known(self, run: object, tmp_path: Path) -> None:
        """A count of thousands without quotes is three cells: 300 sound rows, and one that holds 90,000,000."""
        path = log(tmp_path / "log.csv", [*GOOD[:1] * 300, GOOD[0] + ",000,000"])
        code, out, _ = run("workload", path)
        assert code == 0
        assert "301 rows read, 1 (0.332 %) set aside" in out
        assert "1 of them lines of too few or too many cells, which count as one whatever they hold:" in out

    @pytest.mark.parametrize("form", ["files", "folder", "glob"])
    def test_several_files_are_one_workload(self, run: object, tmp_path: Path, form: str) -> None:
        folder = tmp_path / "some logs"
        folder.mkdir()
        files = [log(folder / "it's one.csv", GOOD[:1]), log(folder / "two.csv", GOOD[1:])]
        paths = {"files": files, "folder": [folder], "glob": [folder / "*.csv"]}[form]
        whole = log(tmp_path / "whole.csv", GOOD)
        assert summaries(run, *paths) == [
            pytest.approx(row, rel=1e-12) if isinstance(row, float) else row for row in summaries(run, whole)
        ]

    def test_a_file_named_twice_counts_once(self, run: object, tmp_path: Path) -> None:
        file = log(tmp_path / "log.csv", GOOD)
        assert summaries(run, file, file, tmp_path / "*.csv") == summaries(run, file)

    def test_a_file_named_through_links_counts_once(
        self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "logs"
        folder.mkdir()
        file = log(folder / "log.csv", GOOD)
        (tmp_path / "linked").symlink_to(folder)
        # The target's name says no format, the link's does.
        log(tmp_path / "blob", GOOD)
        (tmp_path / "link.csv").symlink_to(tmp_path / "blob")
        monkeypatch.chdir(folder)
        whole = summaries(run, file)
        assert summaries(run, file, "log.csv", "*.csv", tmp_path / "linked", tmp_path / "linked" / "*.csv") == whole
        assert summaries(run, tmp_path / "link.csv") == whole

    def test_two_names_of_one_file_in_a_folder_stop_it(self, run: object, tmp_path: Path) -> None:
        file = log(tmp_path / "june.csv", GOOD)
        (tmp_path / "latest.csv").symlink_to(file)
        code, out, said = run("workload", tmp_path)
        assert (code, out) == (1, "")
        assert "june.csv and " in said
        assert "are the same file" in said

    @pytest.mark.parametrize("path", ["", " "])
    def test_no_path_is_no_workload(
        self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
    ) -> None:
        """An unset variable of a shell gives neither the hypothesis nor what the environment names."""
        monkeypatch.setenv("WORKLOAD", str(log(tmp_path / "log.csv", GOOD)))
        code, out, said = run("workload", path)
        assert (code, out) == (2, "")
        assert "a PATH is empty" in said

    def test_one_absent_file_of_several_stops_it(self, run: object, tmp_path: Path) -> None:
        code, out, said = run("workload", log(tmp_path / "log.csv", GOOD), tmp_path / "absent.csv")
        assert (code, out) == (1, "")
        assert f"found no file at {tmp_path / 'absent.csv'}" in said

    def test_parquet(self, run: object, tmp_path: Path) -> None:
        source, target = log(tmp_path / "log.csv", GOOD), tmp_path / "log.parquet"
        write_parquet(source, target)
        assert summaries(run, target) == summaries(run, source)

    def test_rows_set_aside_are_counted_and_shown(self, run: object, tmp_path: Path) -> None:
        file = log(tmp_path / "log.csv", GOOD + BAD)
        code, out, said = run("workload", file)
        assert code == 1
        assert "1 file and 5 rows read, 2 (40 %) set aside, with 2 (0.199 %) of the inferences:" in out
        assert f"{file}:5: model_id no-such-model is not in marts.models" in out
        assert f"{file}:6: happened_at is no date or timestamp of 2000 to 2099, such as 2026-03-01\n" in out
        assert (
            "40 % of the rows were set aside, with 0.199 % of the inferences, more than 1 % (--max-reject-share)"
            in said
        )
        code, _, said = run("workload", file, "--max-reject-share", "0.4")
        assert (code, said) == (0, "")

    def test_that_every_row_counts_as_one_is_said(self, run: object, tmp_path: Path) -> None:
        file = log(tmp_path / "log.csv", GOOD)
        assert "counts as one" not in run("workload", file)[1]
        file.write_text("happened_at,model_id\n2024-06-01,resnet-50\n2024-06-02,resnet-50\n", encoding="utf-8")
        message = f"workload {file}: no column inference_count, so every row counts as one"
        assert message in run("workload", file)[1]
        _, out, said = run("workload", file, "--json")
        found = json.loads(out)
        assert (found["n_rows_read"], found["n_inferences_read"], found["notes"]) == (2, 2, [message])
        assert message in said

    def test_the_limit_is_of_inferences_too(self, run: object, tmp_path: Path) -> None:
        """One row of two hundred, with nearly all inferences."""
        file = log(
            tmp_path / "log.csv", GOOD[:1] * 199 + ["2024-06-02,no-such-model,a100,ESP,9_999_999".replace("_", "")]
        )
        code, out, said = run("workload", file, "--json")
        assert code == 1
        assert "0.5 % of the rows were set aside, with 98.8 % of the inferences, more than 1 %" in said
        found = json.loads(out)
        assert found["n_files_read"] == 1
        assert found["n_inferences_set_aside"] == 9_999_999
        assert found["share_of_inferences_set_aside"] == pytest.approx(9_999_999 / (199 * 600 + 9_999_999))

    def test_for_reading(self, run: object, tmp_path: Path) -> None:
        """What the numbers are is said as for a single estimate."""
        file = tmp_path / "log.csv"
        llama = "2025-06-02,meta-llama-llama-3-1-8b-instruct"
        file.write_text(
            f"{HEADER},input_tokens,output_tokens\n{GOOD[0]},,\n{llama},nvidia-h100-sxm5-80gb,,300,10,20\n"
            f"{llama},,FRA,100,10,20\n",
            encoding="utf-8",
        )
        code, out, _ = run("workload", file)
        assert code == 0
        assert "at the meter" not in out
        assert re.search(r"ecologits_2025 +all +1,000 +30|40 %.* server\n", out)
        assert "not comparable where `estimated` differs" in out
        assert "- calibrated: no estimate of 100 inferences: no accelerator stated" in out
        assert "the batch size is the method's default for requests that state none" in out
        assert "- paper: The boards alone" in out
        assert "Nothing is added to the boundary" in out
        assert "matching of hardware is used only for requests that state no accelerator" in out
        assert "of the electricity is at the world's average, since no country was stated" in out
        assert re.search(r"CO2e is at the yearly average of the grid of each country, in 20\d\d", out)
        facts = {row["method"]: row for row in json.loads(run("workload", file, "--json")[1])["methods"]}
        assert facts["calibrated"]["missing"][0]["n_inferences"] == 100
        assert sum(part["n_inferences"] for part in facts["paper"]["bases"]) == 1000

    def test_what_a_row_set_aside_may_mean_is_said(self, run: object, tmp_path: Path) -> None:
        bad = [
            "2024-06-01,resnet 50,,,1", "2024-06-01,alexnet,NVIDIA A100,,1", "2024-06-01,alexnet,,SPAIN,1",
            "2024-06-01,alexnet,,UK,1", "2024-06-01,alexnet,,,-1",
        ]  # fmt: skip
        file = log(tmp_path / "log.csv", bad)
        _, out, said = run("workload", file, "--json")
        near = [row["near"] for row in json.loads(out)["first_rows_set_aside"]]
        assert near == [["resnet-50"], ["a100"], ["ESP"], ["GBR"], []]
        assert f"{file}:2: model_id resnet 50 is not in marts.models (near: resnet-50)\n" in said
        assert f"{file}:6: inference_count is no whole number from 0 to 1e18\n" in said

    def test_how_much_of_the_energy_a_method_leaves_out_is_said(self, run: object, tmp_path: Path) -> None:
        """Few inferences may take most of the energy. Of a cell the part without an estimate is left out."""
        file = tmp_path / "log.csv"
        llama = "2024-06-01,meta-llama-llama-3-1-8b-instruct,,ESP"
        file.write_text(
            f"{HEADER},input_tokens,output_tokens,batch_size\n2024-06-01,resnet-50,a100,ESP,10,,,\n"
            f"{llama},1,10,20,\n{llama},3,10,0,8\n",
            encoding="utf-8",
        )
        paper = {
            name: estimates(run, "estimate", "--date", "2024-06-01", "--model", *arguments)["paper", "paper"]["joules"]
            for name, arguments in {
                "image": ["resnet-50", "--accelerator", "a100", "--count", 10],
                "written": ["llama-3.1-8b", "--input-tokens", 10, "--output-tokens", 20],
                "read": ["llama-3.1-8b", "--input-tokens", 10, "--output-tokens", 0, "--count", 3],
            }.items()
        }
        text = paper["written"] + paper["read"]
        facts = {row["method"]: row for row in json.loads(run("workload", file, "--json")[1])["methods"]}
        assert {row["widest_method"] for row in facts.values()} == {"paper"}
        assert facts["paper"]["share_of_joules_left_out"] == 0
        assert facts["calibrated"]["share_of_joules_left_out"] == pytest.approx(text / sum(paper.values()), rel=1e-9)
        assert facts["ecologits_2024"]["share_of_joules_left_out"] == pytest.approx(
            (paper["image"] + 3 / 4 * text) / sum(paper.values()), rel=1e-9
        )
        shown = terminal.share(text / sum(paper.values()))
        assert 0.5 < text / sum(paper.values()) < 1
        for arguments in (["--by", "total"], ["--method", "calibrated"]):
            _, out, _ = run("workload", file, *arguments)
            assert f"Of the energy by paper, requests that a method leaves out are: calibrated {shown}" in out
        assert "leaves out" not in run("workload", file, "--method", "paper")[1]

    @pytest.mark.parametrize("share", ["90%", "90", "90 %"])
    def test_a_share_in_per_cent_is_answered_with_the_share(self, run: object, share: str) -> None:
        code, _, said = run("workload", "log.csv", "--max-reject-share", share)
        assert code == 2
        assert f"{share} is no share from 0 to 1, such as 0.9 for 90 %\n" in said

    @pytest.mark.parametrize(
        "target", ["log.csv", "linked.csv", "logs/new.csv", "logs/x/new.csv", "notes.txt", "absent/new.csv"]
    )
    def test_nothing_is_overwritten_by_rejects(self, run: object, tmp_path: Path, target: str) -> None:
        (tmp_path / "logs").mkdir()
        file, other = log(tmp_path / "log.csv", GOOD + BAD), log(tmp_path / "logs" / "other.csv", GOOD)
        (tmp_path / "linked.csv").symlink_to(file)
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        code, out, said = run("workload", file, other.parent, "--rejects", tmp_path / target)
        assert (code, out) == (2, "")
        assert f"--rejects {tmp_path / target}" in said
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    def test_a_file_that_a_glob_would_find_is_not_written(self, run: object, tmp_path: Path) -> None:
        log(tmp_path / "log.csv", GOOD + BAD)
        code, _, said = run("workload", tmp_path / "*.csv", "--rejects", tmp_path / "new.csv")
        assert code == 2
        assert "would be read as a part of the workload" in said

    def test_no_rejects_of_a_reading_that_failed(
        self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workloads, "faults_of_reading", lambda _: ["the file changed"])
        file = log(tmp_path / "log.csv", GOOD + BAD)
        code, out, said = run("workload", file, "--rejects", tmp_path / "new.csv")
        assert (code, out) == (1, "")
        assert "the file changed" in said
        assert list(tmp_path.iterdir()) == [file]

    def test_a_cell_with_a_line_break_stops_it(self, run: object, tmp_path: Path) -> None:
        """Its second line reads like a request."""
        file = log(tmp_path / "log.csv", [*GOOD, '2024-06-01,"no', '2024-06-01,alexnet,,ESP,1,such"'])
        code, out, said = run("workload", file, "--max-reject-share", 1)
        assert (code, out) == (1, "")
        assert f"{file}:5: a double quote is not closed" in said

    def test_all_rows_set_aside_go_to_a_file(self, run: object, tmp_path: Path) -> None:
        many = ["=HYPERLINK(1),alexnet,,ESP,1"] * 20
        file, rejects = log(tmp_path / "log.csv", GOOD + many), tmp_path / "rejects.csv"
        code, out, _ = run("workload", file, "--rejects", rejects, "--max-reject-share", 1)
        assert code == 0
        assert out.count("log.csv:") == cli.SHOWN_REJECTS
        rows = list(csv.DictReader(rejects.open(encoding="utf-8")))
        assert [int(row["row_number"]) for row in rows] == list(range(5, 25))
        # A spreadsheet does not run what a log holds.
        assert {row["row_text"] for row in rows} == {"'" + many[0]}

    def test_json_and_csv_go_alone_to_standard_output(self, run: object, tmp_path: Path) -> None:
        file = log(tmp_path / "log.csv", GOOD + BAD)
        _, out, said = run("workload", file, "--json", "--max-reject-share", 1)
        found = json.loads(out)
        assert (found["n_rows_read"], found["n_rows_set_aside"], found["share_of_rows_set_aside"]) == (5, 2, 0.4)
        assert [row["row_number"] for row in found["first_rows_set_aside"]] == [5, 6]
        assert "5 rows read, 2 (40 %) set aside" in said
        _, out, _ = run("workload", file, "--csv", "--max-reject-share", 1)
        rows = list(csv.DictReader(io.StringIO(out)))
        assert [float(row["kwh"]) for row in rows if row["kwh"]] == [
            row["kwh"] for row in found["summary"] if row["kwh"] is not None
        ]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, ", expected a CSV or Parquet file, a folder of them or a glob"),
            ("", "found an empty file, expected a header line"),
            ("model_id\nalexnet\n", "expected column happened_at"),
            (HEADER + "\n", "found no row, expected one at least"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, run: object, tmp_path: Path, content: str | None, message: str) -> None:
        file = tmp_path / "log.csv"
        if content is not None:
            file.write_text(content, encoding="utf-8")
        code, out, said = run("workload", file)
        assert (code, out) == (1, "")
        assert message in said
        assert str(file) in said
        assert "Traceback" not in said

    def test_truncated_parquet(self, run: object, tmp_path: Path) -> None:
        file = tmp_path / "log.parquet"
        file.write_bytes(b"PAR1" + bytes(100))
        code, out, said = run("workload", file)
        assert (code, out) == (1, "")
        assert "log.parquet" in said

    def test_what_duckdb_has_against_a_file_is_no_fault_of_the_warehouse(
        self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workloads, "files_of", lambda _: [])
        monkeypatch.setattr(SqlModels, "_rendered", lambda *_: ("select absent", False))
        code, _, said = run("workload", log(tmp_path / "log.csv", GOOD))
        assert code == 1
        assert "the data cannot be read" in said
        assert "make build" not in said

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
    def test_interrupted(
        self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        def interrupt(*_: object) -> None:
            raise error

        monkeypatch.setattr(workloads, "summarise", interrupt)
        assert run("workload", log(tmp_path / "log.csv", GOOD)) == (130, "", "inference-energy workload: interrupted\n")


class TestProgress:
    """A bar for people, nothing for files."""

    @pytest.mark.parametrize(("stream", "is_shown"), [(Screen(), True), (io.StringIO(), False)])
    def test_bar(self, stream: io.StringIO, is_shown: bool) -> None:
        with duckdb.connect() as connection, terminal.progress_of(connection, "Reading", stream):
            assert connection.execute("select sum(range) from range(10000000)").fetchall() == [(49999995000000,)]
        assert ("Reading" in stream.getvalue()) == is_shown
        assert bool(stream.getvalue()) == is_shown


class TestLists:
    """What is known, by id."""

    @pytest.mark.parametrize(
        ("arguments", "shown"),
        [
            (["models", "ResNet 50"], "resnet-50"),
            (["accelerators", "h100"], "nvidia-h100-sxm5-80gb"),
            (["countries", "spain"], "ESP"),
            (["scenarios"], "google_2025"),
            (["methods"], "ecologits_2024"),
        ],
    )
    def test_each_kind(self, run: object, arguments: list[str], shown: str) -> None:
        code, out, _ = run(*arguments)
        assert code == 0
        assert shown in out
        code, out, _ = run(*arguments, "--json")
        assert shown in {value for row in json.loads(out) for value in row.values() if isinstance(value, str)}

    def test_a_year_has_no_separator(self, run: object) -> None:
        assert re.search(r"^ESP +Spain .* 2024$", run("countries", "ESP")[1], re.MULTILINE)

    @pytest.mark.parametrize("kind", ["scenarios", "methods"])
    def test_sentences_stand_below_the_table(self, run: object, kind: str) -> None:
        table, sentences = run(kind)[1].split("\n\n")
        assert max(map(len, table.splitlines())) < 120
        ids = [line.split()[0] for line in table.splitlines()[2:]]
        assert [line.split(":")[0] for line in sentences.splitlines()] == [f"- {name}" for name in ids]

    def test_each_method_is_told_with_what_the_marts_say_of_it(
        self, run: object, warehouse: duckdb.DuckDBPyConnection
    ) -> None:
        rows = {row["method"]: row for row in json.loads(run("methods", "--json")[1])}
        found: dict[str, set[str]] = {}
        for method, boundary in warehouse.execute(
            """
            select distinct method, boundary from marts.method_comparison where kind = 'estimate'
            union
            select distinct method, boundary from intermediate.int_workload_rates
            """
        ).fetchall():
            found.setdefault(method, set()).add(boundary)
        assert rows.keys() == found.keys()
        for method, boundaries in found.items():
            assert boundaries <= set(rows[method]["boundary"].split(" or "))
            assert all(rows[method].values())
        for command in ("estimate", "workload"):
            assert all(method in run(command, "--help")[1] for method in rows)

    def test_nothing_found(self, run: object) -> None:
        code, _, said = run("models", "no such thing")
        assert code == 2
        assert 'no model holds "no such thing"' in said


class TestWarehouse:
    """The published file is read, beside others, and left as it is."""

    def test_nothing_is_changed_while_another_reads(
        self, run: object, published: Path, warehouse: duckdb.DuckDBPyConnection, tmp_path: Path
    ) -> None:
        before = (published.stat().st_mtime_ns, published.stat().st_size, sorted(published.parent.iterdir()))
        assert warehouse.execute("select count(*) > 0 from marts.models").fetchall() == [(True,)]
        run(*RESNET)
        run("workload", log(tmp_path / "log.csv", GOOD))
        assert (published.stat().st_mtime_ns, published.stat().st_size, sorted(published.parent.iterdir())) == before

    def test_missing(self, run: object, tmp_path: Path) -> None:
        code, _, said = run(*RESNET, "--warehouse", tmp_path / "none.duckdb")
        assert code == 1
        assert f"there is no warehouse at {tmp_path / 'none.duckdb'}; run `make build`" in said

    def test_of_an_older_build(self, run: object, tmp_path: Path) -> None:
        file = tmp_path / "it's old.duckdb"
        duckdb.connect(str(file)).close()
        code, _, said = run(*RESNET, "--warehouse", file)
        assert code == 1
        assert "lacks the schema dimensions, an older build; run `make build`" in said


class TestProcess:
    """As a program of its own."""

    def command(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "inference_energy", *arguments],
            text=True,
            check=False,
            stderr=subprocess.PIPE,
            **options,
        )

    def test_from_another_folder(self, tmp_path: Path) -> None:
        result = self.command(*RESNET, "--csv", cwd=tmp_path, stdout=subprocess.PIPE)
        assert (result.returncode, result.stderr.splitlines()[1:]) == (0, [])
        assert len(result.stdout.splitlines()) == 3
        # What does not fit into memory is spilled elsewhere.
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("arguments", [["countries"], ["models", "--json"], RESNET])
    def test_nobody_reads_the_output(self, arguments: list[str]) -> None:
        read, write = os.pipe()
        os.close(read)
        try:
            result = self.command(*arguments, stdout=write)
        finally:
            os.close(write)
        assert result.returncode == 141
        assert all("taken; others" in line for line in result.stderr.splitlines())

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device is Linux's")
    def test_a_full_disk(self) -> None:
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            result = self.command("countries", stdout=full)
        assert result.returncode == 1
        assert result.stderr == "inference-energy countries: cannot read or write: [Errno 28] No space left on device\n"

    def test_closed_output(self) -> None:
        command = shlex.join([sys.executable, "-m", "inference_energy", "countries"])
        result = subprocess.run(["sh", "-c", f"{command} >&-"], text=True, check=False, capture_output=True)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == "inference-energy: standard output is closed, so the numbers can go nowhere\n"

    def test_closed_messages_do_not_go_among_the_numbers(self) -> None:
        command = shlex.join([sys.executable, "-m", "inference_energy", *RESNET, "--json"])
        result = subprocess.run(["sh", "-c", f"{command} 2>&-"], text=True, check=False, stdout=subprocess.PIPE)
        assert result.returncode == 0
        assert len(json.loads(result.stdout)["estimates"]) == 2

    def test_interrupted_while_libraries_are_loaded(self, tmp_path: Path) -> None:
        (tmp_path / "rich.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
        path = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
        result = self.command("countries", stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path})
        assert (result.returncode, result.stdout, result.stderr) == (130, "", "")

    def test_libraries_that_no_command_needs_are_not_loaded(self) -> None:
        code = "import sys, inference_energy.cli; print(*sorted({'scipy', 'pandas'} & set(sys.modules)))"
        result = subprocess.run([sys.executable, "-c", code], text=True, check=True, stdout=subprocess.PIPE)
        assert result.stdout == "\n"

    def test_a_terminal_that_knows_ascii_only(self) -> None:
        result = self.command(*RESNET, stdout=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
        assert result.returncode == 0
        assert "58.1 mJ" in result.stdout

    @pytest.mark.parametrize("command", ["", "estimate", "workload", "models"])
    def test_help_has_examples(self, run: object, command: str) -> None:
        code, out, _ = run(*([command] if command else []), "--help")
        assert code == 0
        assert "\n  inference-energy " in out


class TestReadme:
    """The examples of the README run as printed."""

    SECTION = re.search(r"\n## On the command line\n(.+?)\n## ", README, re.DOTALL)[1]

    def test_examples_run(self, run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "logs").mkdir()
        source = log(tmp_path / "log.csv", GOOD)
        write_parquet(source, tmp_path / "logs" / "june.parquet")
        block = re.search(r"```sh\n([^`]+)```", self.SECTION)[1].replace("\\\n", " ")
        commands = [shlex.split(line, comments=True) for line in block.splitlines()]
        assert len(commands) > 3
        for program, *arguments in commands:
            assert program == "inference-energy"
            code, out, said = run(*arguments)
            assert code == 0, said
            assert out

    def test_output_is_as_printed(self, run: object) -> None:
        command, printed = re.search(r"```\n\$ inference-energy ([^\n]+)\n([^`]+)```", self.SECTION).groups()
        code, out, said = run(*shlex.split(command))
        assert (code, said + out) == (0, printed)
