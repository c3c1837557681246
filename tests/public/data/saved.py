"""The files of the open data in a folder, as somebody who downloads them has them."""

from prefectures.public.data.files import Files


def saved(client, folder):
    """Write the files of all of France into ``folder``; return it."""
    for name in Files(str).all_names:
        (folder / name).write_bytes(client.get(f"/donnees/{name}").content)
    return folder
