"""The page: asking, the register, the documents. The only door to Gradio."""
