"""Tell captions and crossheads among the lines of a body by their shape; what is neither is a paragraph."""

import re
from enum import StrEnum

from msgspec import Struct

from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import folded, printed
from newsbook.model import Line


class Shape(StrEnum):
    """What a line of the body is."""

    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"


class Shaped(Struct, frozen=True):
    """A line with its shape. `doubtful` where only the page's pictures or type would tell."""

    line: Line
    shape: Shape
    doubtful: bool = False


_CAPTION_LEAD = re.compile(
    r"[▲△▼▽◤◥↑↓↖↗→←◀▶⬆⬇]|(?:上|下|左|右|本|题|首|以上|以下)?(?:组)?图(?:片"
    r"|集)?(?:[一二三四五六七八九十\d①-⑳]{1,2}|[(][一二三四五六七八九十\d]{1,2}[)])?(?:为"
    r"|:|是|中|/|\s|$)"
    r"|(?:左|右|上|下)图|(?:资料|示意|效果|配|组|题|航拍|位置)图[:,。 (]"
    r"|(?:图片|照片)(?:说明|来源|为|显示)|图说|【?写真】?|사진[=:]|\[사진"
    r"|【(?:图|图片|组图|资料图)】"
)
_CAPTION_TAIL = re.compile(
    r"[(](?:[左右中前后上下]排?(?:[一二三四五六七八九\d左右]|者|侧|起)?[一二三四五六七八九\d]?"
    r"|左起.{0,20}|中间|(?:资料|示意|配|效果)图|图)[)]$|[▲△▼▽↑↓]$"
)
_SCENE_TAIL = re.compile(
    r"(?:现场|现场图|合影|合照|合影留念|留影|剧照|海报|定妆照|外观|外景"
    r"|全景|全貌|一角|一景|场景|画面|截图|图片|照片|近照|生活照|自拍|资料照"
    r"|示意图|效果图|规划图|设计图|平面图"
    r"|航拍|鸟瞰|特写|瞬间|一幕|掠影|图示|图表|走势图|曲线图|地形图|位置图"
    r"|路线图|实景|内景|夜景|美景|雪景|风光|遗照|资料画面|实拍|主视觉"
    r"|物证|证据图|成绩单|流程图|截屏|封面|照)$"
)
_SCENE_LEAD = re.compile(
    r"(?:活动|会议|比赛|事故|案发|发布会|颁奖|签约|启动|培训|救援|庭审"
    r"|颁奖典礼|仪式|演出|施工|抢险|表演|讲座|展览|会场|座谈|调研|宣传)现场"
)
_SCENE_VERB = re.compile(
    r"正在|接受[^,。]{0,8}采访|合影|为[^,。]{1,14}(?:送上|颁奖|讲解|授旗"
    r"|揭牌|剪彩|授牌|献花|体检|义诊|理发|演示|加油|介绍)"
    r"|向[^,。]{1,16}(?:讲解|宣传|介绍|发放|赠送|献花|展示|致敬|敬礼|挥手|捐赠|移交|演示|了解|普及)"
)
_TERMINAL = re.compile(r"[。.;；:：,，、…]$|[。][”」』)）]$")
_QUESTION = re.compile(r"[?!]$")
_NUMBERED = re.compile(
    r"(?P<style>第?[一二三四五六七八九十]{1,3}[、.章节部篇回]|[(][一二三四五六七八九十\d]{1,3}[)]"
    r"|\d{1,2}[、.](?!\d)|[①-⑳]|[■◆●▍▌▎◎★☆▶►▪□◇]|【[^】]{2,24}】$|(?:其"
    r"|之)[一二三四五六七八九]|(?:PART|Part|part)\s?\.?\d{1,2}|0\d\b)"
)
_BULLET = re.compile(r"[·•●○◆■▪*–-]|\d{1,2}[、.)]|[(][一二三四五六七八九十\d]{1,3}[)]|[①-⑳]")
_SPEECH = re.compile(r"^[“「『\"].*[”」』\"]$")
_BRACKETED = re.compile(r"^[(（].*[)）]$")
_NO_CROSSHEAD = re.compile(
    r"https?://|\S+@\S+|^(?:电话|地址|邮编|邮箱|时间|地点|联系人|附件?"
    r"|注|备注|网址|来源|作者|记者|编辑|本报讯|完|编者按)(?:[:]|$)|^(?:19"
    r"|20)\d\d年\d{1,2}月\d{1,2}日$|^[\d\s.,:%/年月日-]+$"
)
_FUNCTION = re.compile("[的了是不没有在就也都我你他她它们吗呢吧啊么这那很还]")
_SHORTEST = 2
_LONGEST_CROSSHEAD = 32.0
_LONGEST_SCENE = 34.0
_LONGEST_CAPTION = 260
_LONGEST_UNCREDITED = 120
_LABEL = 8
_OFTEN = 4
_BODY = 38.0


def shape_lines(lines: tuple[Line, ...]) -> tuple[Shaped, ...]:
    """Return the body's inked `lines` with their shapes."""
    captions = [_caption(line, lines) for line in lines]
    candidates = [not caption and _may_be_crosshead(line) for line, caption in zip(lines, captions, strict=True)]
    return tuple(_shape(lines, place, captions, candidates) for place in range(len(lines)))


