"""How well a value is supported, in words."""

from tanzhe.errors import Words
from tanzhe.model.rules import Confidence

SUPPORT: dict[Confidence, Words] = {
    "confirmed": Words("已读官方原文", "official text read"),
    "corroborated": Words("两处独立印证", "two independent copies agree"),
    "primary_data": Words("原始数据集", "from the published data set"),
    "secondary": Words("二手", "second-hand"),
    "derived": Words("推算", "derived"),
    "estimate": Words("估计", "an estimate"),
    "recalled": Words("凭记忆", "from memory"),
    "user": Words("用户提供", "given by the user"),
}
