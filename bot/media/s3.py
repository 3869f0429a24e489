"""A bucket of sealed contents, at Amazon or anything that speaks S3."""

from typing import TYPE_CHECKING, Any

from obstore.store import S3Store as Bucket

if TYPE_CHECKING:
    from obstore.store import ClientConfig  # there is no such name when it runs


class S3Store:
    """Objects below `prefix` in `bucket`; without key and secret those of the environment are used."""

    def __init__(
        self, bucket: str, prefix: str, *, endpoint: str | None, region: str | None, key: str | None, secret: str | None
    ) -> None:
        given: dict[str, Any] = {
            "endpoint": endpoint,
            "region": region or "us-east-1",
            "access_key_id": key,
            "secret_access_key": secret,
        }
        options: ClientConfig | None = {"allow_http": True} if endpoint and endpoint.startswith("http://") else None
        self._bucket = Bucket(
            bucket,
            prefix=prefix or None,
            client_options=options,
            **{name: value for name, value in given.items() if value},
        )

    def put(self, digest: str, sealed: bytes) -> None:
        """Puts the object, whole or not at all."""
        self._bucket.put(self._name(digest), sealed)

    def get(self, digest: str) -> bytes:
        """The object; raises `FileNotFoundError`."""
        return bytes(self._bucket.get(self._name(digest)).bytes())

    def delete(self, digest: str) -> None:
        """Deletes the object; S3 does not mind one that is not there."""
        self._bucket.delete(self._name(digest))

    @staticmethod
    def _name(digest: str) -> str:
        return f"{digest[:2]}/{digest}"
