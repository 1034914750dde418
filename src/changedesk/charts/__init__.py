"""Charts from values to text; the only room that knows plotext."""
