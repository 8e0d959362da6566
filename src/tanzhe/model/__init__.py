"""Frozen records that two or more packages share."""

from tanzhe.model.base import Manifest, ManifestInput, Note, Progress, Record, silent
from tanzhe.model.effect import (
    AskedEvent,
    Donor,
    EffectCheck,
    EffectSize,
    EventEffect,
    EventEffects,
    NotMeasured,
)
from tanzhe.model.episode import Amount, Driver, Episode, Episodes
from tanzhe.model.evidence import (
    Event,
    EventBody,
    EventDate,
    EventPlace,
    EventQuantity,
    Evidence,
    Link,
    LinkedEvent,
    Quote,
    Searched,
    Source,
    Unread,
    VerifiedShare,
)
from tanzhe.model.peak import PeakStatus, TrendTest
from tanzhe.model.power import PowerChange, PowerFlow, PowerShare, PowerSystem
from tanzhe.model.run import new_manifest
from tanzhe.model.series import Part, Series
from tanzhe.model.standing import Change, Member, ProductShare, Reach, Standing, Total
from tanzhe.model.turning import Effect, TurningPoint, TurningPoints

__all__ = [
    "Amount",
    "AskedEvent",
    "Change",
    "Donor",
    "Driver",
    "Effect",
    "EffectCheck",
    "EffectSize",
    "Episode",
    "Episodes",
    "Event",
    "EventBody",
    "EventDate",
    "EventEffect",
    "EventEffects",
    "EventPlace",
    "EventQuantity",
    "Evidence",
    "Link",
    "LinkedEvent",
    "Manifest",
    "ManifestInput",
    "Member",
    "NotMeasured",
    "Note",
    "Part",
    "PeakStatus",
    "PowerChange",
    "PowerFlow",
    "PowerShare",
    "PowerSystem",
    "ProductShare",
    "Progress",
    "Quote",
    "Reach",
    "Record",
    "Searched",
    "Series",
    "Source",
    "Standing",
    "Total",
    "TrendTest",
    "TurningPoint",
    "TurningPoints",
    "Unread",
    "VerifiedShare",
    "new_manifest",
    "silent",
]
