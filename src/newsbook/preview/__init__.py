"""The preview: an issue as it will be printed and read, in a browser on this machine, and edited there.

A workshop builds what lies on disk whenever it changes, and posts on a board what came of it. A site shows the board to
whoever has the token, and takes edits, which go into newsbook.toml and the files of decisions and nowhere else.
"""
