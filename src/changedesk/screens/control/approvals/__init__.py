"""How changes are decided: the queue, the card, the board."""
