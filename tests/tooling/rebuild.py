"""Builds the page and fails when frontend/dist, which is committed so that Python alone can serve it, was not that."""

import hashlib
import subprocess
import sys
from pathlib import Path

from dev import FRONTEND


def contents(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def main() -> int:
    dist = FRONTEND / "dist"
    before = contents(dist)
    subprocess.run(["npm", "run", "--silent", "build"], cwd=FRONTEND, check=True)
    stale = differences(before, contents(dist))
    if stale:
        print(f"frontend/dist was not what the sources build to; it is now, commit it: {', '.join(stale)}")
        return 1
    print(f"{len(before)} files, the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
