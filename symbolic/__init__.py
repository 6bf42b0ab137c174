"""From curves to formulas: primitives, snapping, refitting, constants, the front, exporters."""
