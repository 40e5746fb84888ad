"""The contract in, a site out: words, charts, pages, renderers, checks, and the command."""
