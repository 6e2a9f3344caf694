"""All claims in the order of the report, and checking them one after the other."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from budgetmon.runs.audit import admission, books, caches, crashes, history, sharing
from budgetmon.runs.audit.claims import Claim, Evidence, NotPossibleError, Result, Verdict
from budgetmon.runs.audit.ground import Ground, OnTrial, OpenPoller
from budgetmon.runs.audit.sizes import Sizes

CLAIMS = (
    Claim(
        "cap",
        "The cap holds",
        "A blocking budget is never overspent, however many processes spend at once.",
        admission.check_cap,
    ),
    Claim(
        "bill",
        "The ledger agrees with the bill",
        "What the ledger says was spent is what the provider billed, to the nano.",
        admission.check_bill,
    ),
    Claim("exact", "Money is exact", "Amounts add up to the last digit, where floats drift.", admission.check_exact),
    Claim(
        "ending",
        "A call ends once",
        "Settling or releasing again changes nothing, and an error that says nothing of the bill leaves a call in doubt.",
        admission.check_one_ending,
    ),
    Claim(
        "kills",
        "Nothing acknowledged is lost",
        "A call that returned is in the ledger, and none is half written, when processes are killed.",
        crashes.check_kills,
    ),
    Claim("rollback", "Errors roll back", "A write that fails leaves nothing of itself behind.", crashes.check_rollback),
    Claim(
        "liveness",
        "Holds follow their owners",
        "A live owner's hold is never swept, however slow; a dead one's turns in doubt at the next call of anyone.",
        crashes.check_liveness,
    ),
    Claim(
        "file",
        "One sound file",
        "The ledger is one SQLite file in WAL mode with strict tables, written by an engine that keeps it sound.",
        sharing.check_file,
    ),
    Claim(
        "path",
        "One path, one ledger",
        "Every process that opens the config shares its ledger, from any working directory.",
        sharing.check_one_path,
    ),
    Claim(
        "connections",
        "Connections belong to threads",
        "Each thread has a connection of its own, and none is leaked.",
        sharing.check_connections,
    ),
    Claim("forks", "Forks are safe", "A forked child works at once, whatever its parent's threads do.", sharing.check_forks),
    Claim("queue", "Nobody starves", "Writers of many processes get their turns.", sharing.check_queue),
    Claim(
        "order",
        "The cache is an exact LRU",
        "Order, bound, evictions, hits and misses are those of an LRU, at every step.",
        caches.check_order,
    ),
    Claim(
        "ttl",
        "Entries expire on time",
        "An entry is gone at the end of its time to live, and expired ones never push out live ones.",
        caches.check_ttl,
    ),
    Claim("cost", "The cache costs O(1)", "A lookup costs as much in a large cache as in a small one.", caches.check_cost),
    Claim(
        "metrics",
        "Cache metrics are exact",
        "Hits and misses in the ledger are the sum over all processes.",
        caches.check_metrics,
    ),
    Claim(
        "history",
        "IV history is exact",
        "No value that processes and threads write at once is lost, and a rank is the share of the past year below.",
        history.check_history,
    ),
    Claim(
        "windows",
        "Windows tile time",
        "Days, weeks and months follow local midnight without gap or overlap.",
        books.check_windows,
    ),
    Claim("days", "Days add up", "The days of a range add up to the range, when clocks change, too.", books.check_days),
    Claim(
        "watched",
        "Watching costs nothing",
        "The app's reader slows no writer and does not let the log grow.",
        books.check_watched,
    ),
    Claim(
        "books",
        "Your books add up",
        "Every counter of your own ledger equals the sum over its calls.",
        books.check_own_books,
    ),
)


def run(
    claims: Sequence[Claim],
    sizes: Sizes,
    open_poller: OpenPoller,
    *,
    beside: Path | None = None,
    own_ledger: Path | None = None,
    on_trial: OnTrial | None = None,
    begun: Callable[[Claim], None] = lambda _: None,
) -> Iterator[Result]:
    """Checks ``claims`` in a scratch folder in ``beside`` that is gone at the end; ``begun`` hears of each as it starts.

    ``own_ledger`` is only ever read.
    """
    with tempfile.TemporaryDirectory(prefix="budgetmon-audit-", dir=beside) as place:
        ground = Ground(Path(place), sizes, open_poller, own_ledger, on_trial or OnTrial())
        for claim in claims:
            begun(claim)
            yield check(claim, ground)


def check(claim: Claim, ground: Ground) -> Result:
    """The verdict on one claim. A check that breaks down speaks against the claim."""
    evidence = Evidence()
    began = time.monotonic()
    verdict, detail = Verdict.PASS, ""
    try:
        claim.check(ground, evidence)
    except NotPossibleError as reason:
        verdict, detail = Verdict.NOT_POSSIBLE, f"{reason}."
    except Exception:
        evidence.problems.append(f"the check broke down:\n{traceback.format_exc()}")
    if evidence.problems:
        verdict, detail = Verdict.FAIL, "\n".join(evidence.problems)
    return Result(claim, verdict, evidence.did, tuple(evidence.figures), detail, time.monotonic() - began)
