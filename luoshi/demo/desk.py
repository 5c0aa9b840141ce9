"""What the demo town keeps at hand: replies to begin from, views of their own."""

from urllib.parse import urlencode

from luoshi.cases.actions import TemplateTold, add_reply_template, save_view
from luoshi.commitments.models import Category
from luoshi.core.actors import Staff
from luoshi.core.models import Organisation, Village

# Title, text, and the office whose template it is; without one it is everybody's.
TEMPLATES = [
    (
        "收到了，谁办、哪天答复",
        "您好，您说的事（{编号}）收到了，{单位}来办，{期限}前告诉您结果。"
        "有事打{电话}。",
        "",
    ),
    (
        "要到现场看",
        "您好，{单位}会到现场看一看，看完告诉您怎么办。要是当天不方便，打{电话}说一声。",
        "",
    ),
    (
        "还差一句话",
        "您好，{编号}还差一样：请说一下在哪个组、靠近谁家。打{电话}说，"
        "或者在查进度的页面补充一句。",
        "",
    ),
    (
        "等配件",
        "您好，{编号}要换的配件已经订了，到了就装，{期限}前装好。",
        "村镇建设办",
    ),
]


def keep_at_hand(dispatcher: Staff, handler: Staff) -> None:
    """Write templates and save views through the real actions."""
    for title, text, name in TEMPLATES:
        office = Organisation.objects.filter(name=name).first()
        told = TemplateTold(title, text, office.pk if office else None)
        add_reply_template(told, actor=dispatcher)
    category = Category.objects.order_by("position").first()
    village = Village.objects.get(name="青溪村")
    assert category is not None
    for name, chosen, actor in (
        (category.name, {"view": "open", "category": category.pk}, dispatcher),
        ("青溪村没办完", {"view": "open", "village": village.pk}, dispatcher),
        ("我手上快到期", {"view": "soon", "whose": "mine"}, handler),
    ):
        save_view(name=name, query=urlencode(chosen), actor=actor)
