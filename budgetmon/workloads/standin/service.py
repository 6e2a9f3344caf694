"""What a stand-in answers to each request, and what it writes into its own books."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from http import HTTPStatus

from budgetmon.workloads.standin.bill import BillLog
from budgetmon.workloads.standin.completions import (
    NAME,
    NOTICE,
    BadRequestError,
    ChatRequest,
    Tokens,
    chat_document,
    error_document,
    models_document,
    parse_chat,
)
from budgetmon.workloads.standin.embeddings import EmbeddingRequest, embeddings_document, parse_embeddings
from budgetmon.workloads.standin.market import MARKET_PATHS, MarketRequest, parse_market
from budgetmon.workloads.standin.responses import ResponseRequest, parse_response, response_document
from budgetmon.workloads.standin.settings import ErrorKind, Fates, StandInSettings
from budgetmon.workloads.standin.streams import EventStream, chat_events, response_events
from budgetmon.workloads.standin.wire import Request, Response

ANY_MODEL = "stand-in"
_MODELS, _HEALTH, _BILLED = "/models", "/health", "/standin/billed"
PaidRequest = ChatRequest | EmbeddingRequest | ResponseRequest | MarketRequest
_PAID: dict[str, Callable[[bytes, str | None], PaidRequest]] = {
    "/chat/completions": parse_chat,
    "/embeddings": parse_embeddings,
    "/responses": parse_response,
}
_METHODS = {**dict.fromkeys(_PAID, ("POST",)), **dict.fromkeys((_MODELS, _HEALTH, _BILLED), ("GET", "HEAD"))}
_METHODS.update(dict.fromkeys(MARKET_PATHS, ("GET",)))
_REJECTIONS = {
    ErrorKind.BAD_REQUEST: (HTTPStatus.BAD_REQUEST, "the request was told to fail", "invalid_request_error", None),
    ErrorKind.UNAUTHORIZED: (HTTPStatus.UNAUTHORIZED, "no such key", "invalid_request_error", "invalid_api_key"),
    ErrorKind.RATE_LIMITED: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "rate limit reached for {model}, try again in {wait} s",
        "requests",
        "rate_limit_exceeded",
    ),
    ErrorKind.SERVER_ERROR: (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "the server had an error while processing the request",
        "server_error",
        None,
    ),
}
# Azure's paths: one per deployment, or its newer ones, which are those of everybody else.
_DEPLOYMENT = re.compile(r"/openai/deployments/(?P<model>[^/]+)(?P<rest>/.*)")
_PREFIX = re.compile(r"(?:/openai)?(?:/v1|/beta)?")


@dataclass(frozen=True, slots=True)
class Silence:
    """No answer: the connection closes after so many seconds."""

    seconds: float


class Service:
    """Answers requests. Paths work with and without ``/v1``, and as Azure spells them. Belongs to one event loop."""

    def __init__(self, settings: StandInSettings, log: BillLog) -> None:
        self._settings = settings
        self._log = log
        self._fates = Fates(settings)
        self._started = int(time.time())
        self._ids = secrets.token_hex(4)
        self._count = 0

    async def answer(self, request: Request) -> Response | EventStream | Silence:
        """What is to go out for ``request``."""
        path, deployment = _known_path(request.path)
        methods = _METHODS.get(path)
        if methods is None:
            known = ", ".join(_METHODS)
            document = error_document(f"unknown path; known ones: {known}", "invalid_request_error", code="unknown_url")
            return Response(HTTPStatus.NOT_FOUND, document)
        if request.method not in methods:
            document = error_document(f"{path} takes {' and '.join(methods)}", "invalid_request_error")
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, document, (("Allow", ", ".join(methods)),))
        if path in _PAID or path in MARKET_PATHS:
            return await self._paid(path, request, deployment)
        return Response(HTTPStatus.OK, self._page(path))

    def _page(self, path: str) -> dict[str, object]:
        if path == _BILLED:
            return {**self._log.billed().document(), "provider": NAME, "notice": NOTICE}
        if path == _MODELS:
            seen = self._log.billed()
            return models_document(sorted({ANY_MODEL, *seen.answered, *seen.timed_out}), self._started)
        return {"status": "ok", "provider": NAME, "notice": NOTICE}

    async def _paid(self, path: str, request: Request, deployment: str | None) -> Response | EventStream | Silence:
        paid: PaidRequest
        try:
            if path in MARKET_PATHS:
                paid = parse_market(path, request.query, date.today())  # noqa: DTZ011  # where it runs
            else:
                paid = _PAID[path](request.body, deployment)
        except BadRequestError as error:
            return self._rejected(HTTPStatus.BAD_REQUEST, str(error), "invalid_request_error", param=error.param)
        fate = self._fates.draw()
        if fate.delay_s > 0:
            await asyncio.sleep(fate.delay_s)
        stream = isinstance(paid, ChatRequest | ResponseRequest) and paid.stream
        if fate.error is None or (fate.error is ErrorKind.DROPPED and stream):
            return self._stream(paid, breaks=fate.error is not None) if stream else self._whole(paid)
        if fate.error in _REJECTIONS:
            return self._turned_away(fate.error, paid.model)
        self._log.add_timeout(paid.model, paid.tokens)
        return Silence(0 if fate.error is ErrorKind.DROPPED else self._settings.silence_ms / 1000)

    def _turned_away(self, error: ErrorKind, model: str) -> Response:
        status, message, kind, code = _REJECTIONS[error]
        wait = self._settings.retry_after_s
        retry = (("Retry-After", str(wait)),) if status is HTTPStatus.TOO_MANY_REQUESTS else ()
        return self._rejected(status, message.format(model=model, wait=wait), kind, code=code, headers=retry)

    def _rejected(
        self,
        status: HTTPStatus,
        message: str,
        kind: str,
        *,
        code: str | None = None,
        param: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Response:
        self._log.add_rejection(status)
        return Response(status, error_document(message, kind, code=code, param=param), headers)

    def _whole(self, paid: PaidRequest) -> Response:
        self._log.add_answer(paid.model, paid.tokens)
        return Response(HTTPStatus.OK, self._document(paid))

    def _document(self, paid: PaidRequest) -> object:
        now = int(time.time())
        match paid:
            case ChatRequest():
                return chat_document(paid, self._next_id("chatcmpl"), now)
            case ResponseRequest():
                return response_document(paid, self._next_id("resp"), now)
            case EmbeddingRequest():
                return embeddings_document(paid)
            case MarketRequest():
                return paid.answer

    def _stream(self, paid: PaidRequest, *, breaks: bool = False) -> EventStream:
        now, told_last = int(time.time()), 1
        match paid:
            case ChatRequest():
                events = chat_events(paid, self._next_id("chatcmpl"), now)
                told_last += paid.include_usage  # the usage comes before the word that ends the stream
            case ResponseRequest():
                events = response_events(paid, self._next_id("resp"), now)
            case EmbeddingRequest() | MarketRequest():
                raise AssertionError(f"{type(paid).__name__} does not stream")
        bill = partial(self._bill_stream, paid, len(events))
        return EventStream(events, len(events) - told_last, bill, len(events) // 2 if breaks else None)

    def _bill_stream(self, paid: PaidRequest, events: int, sent: int) -> None:
        """The whole if every event went out, else the prompt and the share of the reply that did."""
        tokens = paid.tokens
        if sent == events:
            self._log.add_answer(paid.model, tokens)
        else:
            self._log.add_cut(paid.model, Tokens(tokens.prompt, tokens.completion * sent // events, tokens.cached))

    def _next_id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}-standin-{self._ids}-{self._count}"


def _known_path(path: str) -> tuple[str, str | None]:
    """The path without its prefix, and the deployment that it names."""
    if found := _DEPLOYMENT.fullmatch(path):
        return found["rest"], found["model"]
    return _PREFIX.sub("", path, count=1), None
