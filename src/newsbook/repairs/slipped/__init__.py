"""Runs of GBK text that slipped by one byte: ?！毙律迳鐓^ was 。”新生村社區.

A mirror cut the text at bytes that looked like a mark, or put a bracket into the middle of a character. The lead byte
before the cut became a question mark. What follows was read one byte off, until a byte in the range of ASCII stood
alone and brought it back into step. So one byte is lost, and every other is there.

Here is how it came about, byte by byte. GBK spells each character with a lead byte and a trail byte:

>>> raw = "。”新生村社區".encode("gbk")
>>> raw.hex(" ", -2)
'a1a3 a1b1 d0c2 c9fa b4e5 c9e7 855e'

The mirror looked for the bytes A3 A1 of the mark ！. It found them at byte 1: the trail byte of 。 and the lead byte
of ”.

>>> raw.find("！".encode("gbk"))
1

It cut there. A1, the lead byte of 。, was left alone and became a question mark. The rest was read from A3 A1 on:
！ (A3 A1), 毙 (B1 D0), 律 (C2 C9), a user-defined character (FA B4), 迳 (E5 C9), 鐓 (E7 85), and 5E, which is ^ in
ASCII.

>>> shown = "?！毙律" + chr(0xE303) + "迳鐓^"

The way back is the same. What is shown spells all bytes but the lost one:

>>> from newsbook.repairs import gbk
>>> rest = b"".join(gbk.spell(character) or character.encode() for character in shown[1:])
>>> rest.hex(" ")
'a3 a1 b1 d0 c2 c9 fa b4 e5 c9 e7 85 5e'

Each lead byte that goes with the trail byte A3 gives one reading. The likeliest text is the one that stood there:

>>> from newsbook.repairs.languagemodel import general_model
>>> readings = [(bytes((lead,)) + rest).decode("gbk") for lead in gbk.LEADS if gbk.read(lead, rest[0])]
>>> len(readings), max(readings, key=general_model().score)
(106, '。”新生村社區')

Pages are harder than this. Where two bytes are no pair of GBK at all, they became a question mark, too, and some sites
lose the pairs of the user-defined areas. So a line is read from left to right by many hypotheses at once (`runs`). At
each question mark the text may have slipped, or not. Out of step, each character shown gives the one that its bytes
belong to (`steps`, `candidates`). The likelihood of the text picks among them (`beamsearch`), and what it does not
decide clearly is left in doubt (`runedits`).
"""

from newsbook.repairs.slipped.candidates import Evidence, MirroredPage
from newsbook.repairs.slipped.lostascii import clues_in
from newsbook.repairs.slipped.runedits import edits_of
from newsbook.repairs.slipped.runs import SUSPECT, find_runs

__all__ = ["SUSPECT", "Evidence", "MirroredPage", "clues_in", "edits_of", "find_runs"]
