"""The commands that bring a Polis export in, and make maps."""

import json

from luoshi.cli import main
from luoshi.consultations.tests.asked import bring, files
from luoshi.engines.opinion.tests.made import STATEMENTS


def test_the_command_brings_it_in_and_makes_its_map(place, tmp_path, capsys):
    folder = tmp_path / "export"
    folder.mkdir()
    for name, data in files().items():
        (folder / name).write_bytes(data)
    asked = ["import-polis", str(folder), "--json", "--town"]
    assert main.main([*asked, "nowhere"]) == 1
    assert main.main([*asked, "qinghe"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["voters"], told["statements"]) == (50, STATEMENTS)
    assert told["groups"] == [30, 20]
    assert main.main([*asked, "qinghe"]) == 1
    assert "1" in capsys.readouterr().err
    (folder / "votes.csv").write_bytes(b"x")
    assert main.main([*asked, "qinghe"]) == 1
    assert "votes.csv" in capsys.readouterr().err


def test_the_command_makes_what_is_due_or_named(place, capsys):
    made = bring(place)
    assert main.main(["make-maps", "--town", "nowhere"]) == 1
    asked = ["make-maps", "--town", "qinghe", "--json"]
    assert main.main(asked) == 0
    assert json.loads(capsys.readouterr().out)[0]["groups"] == [30, 20]
    assert main.main(asked) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main.main([*asked, "--consultation", str(made.number)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
