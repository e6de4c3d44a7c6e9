"""The JSON Schemas: what is sound passes them, mistakes of shape do not, and each key is explained."""

from __future__ import annotations

import contextlib
import json
import re

import jsonschema
import pytest
import yaml

from simulator.cli.commands import check_file
from simulator.language.keys import KEYS
from simulator.library.find import Shelf
from tests.as_editors_read import SCHEMAS, VALIDATORS, underlined
from tests.corpus.hostile import CORPUS
from tests.examples import placed
from tests.support import ROOT
from tests.unit.test_corpus import EXPECTED
from tests.unit.test_docs import EXAMPLE, PAGES

SOUND = [*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("rubrics/*.yaml"), *CORPUS.glob("sound/*.yaml")]
SHAPE = ("BED1", "BED2")
# those a schema sees; what goes together, twice the same key, a sign, an empty group are left to `check`
PARSED = {"BED201", "BED202", "BED203", "BED204", "BED205", "BED206", "BED210"}


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_file_is_underlined_nowhere(path):
    assert underlined(path.read_bytes()) == []


def test_every_example_of_the_documentation_is_underlined_nowhere():
    # where a page goes from file to file of one name, the last is whole
    texts = {(page, name): text for page in PAGES for name, text in EXAMPLE.findall(page.read_text(encoding="utf-8"))}
    assert len(texts) >= 4
    assert [found for text in texts.values() for found in underlined(text)] == []


def codes_of(file):
    return {entry.split()[0] for entry in EXPECTED[file] if " in " not in entry}


@pytest.mark.parametrize("file", [file for file in EXPECTED if codes_of(file) and codes_of(file) <= PARSED])
def test_a_mistake_of_shape_is_underlined(file):
    missed = {  # each is of the right shape, and wrong for another reason
        "bullet-texts.yaml", "no-blank-after-hyphen-text.yaml", "reference-names-clash.yaml",
        "integer-in-condition.yaml", "meter-start-outside.yaml",
    }  # fmt: skip
    with contextlib.suppress(yaml.YAMLError):  # an editor underlines that by itself
        assert underlined((CORPUS / file).read_bytes()) or file in missed


@pytest.mark.parametrize("file", [file for file in EXPECTED if not any(c.startswith(SHAPE) for c in codes_of(file))])
def test_a_mistake_of_another_kind_is_left_to_check(file):
    assert underlined((CORPUS / file).read_bytes()) == [] or file == "when-constant.yaml"  # `when: true`


FORMS = [
    ("top", "flags: eva-spoke"),
    ("top", "flags: [eva-spoke]"),
    ("top", "flags: []"),
    ("top", "rubrics: healing-relationships"),
    ("top", "topics: falls\nauthors: [A, B]\nsources: S\ncompetencies: [C]\nreflect: What now?"),
    ("top", "meters:\n  trust: 3\n  worry: {start: 0, min: -3, max: +3}"),
    ("top", "facts:\n  dizzy: It goes.\n  choir: {text: To sing., goal: true}"),
    ("top", "promises:\n  a: Call.\n  b: {text: Write.}"),
    ("top", "variants: {weather: [Rain, 3:30, no, 4]}"),
    ("top", "title: 3:30\nsummary: 2026\nlanguage: no"),
    ("top", "own-words: off\nminutes: 240\nlevel: advanced"),
    ("top", "reviewed:\n  - {by: A friend, on: 2026-11-20, next: 2027-11-20}"),
    ("top", "rules:\n  - {when: told('dizzy') or true, scores: {mindfulness: 0}, because: So.}"),
    ("top", "patient-says:\n  noticed: A\n  kept-back: {text: B}\n  will-do: [{when: trust > 4, text: A}, B]"),
    ("top", "objectives:\n  - {text: Hear, criteria: mindfulness}\n  - {text: Look, criteria: [knowledge]}"),
    ("visit", "minutes: 5\nout-of-time: home\nscene: A room."),
    ("node", "next: home"),
    ("node", "lines: One.\nnext: {go: home}"),
    ("node", "lines: [One., {lines: Two.}, {when: trust > 4, lines: Three.}]\nleave: done"),
    ("node", "lines: {when: trust > 4, lines: Three.}\nleave: [{when: trust > 4, to: done}, done]"),
    ("node", "leave: {to: done}\neffects: {trust: +1}\ntells: dizzy"),
    ("choice", "wait: Wait.\nnext: [{when: trust > 4, go: home}, home]"),
    ("choice", "say: A\neffects: [{when: trust > 4, trust: -1}, {eva-spoke: true}]\nnext: home"),
    ("choice", "say: A\nscores: [{when: trust > 4, mindfulness: -2, because: B, harm: true}]\nbecause: C\nnext: home"),
    ("choice", "say: A\nscores: {mindfulness: +1, unsafe: false}\nbecause: C\ntags: advice\nnext: home"),
    ("choice", "say: A\nreply: [B., {lines: C.}]\ntags: [advice, talk]\nminutes: 0\nnext: home\nagain: false"),
    ("rubric", "bands: [{from: 50, title: A, text: B, unless: harm}, {from: 0, title: A, text: B, unless: [harm]}]"),
    ("rubric", "outcomes: {trust: It grows.}\nsource: {citation: Us}"),
    ("rubric", "rules: [{on: promise-kept, scores: {listening: 2}, because: So.}]"),
    ("criteria", "hearing-out: {title: A, means: B, looks-like: [C, D], not: [E], try: F, weight: 0.5, "
     "draws-on: [{criterion: healing-relationships/empathy, because: G}]}"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "keys"), FORMS, ids=[keys.split("\n")[0][:50] for _, keys in FORMS])
