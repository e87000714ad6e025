"""Holds the parameters of a request against the constraints that the service's model has for them.

botocore's own validator knows required fields, types and least values. AWS holds to the rest of its models as well: most
values, lengths, patterns and the values of an enumeration.
"""

from typing import Any, NamedTuple

import regex
from botocore.validate import ParamValidator


class Violation(NamedTuple):
    # Path of names, from the request down: `Tags[0].Key`.
    path: str
    # `required`, `enum`, `pattern`, `length`, `range` or `type`.
    kind: str
    value: Any
    # What AWS says the member must do.
    constraint: str


def violations(parameters: dict[str, Any], shape: Any) -> list[Violation]:
    """Every constraint that the parameters do not keep, in the order in which the shape has its members."""
    if shape is None:
        return []
    validator = Constraints()
    validator.validate(parameters, shape)
    return validator.found


class Constraints(ParamValidator):
    def __init__(self) -> None:
        self.found: list[Violation] = []

    def _report(self, path: str, kind: str, value: Any, constraint: str) -> None:
        self.found.append(Violation(path.lstrip("."), kind, value, constraint))

    def _validate_structure(self, params: Any, shape: Any, errors: Any, name: str) -> None:
        for required in shape.metadata.get("required", []):
            if required not in params or params[required] is None:
                self._report(f"{name}.{required}", "required", None, "Member must not be null")
        for member, value in params.items():
            if value is not None and member in shape.members:
                self._validate(value, shape.members[member], errors, f"{name}.{member}")

    def _validate_list(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        self._extent(len(param), param, shape, name, "length")
        for index, item in enumerate(param):
            self._validate(item, shape.member, errors, f"{name}[{index}]")

    def _validate_map(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        self._extent(len(param), param, shape, name, "length")
        for key, value in param.items():
            self._validate(key, shape.key, errors, f"{name}.{key}")
            self._validate(value, shape.value, errors, f"{name}.{key}")

    def _validate_string(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if not isinstance(param, str):
            return
        self._extent(len(param), param, shape, name, "length")
        enum = shape.metadata.get("enum")
        if enum and param not in enum:
            self._report(name, "enum", param, f"Member must satisfy enum value set: [{', '.join(enum)}]")
        pattern = shape.metadata.get("pattern")
        if pattern and not satisfies(pattern, param):
            self._report(name, "pattern", param, f"Member must satisfy regular expression pattern: {pattern}")

    def _validate_integer(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        self._extent(param, param, shape, name, "range")

    _validate_long = _validate_integer
    _validate_double = _validate_integer
    _validate_float = _validate_integer

    def _validate_boolean(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        pass

    def _validate_timestamp(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        pass

    def _validate_blob(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        pass

    def _extent(self, size: float, value: Any, shape: Any, name: str, kind: str) -> None:
        what = "length" if kind == "length" else "value"
        least, most = shape.metadata.get("min"), shape.metadata.get("max")
        if least is not None and size < least:
            self._report(name, kind, value, f"Member must have {what} greater than or equal to {least}")
        if most is not None and size > most:
            self._report(name, kind, value, f"Member must have {what} less than or equal to {most}")


def satisfies(pattern: str, value: str) -> bool:
    """The services hold a pattern against the whole value, whether or not it has anchors."""
    try:
        return regex.fullmatch(pattern, value) is not None
    except regex.error:
        # A few patterns are of another dialect; what they mean is not guessed.
        return True
