"""What changes taught: reviews, lessons, figures."""
