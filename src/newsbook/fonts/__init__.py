"""Faces found, cut down and made over for an edition, with the permission of their makers."""
