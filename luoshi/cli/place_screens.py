"""Pictures of villages and of how many people live there."""

from luoshi.cli.shot import Shot

PLACES = [
    Shot("villages", "/qinghe/work/manage/villages/", "admin"),
    Shot("join", "/qinghe/work/manage/villages/join/", "admin"),
    Shot("joined", "/qinghe/work/manage/villages/joined/1/", "admin"),
    Shot("place-names", "/qinghe/work/manage/places/", "admin"),
    Shot("population", "/qinghe/work/manage/population/", "admin"),
    Shot("population-table", "/qinghe/work/manage/population/table/", "admin"),
]
