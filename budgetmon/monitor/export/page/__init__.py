"""An export as a page for people: what stands on it, as plain values, and its charts as SVG. Pure; formats lay it out."""
