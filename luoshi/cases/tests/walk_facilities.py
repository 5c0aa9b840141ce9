"""The addresses of what the town keeps up: who may open each."""

# The register of facilities: who reads it, who keeps it, who goes on rounds.
KEEP = {"dispatcher", "handler", "colleague", "water", "administrator"}
SEE_FACILITIES = KEEP | {"inspector", "leader"}
LOOK = SEE_FACILITIES - {"administrator"}
FACILITIES = {
    "upkeep:assets": SEE_FACILITIES,
    "upkeep:rounds": LOOK,
    "upkeep:on-map": SEE_FACILITIES,
    "upkeep:places": SEE_FACILITIES,
    "upkeep:condition": SEE_FACILITIES,
    "upkeep:add": KEEP,
    "upkeep:bring": KEEP,
    "upkeep:bring-example": KEEP,
    "upkeep:map": KEEP,
    "upkeep:as-table": SEE_FACILITIES,
    "upkeep:as-map": SEE_FACILITIES,
    # Only of a file that was handed in, or of a facility that is there.
    "upkeep:bring-look": set(),
    "upkeep:map-look": set(),
    "upkeep:plates": set(),
    "upkeep:asset": set(),
    "upkeep:change": set(),
    "upkeep:retire": set(),
    "upkeep:look": set(),
    "upkeep:nothing": set(),
    "upkeep:plans": SEE_FACILITIES,
    "upkeep:plan-new": KEEP - {"administrator"},
    # Only of a plan, or of a job, that is there.
    "upkeep:plan": set(),
    "upkeep:plan-approve": set(),
    "upkeep:plan-begin": set(),
    "upkeep:plan-spread": set(),
    "upkeep:plan-asset": set(),
    "upkeep:jobs": set(),
    "upkeep:job": set(),
    "upkeep-manage:care": set(),
    "assets:promised": "anybody",
    "upkeep-manage:kinds": {"administrator"},
    "upkeep-manage:add": {"administrator"},
    "upkeep-manage:outlines": {"administrator"},
    "upkeep-manage:usual": set(),
    "upkeep-manage:kind": set(),
    "upkeep-manage:add-rule": set(),
    "upkeep-manage:end-rule": set(),
    "assets:in-village": "anybody",
    "assets:asset": set(),
    "assets:report": set(),
    "plate:asset": "anybody",
}
