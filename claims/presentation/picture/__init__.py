"""A verdict as a picture, for the places where links to it are shared: drawn here, once, with what the machine has."""

from claims.presentation.picture.drawing import HEIGHT, WIDTH
from claims.presentation.picture.faces import Face, of_document, of_site
from claims.presentation.picture.kept import name, png

__all__ = ["HEIGHT", "WIDTH", "Face", "name", "of_document", "of_site", "png"]
