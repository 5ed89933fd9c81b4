"""Chinese family names that are read otherwise than the character usually is."""

# Our own list, of the readings that dictionaries mark as those of a family name; in simplified characters, to which
# names are folded.
SINGLE = {
    "单": "shan4", "解": "xie4", "曾": "zeng1", "仇": "qiu2", "查": "zha1", "区": "ou1", "任": "ren2", "朴": "piao2",
    "盖": "ge3", "乐": "yue4", "缪": "miao4", "员": "yun4", "折": "she2", "黑": "he4", "召": "shao4", "秘": "bi4",
    "种": "chong2", "繁": "po2", "冼": "xian3", "翟": "zhai2", "华": "hua4", "宁": "ning2", "燕": "yan1", "应": "ying1",
    "尉": "wei4", "晁": "chao2", "覃": "qin2", "葛": "ge3", "纪": "ji3", "过": "guo1", "隗": "wei3", "哈": "ha3",
    "令": "ling2", "那": "na1", "能": "nai4", "重": "chong2", "钭": "tou3", "洗": "xian3", "祭": "zhai4", "谌": "chen2",
    "訾": "zi1", "薄": "bo2", "占": "zhan1", "盛": "sheng4", "宓": "mi4", "佴": "nai4", "句": "gou1", "贾": "jia3",
    "曲": "qu1", "沈": "shen3", "石": "shi2", "柏": "bai3", "臧": "zang1", "长": "chang2", "相": "xiang4", "车": "che1",
}  # fmt: skip

# Family names of two characters, with the readings of those that are read otherwise.
DOUBLE = {
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "诸葛": "zhu1 ge3", "欧阳": "ou1 yang2", "司马": "si1 ma3",
    "上官": "shang4 guan1",
    "夏侯": "xia4 hou2", "东方": "dong1 fang1", "皇甫": "huang2 fu3", "公孙": "gong1 sun1", "慕容": "mu4 rong2",
    "长孙": "zhang3 sun1", "宇文": "yu3 wen2", "司徒": "si1 tu2", "司空": "si1 kong1", "令狐": "ling2 hu2",
    "澹台": "tan2 tai2", "单于": "chan2 yu2", "宰父": "zai3 fu3", "南宫": "nan2 gong1", "独孤": "du2 gu1",
    "端木": "duan1 mu4", "轩辕": "xuan1 yuan2", "呼延": "hu1 yan2", "申屠": "shen1 tu2", "太史": "tai4 shi3",
    "闻人": "wen2 ren2", "钟离": "zhong1 li2", "淳于": "chun2 yu2", "赫连": "he4 lian2", "西门": "xi1 men2",
    "百里": "bai3 li3", "东郭": "dong1 guo1", "濮阳": "pu2 yang2", "公冶": "gong1 ye3", "宗政": "zong1 zheng4",
    "鲜于": "xian1 yu2", "闾丘": "lv2 qiu1", "拓跋": "tuo4 ba2", "乐正": "yue4 zheng4", "亓官": "qi2 guan1",
    "仲孙": "zhong4 sun1", "范姜": "fan4 jiang1", "张简": "zhang1 jian3",
}  # fmt: skip


def surname(name: str) -> tuple[str, ...]:
    """Return the readings of the family name that a name in simplified characters begins with; empty for the usual.

    >>> surname("曾国清"), surname("尉迟明"), surname("林小舟")
    (('zeng1',), ('yu4', 'chi2'), ())
    """
    double = DOUBLE.get(name[:2], "") if len(name) > 2 else ""  # noqa: PLR2004 - a given name stands behind it.
    return tuple(double.split()) or tuple(filter(None, (SINGLE.get(name[:1], ""),)))
