"""The built-in passes: one module a pass, each with a function of its own name."""
