"""What stands on the terminal: a screen asks services for view models and hands them to its widgets."""
