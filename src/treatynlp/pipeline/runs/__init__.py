"""A run: sources are had, instruments made, a release is put in its place."""
