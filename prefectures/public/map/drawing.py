"""What the map draws: outlines, signs and tiles, each with the name that its link bears."""

from dataclasses import dataclass

from ..wording.ways import AGE_SIGNS, WAY_SIGNS, signs
from .outlines import SMALL, Outline, outlines
from .places import css_class


@dataclass(frozen=True)
class Spot:
    """A département as it is drawn; ``outline`` is None where it has none."""

    departement: object
    css: str
    sign: str
    said: str
    outline: Outline | None


@dataclass(frozen=True)
class Drawing:
    """``shapes`` are drawn, those ``overseas`` are tiles, ``small`` are both."""

    shapes: list
    small: list
    overseas: list


def drawing(places, *, by_age):
    drawn = outlines()
    own = signs(AGE_SIGNS if by_age else WAY_SIGNS)
    spots = [_spot(place, drawn.get(place.departement.code), by_age, own) for place in places]
    return Drawing(
        shapes=[spot for spot in spots if spot.outline and not _is_small(spot)],
        small=[spot for spot in spots if _is_small(spot)],
        overseas=[spot for spot in spots if not spot.outline],
    )


def _is_small(spot):
    return spot.departement.code in SMALL


def _spot(place, outline, by_age, own):
    prefix, name = ("a", place.age.value) if by_age else ("w", place.way.value)
    return Spot(
        departement=place.departement,
        css=css_class(prefix, name),
        sign=own[name],
        said=place.said_of_age if by_age else place.said,
        outline=outline,
    )
