"""Where an edition is from, kept in its own file: sources, text and a manifest of hashes, sealed and verified.

`manifest` is what is said, `pdf` and `epub` say where it lies in a file, `sealing` puts it there, `signing` signs it
with a key of the user's, and `verifying` holds a file against it.
"""
