"""Pictures of what the town keeps up: the register, the rounds, a plate."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

UPKEEP = [
    Shot("facilities", "/qinghe/work/upkeep/", "handler"),
    Shot("facilities-late", "/qinghe/work/upkeep/?state=late", "leader"),
    Shot("facilities-none", "/qinghe/work/upkeep/?q=没有的词", "handler"),
    Shot("facilities-on-map", "/qinghe/work/upkeep/on-map/", "handler"),
    Shot("villages-outlines", "/qinghe/work/manage/facilities/outlines/", "admin"),
    Shot("facility-new", "/qinghe/work/upkeep/new/", "handler"),
    Shot("facilities-bring", "/qinghe/work/upkeep/bring/", "handler"),
    Shot("facilities-map", "/qinghe/work/upkeep/map/", "handler"),
    Shot("facilities-village", "/qinghe/asset/in/1/"),
    Shot("rounds", "/qinghe/work/upkeep/rounds/", "inspector"),
    Shot("rounds-village", "/qinghe/work/upkeep/rounds/", "village"),
    Shot("plan", "/qinghe/work/upkeep/plan/", "leader"),
    Shot("plan-new", "/qinghe/work/upkeep/plan/new/", "handler"),
    Shot("plan-promised", "/qinghe/asset/planned/1/"),
    Shot("condition", "/qinghe/work/upkeep/condition/", "leader"),
    Shot("facility-kinds", "/qinghe/work/manage/facilities/", "admin"),
    Shot("facility-kind-new", "/qinghe/work/manage/facilities/new/", "admin"),
]


def upkeep_shots(look: Any) -> Iterator[str]:
    """Look at a kind, a facility, a look at it, its form, its plate and a report."""
    page = look.window("admin")
    page.goto(f"{look.address}/qinghe/work/manage/facilities/")
    page.locator("td.title a").first.click()
    yield look.shoot(page, "facility-kind")
    page = look.window("handler")
    page.goto(f"{look.address}/qinghe/work/upkeep/new/")
    page.locator("p.buttons a").first.click()
    yield look.shoot(page, "facility-write")
    page.goto(f"{look.address}/qinghe/work/upkeep/?state=open&q=塘")
    page.locator("td.title a").first.click()
    yield look.shoot(page, "facility")
    plate = page.locator("main a[href*='/asset/']").first.get_attribute("href")
    page.locator("main a[href$='/look/']").first.click()
    yield look.shoot(page, "facility-look")
    page.click("main form[enctype] button.main")
    yield look.shoot(page, "facility-look-error")
    page = look.window("")
    page.goto(f"{look.address}{plate}")
    yield look.shoot(page, "plate")
    page.locator("ul.faults a").first.click()
    yield look.shoot(page, "plate-report")
    yield from plan_shots(look)


def plan_shots(look: Any) -> Iterator[str]:
    """Look at the plan's parts, at one facility in it, and at a job with its money."""
    page = look.window("leader")
    page.goto(f"{look.address}/qinghe/work/upkeep/plan/")
    plan = page.url
    for name in ("what-if", "years", "villages", "jobs"):
        page.goto(f"{plan}{name}/")
        yield look.shoot(page, f"plan-{name}")
    page.locator("td.title a").last.click()
    yield look.shoot(page, "plan-job")
    page = look.window("handler")
    page.goto(f"{plan}?year=2027&treatment=heavy")
    page.locator("td.title a").first.click()
    yield look.shoot(page, "plan-facility")
    page = look.window("admin")
    page.goto(f"{look.address}/qinghe/work/manage/facilities/")
    page.locator("td.title a").first.click()
    page.locator("main a[href$='/works/']").click()
    yield look.shoot(page, "facility-works")
