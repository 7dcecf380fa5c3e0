"""Runs the seminar of 13 municipalities at its full size and tells what each part took; see `docs/performance.md`."""
