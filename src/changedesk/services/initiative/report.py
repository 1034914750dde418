"""The report for the sponsor: both lanes, whether it is used, what hits the desk, decisions, risks, and what is next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from changedesk.domain.adoption import audience_adoptions, groups_of
from changedesk.domain.records import Initiative, Observation
from changedesk.domain.report import Report
from changedesk.domain.saying import capital, day_month, go_live_said
from changedesk.domain.usage.counts import everybody
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.errors import BadInput
from changedesk.interchange.files import write_whole
from changedesk.services.golive import page as golive
from changedesk.services.imports.exports import refuse_own_files
from changedesk.services.initiative import lists as initiative_lists
from changedesk.services.initiative.page import InitiativeView, initiative
from changedesk.services.initiative.report_sections import Known, sections
from changedesk.services.lookup import initiative_in_view
from changedesk.services.people import page as people_page
from changedesk.services.people import triage
from changedesk.services.service import handing_over
from changedesk.services.service.client_view import ClientView, talking_points_report
from changedesk.services.session import Session, authorise
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives, working

FORMATS: Final = ("md", "html")


def report(session: Session, code: str) -> Report:
    """The report on the initiative with that code; all of it speaks of one state of the desk."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        view = initiative(session, code)
        known = Known(
            view=view,
            desk=golive.golive_by_id(session, view.initiative_id),
            people=people_page.people_page(session, view.initiative_id),
            handover=handing_over.handover_view(session, view.initiative_id),
            groups=tuple(initiative_lists.audience_rows(session, view.code)),
            activities=tuple(row.activity for row in initiative_lists.activity_rows(session, view.code)),
            levels=_levels(conn, initiative_in_view(session, view.initiative_id)),
            risks=working.risks(conn, view.initiative_id),
            benefits=working.benefits(conn, view.initiative_id),
            benefit_observations=working.benefit_observations(conn, view.initiative_id),
            gaps=triage.gaps_of_initiative(session, view.initiative_id),
        )
    return Report(
        title=view.title,
        subtitle=_subtitle(view),
        level=view.level,
        headline=view.findings[0].sentence if view.findings else view.lag_sentence,
        sections=sections(known),
        footer=_footer(session, view),
        today=view.today,
    )


def write_report(
    session: Session, made: Report, form: str, destination: Path | BinaryIO, *, force: bool = False
) -> None:
    """Write a report as Markdown or HTML: a path gets the whole file or nothing, and is written over only with ``force``."""
    if form not in FORMATS:
        raise BadInput(f"a report cannot be written as {form}; the formats are {', '.join(FORMATS)}")
    data = _written(made, form)
    if isinstance(destination, Path):
        refuse_own_files(session, destination)
        write_whole(destination, data, force=force)
        return
    destination.write(data)
    destination.flush()


def write_talking_points(
    session: Session, view: ClientView, form: str, destination: Path | BinaryIO, *, force: bool = False
) -> None:
    """Write what there is to say to a client."""
    authorise(session, "desk.export", view.client)
    write_report(session, talking_points_report(view), form, destination, force=force)


def _written(made: Report, form: str) -> bytes:
    if form == "md":
        from changedesk.interchange.report_markdown import markdown

        return markdown(made).encode()
    from changedesk.interchange.report_html import html

    return html(made).encode()


def _levels(conn: Connection, record: Initiative) -> tuple[tuple[date, float], ...]:
    """Observed use of everybody week by week, in percent."""
    audiences = initiatives.audiences(conn, record.id)
    by_audience: dict[str, list[Observation]] = {}
    for seen in initiatives.observations_of_metric(conn, record.id, UTILIZATION):
        by_audience.setdefault(seen.audience, []).append(seen)
    headcounts = {one.name: one.headcount for one in audiences}
    adoptions = audience_adoptions(by_audience, headcounts, initiatives.targets(conn, record.id))
    return tuple((use.day, use.percent) for use in everybody(groups_of(record, audiences, adoptions)))


def _subtitle(view: InitiativeView) -> str:
    day = go_live_said(view.go_live, view.today, went_live=view.went_live, cancelled=view.cancelled)
    return f"{view.code}, {view.client_name}. {capital(day)}"


def _footer(session: Session, view: InitiativeView) -> str:
    made = session.now.strftime("%H:%M UTC")
    roles = (("Project owner", view.project_owner), ("Change owner", view.change_owner), ("Sponsor", view.sponsor))
    owners = " ".join(f"{role}: {name}." for role, name in roles if name) or "Nobody owns it."
    return f"As of {day_month(view.today, view.today)} {view.today.year}, {made}. {owners}"
