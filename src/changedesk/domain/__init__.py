"""What the words mean and what the rules are: pure functions over frozen values, standard library alone."""
