"""Services as they are compared: capitals make no other one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.service.names import all_folded, as_known, each_once, folded, same, shared

NAMES = st.lists(st.sampled_from(("mail", "Mail", "MAIL", "erp", "ERP", "Straße", "STRASSE")), max_size=6)


@given(NAMES, NAMES)
def test_what_two_lists_share_is_said_as_the_first_writes_it(one, other):
    both = shared(one, other)
    assert set(both) <= set(one)
    assert all_folded(both) == all_folded(one) & all_folded(other)
    assert bool(both) == bool(shared(other, one))


@given(NAMES, st.randoms(use_true_random=False))
def test_each_stands_once_in_a_spelling_that_no_order_alters(names, chance):
    mixed = [*names]
    chance.shuffle(mixed)
    assert each_once(names) == each_once(mixed)
    assert same(each_once(names), names)
    assert len(each_once(names)) == len(all_folded(names))


def test_names_stand_in_one_order_and_in_the_spelling_that_comes_first_by_name():
    assert (
        each_once(["Web", "mail", "ERP", "Mail"]) == each_once(["Mail", "ERP", "mail", "Web"]) == ("ERP", "Mail", "Web")
    )
    assert each_once(["erp", "Mail", "Web"]) == ("erp", "Mail", "Web")
    for known in (["erp", "Erp"], ["Erp", "erp"]):
        assert as_known(["ERP"], known) == {"ERP": "Erp"}
    for names in (["web", "Web"], ["Web", "web"]):
        assert as_known(names, []) == {"web": "Web", "Web": "Web"}


@given(NAMES, NAMES)
def test_a_name_is_written_as_it_is_known_and_each_service_in_one_way(names, known):
    spelt = as_known(names, known)
    assert set(spelt) == set(names)
    for name, written in spelt.items():
        assert folded(written) == folded(name)
        assert written == name if name in known else written in known or not shared((name,), known)
    new = [written for written in spelt.values() if not shared((written,), known)]
    assert len(set(new)) == len(all_folded(new))
    assert as_known(spelt.values(), known) == {written: written for written in spelt.values()}
