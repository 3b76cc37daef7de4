"""One adapter for each kind of file: bytes in, `Extracted` out."""
