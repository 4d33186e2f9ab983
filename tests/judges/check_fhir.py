"""Parses FHIR resources with fhir.resources, release R4B: a judge that is not Tessera's.

    check_fhir.py FILE...    a file holds one resource, or one a line (.ndjson)

Prints how many resources of each type were parsed, those within bundles counted by themselves. The first that is not
R4B ends it with exit code 1 and a line that says which and why, without a value.
"""
import collections
import json
import sys

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError


def documents(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith(".ndjson"):
            for number, line in enumerate(file, 1):
                yield f"{path}:{number}", json.loads(line)
        else:
            yield path, json.load(file)


def judge(where, resource, parsed):
    kind = resource.get("resourceType", "")
    try:
        get_fhir_model_class(kind).model_validate(resource)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        sys.exit(f"{where}: {kind}.{place}: {first['type']}")
    except (LookupError, ValueError):
        sys.exit(f"{where}: '{kind}' is no resource of R4B")
    parsed[kind] += 1
    for number, entry in enumerate(resource.get("entry", [])):
        if isinstance(entry.get("resource"), dict):
            judge(f"{where}: entry {number}", entry["resource"], parsed)


def main():
    parsed = collections.Counter()
    for path in sys.argv[1:]:
        for where, resource in documents(path):
            judge(where, resource, parsed)
    print(" ".join(f"{kind}={count}" for kind, count in sorted(parsed.items())))


main()
