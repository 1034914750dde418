"""Services as they are compared: capitals make no other one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.service.names import all_folded, each_once, same, shared

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
