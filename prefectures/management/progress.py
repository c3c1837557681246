"""A progress bar for commands: drawn on a terminal, silent in a log."""


class Progress:
    def __init__(self, stream):
        self.stream = stream
        self.is_shown = stream.isatty()

    def __call__(self, label, done, total):
        if not self.is_shown:
            return
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        self.stream.write(f"\r{label:<22} {'█' * filled:<30} {done}/{total}{end}", ending="")
        self.stream.flush()
