"""The scenery: the board and all that it asks, made by the use cases of real life."""
