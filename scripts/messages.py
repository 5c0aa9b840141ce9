"""Keeps the Chinese texts complete: `check` and `compile`.

Messages are found by Babel in Python files, and in templates through Django's own
translation of templates into gettext calls.
"""

import io
import os
import re
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("locale/zh_Hans/LC_MESSAGES")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "_s": None,
}
# From UI.md, section 6, and the words on screen in practice.md.
NEVER = [
    "贵单位",
    "予以",
    "进行",
    "给予",
    "特此",
    "敬请谅解",
    "已受理",
    "正在处理中",
    "转相关部门",
    "原则上",
    "尽快",
    "适时",
    "操作成功",
    "系统异常",
    "非法输入",
    "提交失败",
    "留痕",
    "佐证",
    "公开台账",
    "派办",
    "点击",
    "登陆",
    "我单位",
    "有关部门",
    "相关人员",
    "稍后",
    "暂无",
    "退回",
    "停着",
    "要您动手",
    "看过就好",
    "不确定",
    "没有分成几派",
    "问出了什么",
    "正在问大家",
    "城管中队",
    "公用事业站",
    "镇长办公会",
]
# Right in one place only: a text with this context (`context "road"`, `pgettext`) may
# have them. Residents' own ballot is 意向投票 everywhere.
ONLY_IN = {
    "养护": "road",
    "病害": "road",
    "居民": "town centre",
    "(?<!意向)投票": "deputies",
    "票决": "deputies",
}
HOLDER = re.compile(r"%\(\w+\)[sd]")
TYPED_SPACE = re.compile(r"[\u4e00-\u9fff] [0-9%]|[0-9] [\u4e00-\u9fff]")


def messages_in(path: Path) -> set:
    """Return the messages of one file, each with its context, or None.

    A message is a text, or a pair of singular and plural.
    """
    source = path.read_text()
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        source = templatize(source, origin=str(path))
    stream = io.BytesIO(source.encode())
    found = extract("python", stream, KEYWORDS, options={"encoding": "utf-8"})
    return {
        (context, text if isinstance(text, str) else tuple(filter(None, text)))
        for _line, text, _comments, context in found
    }


def catalogues() -> dict[Path, Catalog]:
    """Return every hand-kept catalogue by its path."""
    found = {}
    for path in sorted(ROOT.glob(f"luoshi/*/{LOCALE}/*.po")):
        with path.open("rb") as file:
            found[path] = read_po(file, locale="zh_Hans", abort_invalid=True)
    return found


def check() -> int:
    """Print each missing, wrong or forbidden text; return how many."""
    faults: list[str] = []
    known: dict = {}
    for path, catalogue in catalogues().items():
        for message in catalogue:
            if message.id:
                # Shown as the last one loaded, whichever page asks.
                key = (message.context, message.id)
                if known.setdefault(key, message.string) != message.string:
                    where = path.parts[-5]
                    faults.append(f"{where}: {message.id!r} is another text elsewhere")
                faults += [f"{path.name}: {f}" for f in faults_of(message)]
    files = [*ROOT.glob("luoshi/**/*.py"), *ROOT.glob("luoshi/**/*.html")]
    for path in sorted(files):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for context, text in messages_in(path):
            if text and not known.get((context, text)):
                faults.append(f"{path.relative_to(ROOT)}: no Chinese for {text!r}")
    print("\n".join(faults) or f"All {len(known)} texts have their Chinese.")
    return len(faults)


def faults_of(message) -> list[str]:
    """Return what is wrong with one translation."""
    texts = [message.string] if isinstance(message.string, str) else message.string
    ids = [message.id] if isinstance(message.id, str) else message.id
    faults = []
    for text in texts:
        faults += [f"{text!r} has the word {word}" for word in NEVER if word in text]
        faults += [
            f"{text!r} has {word}, which needs the context {context!r}"
            for word, context in ONLY_IN.items()
            if re.search(word, text) and message.context != context
        ]
        if TYPED_SPACE.search(text):
            faults.append(f"{text!r} has a space between Han and digits")
        if text and set(HOLDER.findall(text)) - set(HOLDER.findall("".join(ids))):
            faults.append(f"{text!r} has a placeholder that {ids!r} has not")
    return faults


def compile_all() -> None:
    """Write one django.mo beside the catalogues of each app."""
    folders: dict[Path, Catalog] = {}
    for path, catalogue in catalogues().items():
        whole = folders.setdefault(path.parent, Catalog(locale="zh_Hans"))
        for message in catalogue:
            if message.id:
                whole.add(message.id, message.string, context=message.context)
    for folder, catalogue in folders.items():
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, catalogue)


def main() -> int:
    """Run the command named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "compile":
        compile_all()
        return 0
    if command == "check":
        import django

        django.setup()
        return 1 if check() else 0
    print("Say: messages.py check, or messages.py compile")
    return 2


if __name__ == "__main__":
    sys.exit(main())
