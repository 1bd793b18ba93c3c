# The floor: what Python takes to read and parse the files below a folder, and nothing else.
import json
import os
import sys
import tomllib

PARSERS = {".toml": tomllib.loads, ".json": json.loads, ".yml": str.splitlines}


def main(top):
    for folder, below, names in os.walk(top):
        below[:] = [it for it in below if it != ".git"]
        for name in names:
            parse = PARSERS.get(os.path.splitext(name)[1])
            if parse is not None:
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    parse(file.read())


main(sys.argv[1])