def test_every_form_that_may_be_written_is_underlined_nowhere(place, keys, tmp_path):
    text = placed(place, keys + "\n")
    path = tmp_path / "visit.yaml"
    path.write_text(text, encoding="utf-8")
    shape_problems = [one for one in check_file(path, Shelf((tmp_path,))) if one.code.startswith(SHAPE)]
    assert shape_problems == [], "the example itself"
    assert underlined(text) == []


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        ("top", "level: easy"),
        ("top", "minutes: 241"),
        ("top", "minutes: soon"),
        ("top", "reviewed:\n  - {by: A friend, on: 20.11.2026}"),
        ("top", "meters: {Trust: 3}"),
        ("top", "meters: {trust: {start: 3, maximum: 4}}"),
        ("top", "facts: [dizzy]"),
        ("top", "content-note:"),
        ("node", "choices: {say: {say: A}}"),
        ("nodes", "lines: {next: home}"),
        ("choice", "say: A\nnext: home\nscores: {mindfulness: 3}"),
        ("choice", "say: A\nnext: home\nscores: [mindfulness]"),
        ("choice", "say: A\nnext: home\neffects: {trust: up}"),
        ("choice", "say: A\nnext: home\nagain: yes"),
        ("choice", "say: A\nnext: []"),
        ("rubric", "bands: [{from: 101, title: A, text: B}]"),
        ("rubric", "rules: [{on: promise, scores: {listening: 1}, because: B}]"),
    ],
)
def test_what_may_not_be_written_is_underlined(place, keys):
    assert underlined(placed(place, keys + "\n"))


def _properties(schema):
    for name, shape in {"": schema, **schema["$defs"]}.items():
        assert shape["description"], name
        for key, field in shape["properties"].items():
            yield f"{name}.{key}", field
        if isinstance(shape["additionalProperties"], dict):
            yield f"{name}.…", shape["additionalProperties"]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_explained(kind):
    found = dict(_properties(SCHEMAS[kind]))
    assert len(found) > 20
    assert [key for key, field in found.items() if not field.get("description")] == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_is_one(kind, bedside):
    code, told, narrated = bedside("schema", kind)
    assert (code, narrated) == (0, "")
    schema = json.loads(told)
    assert schema == json.loads(json.dumps(SCHEMAS[kind]))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    assert all(shape["additionalProperties"] is not True for shape in schema["$defs"].values())


def test_ids_in_the_schema_are_ids(tmp_path):
    pattern = re.compile(SCHEMAS["scenario"]["$defs"]["Choice"]["properties"]["tags"]["anyOf"][0]["pattern"])
    assert all(pattern.search(one) for one in ("a", "wait", "next-1", "a" * 60))
    assert not any(pattern.search(one) for one in ("", "A", "1a", "a_b", "a" * 61, "a b", *KEYS))


def test_an_unknown_kind_is_wrong_usage(bedside):
    assert bedside("schema", "debrief")[0] == 2
    assert len(VALIDATORS) == 2
