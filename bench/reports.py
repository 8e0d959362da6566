"""Every report of 31 provinces x 5 sectors from one file: does each come out, and how fast.

python bench/reports.py FILE [register] [format]
"""

import sys
import time
from collections import Counter

from tanzhe import investigate, load, report
from tanzhe.errors import TanzheError
from tanzhe.places import provinces
from tanzhe.sectors import sectors


def main() -> None:
    file, register, kind = (*sys.argv[1:], "formal", "html")[:3]
    start = time.monotonic()
    done, slowest, failed = 0, (0.0, ""), Counter[str]()
    for sector in sectors():
        for place in provinces():
            begun = time.monotonic()
            try:
                report(
                    investigate(load(place.iso, sector.id, file)), register=register, format=kind
                )
                done += 1
            except TanzheError as error:
                failed[f"{place.en} {sector.id}: {error.said('en')}"] += 1
            slowest = max(slowest, (time.monotonic() - begun, f"{place.en} {sector.id}"))
    seconds = time.monotonic() - start
    print(
        f"{done} reports ({register}, {kind}) in {seconds:.0f} s, one process; "
        f"slowest {slowest[1]} {slowest[0]:.1f} s; {sum(failed.values())} refused"
    )
    for line in failed:
        print(f"  {line}")


if __name__ == "__main__":
    main()
