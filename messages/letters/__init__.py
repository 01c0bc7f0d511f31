"""Letters: compiled once for each version of words, and spliced for each reader."""
