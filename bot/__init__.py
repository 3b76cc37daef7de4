"""The assistant: questions in, cited answers out."""
