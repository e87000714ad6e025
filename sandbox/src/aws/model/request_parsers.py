"""Reads the parameters out of a request as the service would: a value of the wrong type is refused, not converted."""

from typing import Any

from moto.core.parse import (
    UNDEFINED,
    EC2QueryParser,
    JSONParser,
    QueryParser,
    RequestParser,
    RestJSONParser,
    RestXMLParser,
)


class WrongType(Exception):
    """A value that cannot be read as what its shape says."""

    def __init__(self, where: str, value: Any, expected: str) -> None:
        super().__init__(f"{where} is not of type {expected}")
        self.where = where
        self.value = value
        self.expected = expected


class QueryTypes(QueryParser):
    def _parse_shape(self, shape: Any, node: Any, prefix: str = "") -> Any:
        try:
            return super()._parse_shape(shape, node, prefix)
        except (ValueError, TypeError) as error:
            raise WrongType(prefix, node.get(prefix), shape.type_name) from error

    def _parse_boolean(self, shape: Any, query_params: Any, prefix: str = "") -> Any:
        value = self._default_handle(shape, query_params, prefix)
        if isinstance(value, str) and value.lower() not in ("true", "false", ""):
            raise WrongType(prefix, value, "boolean")
        return super()._parse_boolean(shape, query_params, prefix)

    def _parse_structure(self, shape: Any, query_params: Any, prefix: str = "") -> Any:
        parsed = super()._parse_structure(shape, query_params, prefix)
        return {} if parsed is UNDEFINED and prefix == "" else parsed


class EC2Types(EC2QueryParser, QueryTypes):
    pass


JSON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
    "float": (int, float, str),
    "double": (int, float, str),
    "list": (list,),
    "map": (dict,),
    "structure": (dict,),
}


class JSONTypes(RequestParser):
    def _parse_shape(self, shape: Any, node: Any) -> Any:
        expected = JSON_TYPES.get(shape.type_name)
        # What stands outside the body is text, whatever it means.
        in_body = not shape.serialization.get("location")
        if in_body and expected and node is not None and not getattr(shape, "is_document_type", False):
            if not isinstance(node, expected) or (isinstance(node, bool) and bool not in expected):
                raise WrongType(shape.name, node, shape.type_name)
        try:
            return super()._parse_shape(shape, node)
        except (ValueError, TypeError) as error:
            raise WrongType(shape.name, node, shape.type_name) from error


class TypedJSON(JSONTypes, JSONParser):
    pass


class TypedRestJSON(JSONTypes, RestJSONParser):
    pass


class TypedRestXML(RestXMLParser):
    def _parse_shape(self, shape: Any, node: Any) -> Any:
        try:
            return super()._parse_shape(shape, node)
        except (ValueError, TypeError) as error:
            raise WrongType(shape.name, getattr(node, "text", node), shape.type_name) from error


PARSERS: dict[str, type[RequestParser]] = {
    "ec2": EC2Types,
    "query": QueryTypes,
    "json": TypedJSON,
    "rest-json": TypedRestJSON,
    "rest-xml": TypedRestXML,
}
