"""The command line: what a coordinator types, over the same use cases as the pages."""
