"""What a server makes sure of before it serves: its database, and the files of the site.

    python -m aes_cms.before_serving

In a process of its own: the one that watches over the servers stays without Django.
"""

import os
import sys

from . import static_files


def refuse_without_database():
    """End the program where this site had a database that is gone."""
    from django.db import OperationalError, connection

    from prefectures.storage.gone import DatabaseGoneError, refuse_empty

    try:
        connection.ensure_connection()
        refuse_empty(connection)
    except DatabaseGoneError as error:
        sys.exit(str(error))
    except OperationalError:
        # It may come after the site, which says meanwhile that it does not answer.
        return


def main():
    import django

    django.setup()
    refuse_without_database()
    static_files.refuse_missing()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aes_cms.settings")
    main()
