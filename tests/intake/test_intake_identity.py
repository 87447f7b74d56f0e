from collections.abc import Callable

from signaal.intake.identity import batch_id, content_id
from signaal.schemas.batch import KeyedHash, Snapshot
from signaal.schemas.declaration import Declaration

Declared = Callable[..., Declaration]
ShownAs = Callable[[str, bytes], Snapshot]


def test_content_keeps_its_id_under_another_name(
    snapshot: ShownAs, declared: Declared, keyed: KeyedHash
) -> None:
    one = content_id(snapshot("a.txt", b"tekst"), declared(), keyed)
    assert one == content_id(snapshot("b.txt", b"tekst"), declared(), keyed)
    assert len(one) == 32


def test_other_content_or_another_source_has_another_id(
    snapshot: ShownAs, declared: Declared, keyed: KeyedHash
) -> None:
    ids = {
        content_id(snapshot("a.txt", content), declared(name=name), keyed)
        for content in (b"tekst", b"tekst2")
        for name in ("een", "twee")
    }
    assert len(ids) == 4


def test_a_changed_declaration_makes_another_batch_of_the_same_content(
    snapshot: ShownAs, declared: Declared, keyed: KeyedHash
) -> None:
    before, after = declared(), declared(retention_days=30)
    content = content_id(snapshot("a.txt", b"tekst"), before, keyed)
    assert content == content_id(snapshot("a.txt", b"tekst"), after, keyed)
    assert batch_id(content, before, keyed) != batch_id(content, after, keyed)
    assert len(batch_id(content, before, keyed)) == 32
