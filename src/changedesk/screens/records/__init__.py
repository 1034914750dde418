"""Records of any kind, imports of them, and the trail of what was done with them."""
