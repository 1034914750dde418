"""The demo desk: made through the same imports and decisions that people make, current on its day."""
