"""From coded instruments to what agrees and what differs: cells, parameters, indices, views, alignments, changes."""
