"""What a stand-in answers to each request, and what it writes into its own books."""

from __future__ import annotations

import asyncio
import secrets
import time
from http import HTTPStatus

from budgetmon.workloads.standin.bill import BillLog
from budgetmon.workloads.standin.completions import (
    NAME,
    NOTICE,
    BadRequestError,
    ChatRequest,
    chat_document,
    error_document,
    models_document,
    parse_chat,
)
from budgetmon.workloads.standin.settings import ErrorKind, Fates, StandInSettings
from budgetmon.workloads.standin.wire import Request, Response

ANY_MODEL = "stand-in"
_CHAT, _MODELS, _HEALTH, _BILLED = "/chat/completions", "/models", "/health", "/standin/billed"
_METHODS = {_CHAT: ("POST",), _MODELS: ("GET", "HEAD"), _HEALTH: ("GET", "HEAD"), _BILLED: ("GET", "HEAD")}


class Service:
    """Answers requests. Paths work with and without the leading ``/v1``. Belongs to one event loop."""

    def __init__(self, settings: StandInSettings, log: BillLog) -> None:
        self._settings = settings
        self._log = log
        self._fates = Fates(settings)
        self._started = int(time.time())
        self._ids = f"chatcmpl-standin-{secrets.token_hex(4)}"
        self._count = 0

    async def answer(self, request: Request) -> Response | None:
        """The response to ``request``; None when it is to be met with silence."""
        path = request.path.removeprefix("/v1")
        methods = _METHODS.get(path)
        if methods is None:
            known = ", ".join(_METHODS)
            document = error_document(f"unknown path; known ones: {known}", "invalid_request_error", code="unknown_url")
            return Response(HTTPStatus.NOT_FOUND, document)
        if request.method not in methods:
            document = error_document(f"{path} takes {' and '.join(methods)}", "invalid_request_error")
            return Response(HTTPStatus.METHOD_NOT_ALLOWED, document, (("Allow", ", ".join(methods)),))
        if path == _CHAT:
            return await self._chat(request.body)
        return Response(HTTPStatus.OK, self._page(path))

    def _page(self, path: str) -> dict[str, object]:
        if path == _BILLED:
            return {**self._log.billed().document(), "provider": NAME, "notice": NOTICE}
        if path == _MODELS:
            seen = self._log.billed()
            return models_document(sorted({ANY_MODEL, *seen.answered, *seen.timed_out}), self._started)
        return {"status": "ok", "provider": NAME, "notice": NOTICE}

    async def _chat(self, body: bytes) -> Response | None:
        try:
            chat = parse_chat(body)
        except BadRequestError as error:
            self._log.add_rejection(HTTPStatus.BAD_REQUEST)
            document = error_document(str(error), "invalid_request_error", param=error.param)
            return Response(HTTPStatus.BAD_REQUEST, document)
        fate = self._fates.draw()
        if fate.delay_s > 0:
            await asyncio.sleep(fate.delay_s)
        match fate.error:
            case None:
                return self._completion(chat)
            case ErrorKind.TIMEOUT:
                self._log.add_timeout(chat.model, chat.tokens)
                return None
            case ErrorKind.RATE_LIMITED:
                self._log.add_rejection(HTTPStatus.TOO_MANY_REQUESTS)
                return self._rate_limited(chat.model)
            case ErrorKind.SERVER_ERROR:
                self._log.add_rejection(HTTPStatus.INTERNAL_SERVER_ERROR)
                document = error_document("the server had an error while processing the request", "server_error")
                return Response(HTTPStatus.INTERNAL_SERVER_ERROR, document)

    def _completion(self, chat: ChatRequest) -> Response:
        self._log.add_answer(chat.model, chat.tokens)
        self._count += 1
        return Response(HTTPStatus.OK, chat_document(chat, f"{self._ids}-{self._count}", int(time.time())))

    def _rate_limited(self, model: str) -> Response:
        wait = self._settings.retry_after_s
        message = f"rate limit reached for {model}, try again in {wait} s"
        document = error_document(message, "requests", code="rate_limit_exceeded")
        return Response(HTTPStatus.TOO_MANY_REQUESTS, document, (("Retry-After", str(wait)),))
