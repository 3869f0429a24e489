"""What the vault promises: sealed for one purpose under one key, found again by a blind index."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag

from models.db import Database, vault_of
from models.vault import Vault


async def test_the_vault_of_a_session_opens_what_another_transaction_sealed(database: Database) -> None:
    sealed = await database.run(lambda session: vault_of(session).seal("13800000000", "phone"))
    assert await database.run(lambda session: vault_of(session).open(sealed, "phone")) == "13800000000"


def test_a_seal_tells_nothing_and_is_never_the_same_twice() -> None:
    vault = Vault(b"a key for the tests")
    first, second = vault.seal("13800000000", "phone"), vault.seal("13800000000", "phone")

    assert first != second
    assert b"13800000000" not in first
    assert vault.open(first, "phone") == vault.open(second, "phone") == "13800000000"


@pytest.mark.parametrize("at", [0, 12, -1], ids=["the nonce", "the text", "the tag"])
def test_an_altered_seal_does_not_open(at: int) -> None:
    vault = Vault(b"a key for the tests")
    altered = bytearray(vault.seal("13800000000", "phone"))
    altered[at] ^= 1
    with pytest.raises(InvalidTag):
        vault.open(bytes(altered), "phone")


def test_a_seal_opens_for_its_own_purpose_and_key_only() -> None:
    vault = Vault(b"a key for the tests")
    sealed = vault.seal("150202199001011234", "identity")
    with pytest.raises(InvalidTag):
        vault.open(sealed, "phone")
    with pytest.raises(InvalidTag):
        Vault(b"another key for tests").open(sealed, "identity")


def test_an_index_finds_the_same_text_for_the_same_purpose_under_the_same_key() -> None:
    vault = Vault(b"a key for the tests")
    index = vault.index("13800000000", "phone")

    assert index == Vault(b"a key for the tests").index("13800000000", "phone")
    assert index != vault.index("13800000001", "phone")
    assert index != vault.index("13800000000", "identity")
    assert index != Vault(b"another key for tests").index("13800000000", "phone")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        Vault(b"short")
