"""Answers what a request to AWS calls, with which parameters, and where it does not keep to the service's model."""

import base64
import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from constraints import Violation, violations
from moto.core.parse import RequestParserError
from moto.core.request import Request
from request_parsers import PARSERS, WrongType
from service_models import Called, called

PATH = "/sandbox/request-model"

# Codes for a value that breaks a constraint of the model, the first one that the operation has. Services without any of
# them in their models answer with what all of AWS's newer services have.
INVALID = (
    "ValidationException",
    "InvalidParameterException",
    "InvalidParameterValueException",
    "BadRequestException",
    "InvalidInput",
    "InvalidRequestException",
)

# Codes for what cannot be read at all, by protocol.
UNREADABLE = {"query": "MalformedInput", "json": "SerializationException", "rest-json": "SerializationException"}


def describe(question: dict[str, Any]) -> dict[str, Any]:
    request = Request.from_primitives(
        question["method"],
        f"http://localhost{question['url']}",
        question["headers"],
        base64.b64decode(question["body"]),
    )
    # Paths with an encoded slash are told apart by what was sent.
    request.environ["RAW_URI"] = question["url"]
    found = called(question["service"], request)
    if found is None:
        return {"known": False}
    parameters, wrong = parsed(found, request)
    return {
        "known": True,
        "service": found.service.service_name,
        "serviceId": str(found.service.service_id),
        "operation": found.operation.name,
        "protocol": found.protocol,
        "code": code_of(found, any(each.kind == "type" for each in wrong)),
        "parameters": parameters,
        "violations": [each._asdict() for each in wrong],
    }


def parsed(found: Called, request: Request) -> tuple[dict[str, Any], list[Violation]]:
    parser = PARSERS[found.protocol](found.operation, blob_parser=lambda value: value, timestamp_parser=str)
    try:
        parameters = parser.parse(
            {
                "method": request.method,
                "values": request.values,
                "headers": request.headers,
                "body": request.get_data(),
                "url_path": request.path,
                "url_params": found.labels,
            }
        )
    except WrongType as error:
        return {}, [Violation(error.where, "type", error.value, f"Member must be of type {error.expected}")]
    except RequestParserError as error:
        return {}, [Violation("", "type", None, str(error))]
    return parameters, violations(parameters, found.operation.input_shape)


def code_of(found: Called, unreadable: bool) -> str:
    if unreadable and found.protocol in UNREADABLE:
        return UNREADABLE[found.protocol]
    if found.protocol == "query":
        return "ValidationError"
    if found.service.service_name == "s3":
        return "InvalidArgument"
    declared = {shape.metadata.get("error", {}).get("code", shape.name) for shape in found.operation.error_shapes}
    return next((code for code in INVALID if code in declared), "ValidationException")


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else str(value)


class RequestModels:
    """Serves `describe` beside another application."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return self.application(environ, start_response)
        question = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        answer = json.dumps(describe(question), default=plain).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
        return [answer]
