"""Chat models behind LangChain's face."""
