"""Questions put to a workspace, a release or a file at hand; nothing of a run is done."""
