"""What `check` tells other programs: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
import re
import urllib.parse
from pathlib import Path

import pytest

from simulator.language.codes import CODES
from simulator.language.diagnostics import Diagnostic, Place, Problems, Source
from simulator.report.machine import problems_github, problems_json
from simulator.report.sarif import problems_sarif
from tests.corpus.hostile import CORPUS

BROKEN = "several-problems.yaml"


@pytest.fixture
def broken(home):
    """A copy of a file with nine problems, in the working directory, with the rubric it names."""
    Path("rubrics").mkdir()
    Path("rubrics/small.yaml").write_bytes((CORPUS / "rubrics/small.yaml").read_bytes())
    Path("my encounters").mkdir()
    path = Path("my encounters", "büro 100%.yaml")
    path.write_bytes((CORPUS / BROKEN).read_bytes())
    return path


def a_problem(**changes):
    source = Source("a:b,c%.yaml", "one\ntwo: three\n")
    parts = {"code": "BED406", "message": "100 %, or: more.", "place": Place(source, 2, 1, 2, 4), "note": "So.\nYes."}
    return Diagnostic(**{**parts, **changes})


def test_json_holds_everything_that_the_text_tells(bedside, broken):
    code, text, narrated = bedside("check", str(broken), "--format", "json")
    told = json.loads(text)
    assert (code, narrated) == (1, "9 errors and 0 warnings in 1 file.\n")
    assert {key: told[key] for key in told if key != "problems"} == {
        "bedside-problems": 1, "files": 1, "errors": 9, "warnings": 0, "left-out": 0,
    }  # fmt: skip
    first = told["problems"][0]
    assert first == {
        "code": "BED201", "severity": "error", "title": CODES["BED201"][1], "file": str(broken),
        "line": 3, "column": 1, "end-line": 3, "end-column": 7,
        "message": first["message"], "note": "", "help": "Did you mean “summary”?", "related": [],
    }  # fmt: skip


def test_json_of_nothing_is_an_empty_list(bedside, home):
    code, text, narrated = bedside("check", str(CORPUS / "sound"), "--format", "json")
    assert (code, json.loads(text)["problems"], narrated) == (0, [], "0 errors and 0 warnings in 3 files.\n")


def test_a_problem_of_a_whole_file_stands_at_no_line(bedside, home):
    code, text, _ = bedside("check", "nowhere.yaml", "--format", "json")
    (one,) = json.loads(text)["problems"]
    assert (code, one["code"], one["file"], one["line"]) == (1, "BED101", "nowhere.yaml", None)
    assert bedside("check", "nowhere.yaml", "--format", "github")[1].startswith(
        "::error file=nowhere.yaml,title=BED101 "
    )
    (result,) = json.loads(bedside("check", "nowhere.yaml", "--format", "sarif")[1])["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "nowhere.yaml"}}}]


def test_related_places_are_told(broken):
    other = Place(Source("x.yaml", "here"), 1, 1, 1, 5)
    problem = a_problem(related=(("the other one", other),))
    (one,) = json.loads(problems_json([problem], 1))["problems"]
    assert one["related"] == [
        {"label": "the other one", "file": "x.yaml", "line": 1, "column": 1, "end-line": 1, "end-column": 5}
    ]
    (result,) = json.loads(problems_sarif([problem], Path.cwd()))["runs"][0]["results"]
    assert result["relatedLocations"][0]["message"] == {"text": "the other one"}
    assert "the other one: x.yaml:1:1" in problems_github([problem]).replace("%0A", "\n")


def test_github_commands_are_escaped():
    told = problems_github([a_problem()])
    assert told == (
        "::error file=a%3Ab%2Cc%25.yaml,line=2,col=1,endLine=2,endColumn=4,title=BED406 an id used for two things::"
        "100 %25, or: more.%0ASo.%0AYes."
    )


def test_a_github_command_over_several_lines_has_no_columns():
    problem = a_problem(place=Place(Source("x.yaml", "a\nb"), 1, 1, 2, 2))
    assert problems_github([problem]).startswith("::error file=x.yaml,line=1,endLine=2,title=")


def test_a_github_command_is_one_line_each(bedside, broken):
    code, text, narrated = bedside("check", str(broken), "--format", "github")
    assert (code, narrated) == (1, "9 errors and 0 warnings in 1 file.\n")
    assert len(text.splitlines()) == 9 and all(line.startswith("::error file=") for line in text.splitlines())


def test_warnings_are_warnings_and_fail_when_strict(bedside, monkeypatch):
    monkeypatch.chdir(CORPUS)
    path = "unreachable-node.yaml"
    for format_ in ("text", "json", "github", "sarif"):
        assert bedside("check", path, "--format", format_)[0] == 0
        assert bedside("check", path, "--format", format_, "--strict")[0] == 1
    assert bedside("check", path, "--format", "github")[1].startswith("::warning file=")


# SARIF: what the schema of version 2.1.0 requires, by hand


def hold_region(region):
    assert {"startLine", "startColumn", "endLine", "endColumn"} == set(region)
    assert all(isinstance(number, int) and number >= 1 for number in region.values())


def hold_location(location):
    assert set(location) <= {"id", "message", "physicalLocation"}
    physical = location["physicalLocation"]
    assert set(physical) <= {"artifactLocation", "region"}
    assert re.fullmatch(r"[A-Za-z0-9._~:/%-]+", physical["artifactLocation"]["uri"])
    if "region" in physical:
        hold_region(physical["region"])


def hold_sarif(log):
    assert (log["version"], set(log)) == ("2.1.0", {"$schema", "version", "runs"})
    (run,) = log["runs"]
    assert set(run) == {"tool", "columnKind", "results"} and run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] and isinstance(driver["rules"], list)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert rule["id"] in CODES and rule["name"].isalnum()
        assert all(isinstance(rule[key]["text"], str) and rule[key]["text"] for key in
                   ("shortDescription", "fullDescription", "help"))  # fmt: skip
        assert rule["defaultConfiguration"] == {"level": CODES[rule["id"]][0]}
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for result in run["results"]:
        assert set(result) <= {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            hold_location(location)


def test_sarif_names_files_as_uris_relative_to_the_working_directory(bedside, broken):
    code, text, narrated = bedside("check", str(broken.resolve()), "--format", "sarif")
    log = json.loads(text)
    assert (code, narrated) == (1, "9 errors and 0 warnings in 1 file.\n")
    hold_sarif(log)
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]}
    assert {urllib.parse.unquote(uri) for uri in uris} == {"my encounters/büro 100%.yaml"}
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 7,
    }  # fmt: skip


def test_sarif_of_every_broken_file_is_sound(bedside, home):
    _, text, _ = bedside("check", str(CORPUS), "--format", "sarif")
    log = json.loads(text)
    hold_sarif(log)
    assert len(log["runs"][0]["results"]) > 200
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:///"), "a file elsewhere is named whole"


def test_what_was_left_out_is_counted():
    assert json.loads(problems_json(Problems(), 1, 7))["left-out"] == 7
