"""Install this project into the running environment with uv, from the lock, with the indexes that pip is set to use.

Usage: install.py EXTRAS | install.py --lock
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
# pip's setting -> uv's variable, and what stands between several values there.
_SETTINGS = {
    "find-links": ("UV_FIND_LINKS", ","),
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "no-index": ("UV_NO_INDEX", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
}


def pip_settings() -> dict[str, str]:
    """Pip's configuration by option; the environment counts more than [install], that more than [global]."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(section, -1)
        if rank >= found.get(option, (0, ""))[0]:
            found[option] = (rank, str(ast.literal_eval(value)))
    return {option: value for option, (_, value) in found.items()}


def uv_environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment for uv; what is set there for uv already stays."""
    environment = dict(os.environ)
    for option, (variable, separator) in _SETTINGS.items():
        if option in settings and variable not in environment:
            environment[variable] = separator.join(settings[option].split())
    # pip looks at every index for every package; uv would stop at the first that knows the name.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return environment


def main() -> int:
    """Run uv; its exit status is ours."""
    uv = [sys.executable, "-m", "uv", "pip"]
    if sys.argv[1:] == ["--lock"]:
        # torch stays out: its CPU build has another version string than the one on the public index.
        command = [*uv, "compile", "--universal", "--all-extras", "--upgrade", "--quiet", "--no-header"]
        command += ["--no-annotate", "--no-emit-package", "torch", "pyproject.toml", "-o", str(LOCK)]
    else:
        # Compiled once here: importing torch and its kin uncompiled takes a quarter of a minute at every start.
        command = [*uv, "install", "--compile-bytecode", "--python", sys.executable, "-c", str(LOCK)]
        command += ["-e", f"{ROOT}[{sys.argv[1]}]"]
    return subprocess.run(command, env=uv_environment(pip_settings()), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
