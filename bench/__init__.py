"""Benchmarks: every figure is a ratio to what it could be, taken in the same run."""
