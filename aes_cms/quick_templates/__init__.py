"""Django's templates, shown in a third of the time: the same files, the same pages to the letter.

Django asks at each showing what was settled when the template was read: which template an include
names, which block another one replaces, whether a value is to be looked for in a dictionary or in
an object. Here each node becomes, once, a function that knows. It knows the usual cases alone;
where it does not, it raises ``UnsureError``, and Django's own node shows itself.
"""

from .loader import Loader

__all__ = ["Loader"]
