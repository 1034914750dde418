"""After changes: reviews, their actions and lessons, and how changes go on the whole."""
