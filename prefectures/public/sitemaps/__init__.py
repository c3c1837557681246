"""Which pages are meant to be found, and how search engines are told of them."""
