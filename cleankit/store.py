"""Stores: what is behind URLs such as `s3://bucket/mail`, by fsspec (extra `remote`).

A connection is opened for a URL that a user names as input or output, and for what a listing of
it tells. Nothing that stands in a document ever comes here.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from cleankit.errors import CleankitError, ConfigError, ReadError

THREADS = 16
"""How many objects are written or removed at the same time."""

CHUNK = 1 << 20

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")
_OF_ONE_OBJECT = (FileNotFoundError, IsADirectoryError, PermissionError)
"""Errors of one object, where others may be had; with any other error the store is out of reach."""


class Found(NamedTuple):
    """Something in a store: its URL, its size in bytes, what changes when it does."""

    url: str
    size: int
    version: str
    is_folder: bool

    @property
    def name(self) -> str:
        """The last part of its URL."""
        return self.url.rstrip("/").rpartition("/")[2]


def is_url(path: str) -> bool:
    """True for a URL that is not of this machine's own files; see `local`."""
    return "://" in path and _URL.match(path) is not None


def local(path: str) -> str:
    """The path behind a `file:` URL; everything else as it is.

    Raises:
        ConfigError: a URL with a password, which would stand in every record.
    """
    if _PASSWORD.search(path) and is_url(path):
        raise ConfigError("a URL with a password: give it by the environment or fsspec's settings")
    if not path.startswith("file:///"):
        return path
    return path[len("file:///" if os.name == "nt" else "file://") :]


def found(url: str) -> Found:
    """What is at a URL.

    Raises:
        FileNotFoundError: nothing is there.
        ReadError: the store cannot be reached, or does not let us.
    """
    with _reading(url):
        system, path = _system(url)
        return _found(url, system.info(path))


def children(url: str) -> list[Found]:
    """What a folder holds, in the order of names.

    Raises:
        ReadError: it cannot be listed.
    """
    with _reading(url):
        system, path = _system(url)
        listed = [
            _found(f"{url.rstrip('/')}/{each['name'].rstrip('/').rpartition('/')[2]}", each)
            for each in system.ls(path, detail=True)
            if each["name"].strip("/") != path.strip("/")
        ]
    return sorted(listed, key=lambda each: each.name)


def names(url: str) -> frozenset[str]:
    """The paths of all objects below a folder, from there.

    Raises:
        ReadError: it cannot be listed.
    """
    with _reading(url):
        system, path = _system(url)
        root = len(path.strip("/")) + 1
        return frozenset(each.strip("/")[root:] for each in system.find(path))


def matches(pattern: str) -> list[str]:
    """The URLs that a pattern (`s3://bucket/mail/*.eml`) matches, in order.

    Raises:
        ReadError: the store cannot be reached.
    """
    with _reading(pattern):
        system, path = _system(pattern)
        scheme = pattern.partition("://")[0]
        return sorted(f"{scheme}://{each}" for each in system.glob(path))


def head(url: str, size: int) -> bytes:
    """The first bytes of an object.

    Raises:
        ReadError: it cannot be read.
    """
    with _reading(url):
        system, path = _system(url)
        return cast(bytes, system.cat_file(path, start=0, end=size))


def fetch(urls: Iterable[str]) -> dict[str, bytes | OSError]:
    """Whole objects, all at the same time where the store can; an error in the place of some.

    Raises:
        ReadError: the store cannot be reached.
    """
    got: dict[str, bytes | OSError] = {}
    stores: dict[int, list[str]] = {}
    for url in urls:
        stores.setdefault(id(_system(url)[0]), []).append(url)
    for of_one in stores.values():
        with _reading(of_one[0]):
            system = _system(of_one[0])[0]
            paths = [_system(url)[1] for url in of_one]
            whole = [None] * len(paths)
            results = system.cat_ranges(paths, whole, whole, on_error="return")
            for url, result in zip(of_one, results, strict=True):
                if isinstance(result, Exception) and not isinstance(result, _OF_ONE_OBJECT):
                    raise result
                got[url] = result
    return got


@contextmanager
def opened(url: str) -> Iterator[BinaryIO]:
    """An object, to be read from its beginning to its end.

    Raises:
        ReadError: it cannot be read.
    """
    with _reading(url):
        system, path = _system(url)
        with system.open(path, "rb") as stream:
            yield stream


def download(pairs: Iterable[tuple[str, Path]]) -> None:
    """Copy objects to files.

    Raises:
        ReadError: one cannot be read.
    """
    _all(_download, pairs)


def upload(pairs: Iterable[tuple[Path, str]]) -> None:
    """Copy files to objects, each of which is there whole or not at all, if the store can do that.

    Raises:
        OSError: one cannot be written.
    """
    _all(_upload, pairs)


def remove(urls: Iterable[str]) -> None:
    """Remove objects; those that are not there are passed over."""
    _all(_remove, ((url,) for url in urls))


def _download(url: str, path: Path) -> None:
    with opened(url) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target, CHUNK)


def _upload(path: Path, url: str) -> None:
    with _writing(url):
        system, target = _system(url)
        try:
            _put(path, system, target)
        except FileNotFoundError:
            # A folder may have to be made, yet never a bucket.
            if not target.startswith("/") and not system.exists(target.partition("/")[0]):
                raise
            system.makedirs(target.rpartition("/")[0], exist_ok=True)
            _put(path, system, target)


def _put(path: Path, system: Any, target: str) -> None:
    # What is not committed is not there: fsspec's own word for writing whole or not at all.
    stream = system.open(target, "wb", autocommit=False)
    try:
        with path.open("rb") as source:
            shutil.copyfileobj(source, stream, CHUNK)
        stream.close()
        stream.commit()
    except BaseException:
        with suppress(Exception):
            stream.discard()
        raise
    finally:
        # fsspec remembers such streams, with what they hold, for a transaction that never comes.
        with suppress(ValueError):
            system.transaction.files.remove(stream)


def _remove(url: str) -> None:
    with _writing(url), suppress(FileNotFoundError):
        system, path = _system(url)
        system.rm_file(path)


def _all(do: Any, arguments: Iterable[tuple[Any, ...]]) -> None:
    """Call for each of the arguments, several at a time; raise the first error."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(THREADS) as pool:
        for future in [pool.submit(do, *each) for each in arguments]:
            future.result()


def _system(url: str) -> tuple[Any, str]:
    """The file system behind a URL (fsspec keeps one for each store), and the path in it."""
    try:
        core = import_module("fsspec.core")
    except ImportError:
        raise ConfigError(f"{url}: needs the extra: pip install 'cleankit[remote]'") from None
    try:
        system, path = core.url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise ConfigError(f"{url}: {error}") from None
    return system, path


_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "sha256", "checksum", "crc32c")
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")


def _found(url: str, info: dict[str, Any]) -> Found:
    size = info.get("size") or 0
    told = [info[name] for name in (*_TAGS, *_TIMES) if info.get(name)][:1]
    return Found(url, size, f"{size}.{''.join(map(str, told))}", info["type"] == "directory")


@contextmanager
def _reading(url: str) -> Iterator[None]:
    """Turn whatever a store raises into an error that names the URL."""
    try:
        yield
    except (CleankitError, FileNotFoundError):
        raise
    except Exception as error:
        raise ReadError(f"{url}: {_told(error)}") from None


@contextmanager
def _writing(url: str) -> Iterator[None]:
    """The same while something is written: as an error of the operating system would be."""
    try:
        yield
    except (CleankitError, FileNotFoundError):
        raise
    except Exception as error:
        raise OSError(getattr(error, "errno", None) or 0, _told(error), url) from None


def _told(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error) or type(error).__name__
