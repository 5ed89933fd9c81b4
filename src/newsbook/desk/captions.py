"""Tell captions by what they begin with, end with and describe: 圖為…, ▲…, …攝, …（資料圖片）."""

import re

from newsbook.desk.cutline import read_cutline
from newsbook.desk.draft import folded, printed
from newsbook.desk.marks import NUMBERED, QUESTION, TERMINAL, width
from newsbook.model import Line

_CAPTION_LEAD = re.compile(
    r"[▲△▼▽◤◥↑↓↖↗→←◀▶⬆⬇]|(?:上|下|左|右|本|题|首|以上|以下)?(?:组)?图(?:片"
    r"|集)?(?:[一二三四五六七八九十\d①-⑳]{1,2}|[(][一二三四五六七八九十\d]{1,2}[)])?(?:为"
    r"|:|是|中|/|\s|$)"
    r"|(?:左|右|上|下)图|(?:资料|示意|效果|配|组|题|航拍|位置)图[:,。 (]"
    r"|(?:图片|照片)(?:说明|来源|为|显示)|图说|【写真】|写真[:=・]|사진[=:]|\[사진"
    r"|【(?:图|图片|组图|资料图)】"
)
_CAPTION_TAIL = re.compile(
    r"[(](?:[左右中前后上下]排?(?:[一二三四五六七八九\d左右]|者|侧|起)?[一二三四五六七八九\d]?"
    r"|左起.{0,20}|中间|(?:资料|示意|配|效果)图|图)[)]。?$|(?<=\S)[(](?:资料|数据)来源:[^()。]{2,20}[)]$"
    r"|[的张](?:(?:报道|网页|视频|新闻)?截图|照片|资料图|示意图)。$|[▲△▼▽↑↓]$"
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
# What is a kind of picture, and no figure of speech.
_SURE_SCENE = re.compile(
    r"(?:现场图?|合影|合照|留影|剧照|海报|定妆照|外观|外景|截图|截屏|图片|照片|近照|生活照|自拍|资料照|[意果划计面程置线形]图|航拍|鸟瞰|遗照|资料画面|实拍)$"
)
_PLACED_AND_DATED = re.compile(
    r"[^。=]{4,80}=(?=[^。=]*(?:\d日|\d年|\d月|[市町村区県都府]))[^。=]{3,50}"
    r"|[^。=]{4,80}[(][^()。]{0,12}(?:\d{1,2}日|\d{1,2}月)[^()。]{0,12}で[)](?:=[^。]{2,20})?"
)
_FUNCTION = re.compile("[的了是不没有在就也都我你他她它们吗呢吧啊么这那很还]")
_SHORTEST = 2
_LONGEST_SCENE = 34.0
_LONGEST_CAPTION = 260
_LONGEST_UNCREDITED = 120
_LABEL = 8
_OFTEN = 4


def is_caption(line: Line, labels: frozenset[str]) -> bool:
    """Tell whether a line of the body says what a picture shows; `labels` are those that do so by a name alone."""
    text, plain = printed(line), folded(line)
    if len(plain) > _LONGEST_CAPTION:
        return False
    credit = read_cutline(text)
    if credit and not _is_prose_with_author(plain):
        return True
    if len(plain) <= _LONGEST_UNCREDITED and (_CAPTION_LEAD.match(plain) or _CAPTION_TAIL.search(plain)):
        return True
    return _is_placed_and_dated(plain) or _is_scene(plain) or plain in labels


def is_doubtful_caption(line: Line) -> bool:
    """Tell whether a caption, as `is_caption` takes it for one, might as well be a crosshead."""
    plain = folded(line)
    certain = _CAPTION_LEAD.match(plain) or _CAPTION_TAIL.search(plain) or _SURE_SCENE.search(plain)
    return not certain and not read_cutline(printed(line)) and not _is_placed_and_dated(plain)


def _is_placed_and_dated(plain: str) -> bool:
    """Tell a Japanese cutline, which gives day and place behind a double hyphen: 渡し場の朝＝5日、川辺町."""
    match = _PLACED_AND_DATED.fullmatch(plain)
    return bool(match) and len(plain) <= _LONGEST_UNCREDITED


def is_credit_only(line: Line) -> bool:
    """Tell whether a line is a credit and nothing else, so that the caption is the line above."""
    cutline = read_cutline(printed(line))
    return cutline is not None and cutline.credit_start == 0


def _is_prose_with_author(plain: str) -> bool:
    """Tell a paragraph that is signed by who wrote it, 文/圖, from a caption that is signed by who took it."""
    return bool(
        re.search(
            r"[(（]?(?:(?<!本)文[/、]?图|图[/、]?文|图文|文[/、]摄影?|摄影报道)[^)）]{0,20}[)）]?$"
            r"|文[/ ][^)]{1,12}[)]$",
            plain,
        )
    )


def _is_scene(plain: str) -> bool:
    """Tell whether a short line without a full stop names or describes what a picture shows."""
    if (
        not _SHORTEST <= width(plain) <= _LONGEST_SCENE
        or TERMINAL.search(plain)
        or QUESTION.search(plain)
        or NUMBERED.match(plain)
    ):
        return False
    return bool(_SCENE_TAIL.search(plain) or _SCENE_LEAD.match(plain) or _SCENE_VERB.search(plain))


def names_of_labels(plain: tuple[str, ...]) -> frozenset[str]:
    """Return the lines that, as 小滿。 does, are but a name that the story speaks of often."""
    short = {text for text in plain if text.endswith("。") and _is_short_name(text)}
    if not short or len(plain) > _MOST_LINES:
        return frozenset()
    page = "\n".join(plain)
    return frozenset(text for text in short if page.count(text[:-1]) > _OFTEN)


def _is_short_name(text: str) -> bool:
    return 3 <= len(text) <= _LABEL and not _FUNCTION.search(text)  # noqa: PLR2004  two characters and a full stop


# A page of more lines than a paper has on its page is none, and not worth counting names in.
_MOST_LINES = 2000
