"""What a workspace remembers: pieces of work by their inputs, locks, what was declared, how runs ended."""
