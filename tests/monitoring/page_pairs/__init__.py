"""Pages of a préfecture that nobody has, in several looks, and what may change in them."""
