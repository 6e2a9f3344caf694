"""What other tools recorded, read as streams: one module per tool, each from a file's lines to records."""
