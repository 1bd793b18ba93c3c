"""A statement of ours is one to the reference implementation of in-toto, and can be signed.

Writes proofs of small repositories with the built binary, reads the statements with PyPI
`in-toto-attestation`, and signs and verifies them as DSSE with PyPI `securesystemslib`.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

from google.protobuf.json_format import ParseDict
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner

CHECKS = os.environ["CHECKS_BINARY"]
NOW = "2027-01-01T00:00:00Z"
PAYLOAD_TYPE = "application/vnd.in-toto+json"

REPOSITORIES = {
    "green": {"api/wrangler.toml": 'name = "api"\nroutes = ["api.shop.example/*"]\n'},
    "red": {
        "api/wrangler.toml": 'name = "api"\nroutes = ["api.shop.example/*"]\n',
        "jobs/wrangler.jsonc": '{"name": "jobs", "route": "api.shop.example/*"}\n',
        "web/_routes.json": '{"version": 1, "include": ["/*"], "exclude": []}\n',
    },
    "undecided": {
        "api/wrangler.toml": 'name = "api"\n',
        "jobs/wrangler.config.ts": "export default {};\n",
    },
}
RESULTS = {"green": "PASSED", "red": "FAILED", "undecided": "UNDECIDED"}


def prove(folder: pathlib.Path, files: dict) -> bytes:
    """Writes the files and their proof, and returns the statement."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [CHECKS, "run", "--root", str(folder), "--write-proofs", "--now", NOW]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr}")
    (statement,) = (folder / "ops" / "proofs").glob("*.intoto.json")
    return statement.read_bytes()


def check(name: str, payload: bytes) -> None:
    """The statement is valid, says how the audit ended, and survives a signature."""
    value = json.loads(payload)
    # The reference classes are made of protobuf, which reads its own JSON form.
    statement = Statement.copy_from_pb(ParseDict(value, statement_pb2.Statement()))
    statement.validate()
    result = value["predicate"]["verificationResult"]
    assert result == RESULTS[name], f"{name}: {result}"
    signer = CryptoSigner.generate_ed25519()
    envelope = Envelope(payload, PAYLOAD_TYPE, {})
    envelope.sign(signer)
    envelope.verify([signer.public_key], 1)
    again = Envelope.from_dict(json.loads(json.dumps(envelope.to_dict())))
    again.verify([signer.public_key], 1)
    assert again.payload == payload, "the signed bytes are the statement's"
    again.payload = payload.replace(b"api", b"abi")
    try:
        again.verify([signer.public_key], 1)
    except Exception:  # Any refusal will do.
        return
    sys.exit(f"{name}: an edited statement passes with the old signature")


def main() -> None:
    for name, files in REPOSITORIES.items():
        with tempfile.TemporaryDirectory() as folder:
            check(name, prove(pathlib.Path(folder), files))
    print(f"{len(REPOSITORIES)} statements are valid, signed and verified")


if __name__ == "__main__":
    main()
