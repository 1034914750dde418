"""Forms: their fields, the line one types in, the words that complete it."""
