"""What has left for the mail service."""

from collections import Counter
from typing import Any

from shared import mail


class Outbox:
    """What has left for SES: watched at the client's edge."""

    def __init__(self) -> None:
        self.mails: list[dict[str, Any]] = []
        mail.client().meta.events.register("before-parameter-build.sesv2.SendEmail", self._note)
        mail.client().meta.events.register("after-call.sesv2.SendEmail", self._keep)

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        self._last = params

    def _keep(self, http_response: Any, **_: Any) -> None:
        if http_response.status_code < 300:
            self.mails.append(self._last)

    def to(self) -> Counter[str]:
        """Count the mails by reader."""
        return Counter(address for sent in self.mails for address in sent["Destination"]["ToAddresses"])
