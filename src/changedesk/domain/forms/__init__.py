"""The forms by which records are made and changed; each follows the declaration of its kind."""
