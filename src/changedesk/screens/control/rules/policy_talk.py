"""What is asked while a policy is edited: a rule of the client, for which changes a route is, a step in its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.domain.words import OUTCOMES, RISK_LEVELS, plain
from changedesk.screens.ask_line import AskLine, Judged, any_line
from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, Chooser, choose_one
from changedesk.screens.forms.request import FormRequest, open_form
from changedesk.services.control.rules import step_form
from changedesk.services.records.records import Record
from changedesk.widgets.lists.rows import Column

PATHS: Final = {"normal": "voted on before it is done", "emergency": "done now, or voted on at once"}
LONGEST: Final = 10_000
"""Hours that a client may ask for before a window."""


def _columns(title: str) -> tuple[Column, ...]:
    return Column(title, 18), Column("", 20, share=1)


def edit_rule(host: DeskScreen, rule: str, draft: Policy, put: Callable[[Policy], None]) -> None:
    """Change a rule that holds for every change of the client."""
    match rule:
        case "records_votes":
            put(replace(draft, records_votes=not draft.records_votes))
        case "lead_hours":
            text = "How many hours have to lie between submitting and the window? 0: no minimum."
            _ask_number(host, "Lead time", text, draft.lead_hours, lambda hours: put(replace(draft, lead_hours=hours)))
        case "review_sample":
            text = "One standard change in how many is looked at although it went well? 0: none."
            now = draft.review_sample
            _ask_number(host, "Spot checks", text, now, lambda one_in: put(replace(draft, review_sample=one_in)))
        case _:
            choices = [Choice(one, (plain(one), "counts now" if one in draft.success else "")) for one in OUTCOMES]

            def chosen(keys: tuple[str, ...] | None) -> None:
                if keys:
                    put(replace(draft, success=keys))

            title = "Which outcomes count as success?"
            host.app.push_screen(Chooser(title, _columns("Outcome"), choices, many=True), chosen)


def ask_route(host: DeskScreen, route: Route, then: Callable[[Route], None]) -> None:
    """For which changes a route is: path, risks, services."""
    any_risk = Choice("any", ("any risk", "also one that is not known yet"))

    def path(chosen: str) -> None:
        risks = [Choice(level, (level, "meant now" if level in route.risks else "")) for level in RISK_LEVELS]
        chooser = Chooser("Of which risk? space marks several", _columns("Risk"), [any_risk, *risks], many=True)
        host.app.push_screen(chooser, lambda levels: risk(chosen, levels))

    def risk(chosen: str, keys: tuple[str, ...] | None) -> None:
        if keys:
            risks = () if "any" in keys else tuple(one for one in RISK_LEVELS if one in keys)
            text = ("Of which services, several with ; between them? Enter without a word: of any.",)
            line = AskLine("Services", text, any_line(), start=";".join(route.services))
            host.app.push_screen(line, lambda typed: services(chosen, risks, typed))

    def services(chosen: str, risks: tuple[str, ...], typed: str | None) -> None:
        if typed is not None:
            named = tuple(dict.fromkeys(name.strip() for name in typed.split(";") if name.strip()))
            then(replace(route, path=chosen, risks=risks, services=named))

    paths = [Choice(one, (one, said)) for one, said in PATHS.items()]
    choose_one(host, "For changes of which path?", _columns("Path"), paths, path)


def ask_step(host: DeskScreen, client: str, key: str, step: StepRule | None, then: Callable[[StepRule], None]) -> None:
    """A step in a form; it goes into the draft. ``key`` tells its draft from those of other steps."""
    session = host.context.session

    def taken(record: Record) -> None:
        then(step_form.step_of(session, record.values))
        host.say(f"Step {record.values['name']} stands in the draft.", "fine")

    start = step_form.texts_of(step) if step else {}
    title = f"Step of {client}"
    open_form(host, FormRequest("policy_step", saved=taken, title=title, start=start, key=f"{client} {key}"))


def _ask_number(host: DeskScreen, title: str, text: str, now: int, then: Callable[[int], None]) -> None:
    def judge(typed: str) -> Judged:
        good = typed.strip().isdecimal() and int(typed) <= LONGEST
        return Judged(good, "" if good else f"a whole number up to {LONGEST:,}")

    def given(typed: str | None) -> None:
        if typed is not None:
            then(int(typed))

    host.app.push_screen(AskLine(title, (text,), judge, start=str(now), word="set it"), given)
