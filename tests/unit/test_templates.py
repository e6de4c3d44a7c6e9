"""Templates: what they show, what they are refused for, and that they mean what Jinja2 means by the same text."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.diagnostics import Place, Problems, Source
from simulator.language.templates import FILTERS, Template, TextScope, is_template, read_template
from simulator.language.terms import TRUTH, Function, Name, Scope, Whole
from simulator.language.tree import Scalar

# a state is (trust, brave)
SCOPE = TextScope(
    Scope(
        {"trust": Name(Whole(0, 10), "s[0]"), "brave": Name(TRUTH, "s[1]")},
        {"told": Function("facts", {"foot": Name(TRUTH, "s[1]")})},
    ),
    {"rosa": {"name": "Rosa Delgado", "age": "58"}, "old_man": {"name": "Tom"}},
    frozenset({"weather", "first_word"}),
)
VARIANTS = {"weather": "rain", "first_word": "well"}


def read(text: str) -> tuple[Template | None, Problems]:
    problems = Problems()
    lines = text.split("\n")
    place = Place(Source("x.yaml", text), 1, 1, len(lines), len(lines[-1]) + 1)
    return read_template(Scalar.at(text, place), SCOPE, problems), problems


def shown(text: str, trust: int = 5, *, brave: bool = False) -> str:
    template, problems = read(text)
    assert template is not None, [one.message for one in problems]
    return template.render((trust, brave), VARIANTS)


SHOWN = {
    "Trust is {{ trust }}.": "Trust is 5.",
    "{{trust}}": "5",
    "{{ trust + 2 - 1 }}": "6",
    "{{ rosa.name }}, {{ rosa.age }}": "Rosa Delgado, 58",
    "{{ old_man.name }}": "Tom",
    "{{ weather }}": "rain",
    "{{ weather | capitalize }}": "Rain",
    "{{ weather|upper|lower }}": "rain",
    "{{ first_word | title }}": "Well",
    "{% if trust > 4 %}yes{% endif %}": "yes",
    "{% if trust > 5 %}yes{% endif %}no": "no",
    "{% if trust > 5 %}a{% elif trust > 4 %}b{% else %}c{% endif %}": "b",
    "{% if trust > 5 %}a{% elif trust > 6 %}b{% else %}c{% endif %}": "c",
    "{% if brave %}a{% elif not told('foot') %}b{% endif %}": "b",
    "{% if trust > 4 %}{% if brave %}x{% else %}{{ weather }}{% endif %}!{% endif %}": "rain!",
    "a\n{% if trust > 4 %}\nb\n{% endif %}\nc\n": "a\nb\nc\n",
    "a\n  {% if trust > 4 %}\nb\n  {% endif %}\nc": "a\nb\nc",
    "a {%- if trust > 4 -%} b {% endif -%} c": "ab c",
    "a {{- trust -}} b": "a5b",
    "a\n  {%+ if trust > 4 +%}\nb{% endif %}": "a\n  \nb",
    "not a tag: { { trust } } 5 % } {": "not a tag: { { trust } } 5 % } {",
}


@pytest.mark.parametrize("text", SHOWN)
def test_shown(text):
    assert shown(text) == SHOWN[text]


def _jinja(text: str, trust: int, *, brave: bool) -> str:
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    context = {"trust": trust, "brave": brave, **VARIANTS, "rosa": {"name": "Rosa Delgado"}}
    return environment.from_string(text).render(context, told=lambda id_: brave)


PIECES = ["{{ trust }}", "{{- weather }}", "{{ weather -}}", "{{ rosa.name | upper }}", "{% if brave %}"]
PIECES += ["{%- if trust > 3 %}", "{% if trust > 6 -%}", "{%+ if not brave +%}", "{% elif trust == 4 %}"]
PIECES += [
    "{% else %}",
    "{%- else -%}",
    "{% endif %}",
    "{%- endif %}",
    "{% endif -%}",
    "\n",
    " ",
    "  ",
    "a",
    "b\n",
    "\t",
    "}",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.integers(0, 10), st.booleans())
def test_it_means_what_jinja_means(pieces, trust, brave):
    text = "".join(pieces)
    try:
        expected = _jinja(text, trust, brave=brave)
    except jinja2.TemplateSyntaxError:
        assert read(text)[0] is None
    else:
        assert shown(text, trust, brave=brave) == expected


def test_what_is_read_is_known():
    template, _ = read("{{ trust }}{% if told('foot') %}{{ weather }}{% endif %}")
    assert template is not None and template.reads == {"trust", "told('foot')"}


REFUSED = [
    ("{{ trust", "BED306", "{{", "Close it with }}."),
    ("{{ trust %}", "BED306", "{{", "Close it with }}."),
    ("{{ trust {{ trust }}", "BED306", "{{", "Close it with }}."),
    ("{% if brave %}a", "BED306", "{% if brave %}", "Write {% endif %} where it ends."),
    ("a{% endif %}", "BED306", "{% endif %}", "Take it away, or look for what is missing before it."),
    ("{% if brave %}{% else %}{% elif brave %}{% endif %}", "BED306", "{% elif brave %}", None),
    ("{% if brave %}{% else if brave %}{% endif %}", "BED306", "if brave", "Write {% elif … %}."),
    ("{% if brave %}{% endif brave %}", "BED306", "brave", "Take it away."),
    ("{% if brave %}{% end %}", "BED307", "{% end %}", "Write {% endif %}."),
    ("{% if %}a{% endif %}", "BED301", None, "Write one, or leave the key out."),
    ("{% for x in y %}", "BED307", "{% for x in y %}", None),
    ("{% %}", "BED307", "{% %}", None),
    ("{# hm #}", "BED307", "{#", None),
    ("{{ trsut }}", "BED302", "trsut", "Did you mean “trust”?"),
    ("{{ wether }}", "BED302", "wether", "Did you mean “weather”?"),
    ("{{ first-word }}", "BED302", "first-word", "In templates a hyphen is written as _: first_word."),
    ("{{ rosa }}", "BED302", "rosa", "Write {{ rosa.name }}."),
    ("{{ rosa.nmae }}", "BED302", "rosa.nmae", "Did you mean “name”?"),
    ("{{ rsoa.name }}", "BED302", "rsoa.name", "Did you mean “rosa”?"),
    ("{{ old-man.name }}", "BED302", "old-man.name", "In templates a hyphen is written as _: old_man.name."),
    ("{{ rosa.__class__ }}", "BED302", "rosa.__class__", None),
    ("{{ ''.__class__ }}", "BED301", ".", None),
    ("{{ a.b.c }}", "BED301", ".", None),
    ("{{ weather | reverse }}", "BED307", "reverse", "Known here: capitalize, lower, title, upper."),
    ("{{ weather | uper }}", "BED307", "uper", "Did you mean “upper”?"),
    ("{{ weather | upper() }}", "BED307", "upper()", "Write upper without parentheses."),
    ("{{ brave }}", "BED303", "brave", "Write {% if … %} and the words for each case."),
    ("{{ weather + 1 }}", "BED302", "weather", None),
    ("{% if weather %}a{% endif %}", "BED302", "weather", None),
    ("{% if trust > 10 %}a{% endif %}", "BED304", "trust > 10", "trust goes from 0 to 10."),
    ("{% if trust %}a{% endif %}", "BED303", "trust", "Compare it with something: trust >= 4."),
]


@pytest.mark.parametrize(("text", "code", "pointed", "help_"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(text, code, pointed, help_):
    template, problems = read(text)
    assert template is None
    assert [one.code for one in problems] == [code]
    place = problems[0].place
    assert place is not None
    assert pointed is None or text[place.column - 1 : place.end_column - 1] == pointed
    assert help_ is None or problems[0].help == help_


def test_every_tag_of_a_text_is_told():
    _, problems = read("{{ a }}\n{% if trust = 3 %}{{ b }}{% endif %} {{ trust | x }}")
    assert [(one.code, str(one.place)) for one in problems] == [
        ("BED302", "x.yaml:1:4"),
        ("BED301", "x.yaml:2:13"),
        ("BED302", "x.yaml:2:22"),
        ("BED307", "x.yaml:2:49"),
    ]


def test_twenty_ifs_inside_each_other_are_enough():
    for depth, is_read in ((20, True), (21, False)):
        text = "{% if brave %}" * depth + "x" + "{% endif %}" * depth
        assert (read(text)[0] is not None) == is_read


def test_only_what_looks_like_one_is_a_template():
    assert not is_template("a } b { c %} }}")
    assert all(map(is_template, ("{{", "{%", "{#")))
    assert set(FILTERS) == {"capitalize", "lower", "title", "upper"}


LIKE = st.text(st.sampled_from("{}%#|'\"-+ \n()ab.fi"), max_size=60)


@given(
    st.one_of(
        st.text(), LIKE, st.lists(st.sampled_from([*PIECES, "{{", "}}", "{%", "%}", "'", "(", "not "])).map("".join)
    )
)
def test_no_text_raises(text):
    template, problems = read(text)
    assert (template is None) == bool(problems)
    for one in problems:
        assert one.place is not None
        assert 1 <= one.place.line <= text.count("\n") + 1
    if template:
        assert isinstance(template.render((5, True), VARIANTS), str)
