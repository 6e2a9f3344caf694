"""What deserves a look: conditions in a snapshot, folded into episodes that are told once each."""
