"""`make build-spark` finds a Java that Spark runs on, or says which one to install."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import WAREHOUSE_VARIABLE
from inference_energy import build_spark


def write_java(home: Path, version: str) -> Path:
    """Write a program that says of itself what that version of Java says."""
    java = home / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-01' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    return home


@pytest.fixture
def no_other_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the Java of this machine."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    # The two folders in which Linux and macOS keep theirs.
    monkeypatch.setattr(build_spark, "JAVA_FOLDERS", ())


def test_the_named_java_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_other_java: None) -> None:
    named, on_path = write_java(tmp_path / "a named", "21.0.2"), write_java(tmp_path / "on the path", "17.0.1")
    monkeypatch.setenv("PATH", str(on_path / "bin"), prepend=":")
    assert build_spark.java_home() == on_path
    monkeypatch.setenv("JAVA_HOME", str(named))
    assert build_spark.java_home() == named


def test_a_java_of_another_version_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_other_java: None
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(write_java(tmp_path / "eight", "1.8.0_402")))
    fitting = write_java(tmp_path / "jvm" / "java-17-openjdk", "17.0.9")
    monkeypatch.setattr(build_spark, "JAVA_FOLDERS", ((tmp_path / "jvm", ""),))
    assert build_spark.java_home() == fitting


def test_without_java_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_other_java: None
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(write_java(tmp_path / "too new", "99")))
    with pytest.raises(build_spark.SparkError, match="too new is Java 99; .*apt-get install openjdk-17-jre-headless"):
        build_spark.java_home()


def test_without_a_warehouse_the_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_spark, "spark_environment", dict)
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path / "none.duckdb"))
    assert build_spark.main() == 1
    assert "run `make build`" in capsys.readouterr().err


def test_a_missing_module_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(build_spark.SparkError, match="pyspark is not installed; .*build-spark"):
        build_spark.spark_environment()
