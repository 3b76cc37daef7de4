"""One file for every step; none is changed once it was shipped."""
