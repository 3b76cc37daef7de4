"""A PostgreSQL server of its own, in a temporary folder, reached by a socket only."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_USER = "postgres"


class PostgreSQL:
    """Runs until it is closed. Raises FileNotFoundError where PostgreSQL is not installed."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="kn-pg-"))  # a short path: sockets have no long names
        if os.geteuid() == 0:  # which the server refuses to run as
            shutil.chown(self._folder, _USER)
        self._data = self._folder / "data"
        self._run("initdb", "-D", self._data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """As a power cut would."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def new_database(self, name: str) -> str:
        """The URL of an empty one; what was there under that name is gone."""
        self._run("dropdb", "-h", self._folder, "-U", _USER, "--if-exists", "--force", name)
        self._run("createdb", "-h", self._folder, "-U", _USER, name)
        return f"postgresql://{_USER}@/{name}?host={self._folder}"

    def close(self) -> None:
        """Stop it and take everything away."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        as_user = ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(self._programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _programs() -> Path:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = folders[-1] if folders else shutil.which("initdb")
    if found is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    return Path(found).parent
