from .urls import access_urls

__all__ = ["access_urls"]
