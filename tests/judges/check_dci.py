#!/usr/bin/env python3
"""Checks messages against the request bodies of SPDCI's OpenAPI files, by jsonschema.

  check_dci.py FOLDER (NAME PATH FILE)...    NAME: social, ibr, crvs; PATH: /registry/notify, …

One line for each fault; exit code 1 if there is any.
"""

import json
import sys
from pathlib import Path

import yaml
from jsonschema import Draft4Validator, FormatChecker


def validator(folder: Path, name: str, path: str) -> Draft4Validator:
    """Of OpenAPI 3.0.3, whose schemas are near to JSON Schema's draft 4; `nullable` is not in these files' requests."""
    document = yaml.safe_load((folder / f"{name}_api_v1.0.0.yaml").read_text())
    body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return Draft4Validator(dict(body, components=document["components"]), format_checker=FormatChecker())


def main() -> int:
    folder, rest = Path(sys.argv[1]), sys.argv[2:]
    faults = 0
    for name, path, file in zip(rest[::3], rest[1::3], rest[2::3]):
        message = json.loads(Path(file).read_text())
        for fault in validator(folder, name, path).iter_errors(message):
            faults += 1
            place = "/".join(str(part) for part in fault.absolute_path)
            print(f"{Path(file).name}: {name} {path}: {place}: {fault.message}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
