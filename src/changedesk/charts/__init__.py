"""Charts: from points and days to rows of text, the only room that knows plotext."""
