"""`python -m treatynlp` is `treatynlp`."""

from treatynlp.cli import main

if __name__ == "__main__":
    main()
