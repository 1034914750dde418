"""What is kept about each initiative so that lists need not compute it: made anew with each write."""
