"""What kind of file system a path lies on, and whether it has room."""

from __future__ import annotations

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")

# Locks or shared memory of SQLite's write-ahead log do not work across the machines that share these.
_NETWORK = re.compile(
    "nfs4?|cifs|smb[23]?|smbfs|9p|virtiofs|ceph|afs|ncpfs|lustre|gfs2|ocfs2|glusterfs|davfs|beegfs|gpfs|pvfs2"
    "|fuse\\.(sshfs|glusterfs|s3fs|rclone|gcsfuse|davfs2|cephfs|nfs|juicefs)"
)


def network_type(path: Path) -> str | None:
    """The name of the network file system that ``path`` lies on; None for a local one, or where that cannot be told."""
    kind = type_of(path)
    return kind if kind and _NETWORK.fullmatch(kind) else None


def type_of(path: Path) -> str | None:
    """The type of the file system that ``path`` lies on, such as ext4; None where that cannot be told."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    return file_system(path.resolve(), lines) or None


def file_system(path: Path, mounts: list[str]) -> str:
    """The type of the mount that holds ``path``, from the lines of /proc/self/mountinfo: the longest mount point wins, the
    last one where several lie on each other."""
    best, kind = "", ""
    for line in mounts:
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = _unescaped(fields[4])
        if len(point) >= len(best) and path.is_relative_to(point):
            best, kind = point, after.split(" ", 1)[0]
    return kind


def has_room(folder: Path) -> bool:
    """Whether a page can still be written. On a full disk with small blocks, opening a ledger would end the process."""
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize >= 4096 or status.f_blocks == 0


def _unescaped(point: str) -> str:
    return point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
