"""Any language model behind an OpenAI-compatible address; off unless the user names one.

    POST <TANZHE_LLM_BASE_URL>/chat/completions   {"model", "messages", "temperature", "max_tokens"}

TANZHE_LLM_BASE_URL and TANZHE_LLM_MODEL name it; TANZHE_LLM_API_KEY where one is needed. A model
of one's own may have a private address. TANZHE_LLM_MAX_TOKENS caps what a run may use, and
TANZHE_LLM_PRICE (money for a million tokens) makes the cost known.
"""

import os

from tanzhe.connectors._guard import checked, origin
from tanzhe.connectors._search import Sender, items, json_object, part, setting
from tanzhe.errors import Blocked, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model import Record

NAME = "language_model"
BASE_URL, MODEL = "TANZHE_LLM_BASE_URL", "TANZHE_LLM_MODEL"
KEY, MOST_TOKENS, PRICE = "TANZHE_LLM_API_KEY", "TANZHE_LLM_MAX_TOKENS", "TANZHE_LLM_PRICE"
# About 40 documents of 5,000 characters; a run that needs more says so.
DEFAULT_MOST_TOKENS = 300_000
LONGEST_ANSWER = 2_000  # tokens of one answer
MOST_COUNTED = 10**9  # tokens that one answer may say it cost; more is no count
# The global switch: tests turn it off, so that none asks a model by accident.
ALLOW_MODEL_REQUESTS = True


class Usage(Record):
    """What a model has used so far.

    Attributes:
        requests: how often it was asked.
        tokens: sent and received, as the model counts them, else estimated.
        most_tokens: the cap.
        cost: in the money of TANZHE_LLM_PRICE, or None where no price is known.
    """

    requests: int
    tokens: int
    most_tokens: int
    cost: float | None = None


class LanguageModel:
    """A model that answers one question at a time; it remembers nothing.

    Args:
        client: a guarded client that trusts the address.
        most_tokens: cap for this object; from TANZHE_LLM_MAX_TOKENS when left out.

    Raises:
        InputError: a variable is missing or no number; names it.
    """

    def __init__(self, client: Sender, *, most_tokens: int | None = None) -> None:
        self._client = client
        self._address = f"{setting(BASE_URL, NAME).rstrip('/')}/chat/completions"
        self.name = setting(MODEL, NAME)
        self._key = os.environ.get(KEY, "").strip()
        self._most = most_tokens or int(_number(MOST_TOKENS, DEFAULT_MOST_TOKENS))
        self._price = _number(PRICE, 0.0)
        self._requests = self._tokens = 0

    @property
    def usage(self) -> Usage:
        """Requests, tokens and cost so far."""
        cost = self._tokens * self._price / 1e6 if self._price else None
        return Usage(
            requests=self._requests, tokens=self._tokens, most_tokens=self._most, cost=cost
        )

    def ask(self, rules: str, document: str) -> str:
        """The model's answer, whatever it is; nobody may believe it unchecked.

        Args:
            rules: what to do.
            document: data, sent apart from the rules.

        Raises:
            Blocked: the switch is off, or the cap would be passed.
            SourceError: the model failed, or answered in another form.
        """
        self._refuse(len(rules) + len(document) + LONGEST_ANSWER)
        body: dict[str, object] = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": rules},
                {"role": "user", "content": document},
            ],
            "temperature": 0,
            "max_tokens": LONGEST_ANSWER,
        }
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        # Counted before the answer is read: a failed request may have cost as well.
        self._requests += 1
        data = json_object(NAME, self._client.post(self._address, body, headers=headers))
        choice = (items(NAME, data, "choices") or [{}])[0]
        answer = part(NAME, choice, "message", "content")
        text = answer if isinstance(answer, str) else ""
        # A model that counts too little does not escape the cap.
        self._tokens += max(_used(data), (len(rules) + len(document) + len(text)) // 4)
        return text

    def _refuse(self, needed: int) -> None:
        if not ALLOW_MODEL_REQUESTS:
            what = Words("语言模型已关闭", "Language models are switched off")
            do = Words("请打开后再用", "Switch them on first")
            raise Blocked.of(what, do, where=NAME)
        if self._tokens + needed > self._most:
            what = Words(
                f"语言模型用量将超过上限（已用 {self._tokens}，上限 {self._most}）",
                f"The model would pass its cap (used {self._tokens} of {self._most} tokens)",
            )
            do = Words(f"如需更多请调高 {MOST_TOKENS}", f"Raise {MOST_TOKENS} for more")
            raise Blocked.of(what, do, where=NAME)


def own_origin() -> str:
    """Scheme, host and port of the model's address, which the user named.

    Raises:
        InputError: TANZHE_LLM_BASE_URL is not set.
        Blocked: it is no http/https address.
    """
    return origin(checked(setting(BASE_URL, NAME)))


def _used(data: dict[str, object]) -> int:
    usage = data.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and 0 < total <= MOST_COUNTED else 0


def _number(variable: str, default: float) -> float:
    value = os.environ.get(variable, "").strip()
    try:
        number = float(value) if value else default
    except ValueError:
        number = -1.0
    if 0 <= number < 1e12:
        return number
    raise InputError(fault_of("connectors.language_model.number", value=value, where=variable))
