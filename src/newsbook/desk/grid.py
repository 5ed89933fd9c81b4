"""Lay the cells of a table out in rows and columns, those that span several said again in each."""

from newsbook.model import Text

Cell = tuple[Text, tuple[int, int]]


def laid_out(rows: tuple[tuple[int, tuple[Cell, ...]], ...]) -> tuple[tuple[Text, ...], ...]:
    """Return rows of equal width from numbered rows of cells with their spans, by rows and columns.

    A cell stands in the first column that is free, as HTML has it; one that takes its whole row is said once.

    >>> laid_out(((1, ((("A",), (2, 1)), (("B",), (1, 1)))), (2, ((("C",), (1, 1)),))))
    ((('A',), ('B',)), (('A',), ('C',)))
    """
    taken: dict[tuple[int, int], Text] = {}
    width = max((sum(columns for _, (_, columns) in cells) for _, cells in rows), default=0)
    for number, cells in rows:
        column = 0
        for text, (down, across) in cells:
            while (number, column) in taken:
                column += 1
            whole = across >= width > 1
            for row in range(number, number + down):
                taken |= {(row, column + at): () if at and whole else text for at in range(across)}
            column += across
    numbers = [number for number, _ in rows]
    columns = 1 + max((column for number, column in taken if number in numbers), default=-1)
    return tuple(tuple(taken.get((number, column), ()) for column in range(columns)) for number in numbers)