def width(text: str) -> float:
    """Return how many Han characters wide `text` is; what is in ASCII counts half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _shape(lines: tuple[Line, ...], place: int, captions: list[bool], candidates: list[bool]) -> Shaped:
    line = lines[place]
    if captions[place]:
        return Shaped(line, Shape.CAPTION)
    if not candidates[place]:
        return Shaped(line, Shape.PARAGRAPH)
    if place + 1 < len(lines) and captions[place + 1] and _is_credit_only(lines[place + 1]):
        return Shaped(line, Shape.CAPTION)
    return _crosshead(lines, place, captions, candidates)


def _crosshead(lines: tuple[Line, ...], place: int, captions: list[bool], candidates: list[bool]) -> Shaped:
    """Decide on a short line without a full stop: a crosshead stands alone above a paragraph."""
    line, plain = lines[place], folded(lines[place])
    numbered = _NUMBERED.match(plain)
    if not _has_text_below(lines, place, captions, candidates):
        return Shaped(line, Shape.PARAGRAPH, doubtful=not numbered)
    if _in_list(lines, place, candidates) or sum(candidates) > len(lines) * 0.55:
        return Shaped(line, Shape.PARAGRAPH, doubtful=True)
    if _QUESTION.search(plain) and not numbered:
        kin = any(
            other and at != place and not _QUESTION.search(folded(lines[at])) for at, other in enumerate(candidates)
        )
        exclaimed = sum(other and bool(_QUESTION.search(folded(lines[at]))) for at, other in enumerate(candidates))
        return Shaped(line, Shape.CROSSHEAD if kin or exclaimed > 1 else Shape.PARAGRAPH, doubtful=True)
    return Shaped(line, Shape.CROSSHEAD)


def _has_text_below(lines: tuple[Line, ...], place: int, captions: list[bool], candidates: list[bool]) -> bool:
    """Tell whether the next line that is no caption is a paragraph, or a lower crosshead with one below it."""
    for at in range(place + 1, len(lines)):
        if captions[at]:
            continue
        if not candidates[at]:
            return True
        if not (_NUMBERED.match(folded(lines[at])) and at == place + 1):
            return False
    return False


def _in_list(lines: tuple[Line, ...], place: int, candidates: list[bool]) -> bool:
    """Tell whether a candidate stands in a row of such: items of a list, verses, or captions without a mark."""
    before = place > 0 and candidates[place - 1]
    after = place + 1 < len(lines) and candidates[place + 1]
    if not before and not after:
        return False
    numbered = [
        bool(_NUMBERED.match(folded(lines[at]))) for at in (place - 1, place, place + 1) if 0 <= at < len(lines)
    ]
    if before and not after:
        return bool(_BULLET.match(folded(lines[place]))) and _same_style(lines[place - 1], lines[place])
    return not (any(numbered) and not _same_style(lines[place], lines[place + 1]))


def _same_style(first: Line, second: Line) -> bool:
    one, other = _NUMBERED.match(folded(first)), _NUMBERED.match(folded(second))
    if not one or not other:
        return one is other
    return re.sub(r"[\d一二三四五六七八九十]", "", one["style"]) == re.sub(
        r"[\d一二三四五六七八九十]", "", other["style"]
    )


def _may_be_crosshead(line: Line) -> bool:
    plain = folded(line)
    if _BARE.fullmatch(plain):
        return True
    if not _SHORTEST <= width(plain) <= _LONGEST_CROSSHEAD or _TERMINAL.search(plain) or _BRACKETED.search(plain):
        return False
    if _NO_CROSSHEAD.search(plain) or "。" in plain:
        return False
    return not (_SPEECH.match(plain) and (width(plain) > 20 or _QUESTION.search(plain[:-1])))  # noqa: PLR2004


_BARE = re.compile(r"\d{1,2}")


def _caption(line: Line, lines: tuple[Line, ...]) -> bool:
    text, plain = printed(line), folded(line)
    if len(plain) > _LONGEST_CAPTION:
        return False
    credit = read_cutline(text)
    if credit and not _is_prose_with_author(plain):
        return True
    if len(plain) <= _LONGEST_UNCREDITED and (_CAPTION_LEAD.match(plain) or _CAPTION_TAIL.search(plain)):
        return True
    return _is_scene(plain) or _is_label(plain, lines)


def _is_credit_only(line: Line) -> bool:
    cutline = read_cutline(printed(line))
    return bool(cutline) and cutline is not None and cutline.credit_start == 0


def _is_prose_with_author(plain: str) -> bool:
    """Tell a paragraph that is signed by who wrote it, 文/圖, from a caption that is signed by who took it."""
    return bool(
        re.search(
            r"[(（]?(?:文[/、]?图|图[/、]?文|图文|文[/、]摄影?|摄影报道)[^)）]{0,20}[)）]?$"
            r"|文[/ ][^)]{1,12}[)]$",
            plain,
        )
    )


def _is_scene(plain: str) -> bool:
    """Tell whether a short line without a full stop names or describes what a picture shows."""
    if (
        not _SHORTEST <= width(plain) <= _LONGEST_SCENE
        or _TERMINAL.search(plain)
        or _QUESTION.search(plain)
        or _NUMBERED.match(plain)
    ):
        return False
    return bool(_SCENE_TAIL.search(plain) or _SCENE_LEAD.match(plain) or _SCENE_VERB.search(plain))


def _is_label(plain: str, lines: tuple[Line, ...]) -> bool:
    """Tell whether a line, such as 小滿。, is but a name that the story speaks of often."""
    if not plain.endswith("。") or not 3 <= len(plain) <= _LABEL or _FUNCTION.search(plain):  # noqa: PLR2004
        return False
    return sum(folded(line).count(plain[:-1]) for line in lines) > _OFTEN
