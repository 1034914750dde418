"""What a playbook file must say, how a bad one is refused, and that the documentation says all of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playbooks_at_hand import NAMES, SHIPPED
from pydantic import BaseModel

from changedesk.domain.flags import PEOPLE_NEEDS
from changedesk.domain.words import (
    ACTIVITY_KINDS,
    ASPECTS,
    CHECKPOINTS,
    PHASES,
    READINESS_ABOUT,
    READINESS_KINDS,
    RESISTANCE_ACTIONS,
    ROLES,
)
from changedesk.errors import BadInput
from changedesk.intake.playbook import PlaybookFile, read_playbook

DOCS = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)[-1]


def _refused(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_playbook("mine", text, "playbooks/mine.toml")
    return refused.value.sentence


def _changed(old: str, new: str) -> str:
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, 1)


# what is shipped


@pytest.mark.requirement("R65")
@pytest.mark.requirement("R48")
@pytest.mark.requirement("R59")
@pytest.mark.parametrize("name", NAMES)
def test_the_people_plan_is_whole_begins_with_the_charter_and_goes_on_for_90_days(name: str) -> None:
    people, delivery = SHIPPED[name].lane("people"), SHIPPED[name].lane("delivery")
    assert {*PEOPLE_NEEDS, "communication", "training", "assessment"} <= {a.kind for a in people}
    assert min(a.start for a in people) - min(a.start for a in delivery) <= 3
    assert max(a.end for a in people) >= 90
    assert {a.phase for a in people} == set(PHASES["people"])
    assert {a.phase for a in delivery} == set(PHASES["delivery"])


@pytest.mark.requirement("R62")
@pytest.mark.parametrize("name", NAMES)
def test_people_work_hangs_on_more_than_one_milestone_of_delivery(name: str) -> None:
    milestones = {a.title for a in SHIPPED[name].lane("delivery") if a.milestone}
    anchors = {a.anchor for a in SHIPPED[name].lane("people")}
    assert anchors <= milestones
    assert len(anchors) >= 3


@pytest.mark.requirement("R73")
def test_the_sign_in_playbook_knows_its_hard_groups() -> None:
    assert {"Executives", "Field teams", "Shared-device users"} <= {a.name for a in SHIPPED["mfa"].audiences}


@pytest.mark.requirement("R74")
def test_the_sign_in_playbook_tests_what_people_have_to_know() -> None:
    checks = " ".join(check.what.lower() for check in SHIPPED["mfa"].proficiency)
    assert all(word in checks for word in ("backup method", "mobile prompt", "replace a phone"))


@pytest.mark.requirement("R75")
def test_the_sign_in_playbook_sets_enrolment_beside_use_and_the_noise_at_the_desk() -> None:
    kinds = {metric.name: (metric.kind, metric.better) for metric in SHIPPED["mfa"].metrics}
    assert kinds["enrolment"] == ("output", "higher")
    assert kinds["utilization"] == ("outcome", "higher")
    assert kinds["people_needing_help"] == ("outcome", "lower")


@pytest.mark.requirement("R71")
@pytest.mark.requirement("R76")
@pytest.mark.requirement("R80")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa", ("surveyed", "enrolment paths validated", "waves and windows", "roll-back")),
        ("cloud-migration", ("allocated", "windows", "task owners", "cutover", "dependencies", "roll-back", "vendor")),
        ("cloud-migration", ("validation after the move",)),
        ("psa-rmm", ("vendor", "migration", "configured", "integrations", "test", "sequence")),
    ],
)  # fmt: skip
def test_delivery_plans_what_such_a_change_takes(name: str, words: tuple[str, ...]) -> None:
    titles = " ".join(a.title.lower() for a in SHIPPED[name].lane("delivery"))
    assert [word for word in words if word not in titles] == []


@pytest.mark.requirement("R72")
@pytest.mark.requirement("R77")
@pytest.mark.requirement("R81")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa", ("struggle", "why", "by role", "objections")),
        ("cloud-migration", ("sign-in", "files", "month-end", "call this")),
        ("psa-rmm", ("dispatch", "good note", "routing", "account managers", "supervisors coach")),
    ],
)
def test_people_work_plans_what_such_a_change_asks_of_people(name: str, words: tuple[str, ...]) -> None:
    titles = " ".join(a.title.lower() for a in SHIPPED[name].lane("people"))
    assert [word for word in words if word not in titles] == []


@pytest.mark.requirement("R82")
@pytest.mark.requirement("R83")
def test_the_playbook_for_our_own_tools_is_internal_and_measures_the_signs_of_failure() -> None:
    book = SHIPPED["psa-rmm"]
    assert "internal" in book.tags
    assert {"compliance", "off_system_work", "tolerated_by_managers"} <= {m.name for m in book.metrics}
    assert "complete note" in next(m.numerator for m in book.metrics if m.name == "compliance")


@pytest.mark.parametrize("number", range(71, 84))
def test_the_founding_sentence_on_practice_is_named_where_it_is_answered(number: int) -> None:
    data = Path(__file__).parents[2] / "data" / "playbooks"
    places = [*data.glob("*.toml"), *(Path(__file__).parents[2] / "src" / "changedesk").rglob("*.py")]
    assert any(re.search(rf"\bR{number}\b", place.read_text(encoding="utf-8")) for place in places)


# what is refused


def test_the_documented_example_is_a_playbook() -> None:
    book = read_playbook("form", EXAMPLE, "form.toml")
    assert (book.code, book.first_day, book.last_day) == ("FORM", -42, 92)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "FORM"\n', "", "playbooks/mine.toml, code: it is missing"),
        ('code = "FORM"', 'code = "\\u200b "', "code: it is empty"),
        ('code = "FORM"', "code = 3", "code: a text in quotes is wanted"),
        ('code = "FORM"', f'code = "{"x" * 101}"', "code: at most 100 characters are allowed"),
        ('code = "FORM"', 'code = "FORM"\ncolour = "red"', "colour: there is no such key"),
        ("plan = [-42, -38]", "plan = [-42]", "delivery[1].plan: at least 2 wanted"),
        ("plan = [-42, -38]", "plan = [-42, 4000]", "delivery[1].plan[2]: it must be at most 3650"),
        ("plan = [-42, -38]", "plan = [-42, 1.5]", "delivery[1].plan[2]: a whole number is wanted"),
        ("plan = [-42, -38]", "plan = [-38, -42]", "delivery[1].plan: it ends on day -42, before it starts on day -38"),
        ("milestone = true }", "milestone = 1 }", "delivery[2].milestone: true or false is wanted"),
        ('phase = "hypercare"', 'phase = "training"', "delivery[3].phase: 'training' is not a phase of the delivery lane"),
        ('kind = "cutover"', 'kind = "training"', "delivery[3].kind: 'training' is not a kind of the delivery lane"),
        ("plan = [0, 0]", "plan = [1, 1]", "delivery: no milestone ends on day 0"),
        ("milestone = true }", 'milestone = true, anchor = "Form opened" }', "delivery[2].anchor: a milestone is tied to no other"),
        (', anchor = "Plan agreed"', "", "people[1].anchor: people work is tied to a milestone"),
        ('anchor = "Plan agreed"', 'anchor = "Charter"', "people[1].anchor: 'Charter' is not a milestone; it is one of"),
        ('kind = "reinforcement"', 'kind = "training"', "people: there is no reinforcement"),
        ("[30, 92]", "[30, 60]", "people: it ends before day 90"),
        ("[-40, -32]", "[-25, -20]", "people: it begins 17 days after the charter; 10 are allowed"),
        ("tools = 2", "tools = 6", "audiences[1].impacts.tools: it must be at most 5"),
        ("tools = 2", "hammers = 2", "audiences[1].impacts: 'hammers' is not an aspect of impact"),
        ('kind = "outcome"', 'kind = "output"', "metrics[1]: utilization is always an outcome"),
        ('metric = "utilization"', 'metric = "use"', "targets[1].metric: 'use' is not a metric of this playbook"),
        ("percent = 90", "percent = nan", "targets[1].percent: a number is wanted"),
        ("by = 60", "by = -1", "targets[1].by: an outcome shows after go-live only"),
        ("by = 60", 'by = 60\naudience = "Nobody"', "targets[1].audience: 'Nobody' is not an audience of this playbook"),
        ('kind = "adoption"', 'kind = "delivery"', "risks: there is no adoption risk"),
        ("probability = 2", "probability = 0", "risks[1].probability: it must be at least 1"),
        ("[[risks]]", "[risks]", "playbooks/mine.toml is not a TOML file"),
        ('title = "Charter"', 'title = "Plan agreed"', "delivery[2].title: 'Plan agreed' is there twice"),
        ("The old form stays open for a month; claims are copied back by the finance team.", "Undo it.", "rollback: at least 40"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_file_key_and_reason(old: str, new: str, said: str) -> None:
    sentence = _refused(_changed(old, new))
    assert sentence.startswith("playbooks/mine.toml")
    assert said in sentence


ITEM = '[[readiness]]\nitem = "Desk rota"\nabout = "support"\ncheckpoint = "go_live"\nlane = "people"\n'
OBJECTION = '[[resistance]]\nwhat = "It is slow"\ncause = "Old phones"\naction = "training"\nanswer = "Try it"\n'
CHECK = '[[proficiency]]\nwhat = "Claims a receipt"\nstandard = "Without help"\n'
GAIN = '[[benefits]]\nname = "Paid sooner"\nunit = "days"\ndependent_share = 0.5\nbaseline = "Ask finance"\n'
COUNT = '[[metrics]]\nname = "errors"\nkind = "outcome"\nbetter = "lower"\nnumerator = "wrong"\ndenominator = "all"\n'
GOAL = '[[targets]]\nmetric = "errors"\npercent = 5\nby = 60\n'
RISK = '[[risks]]\ntitle = "Rain"\nkind = "delivery"\nprobability = 1\nimpact = 1\nresponse = "Coats"\n'
GROUP = '[[audiences]]\nname = "Office"\nrole = "clerk"\nwhy_hard = "Habit"\nimpacts = { tools = 1 }\n'


@pytest.mark.parametrize("table", [ITEM, OBJECTION, CHECK, GAIN, COUNT, RISK, GROUP])
def test_what_a_playbook_may_say_besides_is_no_fault(table: str) -> None:
    assert read_playbook("mine", EXAMPLE + table, "mine.toml").code == "FORM"


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (ITEM.replace('"support"', '"weather"'), "readiness[1].about: 'weather' is not what readiness is about"),
        (ITEM.replace("go_live", "party"), "readiness[1].checkpoint: 'party' is not a checkpoint"),
        (ITEM.replace("people", "service"), "readiness[1].lane: 'service' is not a lane that signs"),
        (ITEM + 'kind = "luck"\n', "readiness[1].kind: 'luck' is not a kind of readiness"),
        (ITEM + 'audience = "Travellers"\n', "readiness[1].audience: an audience is named exactly when"),
        (ITEM.replace('"support"', '"audience"'), "readiness[1].audience: an audience is named exactly when"),
        (ITEM + ITEM, "readiness[2].item: 'Desk rota of all' is there twice"),
        (OBJECTION.replace("training", "shouting"), "resistance[1].action: 'shouting' is not an action"),
        (OBJECTION + 'audience = "Nobody"\n', "resistance[1].audience: 'Nobody' is not an audience of this playbook"),
        (OBJECTION + OBJECTION, "resistance[2].what: 'It is slow' is there twice"),
        (CHECK + 'audience = "Nobody"\n', "proficiency[1].audience: 'Nobody' is not an audience of this playbook"),
        (CHECK + CHECK, "proficiency[2].what: 'Claims a receipt' is there twice"),
        (GAIN + GAIN, "benefits[2].name: 'Paid sooner' is there twice"),
        (GROUP + GROUP, "audiences[3].name: 'Office' is there twice"),
        (COUNT + COUNT, "metrics[3].name: 'errors' is there twice"),
        (COUNT.replace("outcome", "income"), "metrics[2].kind: 'income' is not a kind of metric"),
        (COUNT.replace("lower", "nicer"), "metrics[2].better: 'nicer' is not a direction"),
        (COUNT.replace("errors", "training"), "metrics[2]: training is always an output of which more is better"),
        (COUNT.replace("errors", "proficiency"), "metrics[2]: proficiency is always an outcome of which more is better"),
        (COUNT + GOAL, "targets[2].metric: less of errors is better; a target says how much is to be reached"),
        (GOAL.replace("errors", "utilization"), "targets[2].metric: 'utilization of all' is there twice"),
        (RISK.replace("delivery", "weather"), "risks[3].kind: 'weather' is not a kind of risk"),
        (RISK + RISK, "risks[4].title: 'Rain' is there twice"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_meant_is_refused_with_its_place_and_reason(tables: str, said: str) -> None:
    assert said in _refused(EXAMPLE + tables)


def _beside(lane: str, row: str) -> str:
    """The example with one more row in a lane."""
    table = re.search(rf"{lane} = \[\n.*?\n\]\n", EXAMPLE, re.DOTALL)
    assert table is not None
    return EXAMPLE.replace(table[0], table[0].removesuffix("]\n") + f"  {{ {row} }},\n]\n")


@pytest.mark.parametrize(
    ("lane", "row", "said"),
    [
        (
            "people",
            'phase = "impact", kind = "cutover", title = "x", plan = [-9, -8], anchor = "Plan agreed"',
            "people[5].kind: 'cutover' is not a kind of the people lane",
        ),
        (
            "delivery",
            'phase = "closure", kind = "governance", title = "x", plan = [9, 9], owner = "guest"',
            "delivery[4].owner: 'guest' is not a role",
        ),
        (
            "delivery",
            'phase = "closure", kind = "governance", title = "Form opened", plan = [9, 9], milestone = true',
            "delivery: two milestones have the same title",
        ),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused_with_its_place_and_reason(lane: str, row: str, said: str) -> None:
    assert said in _refused(_beside(lane, row))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("plan = [-42, -38]", "plan = [-42, 0]", "no work of the initiation phase ends before go-live"),
        ("plan = [-37, -30]", "plan = [-37, 0]", "no work of the planning phase ends before go-live"),
        ("plan = [-37, -30]", "plan = [-41, -41]", "people: it begins after the planning gate"),
        ('"utilization"\npercent', '"errors"\npercent', "there is no target of utilization, so the people lane could never"),
        ('kind = "support_readiness"', 'kind = "training"', "people: there is no support readiness"),
        ('kind = "delivery"\nprob', 'kind = "adoption"\nprob', "risks: there is no delivery risk; both lanes have some"),
    ],
)  # fmt: skip
def test_a_plan_in_which_something_never_comes_is_refused(old: str, new: str, said: str) -> None:
    assert said in _refused(_changed(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plan = [-42, -38]", "plan = [-42, -1]"),
        ("plan = [-42, -38]", "plan = [-42, -42]"),
        ("[-40, -32]", "[-32, -32]"),
        ("plan = [-37, -30]", "plan = [-41, -40]"),
        ("[30, 92]", "[30, 90]"),
        ("by = 60", "by = 1"),
    ],
)
def test_a_plan_at_the_edge_of_what_is_asked_is_a_playbook(old: str, new: str) -> None:
    assert read_playbook("mine", _changed(old, new), "mine.toml").code == "FORM"


def test_of_many_mistakes_the_first_ones_are_said_and_the_rest_is_counted() -> None:
    assert _refused("title = 1").count(": it is missing") == 4
    assert "and 5 more" in _refused("title = 1")


def test_what_steers_a_terminal_never_gets_out_of_a_file() -> None:
    book = read_playbook("mine", _changed("in the new form, with", "\\u001b]0;x\\u0007 in the\\nnew form"), "mine.toml")
    assert book.summary == "Expenses are claimed ]0;x in the new form a receipt."
    assert "\x1b" not in _refused(EXAMPLE.replace("code =", '"a\\u001b[2J" = 1\ncode =', 1))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(ANYTHING)
def test_whatever_stands_in_place_of_the_people_work_is_refused_in_words(value: Any) -> None:
    table = tomllib.loads(EXAMPLE) | {"people": value}
    with pytest.raises(ValueError, match="people") as refused:
        PlaybookFile.model_validate(table)
    assert refused.type.__name__ == "ValidationError"


# what is documented


def _keys(model: type[BaseModel]) -> dict[str, set[str]]:
    """Each table of a file, by its list's key, to its keys."""
    found: dict[str, set[str]] = {}
    for name, field in model.model_fields.items():
        inner = [arg for arg in get_args(field.annotation) if isinstance(arg, type) and issubclass(arg, BaseModel)]
        if inner:
            found[name] = set(inner[0].model_fields)
    return found


def _documented(heading: str) -> set[str]:
    section = DOCS.split(f"### {heading}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([a-z_]+)` \|", section, re.MULTILINE))


def test_every_key_of_a_playbook_is_documented_and_no_other() -> None:
    assert _documented("The file") == set(PlaybookFile.model_fields)
    tables = _keys(PlaybookFile)
    assert len(tables) == 11
    for name, keys in tables.items():
        row = name in ("delivery", "people", "service")
        assert _documented("A row of `delivery`, `people` or `service`" if row else f"`[[{name}]]`") == keys, name


@pytest.mark.parametrize(
    "words",
    [
        ASPECTS,
        READINESS_ABOUT,
        READINESS_KINDS,
        CHECKPOINTS,
        RESISTANCE_ACTIONS,
        ROLES,
        *PHASES.values(),
        *ACTIVITY_KINDS.values(),
        NAMES,
    ],
)
def test_every_word_that_a_key_takes_is_documented(words: tuple[str, ...]) -> None:
    assert [word for word in words if not re.search(rf"\b{word}\b", DOCS)] == []
