"""Whether the files of a release are those that were released, and say the same."""
