"""Measurements of the build: what dbt costs over its SQL, and how a build grows with its rows. Timings are no tests."""
