"""Packs files into an archive of which every byte follows from the files: order, owner and time are fixed.

An archive for `tar` begins with the digest of the program, so that the installer can tell whether a cached program is
the one of a pinned archive without unpacking all of it.

Usage: pack.py ARCHIVE PROGRAM FILE...; the program is called `checks` or `checks.exe` inside.
"""

import gzip
import hashlib
import io
import os
import sys
import tarfile
import zipfile


def members(program, files):
    name = "checks.exe" if program.endswith(".exe") else "checks"
    pairs = [(name, program, 0o755)]
    pairs += [(os.path.basename(it), it, 0o644) for it in files]
    for name, path, mode in sorted(pairs):
        with open(path, "rb") as file:
            yield name, file.read(), mode


def digest(entries):
    name, data, _ = next(it for it in entries if it[0] == "checks")
    line = f"{hashlib.sha256(data).hexdigest()}  {name}\n"
    return ".checks.sha256", line.encode(), 0o644


def tar_gz(archive, entries):
    with open(archive, "wb") as out, gzip.GzipFile("", "wb", 9, out, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, data, mode in [digest(entries), *entries]:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                info.mode = mode
                tar.addfile(info, io.BytesIO(data))


def zip_file(archive, entries):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name, data, mode in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = (0o100000 | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)


archive, program, *files = sys.argv[1:]
pack = zip_file if archive.endswith(".zip") else tar_gz
pack(archive, list(members(program, files)))
