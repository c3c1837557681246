"""Backups: made while people edit, verified before they replace anything; moving elsewhere."""
