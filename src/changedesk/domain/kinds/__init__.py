"""The kinds of records, each declared once: its columns, what identifies a row, and the rules of its cells."""
