"""The words that a language has for pages and lists of contents."""

from treatynlp.words import WordFile, WordList


class FurnitureWords(WordFile):
    """The content of furniture.yml."""

    page: WordList
    of: WordList
    contents: WordList
