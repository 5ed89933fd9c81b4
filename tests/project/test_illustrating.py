"""Pictures as a person has them: which is meant, where one stands, and what is told of it."""

from newsbook.model import Article, Crosshead, Figure, Paragraph, Span
from newsbook.project import PictureAmendment
from newsbook.project.illustrating import illustrated

ONE, TWO = Figure((Span("一"),), image="a/one.jpg", alt="一"), Figure((Span("二"),), image="two.jpg")
FIRST, SECOND = Paragraph((Span("早市開了。"),)), Paragraph((Span("晚市也開了。"),))
READ = Article("早市", (ONE, FIRST, Crosshead((Span("晚上"),)), SECOND, TWO))


def images(*said: PictureAmendment) -> list[str]:
    body = illustrated(READ, said).article.body
    return [
        block.image if isinstance(block, Figure) else block.text[0].text
        for block in body
        if hasattr(block, "text") or isinstance(block, Figure)
    ]


def test_what_is_said_of_a_picture_holds_and_the_rest_stays() -> None:
    made = illustrated(READ, (PictureAmendment("1", caption="早上", credit="甲"), PictureAmendment("two.jpg", alt="")))
    assert made.article.body[0] == Figure((Span("早上"),), "甲", "a/one.jpg", "一")
    assert made.article.body[-1] == TWO
    assert [(each.field, each.before, each.after) for each in made.changes] == [
        ("picture 1", "one.jpg | 一 |  | 一", "one.jpg | 早上 | 甲 | 一")
    ]


def test_pictures_are_counted_as_they_were_read() -> None:
    assert images(PictureAmendment("1", leave_out=True), PictureAmendment("2", file="x/new.jpg")) == [
        "早市開了。", "晚上", "晚市也開了。", "new.jpg",
    ]  # fmt: skip


def test_pictures_that_are_put_in_stand_where_they_are_said_to_in_their_order() -> None:
    said = [PictureAmendment(file=f"{name}.jpg", after="市開") for name in "xy"]
    assert images(*said, PictureAmendment(file="z.jpg"), PictureAmendment(file="w.jpg", after="晚上")) == [
        "z.jpg", "a/one.jpg", "早市開了。", "x.jpg", "y.jpg", "晚上", "w.jpg", "晚市也開了。", "two.jpg",
    ]  # fmt: skip


def test_a_picture_is_moved() -> None:
    assert images(PictureAmendment("one.jpg", after="晚上")) == [
        "早市開了。", "晚上", "a/one.jpg", "晚市也開了。", "two.jpg",
    ]  # fmt: skip


def test_two_files_of_one_name_are_told_apart() -> None:
    made = illustrated(READ, (PictureAmendment(file="x/one.jpg"), PictureAmendment(file="y/one.jpg")))
    assert made.files == (("2-one.jpg", "x/one.jpg"), ("3-one.jpg", "y/one.jpg"))


def test_what_cannot_be_followed_is_said_with_its_number() -> None:
    said = (
        PictureAmendment("3", caption="x"),
        PictureAmendment("0", caption="x"),
        PictureAmendment("9" * 5000, caption="x"),
        PictureAmendment(file="x.jpg", after="開了"),
        PictureAmendment(file="x.jpg", after="無"),
    )
    made = illustrated(READ, said)
    assert made.article is READ
    assert [fault for _, fault in made.faults] == [
        "is none of its 2 pictures",
        "is none of its 2 pictures",
        "is none of its 2 pictures",
        "is to stand after words that stand in 2 of its paragraphs",
        "is to stand after words that stand in none of its paragraphs",
    ]
