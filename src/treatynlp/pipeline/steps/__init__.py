"""What each stage does to values, one module a stage: no disk, no network, no process, no workspace.

The key of a stage's results is the import closure of its module here (see `workspace.imports`): what a stage's work
rests on, it imports here or further down, and nothing else.
"""
