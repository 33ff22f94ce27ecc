"""Print .env from .env.example with fresh keys: python -m app.cli.make_env .env.example > .env"""

import base64
import secrets
import sys
from pathlib import Path


def with_fresh_keys(example: str) -> str:
    """The example with the two keys filled in."""
    seal = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return example.replace("SECRET_KEY=\n", f"SECRET_KEY={secrets.token_urlsafe(48)}\n").replace(
        "SEAL_KEYS=\n", f"SEAL_KEYS=1:{seal}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(with_fresh_keys(Path(sys.argv[1]).read_text(encoding="utf-8")))
