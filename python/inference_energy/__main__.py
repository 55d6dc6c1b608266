"""``python -m inference_energy`` is the command ``inference-energy``."""

from inference_energy.cli import main

raise SystemExit(main())
