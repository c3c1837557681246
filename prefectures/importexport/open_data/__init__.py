"""The open data: which tables leave the site (tables.py), and a site made of them (loading.py)."""
