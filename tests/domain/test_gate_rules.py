"""What an initiative must have before a checkpoint is signed, and when signing looks like a formality."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from working_builders import a_benefit, a_full_gate

from changedesk.domain.formality import formality
from changedesk.domain.gate_rules import CLOSING, refuse_gate
from changedesk.domain.words import CHECKPOINTS

AIM = "what it is done for, with its baseline and target,"
FIRST = "before initiation is signed"


@pytest.mark.requirement("R134")
@pytest.mark.requirement("R147")
@pytest.mark.parametrize(
    ("checkpoint", "charter", "benefits", "owner", "refused"),
    [
        ("initiation", None, [a_benefit()], None, f"MFA has no charter; say where the approved one is {FIRST}"),
        ("initiation", "  ", [a_benefit()], None, f"MFA has no charter; say where the approved one is {FIRST}"),
        ("initiation", "SP-12", [], None, f"MFA has no benefit; say {AIM} {FIRST}"),
        (
            "initiation",
            None,
            [],
            None,
            f"MFA has no charter and no benefit; say where the approved one is and {AIM} {FIRST}",
        ),
        ("initiation", "SP-12", [a_benefit()], None, None),
        ("planning", None, [], None, None),
        (
            "go_live",
            "SP-12",
            [],
            None,
            "MFA has no benefit with a baseline; after go-live the baseline can no longer be measured",
        ),
        ("go_live", None, [a_benefit()], None, None),
    ],
)
def test_initiation_takes_a_charter_and_a_benefit(checkpoint, charter, benefits, owner, refused):
    assert refuse_gate(checkpoint, "MFA", charter, benefits, owner) == refused


@pytest.mark.requirement("R140")
@pytest.mark.parametrize("checkpoint", ["sustain_90", CLOSING])
def test_the_end_takes_an_owner_of_the_outcome(checkpoint):
    for nobody in (None, "", " "):
        assert refuse_gate(checkpoint, "MFA", "c", [a_benefit()], nobody) == (
            "MFA has no owner of the outcome; name who answers for it in operations"
        )
    assert refuse_gate(checkpoint, "MFA", None, [], "ops.lead") is None


@pytest.mark.parametrize("checkpoint", [*CHECKPOINTS, CLOSING])
def test_an_initiative_that_has_everything_is_never_refused(checkpoint):
    assert refuse_gate(checkpoint, "MFA", "c", [a_benefit()], "ops.lead") is None


@pytest.mark.requirement("R166")
@pytest.mark.parametrize(
    ("ticks", "signed", "evidence", "how"),
    [
        ([0, 30, 60], 90, "seen", "within one minute"),
        ([0, 30, 60], 90, None, "within one minute and without evidence"),
        ([0, 200, 400], 590, None, "without evidence"),
        ([0, 200, 400], 590, "seen", None),
        ([0, 30, 60], 601, None, None),
        ([0, 30, None], 90, None, None),
        ([0], 10, None, None),
        ([0, 30, 60], None, None, None),
    ],
)
def test_ticking_everything_at_once_right_before_signing_looks_like_a_formality(ticks, signed, evidence, how):
    found = formality(a_full_gate(ticks, signed, evidence), "delivery")
    assert found == (
        how and f"execution: all {len(ticks)} items of the delivery side were ticked {how}, right before pat signed"
    )


def test_of_two_items_both_were_ticked():
    told = formality(a_full_gate([0, 0], 1, "seen"), "delivery")
    assert told == "execution: both items of the delivery side were ticked within one minute, right before pat signed"


@pytest.mark.requirement("R166")
def test_a_side_is_judged_by_its_own_items_and_one_with_evidence_is_enough():
    gate = a_full_gate([0, 200, 400], 590, None)
    first, *rest = gate.items
    shown = replace(gate, items=(replace(first, evidence="wiki/1"), *rest))
    assert (formality(gate, "delivery") is None, formality(shown, "delivery")) == (False, None)
    assert formality(replace(gate, items=(replace(first, evidence=" "), *rest)), "delivery") is not None
    others = tuple(replace(item, lane="people", evidence="wiki/1", done_at=None) for item in gate.items)
    assert formality(replace(gate, items=(*gate.items, *others)), "delivery") == formality(gate, "delivery")


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=6), st.integers(0, 10_000))
def test_ticks_long_before_the_signature_are_no_formality(ticks, later):
    signed = max(ticks) + later
    found = formality(a_full_gate([float(t) for t in ticks], signed), "delivery")
    assert (found is not None) == (signed - min(ticks) <= 600)
