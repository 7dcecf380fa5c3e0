"""Measures how fast and how light the service is, every figure beside its floor; see `docs/performance.md`."""
