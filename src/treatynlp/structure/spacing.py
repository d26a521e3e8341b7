"""How wide the step from the row above is when it says something, in usual steps from line to line (`Row.gap`).

Inside a paragraph it is 1.0, give or take what measuring adds: raised figures, accents on capitals, lines that a
scanner has drawn askew. Formats without pages bring 5/3 between paragraphs (`reading.paragraphs`), as printed pages
have. The values were set by eye on the texts of the mirror.
"""

INSIDE = 1.1
"""A row no farther than this below another stands in the same paragraph."""
APART = 1.25
"""A row farther than this below another is set apart from it, as a heading is from what ends above it."""
WIDE = 1.5
"""Space as above a title or between paragraphs: the lines of one title, however loosely set, stand closer."""
