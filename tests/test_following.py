"""Stories on several pages are put together, copies of one are found, and lists are followed where one asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from fetch.site import HOST, Reply, Site, serving
from making import bound, made, quiet, workplace
from newsbook.diagnostics import Code, Diagnostic, InputError
from newsbook.fetch.clock import SYSTEM_CLOCK
from newsbook.fetch.session import Session
from newsbook.inputs import Input, expand, name_of
from newsbook.intake import Wish, take_in
from newsbook.model import Article, Paragraph
from newsbook.model.walk import plain
from newsbook.project import Fetching, Output, Project
from newsbook.stories import Story

A = "旧磨坊的水渠上周重新放水，村里的老人沿着渠岸走了一个来回，说水声和四十年前一样，孩子们在闸口放起了纸船。"
B = "水务站的人说，渠底的淤泥清了三个月，闸门换成了铁的，秋收以前不会再断水，下游的两个村子也能用上。"
C = "学堂的先生把放学的时间改晚了一刻钟，好让孩子们去看水车转起来，大家在岸边站成一排，谁也不肯先走。"
D = "茶馆的许掌柜说，水一来客人也来了，他把桌子摆到了渠边，傍晚的时候连板凳都不够坐，只好去邻家借。"
TIDES = "今日高潮十二时，潮高{}厘米，低潮{}时，潮高{}厘米，请船家留意水位，早做准备，夜里不要出港，雾天更要当心。"
PAGER = (
    '<div class="page"><a href="{0}.html">1</a> <a href="{0}_2.html">2</a> <a href="{0}_3.html">3</a> '
    '<a href="{1}">下一页</a></div>'
)


def page(headline: str, *paragraphs: str, more: str = "", date: str = "2023-03-05 08:10") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=zh-Hans><meta charset=utf-8><title>{headline}</title>"
        f"<body><article><h1>{headline}</h1><p>{date}</p>{body}{more}</article></body></html>"
    )


def pages(name: str = "mill") -> dict[str, str]:
    return {
        f"{name}.html": page("磨坊水渠重新放水", A, more=PAGER.format(name, f"{name}_2.html")),
        f"{name}_2.html": page("磨坊水渠重新放水(2)", B, more=PAGER.format(name, f"{name}_3.html")),
        f"{name}_3.html": page("磨坊水渠重新放水(3)", C, more=PAGER.format(name, f"{name}_3.html")),
    }


def saved(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def words(article: Article) -> list[str]:
    return [plain(block.text) for block in article.body if isinstance(block, Paragraph)]


def came(
    names: tuple[str, ...], project: Project = Project(), *, online: bool = False
) -> tuple[list[Story], list[Diagnostic]]:
    found: list[Diagnostic] = []
    inputs = tuple(
        item
        for name in names
        for item in ([Input(name_of(name), None, name)] if "://" in name else expand((name,), quiet))
    )
    work = workplace(found.append)
    if not online:
        return list(take_in(inputs, project, work, wish=Wish(pulls=True)).stories), found
    with Session(project.fetching, "0", SYSTEM_CLOCK) as session:
        return list(take_in(inputs, project, work, session, Wish(pictures=False)).stories), found


def codes(found: list[Diagnostic]) -> set[Code]:
    return {finding.code for finding in found}


# --- pages that were saved


def test_pages_of_a_folder_are_one_story(tmp_path: Path) -> None:
    (story,), found = came((str(saved(tmp_path, pages())),))
    assert words(story.article) == [A, B, C]
    assert story.article.headline == "磨坊水渠重新放水"
    assert [source.name for source in story.article.source.pages] == ["mill_2.html", "mill_3.html"]
    assert Code.NOT_WHOLE not in codes(found)


def test_pages_beside_a_page_are_found(tmp_path: Path) -> None:
    (story,), _ = came((str(saved(tmp_path, pages()) / "mill.html"),))
    assert words(story.article) == [A, B, C]


def test_a_page_that_is_missing_is_told(tmp_path: Path) -> None:
    files = pages()
    del files["mill_3.html"]
    (story,), found = came((str(saved(tmp_path, files)),))
    assert words(story.article) == [A, B]
    (told,) = [finding.message for finding in found if finding.code is Code.NOT_WHOLE]
    assert "1 of 3 pages" in told


def test_pages_numbered_in_any_way_are_put_together_by_their_headline(tmp_path: Path) -> None:
    for shape in ("{}-{}", "{}({})", "{}.{}"):
        folder = tmp_path / shape.format("a", "b")
        folder.mkdir()
        files = {
            "mill.txt": f"磨坊水渠重新放水\n2023-03-05\n{A}\n",
            shape.format("mill", 2) + ".txt": f"磨坊水渠重新放水（2）\n{B}\n",
        }
        (story,), _ = came((str(saved(folder, files)),))
        assert words(story.article) == [A, B]


def test_numbered_files_of_other_headlines_are_stories_of_their_own(tmp_path: Path) -> None:
    files = {"news.html": page("磨坊水渠重新放水", A), "news_2.html": page("茶馆搬到渠边", D)}
    stories, _ = came((str(saved(tmp_path, files)),))
    assert [words(story.article) for story in stories] == [[A], [D]]


def test_the_proof_sheet_shows_every_page(tmp_path: Path) -> None:
    saved(tmp_path, pages())
    sheet = made(bound((tmp_path,)), Output(kind="proof")).decode()
    assert all(text in sheet for text in (A, B, C))


# --- copies of one story


def test_another_copy_of_a_story_is_named_by_the_one_that_is_taken(tmp_path: Path) -> None:
    traditional = A.translate(str.maketrans("旧磨渠岸说声样闸纸", "舊磨渠岸說聲樣閘紙"))
    files = {
        "a.html": page("磨坊水渠重新放水", A, B, C, "来源：磨坊村报"),
        "b.html": page("老渠来水了", traditional, B, C, D[:12] + "。", date="2023-03-06 09:00"),
        "c.html": page("茶馆搬到渠边", D, C),
    }
    stories, found = came((str(saved(tmp_path, files)),))
    assert len(stories) == 2
    (taken,) = [story.article for story in stories if story.article.source.reprints]
    (reprint,) = taken.source.reprints
    assert {reprint.headline, taken.headline} == {"磨坊水渠重新放水", "老渠来水了"}
    assert Code.DUPLICATE_LEFT_OUT in codes(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (page("今日潮水", TIDES.format(312, 18, 45) * 2), page("明日潮水", TIDES.format(298, 19, 51) * 2)),
        (page("磨坊水渠重新放水", A, B), page("磨坊水渠重新放水以后", C, D, A)),
        (page("甲", A, B, C), page("乙", C, B, A)),
    ],
    ids=["other figures", "one paragraph in common", "another order"],
)  # fmt: skip
def test_stories_that_are_alike_only_in_part_are_two(tmp_path: Path, one: str, other: str) -> None:
    stories, _ = came((str(saved(tmp_path, {"a.html": one, "b.html": other})),))
    assert len(stories) == 2


def test_the_colophon_says_who_else_carried_a_story(tmp_path: Path) -> None:
    from newsbook.layout.facts import details
    from newsbook.layout.words import words_for

    files = {"a.html": page("磨坊水渠重新放水", A, B, C), "b.html": page("老渠来水了", A, B, C)}
    (story,), _ = came((str(saved(tmp_path, files)),))
    (fact,) = [fact for fact in details(story.article, words_for("zh-Hans")) if fact.name == "reprints"]
    assert (fact.label, fact.value) == ("亦载于", "b.html (老渠来水了 · 2023年3月5日 08:10)")


# --- on the network

TERMS = Fetching(allow_hosts=(f"{HOST}:*",), delay=0.0, tries=1)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        routes = {**pages(), "tea.html": page("茶馆搬到渠边", D)}
        site.routes |= {f"/{name}": Reply(text.encode()) for name, text in routes.items()}
        urls = "".join(f"<url><loc>{site.url}/{name}.html</loc></url>" for name in ("mill", "tea"))
        urls += "<url><loc>https://elsewhere.example/1.html</loc></url>"
        site.routes["/map.xml"] = Reply(f'<?xml version="1.0"?><urlset>{urls}</urlset>'.encode())
        site.routes["/maps.xml"] = Reply(
            f"<sitemapindex><sitemap><loc>{site.url}/map.xml</loc></sitemap></sitemapindex>".encode()
        )
        links = "".join(
            f"<li><a href=/{name}.html>{title}</a></li>"
            for name, title in (("mill", "磨坊水渠重新放水"), ("tea", "茶馆把桌子搬到渠边"))
        )
        site.routes["/"] = Reply(f"<!DOCTYPE html><meta charset=utf-8><title>磨坊村报</title><ul>{links}</ul>".encode())
        link, summary = f"<link>{site.url}/tea.html</link>", "<description>茶馆的桌子摆到了渠边……</description>"
        items = f"<item><title>茶馆搬到渠边</title>{link}{summary}</item>"
        site.routes["/rss"] = Reply(
            f'<rss version="2.0"><channel><title>磨坊村报</title>{items}</channel></rss>'.encode()
        )
        yield site


def headlines(stories: list[Story]) -> list[str]:
    return [story.article.headline for story in stories]


def test_further_pages_are_fetched(site: Site) -> None:
    (story,), found = came((f"{site.url}/mill.html",), Project(fetching=TERMS), online=True)
    assert words(story.article) == [A, B, C]
    assert [each.url for each in story.article.source.retrievals] == [
        f"{site.url}/mill{end}.html" for end in ("", "_2", "_3")
    ]
    assert site.paths() == ["/mill.html", "/mill_2.html", "/mill_3.html"]
    assert Code.NOT_WHOLE not in codes(found)


def test_pages_of_another_host_are_not_fetched(site: Site) -> None:
    site.routes["/mill.html"] = Reply(
        page("磨坊水渠重新放水", A, more='<a href="http://elsewhere.example/mill_2.html">下一页</a>').encode()
    )
    _, found = came((f"{site.url}/mill.html",), Project(fetching=TERMS), online=True)
    assert Code.NOT_WHOLE in codes(found)
    assert site.paths() == ["/mill.html"]


@pytest.mark.parametrize("path", ["/map.xml", "/maps.xml"])
def test_a_sitemap_gives_the_stories_of_its_site(site: Site, path: str) -> None:
    stories, found = came((site.url + path,), Project(fetching=TERMS), online=True)
    assert headlines(stories) == ["磨坊水渠重新放水", "茶馆搬到渠边"]
    assert ["1 of its addresses" in finding.message for finding in found if finding.code is Code.INPUT_NOT_READ] == [
        True
    ]


def test_no_more_pages_are_followed_than_allowed(site: Site) -> None:
    project = Project(fetching=replace(TERMS, most_pages=1))
    stories, found = came((f"{site.url}/map.xml",), project, online=True)
    assert len(stories) == 1
    assert any("most_pages" in finding.message for finding in found)


def test_a_page_of_links_and_a_feed_of_summaries_are_followed_where_that_is_asked_for(site: Site) -> None:
    asked = Project(fetching=replace(TERMS, follow=True))
    assert headlines(came((f"{site.url}/",), asked, online=True)[0]) == ["磨坊水渠重新放水", "茶馆搬到渠边"]
    (story,), found = came((f"{site.url}/rss",), asked, online=True)
    assert words(story.article) == [D]
    assert Code.NOT_WHOLE not in codes(found)


def test_they_are_told_where_that_is_not_asked_for(site: Site) -> None:
    with pytest.raises(InputError, match="add --follow"):
        came((f"{site.url}/",), Project(fetching=TERMS), online=True)
    (story,), found = came((f"{site.url}/rss",), Project(fetching=TERMS), online=True)
    assert words(story.article) == ["茶馆的桌子摆到了渠边……"]
    assert Code.NOT_WHOLE in codes(found)


def test_nobody_who_follows_is_told_to_follow(site: Site) -> None:
    del site.routes["/tea.html"]
    asked = Project(fetching=replace(TERMS, follow=True))
    told = {each.hint for each in came((f"{site.url}/rss",), asked, online=True)[1] if each.code is Code.NOT_WHOLE}
    assert told == {"Its page could not be had, or has no more; save it from a browser, and name it."}


def test_a_list_that_leads_to_itself_comes_to_an_end(site: Site) -> None:
    site.routes["/loop.xml"] = Reply(
        f"<sitemapindex><sitemap><loc>{site.url}/loop.xml</loc></sitemap></sitemapindex>".encode()
    )
    with pytest.raises(InputError, match="no article"):
        came((f"{site.url}/loop.xml",), Project(fetching=TERMS), online=True)
