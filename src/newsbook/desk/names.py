"""Split a list of names as it is printed into names, and tell what can be the name of a person."""

import re

from newsbook.desk.script import fold

# 《百家姓》 with the surnames that the census reports of the mainland and Taiwan count among the commonest, simplified.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单"
    "杭洪包诸左石崔吉龚程邢裴陆荣翁荀羊甄家封芮储靳松井段富巫乌焦巴弓牧隗山谷车侯蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束"
    "龙叶幸司韶黎薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农"
    "温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殳沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾"
    "沙养鞠须丰巢关相查后荆红游竺权盖益桓公仉督岳帅缑亢况郈有琴商牟佘佴伯赏墨哈谯年爱阳佟言福肖覃辜涂付代候闫闪原衣展门隋银"
)
COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..", "欧阳司马上官诸葛司徒夏侯皇甫尉迟公孙慕容令狐端木东方南宫司空长孙宇文轩辕呼延申屠百里澹台独孤张简范姜"
    )
)

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
# Statistics Korea, census of 2015: the surnames that more than ten thousand people have.
KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_PERSON = re.compile(
    "[가-힣]{2,4}|"
    rf"{_HAN}{{2,4}}|{_HAN}{{1,6}}(?:[·‧•・]{_HAN}{{1,8}})+|{_HAN} {{1,2}}{_HAN}"
    rf"|[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*){{0,3}}"
)
_JAPANESE = re.compile(r"[\u4e00-\u9fff々ヶ]{2,3}[\u3040-\u9fff々]{1,3}(?<![新聞社網報部局課版])")
# A name of four characters has a surname of two, or those of both parents.
_LONGEST_HAN = 4
_BETWEEN = re.compile(r"\s*[、，,;；/／|｜&＆]\s*")
_STAFF_NUMBER = re.compile(r"[\s_＿-]*[(（\[]?(?:[A-Z]{1,4}[-_]?\d{2,6}|\d{3,8})[)）\]]?$")
_REMARK = re.compile(
    r"\s*(?:[(（](?:实习生?|见习|署名|微博|整理|编译|文|图|文图|摄影|本报"
    r"|特约|主任|笔名|责编)[)）]|(?:综合|摄影|图文|文图|采访|现场|专题"
    r"|联合)?(?:报道|报导|摄影|采写|整理)| (?:文|撰|摄)|@.*)$"
)
_PUNCTUATION = " 　:：,，.。;；、|｜-—_/／"


def split_names(printed: str) -> tuple[str, ...]:
    """Return the names in `printed`, in order, without staff numbers and remarks.

    >>> split_names("張三、李 四／John Smith NB1234")
    ('張三', '李四', 'John Smith')
    """
    names: list[str] = []
    for part in _BETWEEN.split(printed):
        names += _words(_bare(part))
    return tuple(dict.fromkeys(name for name in names if name))


def is_person(name: str) -> bool:
    """Tell whether `name` has the form of a person's name; a Han name must begin with a surname.

    >>> is_person("林小滿"), is_person("司馬青衫"), is_person("雲溪日報")
    (True, True, False)
    """
    plain = fold(name)
    if not _PERSON.fullmatch(plain):
        return False
    if "·" in plain or plain[0].isascii():
        return True
    if "가" <= plain[0] <= "힣":
        return plain[0] in KOREAN_SURNAMES
    double = plain[:2] in COMPOUND_SURNAMES or {*plain[:2]} <= SURNAMES
    return double if len(plain) == _LONGEST_HAN else plain[0] in SURNAMES or double


def may_be_japanese(name: str) -> bool:
    """Tell whether `name`, which stands where only one can, has the form of a Japanese one, of which no list is whole.

    >>> may_be_japanese("木曽路まゆみ"), may_be_japanese("渡口新聞")
    (True, False)
    """
    return bool(_JAPANESE.fullmatch(name))


def _bare(part: str) -> str:
    """Return `part` without what stands around a name; its width and script stay as printed."""
    end = len(part)
    for pattern in (_STAFF_NUMBER, _REMARK, _STAFF_NUMBER):
        match = pattern.search(fold(part[:end]))
        if match and match.start() > 0:
            end = match.start()
    return part[:end].strip(_PUNCTUATION)


def _words(part: str) -> list[str]:
    """Split at spaces, but keep a Latin name whole, and close up a name that was spaced to the width of three."""
    if re.fullmatch(r"[\x00-\u024f’]+", part):
        return [part]
    if re.fullmatch(rf"{_HAN}\s+{_HAN}", part):
        return [re.sub(r"\s+", "", part)]
    joined: list[str] = []
    for word in part.split():
        single = len(word) == 1 and joined and len(joined[-1]) == 1
        latin = word.isascii() and joined and joined[-1].isascii()
        joined = [*joined[:-1], joined[-1] + (" " if latin else "") + word] if single or latin else [*joined, word]
    return joined
