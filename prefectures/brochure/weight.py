"""How long a booklet takes to set, about: what nobody could carry is not begun."""

# A letter of ASCII takes a microsecond or so, a byte of another script four times that, a block of
# its own as much as a long line (measured: benchmarks/brochures.py).
OF_A_BYTE_BEYOND_ASCII = 4
OF_A_BLOCK = 200
OF_A_RUN = 50
# Some hundreds of pages, a few seconds; the largest région has less than a third of it.
MOST = 3_000_000


def is_too_heavy(booklet):
    return sum(map(_weight, booklet["blocks"])) > MOST


def _weight(block):
    held = [*block.get("blocks", ()), *(each for item in block.get("items", ()) for each in item)]
    return OF_A_BLOCK + sum(map(_of_a_run, block.get("runs", ()))) + sum(map(_weight, held))


def _of_a_run(run):
    text = "".join(run.get("pieces", ()))
    beyond = len(text.encode()) - len(text)
    return OF_A_RUN + len(text) + beyond * OF_A_BYTE_BEYOND_ASCII
