"""What a page that answered shows, besides its text: not each answer is the page that was asked."""

from enum import StrEnum


class PageState(StrEnum):
    TEXT = "text"
    EMPTY = "empty"
    # It asks who one is, or whether one is a robot.
    LOGIN = "login"
    CAPTCHA = "captcha"
    MAINTENANCE = "maintenance"
    # It says that there is no such page, and that all is well (a "soft 404").
    NOT_FOUND = "not_found"
    # No text can be had of it: an image, a damaged or encrypted file, another format.
    UNREADABLE = "unreadable"
