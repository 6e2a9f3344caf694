"""Measuring the core on the machine at hand: ratios, side by side in one run."""
