"""Who loads what: a lock on one byte per load, which the kernel drops when the loader ends, and on which others sleep."""

from __future__ import annotations

import fcntl
import os
import struct

from budgetmon.core.storage.liveness import Liveness

# struct flock of Linux on 64 bits: l_type, l_whence, l_start, l_len, l_pid.
_FLOCK = struct.Struct("hhqqi0q")


class LoadLocks(Liveness):
    """Claims like a worker's, one per load, and waiting for their end. ``open`` comes first: then threads may share it."""

    def open(self) -> None:
        """Opens the side file. Raises OSError."""
        self._open()

    def wait(self, load: int) -> None:
        """Sleeps until nobody holds ``load``: its process has resigned or ended. The kernel wakes all who wait at once."""
        descriptor = self._open()
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLKW, _FLOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, load, 1, 0))
        self.resign(load)
