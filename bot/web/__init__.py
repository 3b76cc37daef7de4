"""The HTTP side: who comes in, the API, the portal, the page's place in it."""
