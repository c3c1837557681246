"""What is told to stop is heard by a thread that does nothing else.

Python has its main thread answer signals, and that one may hear of one as it goes to sleep, and
sleep on: a server told to stop as it began to serve went on, three times in a hundred
(docs/decisions/0013-server.md).
"""

import os
import signal
from threading import Thread


def hear(*numbers):
    """Have the first of these signals answered by a thread, as ``signal.signal`` says by then.

    In this process, and in those that it starts from now on, no other thread hears of them: what
    comes before such a process calls this waits, and what comes after the first goes unheard.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    Thread(target=_answer, args=(numbers,), daemon=True).start()


def _answer(numbers):
    number = signal.sigwait(numbers)
    answer = signal.getsignal(number)
    if not callable(answer):
        # As the system would; to whoever started this process it is an end like any other.
        os._exit(128 + number)
    answer(number, None)
