"""The settings of the site, but that its watch may visit this machine: for processes of tests."""

from aes_cms.settings import *  # noqa: F403  what a module of settings is

WATCH_ALSO_REACHES = ("127.0.0.0/8",)
