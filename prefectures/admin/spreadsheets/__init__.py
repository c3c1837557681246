from .exporting import Exported
from .importing import Imported

__all__ = ["Exported", "Imported"]
