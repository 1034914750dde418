"""Services, their tickets, and who takes them over."""
