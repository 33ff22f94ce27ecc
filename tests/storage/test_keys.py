"""Keys encrypt, sign, and can be replaced without losing what the old ones sealed."""

import base64

import pytest

from app.storage.keys import KeyFault, parse_keys

NEW = base64.urlsafe_b64encode(b"n" * 32).decode()
OLD = base64.urlsafe_b64encode(b"o" * 32).decode()


def test_what_the_old_key_sealed_opens_after_a_new_one_came() -> None:
    sealed = parse_keys(f"1:{OLD}").encrypt("031099000123", "x")
    assert parse_keys(f"2:{NEW},1:{OLD}").decrypt(sealed, "x") == "031099000123"


def test_a_sealed_value_tells_nothing() -> None:
    assert b"031099000123" not in parse_keys(f"1:{OLD}").encrypt("031099000123", "x")


def test_a_sealed_value_moved_elsewhere_does_not_open() -> None:
    keys = parse_keys(f"1:{OLD}")
    with pytest.raises(KeyFault):
        keys.decrypt(keys.encrypt("a", "one place"), "another place")


def test_a_missing_key_is_named() -> None:
    sealed = parse_keys(f"1:{OLD}").encrypt("a", "x")
    with pytest.raises(KeyFault, match="'1'"):
        parse_keys(f"2:{NEW}").decrypt(sealed, "x")


def test_a_mark_holds_for_its_text_only() -> None:
    keys = parse_keys(f"1:{OLD}")
    mark = keys.sign("abc")
    assert keys.is_signed("abc", mark)
    assert not keys.is_signed("abd", mark)
    assert not parse_keys(f"1:{NEW}").is_signed("abc", mark)


@pytest.mark.parametrize("text", ["1:short", ":" + OLD, "a b:" + OLD, "1", "khoá:" + OLD])
def test_a_key_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFault, match="SEAL_KEYS"):
        parse_keys(text)
