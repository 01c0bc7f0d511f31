"""One file a change of the schema: NNNN_what_changed.py."""
