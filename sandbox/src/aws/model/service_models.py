"""Which of botocore's service models a request belongs to, and which operation of it the request calls."""

import pathlib
import re
import zlib
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import botocore
from moto.core.model import OperationModel, ServiceModel
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import HTTPException


class Called(NamedTuple):
    service: ServiceModel
    operation: OperationModel
    # How the request is written: ec2, query, json, rest-json or rest-xml.
    protocol: str
    # Values of the labels in a path.
    labels: dict[str, str]


def called(signing_name: str, request: Request) -> Called | None:
    """The operation that a request calls; None where no model has it."""
    for name in services_signed_as().get(signing_name, ()):
        service = get_service_model(name)
        try:
            protocol = determine_request_protocol(service, request.mimetype)
            match protocol:
                case "ec2" | "query":
                    action = request.values.get("Action", "")
                    # Two services share a signing name; the version tells which of them is meant.
                    if request.values.get("Version", service.api_version) != service.api_version:
                        continue
                    return Called(service, service.operation_model(action), protocol, {})
                case "json":
                    prefix, _, action = request.headers.get("X-Amz-Target", "").rpartition(".")
                    if prefix != service.metadata.get("targetPrefix"):
                        continue
                    return Called(service, service.operation_model(action), protocol, {})
                case _:
                    operation, labels = get_service_router(name).match(request)
                    return Called(service, operation, protocol, dict(labels))
        except (botocore.model.OperationNotFoundError, NotImplementedError, HTTPException):
            continue
    return None


@cache
def services_signed_as() -> dict[str, list[str]]:
    """Names of botocore's services by the name that their requests are signed with."""
    services: dict[str, list[str]] = defaultdict(list)
    for folder in sorted((pathlib.Path(botocore.__file__).parent / "data").iterdir()):
        versions = sorted(folder.glob("*/service-2.json.gz"))
        if versions:
            services[signing_name(beginning(versions[-1])) or folder.name].append(folder.name)
    return services


def beginning(model: pathlib.Path) -> str:
    """The first lines of a model, where its metadata stands; the whole of all of them would take half a minute."""
    with model.open("rb") as file:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(8192), 4096).decode("utf-8", "ignore")


def signing_name(text: str) -> str | None:
    for key in ("signingName", "endpointPrefix"):
        found = re.search(rf'"{key}"\s*:\s*"([^"]+)"', text)
        if found:
            return found.group(1)
    return None
