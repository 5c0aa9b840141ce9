"""What people typed, tidied; and whether it may name a private person."""

import re
import unicodedata

from luoshi.cases.publishing import find_personal

MOST_STATEMENT = 140

# The commonest family names; a rare one is found by the person who looks at it.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余"
    "杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CALLED = (
    "大爷|大妈|大娘|大叔|大伯|大姐|大哥|阿姨|叔|婶|嫂|奶奶|爷爷|老师|医生|老板|师傅"
    "|书记|主任|支书|村长|组长|会计"
)
_DOING = (
    "说|欠|偷|骗|占|赌|吵|打人|喝酒|霸|不孝|低保|的老婆|的媳妇|的儿子|的女儿|的男人"
)
_NAMED = re.compile(
    rf"(?:老|小)[{_FAMILY}](?:家|{_DOING})"
    rf"|[{_FAMILY}]某"
    rf"|[{_FAMILY}](?:{_CALLED})"
    rf"|[{_FAMILY}][\u4e00-\u9fff]{{1,2}}(?:家(?![里湾村庄坪坝塘])|{_DOING}|{_CALLED})"
    rf"|(?:名叫|叫做|叫)[{_FAMILY}][\u4e00-\u9fff]{{1,2}}"
)


def tidy(text: str) -> str:
    """Return one line of what was typed, without marks that hide or turn text.

    Control characters, marks of writing direction and of no width go, so that a
    statement reads as it is stored and the same words are the same statement.
    """
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(
        " " if letter.isspace() else letter
        for letter in plain
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Co")
    )
    return re.sub(r" +", " ", kept).strip()


def same_key(text: str) -> str:
    """Return by what two statements are the same: letters and figures alone."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", folded)


def may_name_somebody(text: str) -> bool:
    """Tell whether a number or name leads to a private person; a person decides."""
    return bool(find_personal(text)) or bool(_NAMED.search(text))
