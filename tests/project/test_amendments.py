"""What a person says of single articles: which are meant, where they stand, and what becomes of their fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from counting import steps
from newsbook.diagnostics import Code, Diagnostic, Place, Severity
from newsbook.model import Article, Credit, Role, Source
from newsbook.project import (
    Amending,
    Amendment,
    Credits,
    Meanings,
    Project,
    ProjectDraft,
    ProjectError,
    Replacement,
    Section,
    amended,
    arranged,
    check,
    fits,
    meant,
    merge,
    read,
    unfit,
)

READ = Article(
    headline="早市",
    byline="林小舟",
    published="2024-05-06T08:30:00",
    credits=(
        Credit(Role.AUTHOR, "林小舟"),
        Credit(Role.PHOTOGRAPHER, "周柏安"),
        Credit(Role.AUTHOR, "許一帆"),
        Credit(Role.EDITOR, "何思源"),
    ),
    source=Source(name="page.txt", outlet="渡口街坊網", url="https://news.example/a", sha256="00"),
)


@pytest.mark.parametrize(
    ("entry", "name", "does"),
    [
        ("page.txt", "page.txt", True),
        ("page.txt", "Page.txt", False),
        ("page", "page.txt", False),
        ("pages/page.txt", "page.txt", False),
        ("3-*", "3-park.txt", True),
        ("?-park.*", "3-park.txt", True),
        ("[1-3]-*", "4-park.txt", False),
        ("feed.xml", "feed.xml#12", True),
        ("feed.xml#1", "feed.xml#12", False),
        ("feed.xml#1", "feed.xml#1", True),
        ("a[1].txt", "a[1].txt", True),
        ("\N{KATAKANA LETTER GA}.txt", "カ\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}.txt", True),
        ("", "page.txt", False),
    ],
)
def test_which_input_an_entry_means(entry: str, name: str, *, does: bool) -> None:
    assert fits(entry, name) is does


NAMES = st.text("ab#*[é", max_size=4)


@given(st.lists(NAMES, max_size=6), st.lists(NAMES, max_size=6))
def test_entries_that_are_looked_up_mean_what_each_means(entries: list[str], names: list[str]) -> None:
    meanings = Meanings(entries)
    for name in names:
        assert meanings.of(name) == [at for at, entry in enumerate(entries) if fits(entry, name)]
    found = meant(entries, names)
    assert found == {entry: [at for at, name in enumerate(names) if fits(entry, name)] for entry in entries}


def test_arranging_costs_no_product_of_entries_and_names() -> None:
    def cost(size: int) -> int:
        names = tuple(f"{at}.txt" for at in range(size))
        entries = tuple(f"{at + size // 2}.txt" for at in range(size))
        draft = ProjectDraft(Project(order=entries, articles=tuple(map(Amendment, entries))))

        def work() -> None:
            arranged(names, (), entries)
            tuple(unfit(names, draft))
            amending = Amending(draft, print)
            for name in names:
                amending.follow(Article("早市", source=Source(name=name)))

        return steps(work)

    small, large = cost(1_000), cost(4_000)
    assert large < 5 * small


def test_of_many_entries_that_fit_nothing_the_rest_is_counted() -> None:
    draft = ProjectDraft(Project(order=tuple(f"{at}.txt" for at in range(103))))
    *_, last = findings = tuple(unfit(("早市.html",), draft))
    assert len(findings) == 101
    assert last.message == "3 more entries mean no input, and are not followed."


def test_more_patterns_than_can_be_held_against_names_are_a_mistake() -> None:
    draft = ProjectDraft(Project(order=tuple(f"{at}-*" for at in range(1_001))))
    with pytest.raises(ProjectError, match="order has 1,001 patterns, more than 1,000"):
        check(draft, print)


def test_sections_come_first_and_the_rest_as_it_was_read() -> None:
    names = ("1.txt", "feed.xml#1", "feed.xml#2", "2.txt", "3.txt")
    sections = (Section("要聞", ("3.txt", "feed.xml")), Section("副刊", ("*2*",)))
    placed = arranged(names, sections)
    assert [(names[each.number], each.section) for each in placed] == [
        ("3.txt", "要聞"),
        ("feed.xml#1", "要聞"),
        ("feed.xml#2", "要聞"),
        ("2.txt", "副刊"),
        ("1.txt", ""),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("c.txt", "a.txt"), "cabd"),
        (("d.txt", "*"), "dabc"),
        (("c.txt", "c.txt", "gone.txt"), "cabd"),
        (("[bd].txt",), "bdac"),
        ((), "abcd"),
    ],
)
def test_what_an_order_does_not_name_follows_as_it_was_read(order: tuple[str, ...], expected: str) -> None:
    names = ("a.txt", "b.txt", "c.txt", "d.txt")
    assert "".join(names[each.number][0] for each in arranged(names, (), order)) == expected


def test_a_section_stands_before_what_an_order_names_and_its_patterns_follow_it() -> None:
    names = ("a1.txt", "a2.txt", "b.txt", "c.txt")
    sections = (Section("要聞", ("b.txt", "a*")),)
    placed = arranged(names, sections, ("c.txt", "a2.txt", "a1.txt", "b.txt"))
    assert [names[each.number] for each in placed] == ["b.txt", "a2.txt", "a1.txt", "c.txt"]
    assert [each.section for each in placed] == ["要聞", "要聞", "要聞", ""]


def test_an_entry_that_places_nothing_is_a_finding() -> None:
    draft = read('order = ["a.txt", "gone.txt", "a.txt", "*"]\n')
    findings = tuple(unfit(("a.txt", "b.txt"), draft))
    assert [each.message for each in findings] == [
        "order is “gone.txt”, and no input is called so; it is not followed.",
        "order is “a.txt”, which entries before it have placed; it changes nothing.",
    ]
    assert {(each.code, each.where.line) for each in findings} == {(Code.SETTING_UNFIT, 1)}


def test_without_sections_the_order_is_that_of_reading() -> None:
    assert [placed.number for placed in arranged(("b", "a", "b"), ())] == [0, 1, 2]
    assert arranged((), (Section("要聞", ("*",)),)) == ()


def test_what_nobody_speaks_of_stays_as_it_was_read() -> None:
    assert amended(READ, Amendment("page.txt")) is READ


def test_what_is_said_holds_and_an_empty_text_takes_away() -> None:
    made = amended(READ, Amendment(headline="渡口早市", byline="", section="街坊", outlet="", rights="保留一切權利"))
    assert (made.headline, made.byline, made.section) == ("渡口早市", "", "街坊")
    assert made.published == READ.published
    assert (made.source.outlet, made.source.rights, made.source.url) == ("", "保留一切權利", READ.source.url)
    assert made.source.sha256 == "00"


def test_credits_are_said_by_role_and_keep_their_places() -> None:
    credits_ = Credits(author=("甲", "乙"), editor=(), translator=("丙",))
    assert amended(READ, Amendment(credits=credits_)).credits == (
        Credit(Role.AUTHOR, "甲"),
        Credit(Role.AUTHOR, "乙"),
        Credit(Role.PHOTOGRAPHER, "周柏安"),
        Credit(Role.TRANSLATOR, "丙"),
    )


def test_of_two_amendments_the_later_holds() -> None:
    amendments = (
        Amendment("*", headline="一", kicker="眉"),
        Amendment("page.txt", headline="二"),
        Amendment("other.txt", headline="三"),
    )
    made = Amending(ProjectDraft(Project(articles=amendments)), print).follow(READ).article
    assert (made.headline, made.kicker) == ("二", "眉")
    assert [(change.field, change.before, change.after) for change in made.source.changes] == [
        ("headline", "早市", "一"),
        ("kicker", "", "眉"),
        ("headline", "一", "二"),
    ]


def test_what_is_said_is_on_record_and_what_changes_nothing_is_not() -> None:
    made = amended(READ, Amendment(headline="早市", outlet="", credits=Credits(editor=("甲",))))
    assert [(change.field, change.before, change.after) for change in made.source.changes] == [
        ("credits", _CREDITS, _CREDITS.replace("何思源", "甲")),
        ("outlet", "渡口街坊網", ""),
    ]


_CREDITS = "author 林小舟; photographer 周柏安; author 許一帆; editor 何思源"


@pytest.mark.parametrize(
    ("amendment", "code"),
    [
        (Amendment("page*", hold=True), Code.ARTICLE_HELD),
        (Amendment("page.txt", leave_out=True), Code.ARTICLE_LEFT_OUT),
    ],
)
def test_an_article_is_left_out_or_held_with_a_note(amendment: Amendment, code: Code) -> None:
    found: list[Diagnostic] = []
    assert Amending(ProjectDraft(Project(articles=(amendment,))), found.append).follow(READ).is_left_out
    assert [(each.code, each.where.source, each.severity) for each in found] == [(code, "page.txt", Severity.NOTE)]


def test_a_quotation_must_stand_once_in_each_article_and_in_one_at_least() -> None:
    said = (Replacement("早市", "晚市"), Replacement("甲", "乙"), Replacement("晚", "夜"))
    found: list[Diagnostic] = []
    amending = Amending(ProjectDraft(Project(articles=(Amendment("*", replace=said),))), found.append)
    first = amending.follow(replace(READ, headline="早市之甲")).article
    second = amending.follow(replace(READ, headline="早市")).article
    third = amending.follow(replace(READ, headline="早市、早市")).article
    amending.finish()
    assert [made.headline for made in (first, second, third)] == ["夜市之乙", "夜市", "早市、早市"]
    assert [each.message for each in found] == [
        "articles[0].replace[0], on page.txt, quotes “早市”, which stands there 2 times (headline); it is not followed."
    ]
    assert [change.before for change in first.source.changes] == ["早市", "甲", "晚"]


def test_a_quotation_that_stands_nowhere_is_a_finding() -> None:
    found: list[Diagnostic] = []
    amending = Amending(
        ProjectDraft(Project(articles=(Amendment("*", replace=(Replacement("無", ""),)),))), found.append
    )
    assert amending.follow(READ).article is READ
    amending.finish()
    assert [(each.code, each.message) for each in found] == [
        (
            Code.SETTING_UNFIT,
            "articles[0].replace[0], on page.txt, quotes “無”, which stands nowhere in it; it is not followed.",
        )
    ]


def test_an_entry_that_means_no_input_is_a_finding_with_the_nearest() -> None:
    draft = read('[[sections]]\nname = "要聞"\narticles = ["1-*", "3-prak.txt"]\n[[articles]]\nof = "xyz"\n')
    findings = tuple(unfit(("1-lanterns.txt", "3-park.txt"), draft))
    assert [str(each.where) for each in findings] == ["newsbook.toml:3", "newsbook.toml:5"]
    assert {each.code for each in findings} == {Code.SETTING_UNFIT}
    assert findings[0].message == "sections[0].articles is “3-prak.txt”, and no input is called so; it is not followed."
    assert findings[0].hint == "Did you mean 3-park.txt?"
    assert findings[1].hint == "Name an input as findings do: by its name without its folder."


def test_where_flags_name_other_inputs_than_the_file_nothing_is_missed() -> None:
    text = '[[articles]]\nof = "gone.txt"\n'
    assert list(unfit(("a.txt",), merge(read(text), {"inputs": ("a.txt",)})))
    assert not list(unfit(("a.txt",), merge(read('inputs = ["a.txt", "gone.txt"]\n' + text), {"inputs": ("a.txt",)})))


def test_a_path_for_a_name_is_a_finding_with_the_name() -> None:
    draft = ProjectDraft(Project(articles=(Amendment("pages/3-park.txt"),)))
    (finding,) = unfit(("3-park.txt",), draft)
    assert (finding.where, finding.hint) == (Place(), "Did you mean 3-park.txt?")
