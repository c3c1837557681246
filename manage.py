#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    from prefectures.storage.commands import in_a_sentence

    with in_a_sentence():
        execute_from_command_line(sys.argv)
