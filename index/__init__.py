"""Documents to passages to search. Knows nothing of language models or HTTP."""
